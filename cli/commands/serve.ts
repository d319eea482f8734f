import type { Command } from 'commander'
import type { Context } from '../context.ts'

export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .argument('[scenario]', 'whose city, policy and day are served · 用哪个情景的城市、政策与日期', 'shanghai-weekday')
    .description(
      'starts the wire city: bureau, hospitals, banks, platform and entries on real sockets, until Ctrl-C\n启动线上城市：医保局、医院、银行、平台与入口，监听真实端口，Ctrl-C 结束',
    )
    .option('--actor <names...>', 'these actors alone · 只启动这些角色')
    .option('--host <address>', 'where to listen · 监听地址', '127.0.0.1')
    .option('--port <number>', 'port of the first actor, the others follow; 0: free ports · 首个端口，其余顺延；0 为任意空闲端口', '7100')
    .option('--books <folder>', 'where the books are kept; absent: a new temporary folder · 账簿目录；省略则新建临时目录')
    .option(
      '--ledger <url>',
      'postgres://… that several platform processes share; absent: SQLite · 多个平台进程共用的 PostgreSQL；省略则用 SQLite',
    )
    .option(
      '--at <name=url...>',
      'actors with an address of their own; one started here listens on that port · 另有地址的角色；在此启动的即监听该端口',
    )
    .option(
      '--lease <seconds>',
      'after this a silent platform process is taken for dead by the others · 平台进程失联多久后由他人接管',
      '60',
    )
    .option(
      '--national <sites...>',
      'sites for which the platform speaks the national interface; every other speaks 五期 · 以国家接口结算的执业点编号，其余用五期',
    )
    .option(
      '--targets <file>',
      'writes where the actors listen, for Prometheus (file_sd), and removes it at the end · 写出各角色地址供 Prometheus 抓取，结束时删除',
    )
    .option(
      '--tls',
      'over TLS, by a certificate authority of this machine that nothing installs · 使用 TLS，证书由本机自建、不安装到系统的机构签发',
    )
    .option(
      '--until-input-ends',
      'ends too when standard input does, as the process that started it does · 标准输入结束时（即启动它的进程结束时）一并退出',
    )
    .option(
      '--unsigned <kinds...>',
      'kinds of signatures nobody makes or checks (hmac, rsa, sm), to see what they cost; on this machine only; told at /healthz · 停用的签名种类（hmac、rsa、sm），用于衡量其开销；仅限本机，在 /healthz 中说明',
    )
    .option('--log', 'structured lines on standard error · 在标准错误输出结构化日志')
    .action(async (scenario: string, options: ServeWords) => {
      const { serveCity } = await import('../serve-city.ts')
      await serveCity(scenario, options, context)
    })
}

export interface ServeWords {
  readonly actor?: readonly string[]
  readonly host: string
  readonly port: string
  readonly books?: string
  readonly at?: readonly string[]
  readonly lease: string
  readonly ledger?: string
  readonly national?: readonly string[]
  readonly targets?: string
  readonly tls?: true
  readonly unsigned?: readonly string[]
  readonly untilInputEnds?: true
  readonly log?: true
}

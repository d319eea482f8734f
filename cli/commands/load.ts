import { type Command, InvalidArgumentError, Option } from 'commander'
import { type LedgerKind, ledgerKinds } from '../../simulators/measures/result-wire.ts'
import { type WireFaultName, wireFaultNames } from '../../simulators/wire/faults/wire-fault.ts'
import type { Context } from '../context.ts'
import { type LoadLevelName, loadLevels } from '../load-levels.ts'
import { usualTargetWait } from '../load-words.ts'
import { type LanguageOption, languageOption, positiveNumber, seedOption } from '../options.ts'

export interface LoadWords extends LanguageOption {
  readonly seed?: number
  readonly window?: LoadWindow
  /** Absent: the city's peak where nothing else is asked, else as asked. */
  readonly level?: LoadLevelName
  /** Of the stress level: platform payments a second. */
  readonly goal?: number
  readonly arm?: string
  readonly scale?: number
  readonly target?: string
  readonly adapter?: string
  readonly targetWait: number
  readonly counterparties?: string
  readonly port?: number
  readonly ledger: LedgerKind
  readonly platformProcesses: number
  readonly out?: string
  readonly profile?: string
  readonly oneLevel?: boolean
  readonly fault: readonly GivenFault[]
}

/** A fault asked for beside those of the arm. */
export interface GivenFault {
  readonly kind: WireFaultName
  readonly target: string
  /** Of the window. */
  readonly fromSecond: number
  readonly seconds: number
  /** Of what it can meet; absent: everything. */
  readonly share?: number
  /** How strong, in the kind's own unit; absent: the kind's usual. */
  readonly amount?: number
}

export interface LoadWindow {
  /** Of the day; absent: the busiest. */
  readonly fromSecond?: number
  readonly seconds: number
}

export function addLoad(program: Command, context: Context): void {
  const command = program
    .command('load')
    .argument('<scenario>', 'name or path · 情景名或路径')
    .argument('[k6...]', 'after --: further words for k6 run, e.g. -- --out json=rows.json · 在 -- 之后：传给 k6 run 的其他参数')
    .description(
      "replays a window of the scenario's day over HTTP with real k6: every errand at its moment, then drain, day end, audit and report\n" +
        '以真实 k6 在 HTTP 上回放情景中的一段时间：每笔业务按其时刻发出，随后清尾、日终、审计并出报告',
    )
  for (const option of [
    seedOption(),
    new Option(
      '--window <[HH:MM[:SS]+]seconds>',
      'which part of the day: 30s, 120s, 09:00+60s; without a time the busiest · 回放时段',
    ).argParser(windowOf),
    new Option(
      '--level <name>',
      'a load with a name: sets window and scale, and what it must reach; default: city-peak where nothing else is asked of a city that has one, else as-asked · 有名称的负载档位：决定时段与规模，以及须达到的量；未给其他选项且城市规模足够时默认 city-peak，否则 as-asked',
    ).choices(Object.keys(loadLevels)),
    new Option(
      '--goal <payments>',
      'with --level stress: platform payments a second in place of 400 · 与 --level stress 同用：代替每秒 400 笔的目标',
    ).argParser(positiveNumber),
    new Option('--arm <name>', "which arm; default: the scenario's wireArm · 回放哪个方案"),
    new Option(
      '--scale <X>',
      'superposed independent days of the city; below 1: that share of its sites · 叠加的独立城市日数；小于 1 则取部分执业点',
    ).argParser(positiveNumber),
    new Option(
      '--fault <kind@party:from+seconds[,share=S][,amount=A]>',
      'a further fault, e.g. process-killed@platform:40+40 or slow@bureau:10+30,share=0.3,amount=6 (docs/faults.md); may be given again · 另加故障，可附所触比例 share 与强度 amount，可多次给出',
    )
      .argParser(faultOf)
      .default([]),
    new Option('--target <url>', 'a platform of others, with --adapter · 其他平台的地址，须与 --adapter 同用'),
    new Option('--adapter <file>', 'how that platform is spoken to (docs/bring-your-own-platform.md) · 与该平台通信的适配文件（见该文档）'),
    new Option('--target-wait <seconds>', 'how long that platform may take to be ready once our side listens · 我方就绪后等待该平台的秒数')
      .argParser(positiveNumber)
      .default(usualTargetWait),
    new Option(
      '--counterparties <file>',
      'where to write the addresses and keys that platform calls our bureau, banks and hospitals by (default: wire/counterparties.json in the run folder) · 写出该平台调用医保局、银行、医院所需地址与密钥的文件',
    ),
    new Option(
      '--port <number>',
      'port of the first of our actors, the others follow; default: free ones · 我方首个端口，其余顺延；默认取空闲端口',
    ).argParser(portNumber),
    new Option('--ledger <kind>', 'where our platform keeps its ledger · 平台账簿存放处').choices(ledgerKinds).default('sqlite'),
    new Option('--platform-processes <N>', 'processes of our platform on one PostgreSQL · 共用一个 PostgreSQL 的平台进程数')
      .argParser(processesOf)
      .default(1),
    new Option(
      '--profile <file>',
      "measures the target's own time at five levels of load into this latency profile, for medpay run --profile; goes on where it was stopped · 依次测量五级负载下的平台自身时延，写入时延档案；中断后可续测",
    ),
    new Option(
      '--one-level',
      'with --profile: this window and scale alone, added to the file · 与 --profile 同用：仅测本时段与规模，写入档案',
    ),
    new Option('--out <folder>', 'where to write (default: reports/runs/<scenario>-<seed>-wire) · 输出目录'),
    languageOption(),
  ])
    command.addOption(option)
  command.action(async (scenario: string, k6Words: readonly string[], options: LoadWords) => {
    if (options.profile !== undefined && options.oneLevel !== true)
      return (await import('../run-profile.ts')).runProfile(scenario, options, options.profile, k6Words, context)
    const { runLoad } = await import('../run-load.ts')
    await runLoad(scenario, options, k6Words, context)
  })
}

/** Its form alone: whether there is such a party is known once the scenario is read. */
function faultOf(text: string, before: readonly GivenFault[]): readonly GivenFault[] {
  const [, kind = '', target = '', from, seconds, size = ''] = /^([a-z-]+)@([a-z0-9-]+):(\d+)\+(\d+)s?((?:,[^,]*)*)$/.exec(text) ?? []
  const known = wireFaultNames.find((name) => name === kind)
  if (known === undefined || Number(seconds) < 1)
    throw new InvalidArgumentError(
      `a kind, a party and seconds of the window as in process-killed@platform:40+40; kinds: ${wireFaultNames.join(', ')} · 应如 process-killed@platform:40+40`,
    )
  return [...before, { kind: known, target, fromSecond: Number(from), seconds: Number(seconds), ...sizeOf(size) }]
}

/** @param text of the further words, each behind its comma */
function sizeOf(text: string): Pick<GivenFault, 'share' | 'amount'> {
  const words = text.split(',').slice(1)
  const given = new Map(words.map((word) => [word.split('=')[0], Number(/^(?:share|amount)=(-?\d+(?:\.\d+)?)$/.exec(word)?.[1])]))
  const [share, amount] = [given.get('share'), given.get('amount')]
  const isBad = given.size < words.length || [...given.values()].some(Number.isNaN) || (share !== undefined && (share <= 0 || share > 1))
  if (isBad)
    throw new InvalidArgumentError(
      'behind the seconds: share=S, above 0 and up to 1, and amount=A, a number in the unit of the kind (docs/faults.md), each once · 秒数之后可写 share=S（大于 0，至多 1）与 amount=A（数值，单位由故障种类而定），各至多一次',
    )
  return { ...(share === undefined ? {} : { share }), ...(amount === undefined ? {} : { amount }) }
}

/** 0 asks for free ones, as it does of medpay serve. */
function portNumber(text: string): number | undefined {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_000) return port === 0 ? undefined : port
  throw new InvalidArgumentError(
    'a number from 1 to 65000, so that the other actors fit above it, or 0 for free ones · 应为 1 至 65000 的整数，0 表示任意空闲端口',
  )
}

const mostProcesses = 8

function processesOf(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > mostProcesses)
    throw new InvalidArgumentError(`a whole number from 1 to ${mostProcesses} · 应为 1 至 ${mostProcesses} 的整数`)
  return count
}

const mostWindowSeconds = 3600

function windowOf(text: string): LoadWindow {
  const found = /^(?:(\d{1,2}):(\d{2})(?::(\d{2}))?\+)?(\d+)s?$/.exec(text)
  const [, hour, minute = '0', second = '0', length] = found ?? []
  const seconds = Number(length)
  const fromSecond = hour === undefined ? undefined : Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  if (found === null || seconds < 1 || seconds > mostWindowSeconds || (fromSecond ?? 0) >= 86_400)
    throw new InvalidArgumentError(
      `seconds from 1 to ${mostWindowSeconds}, or a time and seconds as in 09:00+60s · 应为 1 至 ${mostWindowSeconds} 的秒数，或如 09:00+60s`,
    )
  return fromSecond === undefined ? { seconds } : { fromSecond, seconds }
}

/** Faults asked for that a load run cannot carry out, each with why: refused beforehand rather than played for nothing. */
import { spawnSync } from 'node:child_process'
import type { Words } from '../scenarios/plan.ts'
import type { GivenFault } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

export interface FaultGround {
  readonly ledger: 'sqlite' | 'postgres'
  /** A database of the user's own, which nobody restarts: MEDPAY_POSTGRES_URL. */
  readonly givenDatabase: string | undefined
  /** Whether a process can be left without room for its files. */
  readonly hasPrlimit: boolean
}

/** Of this machine and these words. */
export const faultGround = (ledger: FaultGround['ledger']): FaultGround => ({
  ledger,
  givenDatabase: process.env['MEDPAY_POSTGRES_URL'],
  hasPrlimit: spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0,
})

export function assertPlayable(faults: readonly GivenFault[], ground: FaultGround): void {
  const mistakes = faults.flatMap((fault) => {
    const why = whyNotPlayed(fault, ground)
    return why === undefined ? [] : [{ kind: fault.kind, why }]
  })
  if (mistakes.length === 0) return
  const told = (language: 'en' | 'zh') => mistakes.map(({ kind, why }) => `\n  ${kind}: ${why[language]}`).join('')
  throw new CommandFailure(exitCodes.badInput, `medpay load does not play:${told('en')}`, `medpay load 不支持：${told('zh')}`)
}

export function whyNotPlayed({ kind, target }: Pick<GivenFault, 'kind' | 'target'>, ground: FaultGround): Words | undefined {
  switch (kind) {
    case 'certificate-rotation':
      return {
        zh: '截取的业务只经银行付款，不经以证书签名的钱包，该故障触及不到任何请求；经微信扫码付款的切片上的轮换见 simulators/wire/faults/faults.test.ts',
        en: 'a trace pays through banks alone and asks nothing of the wallets, which sign by certificate, so it could meet nobody; a slice paid by code at the wallet meets it in simulators/wire/faults/faults.test.ts',
      }
    case 'database-restarted':
      if (target !== 'platform') return { zh: '只有平台的账簿在数据库中', en: 'only the platform keeps its ledger in a database' }
      if (ground.ledger === 'sqlite')
        return { zh: 'SQLite 没有服务器可重启；请用 --ledger postgres', en: 'SQLite has no server to restart; use --ledger postgres' }
      if (ground.givenDatabase !== undefined && ground.givenDatabase !== '')
        return {
          zh: 'MEDPAY_POSTGRES_URL 指向您自己的服务器，不由本命令重启；请勿设置该变量',
          en: 'MEDPAY_POSTGRES_URL names a server of your own, which is not ours to restart; leave it unset',
        }
      return undefined
    case 'disk-full':
      return ground.hasPrlimit
        ? undefined
        : { zh: '需要 util-linux 的 prlimit', en: 'it needs prlimit of util-linux, which leaves a process no room for its files' }
    default:
      return undefined
  }
}

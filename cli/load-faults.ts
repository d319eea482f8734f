/** Faults asked for that a load run cannot carry out, each with why: refused beforehand rather than played for nothing. */
import { spawnSync } from 'node:child_process'
import { Value } from 'typebox/value'
import type { CityPlan, Words } from '../scenarios/plan.ts'
import type { LedgerKind } from '../simulators/measures/result-wire.ts'
import { allWireFaults } from '../simulators/wire/faults/all-wire-faults.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { failureOrder, mistakesOf } from '../simulators/wire/server/failure-order.ts'
import type { GivenFault } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

export interface FaultGround {
  readonly ledger: LedgerKind
  /** A database of the user's own, which nobody restarts: MEDPAY_POSTGRES_URL. */
  readonly givenDatabase: string | undefined
  /** Whether a process can be left without room for its files. */
  readonly hasPrlimit: boolean
  /** Whose codes the city's kiosks read. */
  readonly wallets: readonly string[]
}

/** Of this machine, these words and this city. */
export const faultGround = (ledger: FaultGround['ledger'], { parties }: Pick<CityPlan, 'parties'>): FaultGround => ({
  ledger,
  wallets: parties.wallets?.list.map(({ name }) => name) ?? [],
  givenDatabase: process.env['MEDPAY_POSTGRES_URL'],
  hasPrlimit: spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0,
})

export const asFault = (
  { kind, target, fromSecond, seconds, share = 1, amount }: GivenFault,
  index: number,
  seed: number,
): FaultOnWire => ({
  name: `${kind}-of-${target}${index === 0 ? '' : `-${index + 1}`}`,
  ...{ kind, target, fromSecond, toSecond: fromSecond + seconds, share, seed },
  ...(amount === undefined ? {} : { amount }),
})

export function assertPlayable(faults: readonly GivenFault[], ground: FaultGround): void {
  const mistakes = faults.flatMap((fault) => {
    const why = whyNotPlayed(fault, ground)
    return [...(why === undefined ? [] : [why]), ...mistakesOfSize(fault)].map((one) => ({ kind: fault.kind, why: one }))
  })
  if (mistakes.length === 0) return
  const told = (language: 'en' | 'zh') => mistakes.map(({ kind, why }) => `\n  ${kind}: ${why[language]}`).join('')
  throw new CommandFailure(exitCodes.badInput, `medpay load does not play:${told('en')}`, `medpay load 不支持：${told('zh')}`)
}

/** A share or a strength that the kind has no use for would be left out in silence, so it is a mistake; so is one its order does not allow. */
function mistakesOfSize(given: GivenFault): readonly Words[] {
  const { kind, share = 1, amount } = given
  const strikeOf = (more: Partial<FaultOnWire>) => allWireFaults[kind].strikes({ ...asFault(given, 0, 1), ...more })
  const strike = strikeOf({})
  const mistakes: Words[] = []
  if (share < 1 && !(strike.by === 'order' && strike.order.share === share))
    mistakes.push({ zh: '作用于整个一方，不与 share 同用', en: 'it strikes the whole party, so share does not go with it' })
  const isMoved = JSON.stringify(strikeOf({ amount: 3 })) !== JSON.stringify(strikeOf({ amount: 2 }))
  if (amount !== undefined && !isMoved)
    mistakes.push({ zh: '没有强度可言，不与 amount 同用', en: 'it has no strength, so amount does not go with it' })
  if (strike.by !== 'order' || (amount !== undefined && !isMoved)) return mistakes
  const wrong = [...Value.Errors(failureOrder, strike.order)].map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`)
  if (wrong.length > 0) mistakes.push({ zh: `amount 超出范围：${wrong.join('；')}`, en: `amount is out of its range: ${wrong.join('; ')}` })
  const mistaken = mistakesOf(strike.order)
  if (mistaken !== undefined) mistakes.push(mistaken)
  return mistakes
}

export function whyNotPlayed({ kind, target }: Pick<GivenFault, 'kind' | 'target'>, ground: FaultGround): Words | undefined {
  switch (kind) {
    case 'certificate-rotation':
      if (target !== 'wechat')
        return {
          zh: '只有微信支付的证书与公钥会更换；请以 wechat 为对象',
          en: 'only WeChat Pay’s certificates and public key change; strike wechat',
        }
      return ground.wallets.includes(target)
        ? undefined
        : {
            zh: '该城市文件没有钱包（parties.wallets），自助机只收银行卡，该故障触及不到任何请求',
            en: 'the city file has no wallets (parties.wallets), its kiosks take bank cards alone, and it could meet nobody',
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

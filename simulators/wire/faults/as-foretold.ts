/** The same faults in the virtual city's words, for what it foretells of them. */
import type { CityPlan, Plan } from '../../../scenarios/plan.ts'
import { type FaultPlan, type FaultStrength, noStrength, strengthOf } from '../../../scenarios/plan-faults.ts'
import { allWireFaults } from './all-wire-faults.ts'
import { usualServersShare } from './brown-out.ts'
import { usualSlowFactor } from './slow.ts'
import type { FaultOnWire } from './wire-fault.ts'

/**
 * @param windowFromSecond of the day
 * @returns those that the virtual city has, in order; what strikes a hospital's computers or a wallet, or is of the wire only, is none of them
 */
export function asForetold(
  faults: readonly FaultOnWire[],
  { channels, banks }: Pick<CityPlan['parties'], 'channels' | 'banks'>,
  windowFromSecond: number,
): readonly FaultPlan[] {
  return faults.flatMap(({ name, kind, target, fromSecond, toSecond, share, amount }): readonly FaultPlan[] => {
    const { virtually } = allWireFaults[kind]
    const struck = partyOf(target, channels, banks)
    if (virtually.is !== 'the-same' || struck === undefined) return []
    const strength = strengthOf[virtually.kind]
    return [
      {
        name,
        kind: virtually.kind,
        target: struck,
        fromSecond: windowFromSecond + fromSecond,
        toSecond: windowFromSecond + toSecond,
        form: virtually.form ?? 'refuse',
        ...noStrength,
        ...(strength === undefined ? {} : { [strength]: strength === 'errorShare' ? share : (amount ?? usual[strength]) }),
      },
    ]
  })
}

/** Of a strength that is the wire fault's amount, where none is given. */
const usual: Readonly<Record<Exclude<FaultStrength, 'errorShare'>, number>> = {
  slowFactor: usualSlowFactor,
  capacityShare: usualServersShare,
}

/**
 * The plan as calls are routed on the wire: patients leave out an entry that counts as down, and entries the platform; platform and hospitals
 * go on trying a bank and the bureau. Whatever is foretold of these must not leave them out either: a probe is due at every call.
 */
export function asRoutedOnWire(plan: Plan, faults: readonly Pick<FaultOnWire, 'target'>[]): Plan {
  if (faults.every(({ target }) => target.startsWith('channel-') || target === 'platform')) return plan
  const { parties } = plan.city
  return { ...plan, city: { ...plan.city, parties: { ...parties, health: { ...parties.health, probeSeconds: 0 } } } }
}

function partyOf(
  target: string,
  channels: readonly { readonly name: string }[],
  banks: readonly { readonly name: string }[],
): FaultPlan['target'] | undefined {
  const entry = channels.find(({ name }) => target === `channel-${name}`)
  if (entry !== undefined) return { party: 'channel', name: entry.name }
  if (target === 'platform' || target === 'bureau') return { party: target, name: target }
  return banks.some(({ name }) => name === target) ? { party: 'bank', name: target } : undefined
}

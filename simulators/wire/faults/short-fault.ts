/** A scenario's fault in its short form, as the wire strikes it and as the virtual city is asked about it. */
import type { Plan } from '../../../scenarios/plan.ts'
import type { FaultPlan } from '../../../scenarios/plan-faults.ts'
import type { ShortFormName, ShortFormPlan } from '../../../scenarios/plan-short-form.ts'
import type { TraceWindow } from '../../trace/trace.ts'
import { asForetold } from './as-foretold.ts'
import { targetOf } from './target-of.ts'
import type { FaultOnWire, WireFaultName } from './wire-fault.ts'

export interface ShortFault {
  readonly window: TraceWindow
  readonly fault: FaultOnWire
  /** Seconds of the day; entries that bear less are slow ones in the virtual city, from the window's begin on. */
  readonly foretold: readonly FaultPlan[]
  /** The same entries on the wire. */
  readonly slower: ReadonlyMap<string, number>
}

const kinds: Readonly<Record<ShortFormName, WireFaultName>> = { 'black-hole': 'black-hole', refuse: 'outage', errors: 'error-burst' }

/**
 * @param windowSeconds shorter or longer than stated: moments of the fault keep their place in it
 * @param isLimited every other entry bears less, as the form states
 * @param scale below 1: that share of the sites comes to entries that are whole, so that these are slowed the more to be as busy
 */
export function shortFault(
  { scenario, city }: Pick<Plan, 'scenario' | 'city'>,
  form: ShortFormPlan,
  name: ShortFormName,
  windowSeconds: number,
  isLimited: boolean,
  scale = 1,
): ShortFault {
  const plan = scenario.faults.find((one) => one.name === form.fault)
  if (plan === undefined) throw new Error(`${scenario.name} has no fault ${form.fault}`)
  const inWindow = (second: number) => Math.round((second * windowSeconds) / form.windowSeconds)
  const fromSecond = inWindow(form.faultFromSecond)
  const fault: FaultOnWire = {
    name: plan.name,
    kind: kinds[name],
    target: targetOf(plan.target),
    fromSecond,
    toSecond: fromSecond + Math.max(1, inWindow(form.faultSeconds)),
    share: name === 'errors' ? form.errorShare : 1,
    seed: scenario.seed,
  }
  const window = { fromSecond: plan.fromSecond - fromSecond, seconds: windowSeconds }
  const stated = form.limitedBackups?.slowFactor
  const factor = stated === undefined ? undefined : stated / Math.min(1, scale)
  const others =
    isLimited && factor !== undefined
      ? city.parties.channels.filter(
          (one) => one.openedOn <= scenario.date && targetOf({ party: 'channel', name: one.name }) !== fault.target,
        )
      : []
  const slow = others.map(
    ({ name: entry }): FaultOnWire => ({
      ...{ name: `limited-${entry}`, kind: 'slow', target: targetOf({ party: 'channel', name: entry }) },
      ...{ fromSecond: 0, toSecond: endOfDay - window.fromSecond, share: 1, amount: factor as number, seed: scenario.seed },
    }),
  )
  return {
    window,
    fault,
    foretold: asForetold([fault, ...slow], city.parties, window.fromSecond),
    slower: new Map(slow.map(({ target }) => [target, factor as number])),
  }
}

const endOfDay = 86_400

/** Faults of the scenario that fall into the window, struck at their moments while the generator plays. */
import type { ArmPlan } from '../../../scenarios/plan.ts'
import { type FaultPlan, strengthOf } from '../../../scenarios/plan-faults.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { TraceWindow } from '../../trace/trace.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import { noToll, type Striking, striking, type Toll } from '../faults/strike.ts'
import { targetOf } from '../faults/target-of.ts'
import type { FaultOnWire, WireFaultName } from '../faults/wire-fault.ts'
import { ActorGone } from './control-client.ts'
import { ChildFailed, type WireCity } from './wire-processes.ts'

export interface StrikeReport {
  readonly fault: FaultOnWire
  readonly toll: Toll
  /** Milliseconds from the window's begin at which a process or database was there again; absent: at the fault's own end. */
  readonly overMs?: number
  /** Its target was not there any more when it was to begin or to end: it did not strike as it should, and whom it met nobody can tell. */
  readonly missed?: 'begin' | 'end'
  /** Of a fault of the day's files: reconciliation took none from that party while it lasted, and said so. */
  readonly waitedFor?: boolean
}

/** Faults of an arm as the wire carries them out, cut to the window; those outside it are none. */
export function faultsInWindow(
  arm: Pick<ArmPlan, 'faults'>,
  plans: readonly FaultPlan[],
  window: TraceWindow,
  seed: number,
): readonly FaultOnWire[] {
  const end = window.fromSecond + window.seconds
  return plans
    .filter(({ name, fromSecond, toSecond }) => arm.faults.includes(name) && fromSecond < end && toSecond > window.fromSecond)
    .map((plan) => ({
      name: plan.name,
      kind: kindOf(plan),
      target: targetOf(plan.target),
      fromSecond: Math.max(0, plan.fromSecond - window.fromSecond),
      toSecond: Math.min(window.seconds, plan.toSecond - window.fromSecond),
      ...strengthOnWire(plan),
      seed,
    }))
}

/** Errors meet a share of the calls; every other strength is the wire fault's amount. */
function strengthOnWire(plan: FaultPlan): Pick<FaultOnWire, 'share' | 'amount'> {
  const strength = strengthOf[plan.kind]
  if (strength === undefined) return { share: 1 }
  return strength === 'errorShare' ? { share: plan.errorShare } : { share: 1, amount: plan[strength] }
}

const kindOf = ({ kind, form }: FaultPlan): WireFaultName => (kind === 'outage' ? (form === 'black-hole' ? 'black-hole' : 'outage') : kind)

/**
 * Strikes each fault at its second after `beginMs` and heals it at its end, whatever happens in between. One whose target is gone is told as missed.
 *
 * @param signal stops the run: what is under way then is missed and no fault of ours
 * @returns what ends it all: faults that still last are healed at once, and every toll is told
 */
export function strikeInTime(
  faults: readonly FaultOnWire[],
  { control, process }: Pick<WireCity, 'control' | 'process'>,
  beginMs: number,
  signal: AbortSignal,
): { over(): Promise<readonly StrikeReport[]> } {
  const stopping = new AbortController()
  const running = faults.map(async (fault): Promise<StrikeReport> => {
    const strike: Striking = striking(fault, { control: (actor, method, path, body) => control.ask(actor, method, path, body), process })
    if ((await waited(beginMs + fault.fromSecond * 1000, stopping.signal)) && !(await isThere(strike.begin(), signal)))
      return { fault, toll: noToll, missed: 'begin' }
    const beganMs = Date.now() - beginMs
    await waited(beginMs + fault.toSecond * 1000, stopping.signal)
    let toll = noToll
    const ended = strike.end().then((told) => {
      toll = told
    })
    if (!(await isThere(ended, signal))) return { fault, toll, missed: 'end' }
    if (allWireFaults[fault.kind].strikes(fault).by !== 'process') return { fault, toll }
    // A database goes down and comes back at once; a process takes until it is ready.
    return { fault, toll, overMs: fault.kind === 'database-restarted' ? beganMs : Date.now() - beginMs }
  })
  // What went wrong is told by whoever waits for the end of all of them.
  for (const one of running) one.catch(() => undefined)
  return {
    async over() {
      stopping.abort()
      return Promise.all(running)
    },
  }
}

/** False: whoever was to do it is gone, or the run is being stopped. */
const isThere = (done: Promise<unknown>, signal: AbortSignal): Promise<boolean> =>
  done.then(
    () => true,
    (error: unknown) => {
      if (signal.aborted || error instanceof ActorGone || error instanceof ChildFailed) return false
      throw error
    },
  )

/**
 * A process that is dead or asleep writes down nobody: whoever waited for an answer from behind it while it was, met the fault.
 *
 * @returns the strikes, those of processes with their toll
 */
export const withTolls = (
  struck: readonly StrikeReport[],
  rows: readonly SeenRow[],
  keyOf: (row: number) => string,
): readonly StrikeReport[] =>
  struck.map(({ fault, toll, ...rest }) => {
    if (allWireFaults[fault.kind].strikes(fault).by !== 'process' || rest.missed === 'begin') return { fault, toll, ...rest }
    const [fromMs, untilMs] = [fault.fromSecond * 1000, rest.overMs ?? fault.toSecond * 1000]
    const isBehind = (by: string) => {
      if (fault.target === 'platform') return by !== 'hospital'
      if (fault.target === 'his') return true
      return !fault.target.startsWith('channel-') || fault.target === `channel-${by}`
    }
    const met = rows.filter(({ answers }) =>
      answers.some(({ by, sentMs, heardMs }) => isBehind(by) && sentMs < untilMs && heardMs > fromMs),
    )
    return { fault, toll: { ...toll, callsTouched: met.length, keysTouched: met.map(({ row }) => keyOf(row)) }, ...rest }
  })

/** Whether the moment came before it was all over. */
function waited(momentMs: number, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const stop = () => resolve(false)
  const timer = setTimeout(() => resolve(true), momentMs - Date.now())
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
}

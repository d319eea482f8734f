/**
 * What the virtual city foretells of faults in a window of a day: the payments they break, those that no other entry saves, who goes on at a
 * window or kiosk, and when they are noticed. The wire plays the same faults on the same cut, and its figures stand beside these.
 */
import type { ArmPlan, Plan } from '../../../scenarios/plan.ts'
import type { FaultPlan } from '../../../scenarios/plan-faults.ts'
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { errands } from '../../platform/errands.ts'
import type { Trace, TraceWindow } from '../../trace/trace.ts'
import { cityPlayer } from '../city-player.ts'
import { FAILED_LIMIT } from '../kernel/calls.ts'
import { LEG_BANK, LEG_BUREAU } from '../kernel/inputs.ts'
import {
  KEPT_AGAIN,
  KEPT_CHANNEL,
  KEPT_END,
  KEPT_ERRAND,
  KEPT_FAILED,
  KEPT_POINT,
  KEPT_RESTART,
  KEPT_ROW,
  KEPT_TICK,
  KEPT_VISIT,
  KEPT_WORDS,
} from '../kernel/keep.ts'
import { armOf, cityOf } from './cut-trace.ts'
import { errandPlan } from './errand-plan.ts'
import { visitReader } from './trace-visits.ts'
import { playWindow, type WindowDay } from './window-day.ts'

export interface ForetellOptions {
  readonly arm?: string
  readonly window: TraceWindow
  /** Above 0; absent: 1. */
  readonly scale?: number
  /** In place of the arm's; seconds of the day. */
  readonly faults: readonly FaultPlan[]
  readonly kernelBytes: Uint8Array | null
  /** Of {@link cashFreeIn}: nobody asks a bank for nothing, so that what the virtual city asks of it there breaks no payment. Absent: none. */
  readonly cashFree?: ReadonlySet<string>
  /** Who waits for the bureau and comes back later than so many seconds after the window does so after all is over. Absent: {@link lookOnSeconds}. */
  readonly backWithinSeconds?: number
}

/** Payments are those of the window that begin at an entry. */
export interface Foretold {
  readonly payments: number
  /** Their first way came to nothing, for another reason than want of credit. */
  readonly broke: number
  /** Of those that broke, paid through another entry by nobody. */
  readonly notSaved: number
  /** Of those that broke, went on at a window or kiosk within {@link lookOnSeconds}, or came back to the hospital in time, whatever line is there. */
  readonly toHospital: number
  /** Came to nothing at an entry that no fault strikes. */
  readonly atOtherEntries: number
  /** Requests under way together, the most. */
  readonly openAtOnce: number
  /** Seconds after each fault's begin, in the first of superposed days; null: never. */
  readonly faults: readonly {
    readonly name: string
    readonly callsTouched: number
    readonly detectedAfterSeconds: number | null
    readonly firstPatientFailureAfterSeconds: number | null
    readonly firstRoutedAwayAfterSeconds: number | null
  }[]
}

/** Who walks to a window and waits there comes to it much later than to another entry. */
export const lookOnSeconds = 1800
const PAYS_NOTHING = 3
/** The entry is the first of the legs. */
const AT_ENTRY = 0

export function foretell(plan: Plan, options: ForetellOptions): Foretold {
  const { arm, window, scale = 1, faults, kernelBytes, cashFree = new Set(), backWithinSeconds = lookOnSeconds } = options
  const chosen = armOf(plan, arm)
  const copies = Math.ceil(scale)
  const last = scale - (copies - 1)
  const longer = { ...window, seconds: window.seconds + lookOnSeconds }
  const sums = { payments: 0, broke: 0, notSaved: 0, toHospital: 0, atOtherEntries: 0, openAtOnce: 0 }
  const entries = plan.city.parties.channels.map(({ name }) => name)
  const struck = new Set(
    faults.flatMap(({ kind, target }) => (target.party === 'channel' && kind !== 'slow' ? [entries.indexOf(target.name)] : [])),
  )
  let moments: Foretold['faults'] = []
  for (let replication = 0; replication < copies; replication++) {
    const share = replication === copies - 1 ? last : 1
    const player = cityPlayer(cityOf(plan, chosen, share, faults), kernelBytes)
    const played = playWindow(player, replication, longer)
    const { staged, kept } = played
    const backAt = comesBack(chosen, played)
    const until = (window.fromSecond + window.seconds) * TICKS_PER_SECOND
    const isFree = (visit: number, place: number) => cashFree.has(paymentKey(replication, visit, place))
    if (replication === 0) moments = momentsOf(faults, (name) => staged.kernel.sum(name), firstBankFailure(kept, isFree))
    for (const { visit, place, way } of waysOfPayments(kept)) {
      const [first] = way
      if (first === undefined || !first.isByEntry || first.tick >= until) continue
      sums.payments += 1
      if (way.some(({ entry, failed }) => failed === AT_ENTRY && !struck.has(entry))) sums.atOtherEntries += 1
      const broke = (first.failed >= 0 && first.failed !== FAILED_LIMIT) || way.some(({ restart }) => restart > 0)
      if (!broke || (first.failed === LEG_BANK && isFree(visit, place))) continue
      sums.broke += 1
      if (!way.some(({ restart, failed }) => restart > 0 && failed === -1)) sums.notSaved += 1
      const forBureau = way.find(({ failed, isByEntry }) => failed === LEG_BUREAU && isByEntry)
      const goesThere =
        forBureau === undefined
          ? way.some(({ isByEntry }) => !isByEntry)
          : backAt(visit, forBureau) < until + backWithinSeconds * TICKS_PER_SECOND
      if (goesThere) sums.toHospital += 1
    }
    sums.openAtOnce += openAtOnce(kept, until)
  }
  return { ...sums, faults: moments }
}

/** The payments of a trace whose bill leaves nothing to pay in cash or on credit. */
export function cashFreeIn({ rows, visits }: Pick<Trace, 'rows' | 'visits'>): ReadonlySet<string> {
  const free = new Set<string>()
  for (const [number, ofVisit] of Map.groupBy(rows, ({ visit }) => visit)) {
    const { replication = 0, visitOfDay = -1 } = visits[number] ?? {}
    const bills = new Map(ofVisit.flatMap(({ mode, bill, expected }) => (bill === null || mode === 'none' ? [] : [[bill, expected]])))
    for (const [place, expected] of [...bills.values()].entries())
      if (expected !== null && expected.creditFen + expected.cashFen === 0) free.add(paymentKey(replication, visitOfDay, place))
  }
  return free
}

/** @param place among the payments of the visit in the window, which a fault delays and does not reorder */
const paymentKey = (replication: number, visit: number, place: number): string => `${replication} ${visit} ${place}`

/** Tick at which a patient whom the bureau failed at an entry is back at a window; never for whoever has none or does not wait. */
function comesBack(arm: ArmPlan, played: WindowDay): (visit: number, tried: Tried) => number {
  const { staged } = played
  const planned = errandPlan(staged.city)
  const visitOf = visitReader(arm, played)
  return (visit, { row, point, again, endTick }) => {
    if ((staged.city.whole.rowWindow?.[row] ?? -1) < 0) return Number.POSITIVE_INFINITY
    const [step] = planned.bureauDown(visitOf(visit).drawId, { point, again, pathwayRow: row })
    return step?.does === 'wait' ? endTick + (step.ms * TICKS_PER_SECOND) / 1000 : Number.POSITIVE_INFINITY
  }
}

interface Tried {
  readonly tick: number
  readonly endTick: number
  readonly isByEntry: boolean
  /** Number of the entry, below zero at a window or kiosk. */
  readonly entry: number
  readonly restart: number
  readonly failed: number
  /** Of the pathways, and what keys the patient's own draws there. */
  readonly row: number
  readonly point: number
  readonly again: number
}

interface WayOfPayment {
  readonly visit: number
  readonly place: number
  readonly way: readonly Tried[]
}

/** Every try of every payment, in order. */
function waysOfPayments(kept: Int32Array): Iterable<WayOfPayment> {
  const ways = new Map<string, WayOfPayment & { readonly way: Tried[] }>()
  const places = new Map<number, number>()
  for (let at = 0; at < kept.length; at += KEPT_WORDS) {
    const word = (field: number): number => kept[at + field] as number
    const point = word(KEPT_POINT)
    const mode = errands[word(KEPT_ERRAND)]?.mode
    if (point >= PAYS_NOTHING || mode === undefined || mode === 'none') continue
    const isByEntry = mode === 'phone' || mode === 'credit'
    const entry = isByEntry ? word(KEPT_CHANNEL) : -1
    const visit = word(KEPT_VISIT)
    const key = `${visit} ${point}`
    const before = ways.get(key)
    const place = before?.place ?? places.get(visit) ?? 0
    const one = before ?? { visit, place, way: [] }
    if (before === undefined) {
      ways.set(key, one)
      places.set(visit, place + 1)
    }
    one.way.push({
      tick: word(KEPT_TICK),
      endTick: word(KEPT_END),
      isByEntry,
      entry,
      restart: word(KEPT_RESTART),
      failed: word(KEPT_FAILED),
      row: word(KEPT_ROW),
      point,
      again: word(KEPT_AGAIN) - word(KEPT_RESTART),
    })
  }
  return ways.values()
}

/** Tick at which the first patient fails for want of a bank that is asked for something; undefined: none does. */
function firstBankFailure(kept: Int32Array, isFree: (visit: number, place: number) => boolean): number | undefined {
  let first: number | undefined
  for (const { visit, place, way } of waysOfPayments(kept))
    for (const { failed, endTick } of way) if (failed === LEG_BANK && !isFree(visit, place)) first = Math.min(first ?? endTick, endTick)
  return first
}

/** Of the errands of the window. */
function openAtOnce(kept: Int32Array, until: number): number {
  const turns: (readonly [tick: number, change: 1 | -1])[] = []
  for (let at = 0; at < kept.length; at += KEPT_WORDS) {
    const tick = kept[at + KEPT_TICK] as number
    if (tick < until) turns.push([tick, 1], [Math.max(tick, kept[at + KEPT_END] as number), -1])
  }
  let open = 0
  let most = 0
  for (const [, change] of turns.sort(([a, x], [b, y]) => a - b || x - y)) {
    open += change
    most = Math.max(most, open)
  }
  return most
}

function momentsOf(
  faults: readonly FaultPlan[],
  sum: (name: 'faultTouched' | 'faultDetected' | 'faultFirstFailure' | 'faultFirstRouted') => ArrayLike<number>,
  bankFailedAt: number | undefined,
): Foretold['faults'] {
  return faults.map(({ name, fromSecond, target }, fault) => {
    const after = (tick: number | undefined) => (tick === undefined || tick < 0 ? null : tick / TICKS_PER_SECOND - fromSecond)
    return {
      name,
      callsTouched: sum('faultTouched')[fault] ?? 0,
      detectedAfterSeconds: after(sum('faultDetected')[fault]),
      firstPatientFailureAfterSeconds: after(target.party === 'bank' ? bankFailedAt : sum('faultFirstFailure')[fault]),
      firstRoutedAwayAfterSeconds: after(sum('faultFirstRouted')[fault]),
    }
  })
}

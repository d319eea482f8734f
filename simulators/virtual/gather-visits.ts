/** Waits and ends of hospital visits, summed into the fine families of slices as they leave, then those into the coarse ones. */
import { ageGroups, tiers } from '../../scenarios/plan.ts'
import { TICKS_PER_HOUR } from '../engine/time.ts'
import {
  type DayFigures,
  SUM_3_HOURS_OR_MORE,
  SUM_AFTER_PAYMENT_WAIT,
  SUM_BALKED,
  SUM_CLINICAL_WAIT,
  SUM_DONE,
  SUM_DONE_WAIT,
  SUM_DURATION,
  SUM_LINES,
  SUM_PAYMENT_WAIT,
  SUM_RENEGED,
  SUM_UNDER_1_HOUR,
  SUM_UNPAID,
  SUM_VISITS,
  VISIT_SUMS,
} from '../measures/day-figures.ts'
import { HOURS, type SliceLayout } from '../measures/slices.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from '../measures/statistics/histogram.ts'
import { cutToLongest, waitGroups } from '../measures/wait-groups.ts'
import { VISIT_EMERGENCY, VISIT_OUTPATIENT } from '../patients/day-visits.ts'
import { MODE_PHONE } from './compile-day.ts'
import {
  LEFT_AFTER_PAYMENT_WAIT,
  LEFT_CLINICAL_WAIT,
  LEFT_END,
  LEFT_LINES,
  LEFT_OUTCOME,
  LEFT_PAYMENT_WAIT,
  LEFT_TICKET,
} from './kernel/records.ts'
import { OUTCOME_BALKED, OUTCOME_DONE, OUTCOME_RENEGED, OUTCOME_UNPAID } from './kernel/sums.ts'
import {
  FACT_AGE,
  FACT_DISTRICT,
  FACT_DRUGS,
  FACT_EXAMINATION,
  FACT_INSURED,
  FACT_MASK,
  FACT_TIER,
  MODE_MASK,
  STAY_ARRIVAL,
  STAY_FACTS,
  STAY_WORDS,
  type Stays,
} from './stays.ts'
import { NO_HOSPITAL, SECONDARY_HOSPITAL, TERTIARY_HOSPITAL, THREE_PAYMENTS, visitCells } from './visit-cells.ts'

const SECONDARY = tiers.indexOf('secondary')

export interface VisitSums {
  /** @param from where the record of a leaving begins */
  add(left: Int32Array, from: number): void
  close(): Pick<DayFigures, 'visitSums' | 'durations' | 'paymentWaits'>
}

/** Which visits count for how much, and where. */
export interface SlicesAsked {
  /** By tier, in a reduced city whose tiers keep different shares of their sites: how much a visit counts. */
  readonly weights?: readonly number[] | undefined
  /** False where tiers, ages and the whole are all that is read. */
  readonly everySlice: boolean
}

export function visitSums(layout: SliceLayout, stays: Stays, arm: number, { weights, everySlice }: SlicesAsked): VisitSums {
  const sums = new Float64Array(layout.slices.length * VISIT_SUMS)
  const durations = new Int32Array(HISTOGRAM_BUCKETS)
  const one = new Float64Array(VISIT_SUMS)
  const cells = visitCells(layout)
  // Whole numbers: cells may be added to slices whenever it suits. Weighted ones are rounded as they are added, so they keep to the order of leaving.
  const ofCells = weights === undefined && everySlice ? new Float64Array(cells.slicesOf.length * VISIT_SUMS) : null
  const groups = waitGroups(layout)
  const waits = ofCells === null ? null : new Int32Array(groups.cells * HISTOGRAM_BUCKETS)
  const countWait = (cell: number, bucket: number): void => {
    if (waits === null) return
    const at = cell * HISTOGRAM_BUCKETS + bucket
    waits[at] = (waits[at] as number) + 1
  }
  const addTo = (table: Float64Array, row: number): void => {
    const at = row * VISIT_SUMS
    for (let k = 0; k < VISIT_SUMS; k++) table[at + k] = (table[at + k] as number) + (one[k] as number)
  }
  const addToCell = (cell: number): void => {
    if (ofCells !== null) addTo(ofCells, cell)
    else for (const slice of cells.slicesOf[cell] as readonly number[]) addTo(sums, slice)
  }

  function add(left: Int32Array, from: number): void {
    const ticket = left[from + LEFT_TICKET] as number
    const { records, modes, arms } = stays
    const stay = ticket * STAY_WORDS
    const facts = records[stay + STAY_FACTS] as number
    const kind = facts & FACT_MASK
    if (kind > VISIT_EMERGENCY) return
    const arrival = records[stay + STAY_ARRIVAL] as number
    const outcome = left[from + LEFT_OUTCOME] as number
    const payment = left[from + LEFT_PAYMENT_WAIT] as number
    const clinical = left[from + LEFT_CLINICAL_WAIT] as number
    const wait = payment + clinical
    const done = outcome === OUTCOME_DONE
    const duration = (left[from + LEFT_END] as number) - arrival
    one[SUM_VISITS] = 1
    one[SUM_PAYMENT_WAIT] = payment
    one[SUM_CLINICAL_WAIT] = clinical
    // Emergency patients are examined before they pay, so nothing of theirs is displaced by paying sooner.
    one[SUM_AFTER_PAYMENT_WAIT] = kind === VISIT_EMERGENCY ? 0 : (left[from + LEFT_AFTER_PAYMENT_WAIT] as number)
    one[SUM_DONE] = done ? 1 : 0
    one[SUM_DURATION] = done ? duration : 0
    one[SUM_DONE_WAIT] = done ? wait : 0
    const packed = left[from + LEFT_LINES] as number
    for (let count = 0; count < 6; count++) one[SUM_LINES + count] = (packed >> (5 * count)) & 31
    one[SUM_UNDER_1_HOUR] = wait < TICKS_PER_HOUR ? 1 : 0
    one[SUM_3_HOURS_OR_MORE] = wait >= 3 * TICKS_PER_HOUR ? 1 : 0
    one[SUM_BALKED] = outcome === OUTCOME_BALKED ? 1 : 0
    one[SUM_RENEGED] = outcome === OUTCOME_RENEGED ? 1 : 0
    one[SUM_UNPAID] = outcome === OUTCOME_UNPAID ? 1 : 0
    if (done) {
      const bucket = bucketOf(Math.floor(duration / 10))
      durations[bucket] = (durations[bucket] as number) + 1
    }
    const tier = (facts >> FACT_TIER) & FACT_MASK
    if (weights !== undefined) for (let k = 0; k < VISIT_SUMS; k++) one[k] = (one[k] as number) * (weights[tier] as number)
    const age = (facts >> FACT_AGE) & FACT_MASK
    if (!everySlice) {
      addTo(sums, layout.tierAge + tier * ageGroups.length + age)
      return
    }
    const hospital = kind === VISIT_OUTPATIENT ? hospitalOf(tier, facts) : NO_HOSPITAL
    const first = ticket * arms
    const modeIn = (one: number): number => (modes[first + one] as number) & MODE_MASK
    addToCell(cells.time(tier, Math.min(HOURS - 1, Math.floor(arrival / TICKS_PER_HOUR)), age))
    addToCell(cells.place(facts >> FACT_DISTRICT, (facts >> FACT_INSURED) & FACT_MASK))
    const waited = bucketOf(Math.floor(payment / 10))
    countWait(groups.ofAge(tier, age), waited)
    countWait(groups.ofInsured(facts >> FACT_DISTRICT, (facts >> FACT_INSURED) & FACT_MASK), waited)
    addToCell(cells.pay(modeIn(arm), hospital))
    for (let other = 1; other < arms; other++) {
      if (modeIn(0) < MODE_PHONE && modeIn(other) >= MODE_PHONE) {
        addToCell(cells.switchesIn(other, hospital))
        countWait(groups.switchesIn(other), waited)
      } else if (ofCells === null) addTo(sums, cells.stayed(other))
    }
  }

  function close(): Pick<DayFigures, 'visitSums' | 'durations' | 'paymentWaits'> {
    const fold = (into: number, from: number, table = sums, sign = 1): void => {
      for (let k = 0; k < VISIT_SUMS; k++)
        sums[into * VISIT_SUMS + k] = (sums[into * VISIT_SUMS + k] as number) + sign * (table[from * VISIT_SUMS + k] as number)
    }
    if (ofCells !== null) {
      for (const [cell, slices] of cells.slicesOf.entries()) for (const slice of slices) fold(slice, cell, ofCells)
      for (let other = 1; other < stays.arms; other++) {
        for (let cell = cells.paying; cell < cells.switched; cell++) fold(cells.stayed(other), cell, ofCells)
        fold(cells.stayed(other), layout.switched + (other - 1) * 2, sums, -1)
      }
    }
    for (const tier of tiers.keys()) {
      for (const age of ageGroups.keys()) {
        const cell = layout.tierAge + tier * ageGroups.length + age
        fold(layout.tier + tier, cell)
        fold(layout.age + age, cell)
        fold(layout.all, cell)
      }
      for (let hour = 0; hour < HOURS; hour++) fold(layout.hour + hour, layout.tierHour + tier * HOURS + hour)
    }
    return { visitSums: sums, durations, paymentWaits: waits === null ? null : cutToLongest(waits) }
  }

  return { add, close }
}

function hospitalOf(tier: number, facts: number): number {
  if (tier >= SECONDARY) return tier === SECONDARY ? SECONDARY_HOSPITAL : NO_HOSPITAL
  const hasThreePayments = ((facts >> FACT_EXAMINATION) & 3) !== 0 && ((facts >> FACT_DRUGS) & 1) !== 0
  return hasThreePayments ? THREE_PAYMENTS : TERTIARY_HOSPITAL
}

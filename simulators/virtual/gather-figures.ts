/** Reads a day out of the kernel: visits as they leave, stations, calls and sums when it is over, and all of it to the auditor. */
import type { DayFigures } from '../measures/day-figures.ts'
import { HOURS, type SliceLayout } from '../measures/slices.ts'
import { HISTOGRAM_BUCKETS } from '../measures/statistics/histogram.ts'
import { littleProblem } from '../measures/statistics/little.ts'
import { VISIT_SIGN_UP, VISIT_SWITCH } from '../patients/day-visits.ts'
import { type CompiledCity, KIND_CONSULTING } from './compile-city.ts'
import { switchFigures } from './gather-go-live.ts'
import { busyHours } from './gather-hours.ts'
import { moneyBooks } from './gather-money.ts'
import { type SlicesAsked, visitSums } from './gather-visits.ts'
import { LEFT_OUTCOME, LEFT_TICKET, LEFT_WORDS } from './kernel/records.ts'
import {
  KINDS_MAX,
  MINUTES,
  OUTCOME_DONE,
  OUTCOME_IN_CITY,
  TOTAL_BACKUP_COULD_NOT,
  TOTAL_CALL_JOINS,
  TOTAL_CALLS_NEEDED,
  TOTAL_CALLS_SENT,
  TOTAL_JOINS,
  TOTAL_LATE_REPLIES,
  TOTAL_PAYMENTS_FAILED,
  TOTAL_REVERSALS,
  TOTAL_REVERSALS_FAILED,
} from './kernel/sums.ts'
import type { Kernel } from './kernel-host.ts'
import { FACT_MASK, FACT_RESULT, STAY_FACTS, STAY_SITE, STAY_WORDS, type Stays } from './stays.ts'

export interface Gathering {
  readonly kernel: Kernel
  readonly stays: Stays
  /** Number of the arm in the plan. */
  readonly arm: number
  readonly layout: SliceLayout
  readonly city: CompiledCity
  readonly sites: number
  readonly banks: number
  /** Whether this arm has the reform, and with it credit to sign up for. */
  readonly reform: boolean
  readonly wantsSiteWaits: boolean
  readonly slices: SlicesAsked
}

export interface FiguresOfDay {
  /** Those who left, as the kernel tells them. Their stays are read, and may be given up afterwards. */
  take(left: Int32Array, count: number): void
  /** When the day is closed. */
  close(): DayFigures
}

export function figuresOfDay(gathering: Gathering): FiguresOfDay {
  const { kernel, stays, arm, layout, sites, banks, slices } = gathering
  const visits = visitSums(layout, stays, arm, slices)
  const books = moneyBooks(stays, arm, sites, banks)
  const signed = signUps(gathering)
  const switched = switchFigures()
  return {
    take(left, count) {
      for (let from = 0; from < count * LEFT_WORDS; from += LEFT_WORDS) {
        if (from % AHEAD === 0) stays.askFor(left, from + LEFT_TICKET, Math.min(count * LEFT_WORDS, from + AHEAD), LEFT_WORDS)
        visits.add(left, from)
        books.add(left, from)
        const stay = (left[from + LEFT_TICKET] as number) * STAY_WORDS
        const facts = stays.records[stay + STAY_FACTS] as number
        if ((facts & FACT_MASK) === VISIT_SIGN_UP) signed.add(left[from + LEFT_OUTCOME] as number, stay, facts)
        else if ((facts & FACT_MASK) === VISIT_SWITCH) switched.add(left[from + LEFT_OUTCOME] as number, (facts >> FACT_RESULT) & 3)
      }
    },
    close() {
      const { audit, ...money } = books.close()
      return {
        ...visits.close(),
        ...money,
        ...signed.close(),
        goLive: switched.close(kernel),
        audit: { ...audit, ...littleOf(kernel) },
        ...sumsOfKernel(gathering),
      }
    },
  }
}

/** Words of leavings whose stays are asked for together. */
const AHEAD = 64 * LEFT_WORDS

/** What the kernel itself sums. */
function sumsOfKernel({ kernel, city, wantsSiteWaits }: Gathering) {
  const kinds = KIND_CONSULTING + 1
  const waitsOf = kernel.sum('waitHistogram')
  const settleOf = kernel.sum('settleHistogram')
  const totals = kernel.sumDouble('totals').slice()
  const parties = city.parties.length
  return {
    waits: Array.from({ length: kinds }, (_, kind) => waitsOf.slice(kind * HISTOGRAM_BUCKETS, (kind + 1) * HISTOGRAM_BUCKETS)),
    ...hoursByKind(kernel, kinds),
    ...busyHours(kernel, city, kinds),
    settlements: Array.from({ length: 4 }, (_, mode) => settleOf.slice(mode * HISTOGRAM_BUCKETS, (mode + 1) * HISTOGRAM_BUCKETS)),
    settlementSum: kernel.sumDouble('settleSum').slice(0, 4),
    legAssumed: kernel.sumDouble('legAssumed').slice(),
    legComputed: kernel.sumDouble('legComputed').slice(),
    legCount: kernel.sumDouble('legCount').slice(),
    channelAttempted: kernel.sum('channelAttempted').slice(),
    channelSettled: kernel.sum('channelSettled').slice(),
    channelFailed: kernel.sum('channelFailed').slice(),
    channelFellBack: kernel.sum('channelFellBack').slice(),
    channelSpilledIn: kernel.sum('channelSpilledIn').slice(),
    peakCalls: kernel.sum('partyPeakCalls').slice(),
    calls: kernel.sumDouble('partyCalls').slice(),
    minuteBusy: firstDay(kernel.sumDouble('partyMinuteBusy'), parties),
    minuteDuty: firstDay(kernel.sumDouble('partyMinuteDuty'), parties),
    minuteStarted: kernel.sum('minuteStarted').slice(0, 1440),
    minuteSettled: kernel.sum('minuteSettled').slice(0, 1440),
    minuteWithin: kernel.sum('minuteWithin').slice(0, 1440),
    faultTouched: kernel.sum('faultTouched').slice(),
    faultDetected: kernel.sum('faultDetected').slice(),
    faultFirstFailure: kernel.sum('faultFirstFailure').slice(),
    faultFirstRouted: kernel.sum('faultFirstRouted').slice(),
    callsSent: totals[TOTAL_CALLS_SENT] as number,
    callsNeeded: totals[TOTAL_CALLS_NEEDED] as number,
    lateReplies: totals[TOTAL_LATE_REPLIES] as number,
    paymentsFailed: totals[TOTAL_PAYMENTS_FAILED] as number,
    backupCouldNot: totals[TOTAL_BACKUP_COULD_NOT] as number,
    reversals: totals[TOTAL_REVERSALS] as number,
    reversalsFailed: totals[TOTAL_REVERSALS_FAILED] as number,
    stationsJoined: totals[TOTAL_JOINS] as number,
    callsJoined: totals[TOTAL_CALL_JOINS] as number,
    siteWaits: wantsSiteWaits
      ? { sum: kernel.sumDouble('hourWaitSum').slice(), count: Float64Array.from(kernel.sum('hourWaitCount')) }
      : null,
  }
}

type SignUps = Pick<
  DayFigures,
  'signUpsAttempted' | 'signUpsGranted' | 'signUpsWithDigitalCard' | 'signUpsWithRaisedLimit' | 'signUpsRefused' | 'signUpsLost'
>

/** Sign-ups by their end. Before the reform there is nothing to sign, so whoever would have come is none. */
function signUps({ stays, reform, sites, city }: Gathering) {
  const switchErrands = city.whole.siteErrands as Int32Array
  // In the hall of a site that does not switch over in this arm nobody signs up.
  const takesPlace = (site: number): boolean => site >= sites || (switchErrands[site] ?? 0) > 0
  const reached = [0, 0, 0, 0]
  let [lost, attempted] = [0, 0]
  return {
    add(outcome: number, stay: number, facts: number): void {
      if (!reform || outcome === OUTCOME_IN_CITY || !takesPlace(stays.records[stay + STAY_SITE] as number)) return
      attempted++
      const result = (facts >> FACT_RESULT) & 3
      if (outcome === OUTCOME_DONE) reached[result] = (reached[result] as number) + 1
      else lost++
    },
    close(): SignUps {
      const [signUpsGranted = 0, signUpsWithDigitalCard = 0, signUpsWithRaisedLimit = 0, signUpsRefused = 0] = reached
      return {
        signUpsAttempted: attempted,
        signUpsGranted,
        signUpsWithDigitalCard,
        signUpsWithRaisedLimit,
        signUpsRefused,
        signUpsLost: lost,
      }
    },
  }
}

function hoursByKind(kernel: Kernel, kinds: number): Pick<DayFigures, 'waitSum' | 'waitCount' | 'hourWaitSum' | 'hourWaitCount'> {
  const sumOf = kernel.sumDouble('hourWaitSum')
  const countOf = kernel.sum('hourWaitCount')
  const hourWaitSum = new Float64Array(kinds * HOURS)
  const hourWaitCount = new Float64Array(kinds * HOURS)
  for (let site = 0; site * KINDS_MAX * HOURS < countOf.length; site++) {
    for (let cell = 0; cell < kinds * HOURS; cell++) {
      const at = site * KINDS_MAX * HOURS + cell
      hourWaitSum[cell] = (hourWaitSum[cell] as number) + (sumOf[at] as number)
      hourWaitCount[cell] = (hourWaitCount[cell] as number) + (countOf[at] as number)
    }
  }
  const byKind = (cells: Float64Array): Float64Array =>
    Float64Array.from({ length: kinds }, (_, kind) =>
      cells.subarray(kind * HOURS, (kind + 1) * HOURS).reduce((sum, value) => sum + value, 0),
    )
  return { waitSum: byKind(hourWaitSum), waitCount: byKind(hourWaitCount), hourWaitSum, hourWaitCount }
}

function littleOf(kernel: Kernel): { littleBreaches: number; linesChecked: number } {
  const lengths = kernel.stationSums('stationLineArea')
  const waits = kernel.stationSums('stationWaitSum')
  let breaches = 0
  for (let line = 0; line < lengths.length; line++) {
    if (littleProblem(lengths[line] as number, waits[line] as number) !== null) breaches++
  }
  return { littleBreaches: breaches, linesChecked: lengths.length }
}

/** The first 1440 of each party's minutes: what spills past midnight belongs to nobody's peak. */
function firstDay(minutes: Float64Array, parties: number): Float64Array {
  const day = new Float64Array(parties * 1440)
  for (let party = 0; party < parties; party++) day.set(minutes.subarray(party * MINUTES, party * MINUTES + 1440), party * 1440)
  return day
}

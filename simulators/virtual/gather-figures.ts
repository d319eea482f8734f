/** Reads a finished day out of the kernel: visits into slices, stations into kinds, money into the ledger, and all of it to the auditor. */
import { ageGroups, paymentModes, tiers } from '../../scenarios/plan.ts'
import { auditDay } from '../audit/audit-day.ts'
import { findingWords } from '../audit/findings.ts'
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
import { bucketOf, HISTOGRAM_BUCKETS } from '../measures/histogram.ts'
import { littleProblem } from '../measures/little.ts'
import { HOURS, type SliceLayout } from '../measures/slices.ts'
import type { DayFacts } from '../money/day-facts.ts'
import { claimLater, settled as settledStatus, unpaid } from '../money/payment-status.ts'
import { postDay } from '../money/post-day.ts'
import { notEligible } from '../patients/choose-modes.ts'
import { type DayVisits, VISIT_EMERGENCY, VISIT_OUTPATIENT, VISIT_SIGN_UP } from '../patients/day-visits.ts'
import { type CompiledCity, KIND_CONSULTING, KIND_PARTY } from './compile-city.ts'
import { goLiveFigures } from './gather-go-live.ts'
import { PAID_MODE_MASK, PAID_MODE_SHIFT, PAID_OTHER_MODE, PAID_STATUS_MASK } from './kernel/paid.ts'
import { LEFT_WORDS } from './kernel/records.ts'
import {
  KINDS_MAX,
  MINUTES,
  OUTCOME_BALKED,
  OUTCOME_DONE,
  OUTCOME_IN_CITY,
  OUTCOME_RENEGED,
  OUTCOME_UNPAID,
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
import { type Kernel, visitResults } from './kernel-host.ts'

const HOUR_TICKS = 36_000_000
const SECONDARY = tiers.indexOf('secondary')
const PHONE = paymentModes.indexOf('phone')
const CREDIT = paymentModes.indexOf('credit')

export interface Gathering {
  readonly kernel: Kernel
  readonly day: DayVisits
  readonly layout: SliceLayout
  readonly city: CompiledCity
  readonly sites: number
  readonly banks: number
  /** Whether this arm has the reform, and with it credit to sign up for. */
  readonly reform: boolean
  /** By visit: payment mode of this arm, 0…3. */
  readonly modes: Uint8Array
  /** By arm after the first: 1 for visits that switch under it. */
  readonly switchers: readonly Uint8Array[]
  readonly wantsSiteWaits: boolean
}

export function gatherFigures(gathering: Gathering): DayFigures {
  const { kernel, city } = gathering
  const kinds = KIND_CONSULTING + 1
  const stationKind = city.whole.stationKind as Int32Array
  const waitsOf = kernel.sum('waitHistogram')
  const settleOf = kernel.sum('settleHistogram')
  const hours = hoursByKind(kernel, kinds)
  const byKind = stationsByKind(kernel, stationKind, kinds)
  const totals = kernel.sumDouble('totals').slice()
  const parties = city.parties.length
  const outcome = kernel.visits('visitOutcome')
  const sums = visitSums(gathering, outcome)
  const { audit, money, insured, settledByMode } = moneyOf(gathering, outcome)
  const little = littleOf(kernel)
  return {
    ...sums,
    waits: Array.from({ length: kinds }, (_, kind) => waitsOf.slice(kind * HISTOGRAM_BUCKETS, (kind + 1) * HISTOGRAM_BUCKETS)),
    ...hours,
    ...byKind,
    settlements: Array.from({ length: 4 }, (_, mode) => settleOf.slice(mode * HISTOGRAM_BUCKETS, (mode + 1) * HISTOGRAM_BUCKETS)),
    settlementSum: kernel.sumDouble('settleSum').slice(0, 4),
    settledByMode,
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
    goLive: goLiveFigures(kernel, gathering.day, outcome),
    ...signUps(gathering, outcome),
    money,
    insured,
    audit: {
      ...audit,
      ...little,
    },
    siteWaits: gathering.wantsSiteWaits
      ? { sum: kernel.sumDouble('hourWaitSum').slice(), count: Float64Array.from(kernel.sum('hourWaitCount')) }
      : null,
  }
}

/** Waits of hospital visits into the fine families of slices, then those into the coarse ones. */
function visitSums({ kernel, day, layout, modes, switchers }: Gathering, outcome: Int32Array): Pick<DayFigures, 'visitSums' | 'durations'> {
  const sums = new Float64Array(layout.slices.length * VISIT_SUMS)
  const durations = new Int32Array(HISTOGRAM_BUCKETS)
  const left = kernel.left()
  const one = new Float64Array(VISIT_SUMS)
  const add = (slice: number): void => {
    const at = slice * VISIT_SUMS
    for (let k = 0; k < VISIT_SUMS; k++) sums[at + k] = (sums[at + k] as number) + (one[k] as number)
  }
  for (let v = 0; v < day.count; v++) {
    if ((day.kind[v] as number) > VISIT_EMERGENCY) continue
    const at = v * LEFT_WORDS
    const payment = left[at + visitResults.visitPaymentWait] as number
    const clinical = left[at + visitResults.visitClinicalWait] as number
    const wait = payment + clinical
    const done = outcome[v] === OUTCOME_DONE
    const duration = (left[at + visitResults.visitEnd] as number) - (day.arrival[v] as number)
    one[SUM_VISITS] = 1
    one[SUM_PAYMENT_WAIT] = payment
    one[SUM_CLINICAL_WAIT] = clinical
    // Emergency patients are examined before they pay, so nothing of theirs is displaced by paying sooner.
    one[SUM_AFTER_PAYMENT_WAIT] = day.kind[v] === VISIT_EMERGENCY ? 0 : (left[at + visitResults.visitAfterPaymentWait] as number)
    one[SUM_DONE] = done ? 1 : 0
    one[SUM_DURATION] = done ? duration : 0
    one[SUM_DONE_WAIT] = done ? wait : 0
    const packed = left[at + visitResults.visitLines] as number
    for (let count = 0; count < 6; count++) one[SUM_LINES + count] = (packed >> (5 * count)) & 31
    one[SUM_UNDER_1_HOUR] = wait < HOUR_TICKS ? 1 : 0
    one[SUM_3_HOURS_OR_MORE] = wait >= 3 * HOUR_TICKS ? 1 : 0
    one[SUM_BALKED] = outcome[v] === OUTCOME_BALKED ? 1 : 0
    one[SUM_RENEGED] = outcome[v] === OUTCOME_RENEGED ? 1 : 0
    one[SUM_UNPAID] = outcome[v] === OUTCOME_UNPAID ? 1 : 0
    if (done) {
      const bucket = bucketOf(Math.floor(duration / 10))
      durations[bucket] = (durations[bucket] as number) + 1
    }
    const tier = day.tier[v] as number
    add(layout.tierAge + tier * ageGroups.length + (day.age[v] as number))
    add(layout.tierHour + tier * HOURS + Math.min(HOURS - 1, Math.floor((day.arrival[v] as number) / HOUR_TICKS)))
    add(layout.district + (day.district[v] as number))
    add(layout.insured + (day.insured[v] as number))
    add(layout.mode + (modes[v] as number))
    for (const [arm, switches] of switchers.entries()) add(layout.switched + arm * 2 + (switches[v] === 1 ? 0 : 1))
    if (day.kind[v] !== VISIT_OUTPATIENT || tier > SECONDARY) continue
    add(layout.hospital)
    if (tier === SECONDARY) continue
    const hasThreePayments = day.examination[v] !== 0 && day.drugs[v] !== 0
    add(layout.hospital + 1)
    if (hasThreePayments) add(layout.hospital + 2)
    for (const [arm, switches] of switchers.entries()) {
      if (switches[v] !== 1) continue
      add(layout.hospital + 3 + arm * 2)
      if (hasThreePayments) add(layout.hospital + 4 + arm * 2)
    }
  }
  const fold = (into: number, from: number): void => {
    for (let k = 0; k < VISIT_SUMS; k++)
      sums[into * VISIT_SUMS + k] = (sums[into * VISIT_SUMS + k] as number) + (sums[from * VISIT_SUMS + k] as number)
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
  return { visitSums: sums, durations }
}

/** Visits whose bills are booked and audited together: each batch is a ledger of its own, closed and checked, and small. */
const BATCH = 65_536

/** The bills of the day as the ledger and the auditor want them, batch by batch, and the headline sums of money. */
function moneyOf(gathering: Gathering, outcome: Int32Array) {
  const { kernel, day, modes, sites, banks } = gathering
  const left = kernel.left()
  const most = Math.min(BATCH, day.count) * 3
  const statusOf = new Uint8Array(most)
  const modeOf = new Uint8Array(most)
  const paidTimesOf = new Uint8Array(most)
  const leftOf = new Uint8Array(most / 3)
  // A point the patient never came to raised no bill, so its row is empty: the day's own columns stay as they are for the next arm.
  const raised = (): Int32Array => new Int32Array(most)
  const billFen = raised()
  const fundFen = raised()
  const currentAccountFen = raised()
  const historyAccountFen = raised()
  const cashFen = raised()
  const points = { statusOf, modeOf, paidTimesOf, billFen, fundFen, currentAccountFen, historyAccountFen, cashFen }
  let [bills, fen, findings] = [0, 0, 0]
  let firstFinding: DayFigures['audit']['firstFinding'] = null
  const settledByMode = new Float64Array(4)
  let [transactions, credentialTransactions, creditPayments, billSum, credentialSum, onCreditSum, billsLeft] = [0, 0, 0, 0, 0, 0, 0]
  let [fundSum, accountSum, creditSum, cashSum, owingSum, claimLaterSum] = [0, 0, 0, 0, 0, 0]
  const book = (from: number, visits: number): void => {
    const facts: DayFacts = {
      visits,
      sites: sites + 1,
      banks,
      siteOf: day.site.subarray(from, from + visits),
      bankOf: day.creditBank.subarray(from, from + visits),
      leftOf,
      ...points,
    }
    const ledger = postDay(facts)
    ledger.close()
    const audit = auditDay(facts, leavings(outcome.subarray(from, from + visits)), ledger.totals())
    bills += audit.billsChecked
    fen += audit.fenChecked
    findings += audit.findings.length
    const [first] = audit.findings
    if (first !== undefined) firstFinding ??= findingWords('visit' in first ? { ...first, visit: first.visit + from } : first)
  }
  for (let v = 0; v < day.count; v++) {
    const inBatch = v % BATCH
    if (inBatch === 0) for (const column of Object.values(points)) column.fill(0)
    leftOf[inBatch] = outcome[v] === 0 ? 0 : 1
    const isInsured = (day.kind[v] as number) <= VISIT_EMERGENCY && day.insured[v] !== notEligible
    for (let point = 0; point < 3; point++) {
      const at = v * 3 + point
      const word = left[v * LEFT_WORDS + visitResults.visitPaid0 + point] as number
      const bill = day.billFen[at] as number
      if (word === 0 || bill === 0) continue
      // A bill whose payment failed and was never taken up again was left behind.
      const status = (word & PAID_STATUS_MASK) === 0 && (word & PAID_OTHER_MODE) !== 0 ? unpaid : word & PAID_STATUS_MASK
      const mode = (word & PAID_STATUS_MASK) === 0 || status === unpaid ? (modes[v] as number) : (word >> PAID_MODE_SHIFT) & PAID_MODE_MASK
      const fund = day.fundFen[at] as number
      const current = day.currentAccountFen[at] as number
      const history = day.historyAccountFen[at] as number
      const cash = day.cashFen[at] as number
      const to = inBatch * 3 + point
      statusOf[to] = status
      modeOf[to] = mode
      billFen[to] = bill
      fundFen[to] = fund
      currentAccountFen[to] = current
      historyAccountFen[to] = history
      cashFen[to] = cash
      if (isInsured && status !== settledStatus) billsLeft++
      if (isInsured && status === settledStatus) {
        transactions++
        billSum += bill
        if (mode >= PHONE) {
          credentialTransactions++
          credentialSum += bill
        }
        if (mode === CREDIT) {
          creditPayments++
          onCreditSum += cash
        }
      }
      if (status === settledStatus) {
        paidTimesOf[to] = 1
        // How patients pay in hospitals; what is bought at a pharmacy or online is no choice of theirs.
        if ((day.kind[v] as number) <= VISIT_EMERGENCY) settledByMode[mode] = (settledByMode[mode] as number) + 1
        fundSum += fund
        accountSum += current + history
        if (mode === CREDIT) creditSum += cash
        else cashSum += cash
      } else if (status === claimLater) {
        paidTimesOf[to] = 1
        claimLaterSum += bill
      } else if (status !== unpaid) owingSum += bill
    }
    if (inBatch === BATCH - 1 || v === day.count - 1) book(v - inBatch, inBatch + 1)
  }
  const money = {
    fundFen: fundSum,
    accountFen: accountSum,
    creditFen: creditSum,
    cashFen: cashSum,
    owingFen: owingSum,
    claimLaterFen: claimLaterSum,
  }
  const insured = {
    transactions,
    credentialTransactions,
    creditPayments,
    billFen: billSum,
    credentialFen: credentialSum,
    creditFen: onCreditSum,
    billsLeft,
  }
  return { audit: { bills, fen, findings, firstFinding }, money, insured, settledByMode }
}

function leavings(outcome: Int32Array): number {
  let left = 0
  for (const how of outcome) if (how !== 0) left++
  return left
}

type SignUps = Pick<
  DayFigures,
  'signUpsAttempted' | 'signUpsGranted' | 'signUpsWithDigitalCard' | 'signUpsWithRaisedLimit' | 'signUpsRefused' | 'signUpsLost'
>

/** Sign-ups by their end. Before the reform there is nothing to sign, so whoever would have come is none. */
function signUps({ day, reform, sites, city }: Gathering, outcome: Int32Array): SignUps {
  const switchErrands = city.whole.siteErrands as Int32Array
  // In the hall of a site that does not switch over in this arm nobody signs up.
  const takesPlace = (v: number): boolean => {
    const site = day.site[v] as number
    return site >= sites || (switchErrands[site] ?? 0) > 0
  }
  const reached = [0, 0, 0, 0]
  let [lost, attempted] = [0, 0]
  for (let v = 0; v < day.count; v++) {
    if (!reform || day.kind[v] !== VISIT_SIGN_UP || outcome[v] === OUTCOME_IN_CITY || !takesPlace(v)) continue
    attempted++
    const result = day.result[v] as number
    if (outcome[v] === OUTCOME_DONE) reached[result] = (reached[result] as number) + 1
    else lost++
  }
  const [signUpsGranted = 0, signUpsWithDigitalCard = 0, signUpsWithRaisedLimit = 0, signUpsRefused = 0] = reached
  return { signUpsAttempted: attempted, signUpsGranted, signUpsWithDigitalCard, signUpsWithRaisedLimit, signUpsRefused, signUpsLost: lost }
}

function stationsByKind(kernel: Kernel, stationKind: Int32Array, kinds: number): Pick<DayFigures, 'busy' | 'duty'> {
  const busy = new Float64Array(kinds)
  const duty = new Float64Array(kinds)
  const busyArea = kernel.stationSums('stationBusyArea')
  const dutyArea = kernel.stationSums('stationDutyArea')
  for (let station = 0; station < stationKind.length; station++) {
    const kind = stationKind[station] as number
    if (kind === KIND_PARTY) continue
    busy[kind] = (busy[kind] as number) + (busyArea[station] as number)
    duty[kind] = (duty[kind] as number) + (dutyArea[station] as number)
  }
  return { busy, duty }
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

import { expect, test } from 'vitest'
import { paymentModes, tiers } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { catalogue, type MeasureKind, measureKind } from './catalogue.ts'
import * as f from './day-figures.ts'
import { measureSpecs } from './measure-day.ts'
import { sliceLayout } from './slices.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from './statistics/histogram.ts'

const town = planOf('small-town')
// A scenario with everything that has a measure.
const plan = { ...town, scenario: { ...town.scenario, refunds: { share: 0.01, partShare: 0, keptShare: 0, afterSeconds: 45 } } }
const layout = sliceLayout(plan.city, plan.scenario.arms)
const stations = ['cashier-window', 'pharmacy-window']
const parties = ['main-entry', 'platform']
const specs = measureSpecs(plan, layout, stations, parties)

const nothing = (length: number) => Array.from({ length }, () => new Int32Array(HISTOGRAM_BUCKETS))
/** Sums by kind, tier and hour, of which these are not nothing. */
const hours = (...given: readonly (readonly [number, number])[]): Float64Array => {
  const all = new Float64Array(2 * 4 * 24)
  for (const [at, value] of given) all[at] = value
  return all
}
/** A day on which nothing happened, but for what is given. */
function figuresOf(given: Partial<f.DayFigures>): f.DayFigures {
  return {
    visitSums: new Float64Array(layout.slices.length * f.VISIT_SUMS),
    durations: new Int32Array(HISTOGRAM_BUCKETS),
    paymentWaits: null,
    waits: nothing(2),
    waitSum: new Float64Array(2),
    waitCount: new Float64Array(2),
    hourBusy: new Float64Array(2 * 4 * 24),
    hourDuty: new Float64Array(2 * 4 * 24),
    hourOvertime: new Float64Array(2 * 4 * 24),
    hourWaitSum: new Float64Array(48),
    hourWaitCount: new Float64Array(48),
    settlements: nothing(4),
    settlementSum: new Float64Array(4),
    settledByMode: new Float64Array(4),
    legAssumed: new Float64Array(5),
    legComputed: new Float64Array(5),
    legCount: new Float64Array(5),
    channelAttempted: new Int32Array(3),
    channelSettled: new Int32Array(3),
    channelFailed: new Int32Array(3),
    channelFellBack: new Int32Array(3),
    channelSpilledIn: new Int32Array(3),
    peakCalls: new Int32Array(2),
    calls: new Float64Array(2),
    minuteBusy: new Float64Array(2 * 1440),
    minuteDuty: new Float64Array(2 * 1440),
    minuteStarted: new Int32Array(1440),
    minuteSettled: new Int32Array(1440),
    minuteWithin: new Int32Array(1440),
    faultTouched: new Int32Array(0),
    faultDetected: new Int32Array(0),
    faultFirstFailure: new Int32Array(0),
    faultFirstRouted: new Int32Array(0),
    callsSent: 0,
    callsNeeded: 0,
    lateReplies: 0,
    paymentsFailed: 0,
    backupCouldNot: 0,
    reversals: 0,
    reversalsFailed: 0,
    stationsJoined: 0,
    callsJoined: 0,
    goLive: null,
    signUpsAttempted: 0,
    signUpsGranted: 0,
    signUpsWithDigitalCard: 0,
    signUpsWithRaisedLimit: 0,
    signUpsRefused: 0,
    signUpsLost: 0,
    money: { fundFen: 0, accountFen: 0, creditFen: 0, cashFen: 0, owingFen: 0, claimLaterFen: 0, refundedFen: 0 },
    insured: { transactions: 0, credentialTransactions: 0, creditPayments: 0, billFen: 0, credentialFen: 0, creditFen: 0, billsLeft: 0 },
    audit: { bills: 0, fen: 0, findings: 0, firstFinding: null, littleBreaches: 0, linesChecked: 0 },
    siteWaits: null,
    ...given,
  }
}
function valueOn(figures: f.DayFigures, name: string, slice = 'all/all') {
  const spec = specs.find((one) => one.name === name && `${one.slice.dimension}/${one.slice.name}` === slice)
  if (spec === undefined) throw new Error(`no measure ${name} of ${slice}`)
  return spec.of(figures)
}
/** The sums of one slice. */
function sumsAt(slice: number, sums: Readonly<Record<number, number>>): Float64Array {
  const all = new Float64Array(layout.slices.length * f.VISIT_SUMS)
  for (const [at, value] of Object.entries(sums)) all[slice * f.VISIT_SUMS + Number(at)] = value
  return all
}

test('every measure of the catalogue is taken, once per slice or subject, in its unit, and no other', () => {
  const subjects: Record<MeasureKind['subject'], number> = {
    none: 1,
    station: stations.length,
    mode: paymentModes.length,
    leg: 5,
    channel: plan.city.parties.channels.length,
    party: parties.length,
  }
  for (const kind of catalogue) {
    const taken = specs.filter(({ name }) => measureKind(name)?.name === kind.name)
    // How busy servers are is taken of all sites and of those of each tier.
    const slices = kind.sliced ? layout.slices.length : kind.name === 'utilization-busiest-hour' ? 1 + tiers.length : 1
    expect([kind.name, taken.length]).toEqual([kind.name, slices * (kind.sliced ? 1 : subjects[kind.subject])])
    expect(taken.every(({ unit }) => unit === kind.unit)).toBe(true)
  }
  expect(specs.filter(({ name }) => measureKind(name) === undefined)).toEqual([])
  const places = specs.map(({ name, slice }) => `${name} of ${slice.dimension}/${slice.name}`)
  expect(new Set(places).size).toBe(places.length)
})

test('names of the catalogue are unique, and a subject does not hide the measure', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
  expect(measureKind('wait-seconds-p95/cashier-window')).toMatchObject({ name: 'wait-seconds-p95', subject: 'station', unit: 's' })
  expect(measureKind('wait-seconds-p59/cashier-window')).toBeUndefined()
  expect(measureKind('wait')).toBeUndefined()
})

test('on a day without visits whatever is a mean or a share has no value, and whatever is a count is 0', () => {
  const empty = figuresOf({})
  const valued = specs.flatMap((spec) => (spec.of(empty).value === null ? [] : [spec]))
  expect(new Set(valued.map(({ unit, name }) => (name.startsWith('headroom') ? 'headroom' : unit)))).toEqual(
    new Set(['visits', 'payments', 'fen', 'calls/s', '1', 'min', 'headroom']),
  )
  // Of shares and minutes, only those of a party at rest, and of service nobody asked for.
  const resting = valued.filter(({ unit }) => unit === '1' || unit === 'min').map(({ name }) => name.split('/')[0])
  expect(new Set(resting)).toEqual(
    new Set(['minutes-outside-service-level', 'utilization-peak-minute', 'minutes-above-90-percent', 'headroom-at-peak']),
  )
  for (const spec of valued) expect(spec.of(empty).value).toBe(spec.name.startsWith('headroom') ? 1 : 0)
})

test('minutes and lines are per visit, durations and their queueing share per visit that was completed', () => {
  const minute = 600_000
  const day = figuresOf({
    visitSums: sumsAt(layout.all, {
      [f.SUM_VISITS]: 10,
      [f.SUM_PAYMENT_WAIT]: 50 * minute,
      [f.SUM_CLINICAL_WAIT]: 100 * minute,
      [f.SUM_AFTER_PAYMENT_WAIT]: 20 * minute,
      [f.SUM_DONE]: 8,
      [f.SUM_DURATION]: 400 * minute,
      [f.SUM_DONE_WAIT]: 140 * minute,
      [f.SUM_LINES]: 21,
      [f.SUM_LINES + 1]: 15,
      [f.SUM_LINES + 2]: 9,
      [f.SUM_LINES + 3]: 30,
      [f.SUM_LINES + 4]: 20,
      [f.SUM_LINES + 5]: 18,
      [f.SUM_UNDER_1_HOUR]: 7,
      [f.SUM_3_HOURS_OR_MORE]: 1,
      [f.SUM_RENEGED]: 2,
    }),
  })
  const expected = {
    visits: 10,
    'payment-queueing-minutes-per-visit': 5,
    'clinical-queueing-minutes-per-visit': 10,
    'wait-after-payment-minutes-per-visit': 2,
    'visit-duration-minutes': 50,
    'queueing-share-of-visit': 0.35,
    'payment-lines-joined': 2.1,
    'payment-lines-with-any-wait': 1.5,
    'payment-lines-waited-over-1-minute': 0.9,
    'clinical-lines-joined': 3,
    'clinical-lines-with-any-wait': 2,
    'clinical-lines-waited-over-1-minute': 1.8,
    'share-waiting-under-1-hour': 0.7,
    'share-waiting-3-hours-or-more': 0.1,
    'balked-share': 0,
    'reneged-share': 0.2,
    'left-unpaid-share': 0,
  }
  expect(Object.keys(expected)).toEqual(catalogue.filter(({ sliced }) => sliced).map(({ name }) => name))
  for (const [name, value] of Object.entries(expected)) expect([name, valueOn(day, name).value]).toEqual([name, value])
  expect(valueOn(day, 'visit-duration-minutes').count).toBe(8)
  expect(valueOn(day, 'queueing-share-of-visit').count).toBe(8)
  expect(valueOn(day, 'payment-lines-joined').count).toBe(10)
  expect(valueOn(day, 'payment-lines-joined', 'tier/community')).toEqual({ value: null, count: 0 })
})

test('a quantile is published where ten observations lie beyond it', () => {
  const settlements = nothing(4)
  ;(settlements[2] as Int32Array)[bucketOf(40)] = 999
  expect(valueOn(figuresOf({ settlements }), 'settlement-seconds-p99/phone')).toEqual({ value: null, count: 999 })
  expect(valueOn(figuresOf({ settlements }), 'settlement-seconds-p95/phone')).toEqual({ value: 0.04, count: 999 })
  ;(settlements[2] as Int32Array)[bucketOf(40)] = 1000
  expect(valueOn(figuresOf({ settlements }), 'settlement-seconds-p99/phone')).toEqual({ value: 0.04, count: 1000 })
  const durations = new Int32Array(HISTOGRAM_BUCKETS)
  durations[bucketOf(1_800_000)] = 200
  expect(valueOn(figuresOf({ durations }), 'visit-duration-minutes-p50').value).toBeCloseTo(30, -0.5)
})

test('a party’s busiest minute, headroom and minutes above 90 % are its own', () => {
  const minuteBusy = new Float64Array(2 * 1440)
  const minuteDuty = new Float64Array(2 * 1440).fill(4 * 600_000)
  minuteBusy[1440 + 9 * 60] = 3.8 * 600_000
  minuteBusy[1440 + 9 * 60 + 1] = 3.6 * 600_000
  minuteBusy[10] = 1 * 600_000
  const day = figuresOf({ minuteBusy, minuteDuty, calls: Float64Array.of(30, 500), peakCalls: Int32Array.of(2, 9) })
  expect(valueOn(day, 'utilization-peak-minute/platform')).toEqual({ value: 0.95, count: 500 })
  expect(valueOn(day, 'headroom-at-peak/platform').value).toBeCloseTo(0.05, 12)
  // 90 % itself is not above it.
  expect(valueOn(day, 'minutes-above-90-percent/platform').value).toBe(1)
  expect(valueOn(day, 'first-minute-above-90-percent/platform')).toEqual({ value: 540, count: 500 })
  expect(valueOn(day, 'first-minute-above-90-percent/main-entry')).toEqual({ value: null, count: 30 })
  expect(valueOn(day, 'utilization-peak-minute/main-entry')).toEqual({ value: 0.25, count: 30 })
  expect(valueOn(day, 'peak-calls-per-second/platform')).toEqual({ value: 9, count: 500 })
})

test('waits, utilisation, modes, legs, retries and money are read from their own sums', () => {
  const day = figuresOf({
    waitSum: Float64Array.of(90_000, 0),
    waitCount: Float64Array.of(3, 0),
    // Of the first kind, the first tier busy in the hour at eight and at nine, the last on duty all day.
    hourBusy: hours([8, 120], [9, 90], [3 * 24 + 8, 15]),
    hourDuty: hours([8, 100], [9, 100], [3 * 24 + 8, 200], [3 * 24 + 9, 200]),
    // At eight half as many again finish what they began before their shift ended.
    hourOvertime: hours([8, 50]),
    settledByMode: Float64Array.of(5, 3, 1, 1),
    legAssumed: Float64Array.of(0, 0, 40_000, 0, 0),
    legComputed: Float64Array.of(0, 0, 10_000, 0, 0),
    legCount: Float64Array.of(0, 0, 8, 0, 0),
    callsSent: 11,
    callsNeeded: 10,
    paymentsFailed: 4,
    backupCouldNot: 3,
    money: { fundFen: 1, accountFen: 2, creditFen: 3, cashFen: 4, owingFen: 5, claimLaterFen: 6, refundedFen: 0 },
    audit: { bills: 9, fen: 21, findings: 0, firstFinding: null, littleBreaches: 0, linesChecked: 0 },
    channelSpilledIn: Int32Array.of(0, 7, 0),
  })
  const read = (name: string) => valueOn(day, name).value
  expect([read('wait-seconds-mean/cashier-window'), read('wait-seconds-mean/pharmacy-window')]).toEqual([3, null])
  const busiest = (station: string, tier?: string) =>
    specs.find(({ name, slice }) => name === `utilization-busiest-hour/${station}` && slice.name === (tier ?? 'all'))?.of(day).value
  expect([busiest('cashier-window'), busiest('pharmacy-window')]).toEqual([135 / 350, null])
  expect([busiest('cashier-window', 'municipal-tertiary'), busiest('cashier-window', 'secondary')]).toEqual([0.9, null])
  expect(busiest('cashier-window', 'community')).toBe(15 / 200)
  expect([read('overtime-share/cashier-window'), read('overtime-share/pharmacy-window')]).toEqual([50 / 600, null])
  expect(paymentModes.map((mode) => read(`payment-mode-share/${mode}`))).toEqual([0.5, 0.3, 0.1, 0.1])
  expect([read('leg-seconds-assumed/bureau'), read('leg-seconds-computed/bureau'), read('leg-seconds-assumed/bank')]).toEqual([
    0.5,
    0.125,
    null,
  ])
  expect([read('retry-amplification'), read('failed-share-backup-could-not-save')]).toEqual([1.1, 0.75])
  expect(['fund', 'account', 'credit', 'cash', 'owing', 'claim-later'].map((payer) => read(`${payer}-fen`))).toEqual([1, 2, 3, 4, 5, 6])
  // A sum of money rests on bills, not on fen.
  expect(valueOn(day, 'fund-fen')).toEqual({ value: 1, count: 9 })
  expect(read('payments-spilled-over/second-entry')).toBe(7)
})

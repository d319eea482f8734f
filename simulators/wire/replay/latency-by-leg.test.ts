/** Legs, divergence and profile of two payments told by hand: by phone through the platform, and at a window. */
import { describe, expect, test } from 'vitest'
import { type WireOutcome, wireLegs } from '../../measures/result-wire.ts'
import { bucketOf } from '../../measures/statistics/histogram.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { traceParent } from '../../trace/trace-parent.ts'
import type { Conducted } from './conduct.ts'
import { divergenceOf } from './divergence.ts'
import { latencyByLeg } from './latency-by-leg.ts'
import { profileLevel } from './profile-level.ts'
import { coveredMs, type LegSpan, rowsOnLegs } from './rows-on-legs.ts'

const begin = 1_000_000
const row = (number: number, errand: string, mode: TraceRow['mode'], services: TraceRow['services']): TraceRow =>
  ({
    row: number,
    visit: number,
    person: number,
    errand,
    mode,
    entry: mode === 'phone' ? 0 : -1,
    insteadOf: null,
    bill: `MX${number}`,
    startMs: 1000 * number,
    services,
    virtual: { outcome: 'settled', failedAt: null, endMs: 1000 * number + 700, doneMs: null },
  }) as unknown as TraceRow

const planned = [
  row(0, 'phone-payment', 'phone', [
    { leg: 'entry', operation: 'entry/open', ms: 20 },
    { leg: 'platform', operation: 'platform/order', ms: 30 },
    { leg: 'bureau', operation: 'bureau/presettle', ms: 100 },
    { leg: 'bank', operation: 'bank/authorize', ms: 200 },
    { leg: 'bureau', operation: 'bureau/settle', ms: 300 },
    { leg: 'platform', operation: 'platform/post', ms: 10 },
    { leg: 'platform', operation: 'platform/invoice', ms: 500 },
  ]),
  row(1, 'window-payment', 'window', [{ leg: 'bureau', operation: 'bureau/settle', ms: 300 }]),
]
const seen = (number: number, endMs: number, outcome = 'paid'): SeenRow => ({
  row: number,
  dueMs: 1000 * number,
  heldMs: 0,
  sentMs: 1000 * number + 2,
  endMs,
  answers: [{ key: 'K', outcome, payment: `P${number}`, by: 'app', sentMs: 1000 * number + 2, heardMs: endMs, calls: [] }],
})
const span = (operation: string, businessKey: string, arrivedMs: number, endedMs: number, startedMs = arrivedMs): LegSpan => ({
  actor: operation.split('/')[0] as string,
  operation,
  businessKey,
  arrivedMs: begin + arrivedMs,
  startedMs: begin + startedMs,
  endedMs: begin + endedMs,
})
const spans: readonly LegSpan[] = [
  span('entry/open', '0', 5, 25),
  { ...span('platform/order', 'MX0', 30, 760), actor: 'platform' },
  span('bureau/presettle', 'MX0', 40, 150, 50),
  span('bank/authorize', 'P0-A', 160, 360),
  span('bureau/settle', 'MX0', 370, 670),
  // The hospital hears of it after the patient has the answer: no time of his.
  span('his/notice', 'MX0', 800, 900),
  span('his/window-payment', 'MX1', 1000, 1400),
  span('bureau/settle', 'MX1', 1050, 1350),
]
const stages = [
  { stage: 'reconciled', count: 2, amountFen: 5, standingFen: 0, waitedMsBuckets: [[bucketOf(80_000_000), 2]] as const },
  { stage: 'paid-out', count: 1, amountFen: 5, standingFen: 5, waitedMsBuckets: [[bucketOf(3000), 1]] as const },
]
const conducted = {
  log: { beginMs: begin, rows: [seen(0, 782), seen(1, 1402)], words: [] },
  spans,
  reconciliation: { stages },
  cpu: [{ actors: ['platform'], seconds: 15 }],
} as unknown as Conducted

const legOf = (name: string) => latencyByLeg(planned, conducted).find(({ leg }) => leg === name)

describe('latency by leg', () => {
  test('the target’s own time is the whole less every counterparty’s span within it, and what follows the answer is no part of it', () => {
    // 780 ms in all; 20 of the entry, 110 and 300 of the bureau, 200 of the bank.
    expect(legOf('platform')?.ownMs?.max).toBe(150)
    expect(legOf('intended-to-answered')?.totalMs?.count).toBe(2)
  })

  test('what several counterparties did at once is taken off once', () => {
    const at = (arrivedMs: number, endedMs: number) => span('bureau/settle', 'MX0', arrivedMs, endedMs)
    const overlapping = [at(20, 50), at(10, 30), at(25, 28), at(60, 90)]
    expect(coveredMs(overlapping, begin, begin + 80)).toBe(60)
    expect(coveredMs(overlapping, begin + 15, begin + 80)).toBe(55)
  })

  test('a counterparty’s own time leaves its line out', () => {
    const bureau = legOf('bureau')
    expect(bureau?.totalMs?.max).toBe(410)
    expect(bureau?.ownMs?.max).toBe(400)
  })

  test('a payment is followed from the intended start to its payout, the last two steps on the business clock', () => {
    expect(legOf('intended-to-authorised')?.totalMs?.max).toBe(360)
    expect(legOf('authorised-to-settled')?.totalMs?.max).toBe(310)
    expect(legOf('settled-to-confirmed')?.totalMs?.max).toBe(230)
    expect(legOf('confirmed-to-reconciled')).toMatchObject({ from: 'business-clock', totalMs: { count: 2 } })
    expect(legOf('reconciled-to-paid-out')).toMatchObject({ from: 'business-clock', totalMs: { count: 1 } })
  })

  test('a bank’s part is joined whatever a target’s numbers look like', () => {
    const [first] = conducted.log.rows as [SeenRow]
    const rows = [{ ...first, answers: first.answers.map((answer) => ({ ...answer, payment: 'PO-2020-7' })) }]
    const own = spans.map((one) => (one.businessKey === 'P0-A' ? { ...one, businessKey: 'PO-2020-7-A' } : one))
    const legs = latencyByLeg(planned, { ...conducted, log: { ...conducted.log, rows }, spans: own })
    expect(legs.find(({ leg }) => leg === 'payer')?.totalMs?.max).toBe(200)
  })

  describe('where the target passes trace headers on', () => {
    const tracedAs = (row: number, span: LegSpan): LegSpan => ({ ...span, trace: traceParent(row, 1) })
    const rowOf = ({ businessKey }: LegSpan) => (businessKey === 'MX1' ? 1 : 0)

    test('a message is joined by its header whatever its business key is, and every leg says so', () => {
      const own = spans.map((one) => ({ ...tracedAs(rowOf(one), one), businessKey: `own number of ${one.operation}` }))
      const legs = latencyByLeg(planned, { ...conducted, spans: own })
      expect(legs.find(({ leg }) => leg === 'payer')?.totalMs?.max).toBe(200)
      expect(legs.find(({ leg }) => leg === 'bureau')?.totalMs?.max).toBe(410)
      expect(legs.filter(({ from }) => from !== 'business-clock').every(({ from }) => from === 'trace-headers')).toBe(true)
    })

    test('a leg in which one payment is joined by its keys alone is joined by business keys', () => {
      const own = spans.map((one) => (rowOf(one) === 0 ? tracedAs(0, one) : one))
      const fromOf = (name: string) => latencyByLeg(planned, { ...conducted, spans: own }).find(({ leg }) => leg === name)?.from
      expect([fromOf('payer'), fromOf('platform'), fromOf('bureau')]).toEqual(['trace-headers', 'trace-headers', 'business-keys'])
    })

    test('what carries no header of a traced payment, or one that its bill contradicts, is joined by its keys', () => {
      const own = spans.map((one) => {
        if (one.operation === 'bank/authorize') return one
        return one.operation === 'his/notice' ? tracedAs(1, one) : tracedAs(rowOf(one), one)
      })
      const legs = latencyByLeg(planned, { ...conducted, spans: own })
      expect(legs.find(({ leg }) => leg === 'payer')?.totalMs?.max).toBe(200)
      expect(legs.find(({ leg }) => leg === 'settled-to-confirmed')?.totalMs).toMatchObject({ count: 1, max: 230 })
    })

    test('a message of another row with the same person is not taken for this one’s', () => {
      const strange = { ...span('entry/open', '0', 30, 60), trace: traceParent(7, 1) }
      const found = rowsOnLegs(planned, { ...conducted, spans: [...spans, strange] })[0]
      expect(found?.spans.filter(({ operation }) => operation === 'entry/open')).toHaveLength(1)
    })
  })

  test('legs come in the order of the list, whatever order payments met them in', () => {
    const found = latencyByLeg(planned, conducted).map(({ leg }) => leg)
    expect(found).toEqual(wireLegs.filter((leg) => found.includes(leg)))
    expect(found.length).toBeGreaterThan(8)
  })

  test('what was not paid is in no leg', () => {
    const refused = { ...conducted, log: { ...conducted.log, rows: [seen(0, 782, 'refused')] } }
    expect(latencyByLeg(planned, refused).filter(({ from }) => from === 'business-keys')).toEqual([])
  })
})

describe('divergence of virtual and wire', () => {
  const found = divergenceOf(rowsOnLegs(planned, conducted), 30)
  const of = (name: string) => found.find(({ leg }) => leg === name)

  test('holds the same messages of the same payments beside each other', () => {
    expect(of('bureau')).toMatchObject({ payments: 2, virtualMs: (400 + 300) / 2, wireMs: (410 + 300) / 2, differenceMs: 5 })
    expect(of('payer')).toMatchObject({ payments: 1, virtualMs: 200, wireMs: 200 })
    expect(of('channel')).toMatchObject({ payments: 1, virtualMs: 20, wireMs: 20 })
  })

  test('holds the platform’s own time beside what was assumed of the messages a patient waits for', () => {
    expect(of('platform')).toMatchObject({ payments: 1, virtualMs: 40, wireMs: 150, differenceMs: 110 })
  })

  test('has no hospital leg where the plan drew none of what was seen', () => {
    expect(of('his')).toBeUndefined()
    expect(of('answered')).toMatchObject({ payments: 2, virtualMs: 700, wireMs: (782 + 402) / 2 })
  })
})

test('a level of a profile tells offered and achieved, what was under way, cores, and each end of each operation', () => {
  const trace = { rows: planned, window: { fromSecond: 36_000, seconds: 30 }, scale: { asked: 1 } } as unknown as Trace
  const wire = { level: { name: 'peak', title: { en: 'peak', zh: '高峰' } }, generator: { startLateMs: { p99: 3 }, cpuShare: 0.4 } }
  const refused = { ...conducted, log: { ...conducted.log, rows: [seen(0, 782, 'refused'), seen(1, 1402)] } }
  const level = profileLevel(trace, refused, wire as unknown as WireOutcome, [])
  expect(level).toMatchObject({ fromSecond: 36_000, offeredPerSecond: 1 / 30, achievedPerSecond: 0, isValid: true })
  expect(level.inFlight).toEqual({ mean: 780 / 30_000, most: 1 })
  expect(level.cpu).toEqual([{ actors: ['platform'], cores: 0.5 }])
  const ends = level.legs.map(({ leg, operation, outcome, isMeasured, count, share }) => [
    leg,
    operation,
    outcome,
    isMeasured,
    count,
    share,
  ])
  expect(ends).toContainEqual(['platform', 'phone-payment', 'refused', true, 1, 1])
  expect(ends).toContainEqual(['bureau', 'bureau/settle', 'answered', false, 2, 1])
})

test('what a wallet serves of a payment by code is the payer’s leg, beside what was planned of it; what a phone asks of it is none', () => {
  const byCode = row(0, 'kiosk-payment-by-code', 'kiosk', [{ leg: 'bank', operation: 'wallet/code-pay', ms: 300 }])
  const atWallet = (operation: string, actor: string, businessKey: string, arrivedMs: number, endedMs: number): LegSpan => ({
    ...span(operation, businessKey, arrivedMs, endedMs),
    actor,
    trace: traceParent(0, 1),
  })
  for (const [actor, operation] of [
    ['wechat', 'wechat/code-pay'],
    ['alipay', 'alipay.trade.pay'],
  ] as const) {
    const spansOfIt = [
      atWallet('phone/code', actor, 'payer', 3, 9),
      atWallet(operation, actor, 'P0', 200, 520),
      atWallet('bureau/settle', 'bureau', 'MX0', 530, 700),
    ]
    const told = { ...conducted, log: { beginMs: begin, rows: [seen(0, 782)], words: [] }, spans: spansOfIt }
    const payer = latencyByLeg([byCode], told).find(({ leg }) => leg === 'payer')
    expect([payer?.totalMs?.count, payer?.totalMs?.max]).toEqual([1, 320])
    expect(latencyByLeg([byCode], told).find(({ leg }) => leg === 'intended-to-authorised')?.totalMs?.max).toBe(520)
    expect(divergenceOf(rowsOnLegs([byCode], told), 10).find(({ leg }) => leg === 'payer')).toMatchObject({ virtualMs: 300, wireMs: 320 })
  }
})

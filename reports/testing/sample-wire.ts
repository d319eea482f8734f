/** The sample's run as the wire would have played it; every figure is made up. */
import type { WireOutcome, WireQuantiles } from '../../simulators/measures/result-wire.ts'
import type { RunResult } from '../../simulators/measures/run-result.ts'
import { w } from './sample-city.ts'
import { sampleRunResult } from './sample-run-result.ts'

const spread = (p50: number, count = 5216): WireQuantiles => ({
  count,
  p50,
  p95: p50 * 2.4,
  p99: count < 1000 ? null : p50 * 3.6,
  max: p50 * 7,
  buckets: [[Math.min(63, Math.floor(p50)), count]],
})
const leg = (name: WireOutcome['legs'][number]['leg'], total: number, own: number | null): WireOutcome['legs'][number] => ({
  leg: name,
  totalMs: spread(total),
  ownMs: own === null ? null : spread(own),
  from: name.endsWith('reconciled') || name.endsWith('paid-out') ? 'business-clock' : 'trace-headers',
})

const level = {
  name: 'city-peak',
  title: w('全市高峰', 'City peak'),
  scale: 1,
  clockSpeed: 1,
  errandsPerSecond: 121.4,
  platformPaymentsPerSecond: 43.5,
  perPayment: { messages: 9.2, commits: 7.4, signatures: 11.1, verifications: 11.1 },
  efficiency: {
    cpuMicros: 1420,
    partsMicros: 639,
    parts: [
      { part: 'sent', count: 9.2, micros: 22 },
      { part: 'answered', count: 2.4, micros: 17 },
      { part: 'command', count: 7.2, micros: 16 },
      { part: 'commit', count: 1.8, micros: 155 },
    ],
  },
} as const

export const sampleWire: WireOutcome = {
  version: 1,
  window: { date: '2020-12-15', fromSecond: 33_240, toSecond: 33_360, arm: 'adopt-40' },
  level,
  target: { name: 'medpay', isOurs: true, ledger: 'sqlite', processes: 1, layout: [['platform'], ['bureau', 'his']] },
  generator: {
    name: 'k6',
    version: '2.2.0',
    vus: 240,
    cpuShare: 0.31,
    niceness: 0,
    startLateMs: { p50: 0.4, p99: 6.2, max: 14.8, count: 14_568 },
    droppedStarts: 0,
    isHealthy: true,
  },
  processes: [
    { actors: ['platform'], cores: 0.42, loopDelayMsP99: 21, niceness: 5 },
    { actors: ['bureau', 'his'], cores: 0.35, loopDelayMsP99: 23, niceness: 5 },
  ],
  signatures: [
    { kind: 'hmac', made: 61_204, checked: 75_772 },
    { kind: 'rsa', made: 1_204, checked: 1_204 },
  ],
  rows: {
    planned: 14_602,
    sent: 14_568,
    heldByPredecessor: 311,
    notSent: [{ reason: 'not-needed', title: w('前一方式已成功', 'the way before it worked'), rows: 34 }],
  },
  errands: [
    {
      errand: 'credit-payment',
      outcomes: [
        { outcome: 'paid', rows: 3105 },
        { outcome: 'refused', rows: 12 },
      ],
      totalMs: spread(412, 3117),
    },
    {
      errand: 'window-payment',
      outcomes: [
        { outcome: 'paid', rows: 8890 },
        { outcome: 'no-answer', rows: 1 },
      ],
      totalMs: spread(365, 8891),
    },
    { errand: 'family-code', outcomes: [{ outcome: 'done', rows: 84 }], totalMs: spread(120, 84) },
  ],
  legs: [
    leg('channel', 6, 6),
    leg('platform', 398, 31),
    leg('bureau', 180, null),
    leg('payer', 140, null),
    leg('his', 48, null),
    leg('intended-to-authorised', 262, 22),
    leg('authorised-to-settled', 112, 9),
    leg('settled-to-confirmed', 61, 12),
    leg('confirmed-to-reconciled', 53_000_000, null),
    leg('reconciled-to-paid-out', 600_000, null),
    leg('intended-to-answered', 412, 41),
  ],
  closingBooks: {
    compared: 12_107,
    equal: 12_106,
    rest: [
      {
        reason: 'other-order',
        title: w('同一人付款次序不同', "the same person's bills came in another order"),
        rows: 1,
        examples: ['B 4471'],
      },
    ],
  },
  creditTerm: {
    days: 59,
    played: ['2020-12-22', '2021-02-12', '2021-02-13'],
    persons: 412,
    openingFen: 1_204_050,
    advancedFen: 3_100_725,
    givenBackFen: 20_000,
    repaidFen: 4_190_475,
    owedFen: 94_300,
    paidOutFen: 3_080_725,
    wallets: [
      { wallet: 'wechat', persons: 210, amountFen: 2_100_000 },
      { wallet: 'alipay', persons: 130, amountFen: 1_490_475 },
      { wallet: 'unionpay', persons: 63, amountFen: 600_000 },
    ],
    overdue: { persons: 9, amountFen: 94_300 },
    virtual: { persons: 412, repaidFen: 4_190_475, overdue: { persons: 9, amountFen: 94_300 } },
    reportedOverdue: 11,
    closingBooks: {
      compared: 412,
      equal: 411,
      rest: [
        {
          reason: 'other-way',
          title: w('其账单未照虚拟城市支付或退回', 'a bill of theirs went another way than in the virtual city'),
          rows: 1,
          examples: ['person 71'],
        },
      ],
    },
    seconds: 2.4,
  },
  audit: {
    verdict: 'failed',
    voidReasons: [],
    rules: [
      {
        name: 'bill-paid-once',
        title: w('一张账单至多支付一次', 'A bill is paid at most once'),
        standing: 'kept',
        checked: 12_107,
        broken: 0,
        findings: [],
      },
      {
        name: 'three-way-match',
        title: w('医院、医保、支付方三方到分相符', 'Hospital, insurer and payer agree to the fen'),
        standing: 'broken',
        checked: 12_106,
        broken: 1,
        findings: [
          {
            id: 'B <4471>',
            words: w('B <4471>：应为 6000，实为 5999', 'B <4471>: should be 6000 and is 5999'),
            why: 'medpay why "B <4471>" --run reports/runs/sample',
          },
        ],
      },
      {
        name: 'ledger-zero',
        title: w('平台分录借贷为零', 'The journal adds up to zero'),
        standing: 'not-applicable',
        checked: 0,
        broken: 0,
        findings: [],
      },
    ],
    books: [
      { actor: 'bureau', entries: 61_204 },
      { actor: 'his', entries: 88_310 },
    ],
    replay: 'medpay load sample-weekday --seed 20201231',
  },
  faults: [
    {
      name: 'bank-outage',
      kind: 'outage',
      title: w('中断（黑洞）', 'Outage (black hole)'),
      target: 'bank-1',
      fromSecond: 40,
      toSecond: 80,
      callsTouched: 212,
      effect: { measure: 'median-milliseconds', twin: 140, found: 5000, leastDifference: 1000 },
      isToothless: false,
      afterHeal: { fromSecond: 80, compared: 5120, equal: 5120 },
      detectedAfterSeconds: 5,
      firstPatientFailureAfterSeconds: 10.2,
      firstRoutedAwayAfterSeconds: 11,
      foretold: { detectedAfterSeconds: 4.6, firstPatientFailureAfterSeconds: 9.8, firstRoutedAwayAfterSeconds: null },
      backAfterSeconds: null,
      planted: 0,
      found: 0,
    },
  ],
  failover: {
    wire: { payments: 6170, broke: 412, notSaved: 60, toHospital: 44, atOtherEntries: 0 },
    virtual: { payments: 6170, broke: 398, notSaved: 52, toHospital: 41, atOtherEntries: 0 },
  },
  levels: [
    { ...level, valid: true, sent: 14_568, settledShare: 0.998, refusedBusy: 0, ownMsP99: 184, totalMsP95: 940 },
    {
      ...level,
      name: 'overload',
      title: w('过载：拐点的三倍', 'Overload: three times the knee'),
      platformPaymentsPerSecond: 910,
      valid: false,
      standing: 'lost',
      sent: 18_200,
      settledShare: 0.61,
      refusedBusy: 7098,
      ownMsP99: null,
      totalMsP95: 12_400,
    },
  ],
  machine: { processor: 'Sample CPU', cores: 2, memoryGigabytes: 8, system: 'linux 6.1', fdatasyncMsP50: 0.7 },
  verdicts: [
    {
      name: 'goodput-over-knee',
      title: w('过载时办成与拐点之比', 'paid a second in overload, over the knee'),
      ...{ measured: 0.74, is: 'at-least', goal: 0.8, unit: '×', standing: 'short' },
    },
  ],
  notes: [w('平台限用 0.15 核', 'the platform was held to 0.15 of a core')],
}

export const sampleOfTheWire = (): RunResult => ({ ...sampleRunResult(), world: 'wire', wire: sampleWire })

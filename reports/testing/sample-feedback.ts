/** The sample's run taken back from the wire: five levels, and a spot check; every figure is made up. */
import type { Feedback } from '../../simulators/measures/result-feedback.ts'
import type { SpotCheckPlayed } from '../../simulators/measures/result-spot-check.ts'
import type { WireDivergence } from '../../simulators/measures/result-wire.ts'
import { sampleWire } from './sample-wire.ts'

export const sampleDivergence: readonly WireDivergence[] = [
  { leg: 'channel', payments: 725, virtualMs: 28.1, wireMs: 37, differenceMs: 8.9, interval: [7.3, 10.8] },
  { leg: 'platform', payments: 725, virtualMs: 64.3, wireMs: 43, differenceMs: -21.3, interval: [-28, -16] },
  { leg: 'answered', payments: 2314, virtualMs: 1122, wireMs: 1101, differenceMs: -21, interval: null },
]

const level = (offeredPerSecond: number, p50: number): Feedback['levels'][number] => ({
  offeredPerSecond,
  achievedPerSecond: offeredPerSecond * 0.99,
  seconds: 30,
  payments: Math.round(offeredPerSecond * 30),
  inFlight: offeredPerSecond * 1.2,
  ownMsP50: p50,
  ownMsP95: p50 * 2.1,
  ownMsMean: p50 * 1.1,
  ownMsInterval: [p50, p50 * 1.2],
  divergence: sampleDivergence,
})

export const sampleFeedback: Feedback = {
  profileHash: 'ab',
  target: 'medpay',
  isSpot: false,
  levels: [level(12, 22), level(25, 27), level(50, 40), level(75, 66), level(100, 140)],
  days: 10,
  assumedMs: 65,
  arms: [
    {
      arm: 'adopt-40',
      measuredShare: 0.754,
      busiestPerSecond: 110.2,
      minutesOutside: 92,
      rows: [
        { measure: 'payment-queueing-minutes-per-visit', assumed: 0.6685, measured: 0.6686 },
        { measure: 'settlement-seconds-mean/phone', assumed: 1.488, measured: null },
      ],
    },
  ],
}

export const sampleSpotCheck: SpotCheckPlayed = {
  ran: true,
  window: { date: '2020-12-15', fromSecond: 34_560, toSecond: 34_590, arm: 'adopt-40' },
  errands: { planned: 2343, sent: 2343 },
  platformPaymentsPerSecond: 24.2,
  closingBooks: { compared: 2315, equal: 2314 },
  audit: { verdict: 'passed', rulesKept: 27 },
  generator: { name: 'k6', version: '2.2.0', startLateMsP99: 6.1 },
  legs: sampleWire.legs,
  divergence: sampleDivergence,
  voidReasons: [],
  feedback: { ...sampleFeedback, isSpot: true, days: 1, levels: sampleFeedback.levels.slice(1, 2) },
  wallSeconds: 61,
}

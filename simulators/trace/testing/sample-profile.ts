/** A latency profile for tests: levels by their load, each with the same few payments. */
import { type LatencyProfile, latencyProfileOf, type ProfileLeg, type ProfileLevel } from '../latency-profile.ts'

export const sampleProfile = (levels: readonly ProfileLevel[] = [sampleLevel(10), sampleLevel(20)]): LatencyProfile =>
  latencyProfileOf(
    {
      planHash: 'ab',
      scenario: 'small-town',
      arm: 'what-if-80',
      target: { name: 'medpay', processes: 1, layout: [['platform']] },
      clockSpeed: 1,
    },
    levels,
  )

/** @param buckets own time of the payments it settled: three by phone of ten, the others on credit */
export function sampleLevel(offeredPerSecond: number, buckets: ProfileLeg['ownMsBuckets'] = [[40, 7]]): ProfileLevel {
  const settled = (operation: string, ownMsBuckets: ProfileLeg['ownMsBuckets']): ProfileLeg => ({
    leg: 'platform',
    operation,
    outcome: 'settled',
    isMeasured: true,
    count: ownMsBuckets.reduce((sum, [, count]) => sum + count, 0),
    share: 1,
    totalMsBuckets: [],
    ownMsBuckets,
    ownMsMean: 40,
    ownMsInterval: [38, 42],
  })
  return {
    name: `at ${offeredPerSecond}`,
    title: { en: `at ${offeredPerSecond}`, zh: `每秒 ${offeredPerSecond} 笔` },
    fromSecond: 0,
    seconds: 30,
    scale: 1,
    offeredPerSecond,
    achievedPerSecond: offeredPerSecond,
    inFlight: { mean: 1, most: 3 },
    cpu: [{ actors: ['platform'], cores: 0.2 }],
    generator: { startLateMsP99: 4, cores: 0.1 },
    isValid: true,
    reasons: [],
    settled: { ownMsMean: 40, ownMsInterval: [38, 42] },
    legs: [
      settled('phone-payment', [[40, 3]]),
      settled('credit-payment', buckets),
      { ...settled('credit-payment', []), outcome: 'refused' },
      { ...settled('bureau/settle', [[400, 10]]), leg: 'bureau', outcome: 'answered', isMeasured: false },
    ],
    divergence: [{ leg: 'platform', payments: 10, virtualMs: 45, wireMs: 40, differenceMs: -5, interval: [-7, -3] }],
  }
}

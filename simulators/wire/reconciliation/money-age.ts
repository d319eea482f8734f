/**
 * How old money is at each stage of its way: intended → authorised → settled → confirmed by the hospital → matched (every party agreed when it
 * was asked) → reconciled (by day-end files) → paid out.
 * Ages count from the moment the patient meant to pay and are weighted by fen, since a day's delay of a large bill is a large delay. Pure.
 */
import { bucketOf } from '../../measures/statistics/histogram.ts'

export const moneyStages = ['intended', 'authorised', 'settled', 'confirmed', 'matched', 'reconciled', 'paid-out'] as const
export type MoneyStage = (typeof moneyStages)[number]

/** One sum of money with the business moments of the stages it has reached. */
export interface MoneyOnItsWay {
  readonly amountFen: number
  readonly reachedMs: Partial<Readonly<Record<MoneyStage, number>>>
}

export interface StageAge {
  readonly stage: MoneyStage
  /** Sums that reached it. */
  readonly count: number
  readonly amountFen: number
  /** Age when they reached it, by fen; absent where nothing did. */
  readonly meanAgeSeconds?: number
  readonly oldestAgeSeconds?: number
  /** What stands at this stage now and has reached no later one. */
  readonly standingFen: number
  readonly standingMeanAgeSeconds?: number
  /** How long each sum waited for it since the stage that is due before: [bucket of measures/statistics/histogram.ts in ms, count]; stages of reconciliation alone. */
  readonly waitedMsBuckets?: readonly (readonly [number, number])[]
}

/** What a sum waits from; matching live is none of the steps to a payout. */
const dueBefore: Partial<Readonly<Record<MoneyStage, MoneyStage>>> = {
  matched: 'confirmed',
  reconciled: 'confirmed',
  'paid-out': 'reconciled',
}

export function moneyAge(sums: readonly MoneyOnItsWay[], nowMs: number): readonly StageAge[] {
  return moneyStages.map((stage, index) => {
    const reached = sums.flatMap(({ amountFen, reachedMs }) => {
      const [from, at] = [reachedMs.intended, reachedMs[stage]]
      return from === undefined || at === undefined ? [] : [{ amountFen, ageSeconds: (at - from) / 1000 }]
    })
    const later = moneyStages.slice(index + 1)
    const standing = sums.flatMap(({ amountFen, reachedMs }) => {
      const from = reachedMs.intended
      if (from === undefined || reachedMs[stage] === undefined || later.some((next) => reachedMs[next] !== undefined)) return []
      return [{ amountFen, ageSeconds: (nowMs - from) / 1000 }]
    })
    const mean = meanAge(reached)
    const standingMean = meanAge(standing)
    return {
      stage,
      count: reached.length,
      amountFen: fenSum(reached),
      ...(mean === undefined ? {} : { meanAgeSeconds: mean }),
      ...(reached.length === 0 ? {} : { oldestAgeSeconds: Math.max(...reached.map(({ ageSeconds }) => ageSeconds)) }),
      standingFen: fenSum(standing),
      ...(standingMean === undefined ? {} : { standingMeanAgeSeconds: standingMean }),
      ...waitedOf(sums, stage),
    }
  })
}

function waitedOf(sums: readonly MoneyOnItsWay[], stage: MoneyStage): Pick<StageAge, 'waitedMsBuckets'> {
  const before = dueBefore[stage]
  if (before === undefined) return {}
  const counts = new Map<number, number>()
  for (const { reachedMs } of sums) {
    const [from, at] = [reachedMs[before], reachedMs[stage]]
    if (from === undefined || at === undefined) continue
    const bucket = bucketOf(Math.min(MOST_MS, Math.max(0, Math.round(at - from))))
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  return counts.size === 0 ? {} : { waitedMsBuckets: [...counts].sort(([a], [b]) => a - b) }
}

/** The histogram's end, 24.8 days; a month's clearing waits longer and stands in the last bucket. */
const MOST_MS = 2 ** 31 - 1

interface Aged {
  readonly amountFen: number
  readonly ageSeconds: number
}
const fenSum = (sums: readonly Aged[]): number => sums.reduce((sum, { amountFen }) => sum + amountFen, 0)
function meanAge(sums: readonly Aged[]): number | undefined {
  const fen = fenSum(sums)
  return fen === 0 ? undefined : sums.reduce((sum, { amountFen, ageSeconds }) => sum + amountFen * ageSeconds, 0) / fen
}

/**
 * How old money is at each stage of its way: intended → authorised → settled → confirmed by the hospital → matched (every party agreed when it
 * was asked) → reconciled (by day-end files) → paid out.
 * Ages count from the moment the patient meant to pay and are weighted by fen, since a day's delay of a large bill is a large delay. Pure.
 */
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
    }
  })
}

interface Aged {
  readonly amountFen: number
  readonly ageSeconds: number
}
const fenSum = (sums: readonly Aged[]): number => sums.reduce((sum, { amountFen }) => sum + amountFen, 0)
function meanAge(sums: readonly Aged[]): number | undefined {
  const fen = fenSum(sums)
  return fen === 0 ? undefined : sums.reduce((sum, { amountFen, ageSeconds }) => sum + amountFen * ageSeconds, 0) / fen
}

/** The day's course, mean over days: parties by minute, payments by minute, waits by hour. The order is that of city-player's series. */
import type { Plan } from '../../scenarios/plan.ts'
import { TICKS_PER_SECOND } from '../engine/time.ts'
import type { Series } from '../measures/run-result.ts'
import { kindNames, partiesOf } from './compile-city.ts'

const MINUTES = 1440
const HOURS = 24

/** @param sums by arm: the days' series added up */
export function seriesOfArms(plan: Plan, sums: readonly (Float64Array | null)[], days: number): readonly Series[] {
  if (days === 0) return []
  const parties = partiesOf(plan).map((party) => party.name)
  return plan.scenario.arms.flatMap((arm, index) => {
    const sum = sums[index]
    if (sum === null || sum === undefined) return []
    let at = 0
    const cut = (length: number): Float64Array => {
      const part = sum.subarray(at, at + length)
      at += length
      return part
    }
    const busy = cut(parties.length * MINUTES)
    const duty = cut(parties.length * MINUTES)
    const started = cut(MINUTES)
    const settled = cut(MINUTES)
    const within = cut(MINUTES)
    const waitSum = cut(kindNames.length * HOURS)
    const waitCount = cut(kindNames.length * HOURS)
    const series = (
      name: string,
      subject: string,
      unit: string,
      stepSeconds: number,
      length: number,
      value: (step: number) => number | null,
    ): Series => ({
      name,
      arm: arm.name,
      subject,
      unit,
      fromSecond: 0,
      stepSeconds,
      values: Array.from({ length }, (_, step) => rounded(value(step))),
    })
    return [
      ...parties.map((party, p) =>
        series('utilization-by-minute', party, '1', 60, MINUTES, (minute) =>
          ratio(busy[p * MINUTES + minute] as number, duty[p * MINUTES + minute] as number),
        ),
      ),
      series('payments-started-by-minute', 'all', 'payments', 60, MINUTES, (minute) => (started[minute] as number) / days),
      series('payments-settled-share-by-minute', 'all', '1', 60, MINUTES, (minute) =>
        ratio(settled[minute] as number, started[minute] as number),
      ),
      series('payments-within-level-share-by-minute', 'all', '1', 60, MINUTES, (minute) =>
        ratio(within[minute] as number, settled[minute] as number),
      ),
      ...kindNames.map((kind, k) =>
        series('wait-seconds-by-hour', kind, 's', 3600, HOURS, (hour) => {
          const mean = ratio(waitSum[k * HOURS + hour] as number, waitCount[k * HOURS + hour] as number)
          return mean === null ? null : mean / TICKS_PER_SECOND
        }),
      ),
    ]
  })
}

function ratio(above: number, below: number): number | null {
  return below > 0 ? above / below : null
}

/** Six digits: a chart shows fewer, and the file stays small. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6))
}

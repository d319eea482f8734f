/**
 * Virtual city beside the wire, payment by payment and leg by leg. Bureau, bank, hospital and entry take on the wire the service the plan
 * drew, so that they differ only by lines, timers and sockets; the platform's is what was assumed beside what was measured.
 */

import type { WireDivergence } from '../../measures/result-wire.ts'
import { batchedMean, type TimedValue } from '../../measures/statistics/batch-means.ts'
import type { TraceRow } from '../../trace/trace.ts'
import { isOfLeg, ownMsOf, type PartyLeg, partyLegNames, type RowOnLegs, spansOf } from './rows-on-legs.ts'

/** @param rows of a run @param seconds length of its window */
export function divergenceOf(rows: readonly RowOnLegs[], seconds: number): readonly WireDivergence[] {
  const settled = rows.filter(({ outcome, row }) => outcome === 'paid' && row.virtual.outcome === 'settled')
  const legs: readonly (readonly [WireDivergence['leg'], (one: RowOnLegs) => Pair | undefined])[] = [
    ...partyLegNames.map((leg) => [leg, (one: RowOnLegs) => partyPair(one, leg)] as const),
    ['platform', platformPair],
    ['answered', ({ row, intendedMs, toMs }) => ({ virtualMs: row.virtual.endMs - row.startMs, wireMs: toMs - intendedMs })],
  ]
  return legs.flatMap(([leg, pairOf]): WireDivergence[] => {
    const pairs = settled.flatMap((one) => {
      const pair = pairOf(one)
      return pair === undefined ? [] : [{ atMs: one.dueMs, ...pair }]
    })
    const mean = (of: (pair: Pair) => number) =>
      batchedMean(
        pairs.map((pair): TimedValue => ({ atMs: pair.atMs, value: of(pair) })),
        seconds,
      )
    const difference = mean(({ virtualMs, wireMs }) => wireMs - virtualMs)
    if (difference === null) return []
    return [
      {
        leg,
        payments: difference.count,
        virtualMs: mean(({ virtualMs }) => virtualMs)?.mean as number,
        wireMs: mean(({ wireMs }) => wireMs)?.mean as number,
        differenceMs: difference.mean,
        interval: difference.interval,
      },
    ]
  })
}

interface Pair {
  readonly virtualMs: number
  readonly wireMs: number
}

/** Of the messages both worlds have: each has some the other leaves out or takes together. */
function partyPair(one: RowOnLegs, leg: PartyLeg): Pair | undefined {
  const seen = spansOf(one, leg)
  const operations = new Set(seen.map(({ operation }) => operation))
  const planned = plannedOf(one.row, ({ operation }) => isOfLeg(operation, leg) && operations.has(operation))
  const known = new Set(planned.map(({ operation }) => operation))
  if (known.size === 0) return undefined
  const wireMs = seen.filter(({ operation }) => known.has(operation)).reduce((sum, { arrivedMs, endedMs }) => sum + endedMs - arrivedMs, 0)
  return { virtualMs: sumMs(planned), wireMs }
}

/** What the patient waits for of the platform's own work. */
function platformPair(one: RowOnLegs): Pair | undefined {
  const wireMs = one.isByTarget ? ownMsOf(one) : null
  if (wireMs === null) return undefined
  return {
    virtualMs: sumMs(plannedOf(one.row, ({ operation }) => operation === 'platform/order' || operation === 'platform/post')),
    wireMs,
  }
}

type Planned = TraceRow['services'][number]
const plannedOf = ({ services }: TraceRow, isMeant: (service: Planned) => boolean): readonly Planned[] => services.filter(isMeant)
const sumMs = (services: readonly Planned[]): number => services.reduce((sum, { ms }) => sum + ms, 0)

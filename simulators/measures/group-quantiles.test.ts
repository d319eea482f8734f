import { expect, test } from 'vitest'
import { insuredTypes } from '../../scenarios/plan.ts'
import { groupQuantileRows } from './group-quantiles.ts'
import type { Difference } from './run-result.ts'
import { sliceLayout } from './slices.ts'
import { bucketOf, HISTOGRAM_BUCKETS } from './statistics/histogram.ts'
import { cutToLongest, type WaitCells, waitGroups } from './wait-groups.ts'

const layout = sliceLayout({ districts: [{ name: 'east' }, { name: 'west' }] } as never, [{ name: 'before' }, { name: 'after' }])
const groups = waitGroups(layout)
const [CHILD, ELDERLY, OUT_OF_TOWN] = [0, 3, insuredTypes.indexOf('out-of-town')]

interface Visit {
  readonly minutes: number
  readonly tier?: number
  readonly age?: number
  readonly district?: number
  readonly insured?: number
  readonly switches?: boolean
}
function dayOf(visits: readonly Visit[]): WaitCells {
  const counts = new Int32Array(groups.cells * HISTOGRAM_BUCKETS)
  for (const { minutes, tier = 0, age = CHILD, district = 0, insured = 0, switches = false } of visits) {
    const cells = [groups.ofAge(tier, age), groups.ofInsured(district, insured), ...(switches ? [groups.switchesIn(1)] : [])]
    for (const cell of cells) counts[cell * HISTOGRAM_BUCKETS + bucketOf(minutes * 60_000)]!++
  }
  return cutToLongest(counts)
}
const measuresIn = (days: readonly WaitCells[]) => groupQuantileRows([{ name: 'before', days }], groups).measures
const valueIn = (days: readonly WaitCells[], share: string, dimension = 'all', slice = 'all') =>
  measuresIn(days).find((row) => row.name.endsWith(share) && row.slice.dimension === dimension && row.slice.name === slice)

/** Whole minutes 1 … n. */
const upTo = (n: number, of: Partial<Visit> = {}): Visit[] => Array.from({ length: n }, (_, at) => ({ ...of, minutes: at + 1 }))
const near = (found: { value: number } | undefined, minutes: number) =>
  expect(Math.abs((found?.value ?? Number.NaN) - minutes)).toBeLessThanOrEqual(minutes / 32)

test('percentiles of a known sample are told within 1/32, with the visits they rest on', () => {
  const days = [dayOf(upTo(200))]
  near(valueIn(days, 'p50'), 100)
  near(valueIn(days, 'p90'), 180)
  near(valueIn(days, 'p95'), 190)
  expect(valueIn(days, 'p50')).toMatchObject({ count: 200, days: 1, unit: 'min', interval: null })
})

test('days together are one sample: quick days and slow days have the percentile of all their visits, not the mean of two', () => {
  const days = [dayOf(upTo(300)), dayOf(upTo(200).map(({ minutes }) => ({ minutes: minutes + 1000 })))]
  const together = [dayOf([...upTo(300), ...upTo(200).map(({ minutes }) => ({ minutes: minutes + 1000 }))])]
  for (const share of ['p50', 'p90', 'p95']) expect(valueIn(days, share)?.value).toBeCloseTo(valueIn(together, share)?.value as number, 9)
  near(valueIn(days, 'p50'), 250)
  expect(valueIn(days, 'p50')).toMatchObject({ count: 500, days: 2 })
})

test('a visit counts in its tier, age, insured type, district and whether it switches, and in no other group', () => {
  const days = [
    dayOf([
      ...upTo(200, { tier: 2, age: ELDERLY, district: 1, insured: OUT_OF_TOWN, switches: true }),
      ...upTo(200).map(({ minutes }) => ({ minutes: minutes + 500 })),
    ]),
  ]
  const own = [
    ['tier', 'secondary'],
    ['age', 'elderly'],
    ['insured', 'out-of-town'],
    ['district', 'west'],
    ['tier-age', 'secondary/elderly'],
    ['switch', 'after/switched'],
  ] as const
  for (const [dimension, slice] of own) near(valueIn(days, 'p50', dimension, slice), 100)
  const others = [
    ['tier', 'municipal-tertiary'],
    ['age', 'child'],
    ['insured', 'employee'],
    ['district', 'east'],
    ['tier-age', 'municipal-tertiary/child'],
    ['switch', 'after/stayed'],
  ] as const
  for (const [dimension, slice] of others) near(valueIn(days, 'p50', dimension, slice), 600)
  near(valueIn(days, 'p50'), 200)
  expect(new Set(measuresIn(days).map(({ slice }) => `${slice.dimension}/${slice.name}`)).size).toBe(own.length + others.length + 1)
})

test('a group that waits less in the arm changes by less than zero, one that waits more by more, each with an interval around its value', () => {
  const tenDays = (elderly: number, child: number): WaitCells[] =>
    Array.from({ length: 10 }, (_, day) =>
      dayOf([
        ...upTo(200, { age: ELDERLY }).map((visit) => ({ ...visit, minutes: visit.minutes + elderly + (day % 3) })),
        ...upTo(200).map((visit) => ({ ...visit, minutes: visit.minutes + child + (day % 4) })),
      ]),
    )
  const arms = [
    { name: 'before', days: tenDays(100, 100) },
    { name: 'after', days: tenDays(60, 130) },
  ]
  const { differences: changes } = groupQuantileRows(arms, groups)
  const change = (name: string) => changes.find((row) => row.name === 'payment-queueing-minutes-p90' && row.slice.name === name)
  for (const [name, minutes] of [
    ['elderly', -40],
    ['child', 30],
  ] as const) {
    const found = change(name)
    expect(found).toMatchObject({ arm: 'after', against: 'before', days: 10 })
    const { value, interval } = found as Difference
    const [low, high] = interval as readonly [number, number]
    expect(Math.abs(value - minutes)).toBeLessThan(4)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    expect(high - low).toBeLessThan(8)
  }
})

test('a percentile with fewer than ten visits beyond it is not told, with all days or without one', () => {
  expect(valueIn([dayOf(upTo(99))], 'p90')).toBeUndefined()
  expect(valueIn([dayOf(upTo(100))], 'p90')).toBeDefined()
  expect(valueIn([dayOf(upTo(100)), dayOf(upTo(99))], 'p90')).toBeUndefined()
})

test('where most do not wait at all the median is zero, not next to it, and no interval goes below', () => {
  const idle = upTo(50).map((visit) => ({ ...visit, minutes: 0 }))
  const busy = [...upTo(44), ...idle.slice(10)]
  // Nine busy days alone have a median of a minute; the idle one brings it to zero.
  const row = valueIn([dayOf(idle), ...Array.from({ length: 9 }, () => dayOf(busy))], 'p50')
  expect(row?.value).toBe(0)
  expect(row?.interval?.[0]).toBe(0)
  expect(row?.interval?.[1]).toBeGreaterThan(0)
})

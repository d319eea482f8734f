/**
 * Groups of hospital visits of which the whole distribution of waiting to pay is kept, not its sum alone. A visit is counted in two cells,
 * and once more for each arm in which its patient switches; a group is cells added up, so that its counts are whole numbers in any order.
 */
import { ageGroups, insuredTypes, tiers } from '../../scenarios/plan.ts'
import type { Slice, SliceDimension } from './run-result.ts'
import type { SliceLayout } from './slices.ts'
import { HISTOGRAM_BUCKETS } from './statistics/histogram.ts'

/** The families whose group means the report tells. */
export const quantileDimensions: readonly SliceDimension[] = ['all', 'tier', 'age', 'insured', 'switch', 'district', 'tier-age']

/** Waits to pay of one arm's day, ms: histogram after histogram, one a cell, each cut off above the longest wait of all. */
export interface WaitCells {
  readonly buckets: number
  readonly counts: Int32Array
}

/** A group is the visits of these cells, without those of the others. */
export interface WaitGroup {
  readonly slice: Slice
  readonly cells: readonly number[]
  readonly without: readonly number[]
}

export interface WaitGroups {
  readonly cells: number
  readonly groups: readonly WaitGroup[]
  ofAge(tier: number, age: number): number
  ofInsured(district: number, insured: number): number
  /** Of who switches in an arm after the first. */
  switchesIn(arm: number): number
}

export function waitGroups({ slices, district, insured, switched, hospital }: SliceLayout): WaitGroups {
  const [ages, types, districts, arms] = [ageGroups.length, insuredTypes.length, insured - district, 1 + (hospital - switched) / 2]
  const places = tiers.length * ages
  const switching = places + districts * types
  const inTiers = numbers(0, places)
  const inPlaces = numbers(places, switching)
  /** Cells of the group that stands at this place of its family. */
  const cellsOf = (dimension: SliceDimension, at: number): Omit<WaitGroup, 'slice'> => {
    if (dimension === 'tier-age') return { cells: [at], without: [] }
    if (dimension === 'tier') return { cells: inTiers.filter((cell) => Math.floor(cell / ages) === at), without: [] }
    if (dimension === 'age') return { cells: inTiers.filter((cell) => cell % ages === at), without: [] }
    if (dimension === 'district') return { cells: inPlaces.filter((cell) => Math.floor((cell - places) / types) === at), without: [] }
    if (dimension === 'insured') return { cells: inPlaces.filter((cell) => (cell - places) % types === at), without: [] }
    if (dimension === 'all') return { cells: inTiers, without: [] }
    const ofArm = switching + Math.floor(at / 2)
    return at % 2 === 0 ? { cells: [ofArm], without: [] } : { cells: inTiers, without: [ofArm] }
  }
  const groups = quantileDimensions.flatMap((dimension) =>
    slices.filter((slice) => slice.dimension === dimension).map((slice, at): WaitGroup => ({ slice, ...cellsOf(dimension, at) })),
  )
  return {
    cells: switching + arms - 1,
    groups,
    ofAge: (tier, age) => tier * ages + age,
    ofInsured: (place, type) => places + place * types + type,
    switchesIn: (arm) => switching + arm - 1,
  }
}

/** Histograms of all cells without the buckets that none of them reached, which are most of what would be sent and kept. */
export function cutToLongest(counts: Int32Array): WaitCells {
  const cells = counts.length / HISTOGRAM_BUCKETS
  let buckets = 0
  for (let cell = 0; cell < cells; cell++) {
    let most = HISTOGRAM_BUCKETS
    while (most > buckets && counts[cell * HISTOGRAM_BUCKETS + most - 1] === 0) most--
    buckets = most
  }
  const cut = new Int32Array(cells * buckets)
  for (let cell = 0; cell < cells; cell++) {
    const from = cell * HISTOGRAM_BUCKETS
    cut.set(counts.subarray(from, from + buckets), cell * buckets)
  }
  return { buckets, counts: cut }
}

const numbers = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n)

import { expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { catalogue } from '../measures/catalogue.ts'
import { sliceDimensions } from '../measures/run-result.ts'
import { sliceLayout } from '../measures/slices.ts'
import { type WaitCells, waitGroups } from '../measures/wait-groups.ts'
import { cityPlayer } from './city-player.ts'

const town = planOf('small-town')
/** Bills that go back and visits that settle on leaving are noted beside the mode a visit pays in, and are no mode of their own. */
const plan: Plan = {
  ...town,
  scenario: {
    ...town.scenario,
    refunds: { share: 0.3, partShare: 0.5, keptShare: 0.6, afterSeconds: 45 },
    arms: town.scenario.arms.map((arm) => ({ ...arm, settlesOnLeaving: arm.reform })),
  },
}
const player = cityPlayer(plan, null)
const arms = player.playDay(0)
/** Families that part all hospital visits among their slices; the switchers and stayers of an arm do as well. */
const families = sliceDimensions.filter((dimension) => dimension !== 'all' && dimension !== 'switch' && dimension !== 'hospital')

/** Over some slices, the sum a measure is made of: value × what it rests on, or for a number of visits the number itself. */
function weighed(arm: number, name: string, belongs: (dimension: string, slice: string) => boolean): { count: number; sum: number } {
  let count = 0
  let sum = 0
  for (const [at, spec] of player.specs.entries()) {
    if (spec.name !== name || !belongs(spec.slice.dimension, spec.slice.name)) continue
    const rests = arms[arm]?.counts[at] as number
    count += rests
    if (rests > 0) sum += (arms[arm]?.values[at] as number) * (name === 'visits' ? 1 : rests)
  }
  return { count, sum }
}

// The queueing share is a ratio of two sums of ticks, not a mean over visits: it does not add up by visits, its parts do.
const additive = catalogue.filter(({ sliced, name }) => sliced && name !== 'queueing-share-of-visit')

test.each(arms.map((_, arm) => arm))(
  'in arm %i every sliced measure adds up, over the slices of each dimension, to the whole city’s',
  (arm) => {
    for (const { name } of additive) {
      const whole = weighed(arm, name, (dimension) => dimension === 'all')
      expect(whole.count).toBeGreaterThan(500)
      for (const family of families) {
        const parts = weighed(arm, name, (dimension) => dimension === family)
        expect([family, name, parts.count]).toEqual([family, name, whole.count])
        expect(Math.abs(parts.sum - whole.sum)).toBeLessThan(1e-9 * Math.max(1, whole.sum))
      }
      const switched = weighed(arm, name, (dimension, slice) => dimension === 'switch' && slice.startsWith('what-if-40/'))
      expect(switched.count).toBe(whole.count)
      expect(Math.abs(switched.sum - whole.sum)).toBeLessThan(1e-9 * Math.max(1, whole.sum))
    }
  },
)

test('the waits to pay that are kept by group are as many as the visits of each, in every arm', () => {
  const { groups } = waitGroups(sliceLayout(plan.city, plan.scenario.arms))
  for (const [arm, { paymentWaits }] of arms.entries()) {
    const { buckets, counts } = paymentWaits as WaitCells
    const inCells = (cells: readonly number[]): number =>
      cells.reduce((sum, cell) => sum + counts.subarray(cell * buckets, (cell + 1) * buckets).reduce((all, count) => all + count, 0), 0)
    const kept = groups.map(({ slice, cells, without }) => [slice, inCells(cells) - inCells(without)])
    const visits = groups.map(({ slice }) => [
      slice,
      weighed(arm, 'visits', (dimension, name) => dimension === slice.dimension && name === slice.name).sum,
    ])
    expect(kept).toEqual(visits)
  }
})

test('tier × age and tier × hour add up to each tier by itself', () => {
  const tierNames = ['municipal-tertiary', 'district-tertiary', 'secondary', 'community']
  for (const tier of tierNames) {
    const own = weighed(1, 'visits', (dimension, slice) => dimension === 'tier' && slice === tier)
    expect(own.count).toBeGreaterThan(20)
    for (const family of ['tier-age', 'tier-hour']) {
      expect(weighed(1, 'visits', (dimension, slice) => dimension === family && slice.startsWith(`${tier}/`))).toEqual(own)
    }
  }
})

test('the people of both arms are the same: visits agree in every slice but the mode they pay in', () => {
  for (const [at, spec] of player.specs.entries()) {
    if (spec.name !== 'visits' || spec.slice.dimension === 'mode') continue
    expect([spec.slice, arms[1]?.values[at]]).toEqual([spec.slice, arms[0]?.values[at]])
  }
  const credit = player.specs.findIndex(({ name, slice }) => name === 'visits' && slice.name === 'credit')
  expect(arms.map(({ values }) => (values[credit] as number) > 0)).toEqual(plan.scenario.arms.map(({ reform }) => reform))
})

test('switchers save on queueing to pay, and who stays at the window is counted apart from them', () => {
  const minutes = (arm: number, slice: string) =>
    weighed(arm, 'payment-queueing-minutes-per-visit', (dimension, name) => dimension === 'switch' && name === `what-if-40/${slice}`)
  const mean = ({ sum, count }: { sum: number; count: number }) => sum / count
  expect(minutes(0, 'switched').count).toBe(minutes(1, 'switched').count)
  expect(mean(minutes(1, 'switched'))).toBeLessThan(0.2 * mean(minutes(0, 'switched')))
  expect(mean(minutes(1, 'stayed'))).toBeGreaterThan(mean(minutes(1, 'switched')))
})

test('outpatients of hospitals nest: those with three payments among who switched, these among the tertiary ones, these among all, and all among the tiers', () => {
  const visits = (name: string): number => weighed(1, 'visits', (dimension, slice) => dimension === 'hospital' && slice === name).sum
  const nested = [
    visits('what-if-40/tertiary-switched-three-payments'),
    visits('what-if-40/tertiary-switched'),
    visits('tertiary'),
    visits('all'),
  ]
  expect(nested[0]).toBeGreaterThan(0)
  for (const [inner, outer] of nested.slice(1).entries()) expect(outer).toBeGreaterThan(nested[inner] as number)
  const hospitals = weighed(1, 'visits', (dimension, slice) => dimension === 'tier' && slice !== 'community')
  expect(nested[3]).toBeLessThan(hospitals.sum)
})

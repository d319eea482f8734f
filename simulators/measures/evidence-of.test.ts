import { expect, test } from 'vitest'
import type { EvidencePlan } from '../../scenarios/plan-evidence.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { evidenceOf, publishedTotalsOf } from './evidence-of.ts'
import type { Difference, Measure } from './run-result.ts'

const town = planOf('small-town')
const words = { zh: '字', en: 'words' }
const row: EvidencePlan = {
  name: 'row',
  title: words,
  use: 'held-out',
  source: { document: 'D', place: 'p. 1', confidence: 'likely' },
  unit: 'min',
  low: 30,
  high: 60,
  tolerance: 5,
  toleranceReason: words,
  measure: 'visit-duration-minutes',
  slice: 'hospital/tertiary',
  remark: words,
}
const [before, after] = town.scenario.arms as [(typeof town.scenario.arms)[0], (typeof town.scenario.arms)[0]]
const healthy = { ...after, faults: [] }

function planWith(evidence: readonly EvidencePlan[], arms = [before, healthy]) {
  return { ...town, city: { ...town.city, evidence }, scenario: { ...town.scenario, arms } }
}
const measure = (value: number, over: Partial<Measure> = {}): Measure => ({
  name: 'visit-duration-minutes',
  arm: 'before',
  slice: { dimension: 'hospital', name: 'tertiary' },
  value,
  unit: 'min',
  count: 1000,
  interval: [value - 1, value + 1],
  days: 10,
  ...over,
})
const verdictAt = (value: number): string => evidenceOf(planWith([row]), { measures: [measure(value)], differences: [] })[0]!.verdict

test('the model agrees inside low … high and up to the tolerance outside it, not beyond', () => {
  expect([24.9, 25, 30, 45, 60, 65, 65.1].map(verdictAt)).toEqual([
    'disagrees',
    'agrees',
    'agrees',
    'agrees',
    'agrees',
    'agrees',
    'disagrees',
  ])
})

test('what this run does not measure is said to be so: another slice, another arm, a first arm with the reform', () => {
  const none = (figures: Measure[], plan = planWith([row])) => evidenceOf(plan, { measures: figures, differences: [] })[0]!
  for (const found of [
    none([]),
    none([measure(40, { slice: { dimension: 'all', name: 'all' } })]),
    none([measure(40, { arm: healthy.name })]),
    none([measure(40)], planWith([row], [{ ...before, reform: true }, healthy])),
  ]) {
    expect(found.verdict).toBe('not-measured')
    expect(found.model).toBeNull()
    expect(found.interval).toBeNull()
  }
})

test('what was saved is before less after, its interval turned round, of the switchers of the arm with that adoption', () => {
  const saved: EvidencePlan = { ...row, slice: 'hospital/tertiary-switched', savedAtAdoption: 0.4 }
  const slice = { dimension: 'hospital', name: `${healthy.name}/tertiary-switched` } as const
  const change: Difference = { ...measure(-40, { arm: healthy.name, slice, interval: [-44, -37] }), against: 'before', varianceRatio: 0.2 }
  const [found] = evidenceOf(planWith([saved]), { measures: [], differences: [change] })
  expect(found).toMatchObject({ model: 40, interval: [37, 44], verdict: 'agrees', arm: 'before', against: healthy.name, slice })
  // A fault in the arm, fewer windows or another adoption, and the row is not about it.
  for (const arm of [after, { ...healthy, staffing: 'windows-cut-in-proportion' as const }, { ...healthy, adoption: 0.5 }]) {
    const other = evidenceOf(planWith([saved], [before, arm]), { measures: [], differences: [change] })[0]!
    expect(other.verdict).toBe('not-measured')
  }
})

test('a published total has a model figure only where the run plays it', () => {
  const { publishedTotals } = planOf('shanghai-weekday').city
  const plan = { ...town, city: { ...town.city, publishedTotals: publishedTotals! } }
  expect(publishedTotalsOf(plan).every(({ model }) => model === null)).toBe(true)
  const played = publishedTotalsOf(plan, { 'credit-payments': 36_000 })
  expect(played.filter(({ model }) => model !== null).map(({ name, model }) => [name, model])).toEqual([['credit-payments', 36_000]])
  expect(played[0]).not.toHaveProperty('parameter')
})

test('a city that names no evidence has none in its results', () => {
  expect(evidenceOf(town, { measures: [], differences: [] })).toEqual([])
  expect(publishedTotalsOf(town)).toEqual([])
})

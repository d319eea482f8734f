import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { diffResults, diffText } from './diff.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'

const first = sampleRunResult()

function changed(part: Partial<RunResult>): RunResult {
  return { ...first, resultHash: 'another', ...part }
}

test('two results with one hash are equal, and the text says just that', () => {
  expect(diffResults(first, sampleRunResult())).toMatchObject({
    equal: true,
    samePlan: true,
    inputs: [],
    moved: [],
    onlyFirst: 0,
    onlySecond: 0,
  })
  expect(diffText(first, sampleRunResult(), 'en').split('\n')).toHaveLength(1)
})

test('a moved figure is told with its change, its relative change, and whether the intervals overlap', () => {
  const measures = first.measures.map((row, index) =>
    index === 0
      ? { ...row, value: row.value * 1.005 }
      : index === 1
        ? { ...row, value: row.value * 2, interval: [row.value * 1.9, row.value * 2.1] as const }
        : row,
  )
  const { moved } = diffResults(first, changed({ measures }))
  expect(moved).toHaveLength(2)
  expect(moved[0]).toMatchObject({ relative: 1, overlap: false, change: first.measures[1]!.value })
  expect(moved[1]!.relative).toBeCloseTo(0.005)
  expect(moved[1]!.overlap).toBe(true)
})

test('from zero there is no relative change, and without an interval no word on overlap', () => {
  const one = { ...first.measures[0]!, value: 0, interval: null }
  const { moved } = diffResults({ ...first, measures: [one] }, changed({ measures: [{ ...one, value: 3 }] }))
  expect(moved[0]).toMatchObject({ change: 3, relative: null, overlap: null })
})

test('a changed scenario field and a changed warrant are inputs that changed, by their path', () => {
  const scenario = { ...first.scenario, seed: 7, arms: first.scenario.arms.map((arm) => ({ ...arm, adoption: arm.adoption / 2 })) }
  const [row, ...others] = first.warrants
  const { inputs } = diffResults(first, changed({ scenario, warrants: [{ ...row!, value: [1, 2] }, ...others.slice(1)] }))
  expect(inputs.map(({ path }) => path)).toEqual(['scenario.seed', 'scenario.arms[1].adoption', row!.path, others[0]!.path])
  expect(inputs[0]).toEqual({ path: 'scenario.seed', first: '20201231', second: '7' })
  expect(inputs.at(-1)!.second).toBeUndefined()
})

test('a level and the paired difference of one name are two figures, each compared with its own kind', () => {
  const [difference, ...others] = first.differences
  const isSame = (row: { name: string; arm: string; slice: object }): boolean =>
    row.name === difference!.name && row.arm === difference!.arm && JSON.stringify(row.slice) === JSON.stringify(difference!.slice)
  const measures = first.measures.map((row) => (isSame(row) ? { ...row, value: row.value + 5 } : row))
  const { moved } = diffResults(first, changed({ measures, differences: [{ ...difference!, value: difference!.value + 1 }, ...others] }))
  expect(moved.map((row) => [Math.round(row.change), 'against' in row.first]).sort()).toEqual([
    [1, true],
    [5, false],
  ])
})

test('intervals are apart whether the figure rose or fell', () => {
  const one = { ...first.measures[0]!, value: 10, interval: [9, 11] as const }
  const overlap = (value: number): boolean | null =>
    diffResults({ ...first, measures: [one] }, changed({ measures: [{ ...one, value, interval: [value - 1, value + 1] }] })).moved[0]!
      .overlap
  expect([overlap(7), overlap(8.5), overlap(11.5), overlap(13)]).toEqual([false, true, true, false])
})

test('figures that only one side has are counted, and the text names both sides in either language', () => {
  const second = changed({ measures: first.measures.slice(2) })
  expect(diffResults(first, second)).toMatchObject({ onlyFirst: 2, onlySecond: 0 })
  expect(diffText(first, second, 'zh')).toContain('仅见于第一份：2')
  expect(diffText(first, second, 'en')).toContain('Only in first: 2')
})

test('a long list of moved figures is cut in the text, and the text says by how much', () => {
  const measures = first.measures.map((row) => ({ ...row, value: row.value + 1 }))
  const text = diffText(first, changed({ measures }), 'en')
  expect(text.split('\n').length).toBeLessThan(60)
  expect(text).toMatch(/… and \d+ more/)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { findingsOf, groupOf, headlineOf, type Outcome } from './findings.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'

const sample = sampleRunResult()
const primary = sample.scenario.primaryMeasure

/** The sample with another interval of its primary difference; the smallest change that matters is 1 minute, less is better. */
function withInterval(interval: readonly [number, number] | null, change: Partial<RunResult> = {}): RunResult {
  const differences = sample.differences.map((row) =>
    row.name === primary && row.slice.dimension === 'all'
      ? { ...row, interval, value: interval === null ? row.value : (interval[0] + interval[1]) / 2 }
      : row,
  )
  return { ...sample, differences, ...change }
}

function check(interval: readonly [number, number] | null, expected: Outcome, direction: 'better' | 'worse' | 'unclear' = 'unclear'): void {
  const [finding] = findingsOf(withInterval(interval))
  expect({ interval, outcome: finding!.outcome, direction: finding!.direction }).toEqual({ interval, outcome: expected, direction })
}

test('an interval wholly at or beyond the smallest change that matters, on the better side, is an effect', () => {
  check([-3, -2], 'effect', 'better')
  check([-3, -1], 'effect', 'better')
})

test('an interval wholly inside the smallest change that matters is no effect that matters, even when it is surely not zero', () => {
  check([-0.5, 0.4], 'no-effect-that-matters')
  check([-0.9, -0.1], 'no-effect-that-matters', 'better')
  check([0.1, 0.9], 'no-effect-that-matters', 'worse')
})

test('an interval wholly beyond the smallest change that matters, on the worse side, is harm', () => {
  check([1, 2], 'harm', 'worse')
  check([4, 5], 'harm', 'worse')
})

test('an interval that crosses a border is undecided, and says which way it surely points', () => {
  check([-2, 0.5], 'undecided')
  check([-2, -0.5], 'undecided', 'better')
  check([0.5, 2], 'undecided', 'worse')
  check([-2, 2], 'undecided')
})

test('where more is better the sides change places', () => {
  const measure = 'share-waiting-under-1-hour'
  const scenario = { ...sample.scenario, primaryMeasure: measure, minimumEffectThatMatters: 0.05 }
  const differences = sample.differences.map((row) =>
    row.name === measure ? { ...row, value: 0.1, interval: [0.08, 0.12] as const } : row,
  )
  expect(findingsOf({ ...sample, scenario, differences })[0]!.outcome).toBe('effect')
  expect(
    findingsOf({
      ...sample,
      scenario,
      differences: differences.map((row) => (row.name === measure ? { ...row, value: -0.1, interval: [-0.12, -0.08] as const } : row)),
    })[0]!.outcome,
  ).toBe('harm')
})

test('below ten days nothing is decided, whatever the figures say', () => {
  const provisional = withInterval(null, { replication: { ...sample.replication, days: 3, provisional: true } })
  expect(findingsOf(provisional)[0]!.outcome).toBe('provisional')
  expect(findingsOf(withInterval([-3, -2], { replication: { ...sample.replication, provisional: true } }))[0]!.outcome).toBe('provisional')
})

test('a void run answers nothing, and a missing figure is said to be missing', () => {
  expect(findingsOf(withInterval([-3, -2], { verdict: { valid: false, reasons: [] } }))[0]!.outcome).toBe('void')
  expect(findingsOf({ ...sample, differences: [] })[0]!.outcome).toBe('no-data')
})

test('a group is kept, broken or undecided by the worst and the best end of its interval', () => {
  const guardFor = (interval: readonly [number, number]): string => {
    const differences = sample.differences.map((row) =>
      row.slice.name === 'elderly' && row.name === primary ? { ...row, interval, value: (interval[0] + interval[1]) / 2 } : row,
    )
    return findingsOf({ ...sample, differences })[0]!.guards[0]!.outcome
  }
  expect(guardFor([-0.6, -0.4])).toBe('kept')
  expect(guardFor([0.1, 0.4])).toBe('kept')
  expect(guardFor([0.6, 0.9])).toBe('broken')
  expect(guardFor([0.2, 0.9])).toBe('undecided')
})

test('groups are judged by intervals that hold together: three groups need wider ones, and are told what these days could have shown', () => {
  const differences = sample.differences.map((row) =>
    row.slice.name === 'elderly' && row.name === primary ? { ...row, value: 0, interval: [-0.4, 0.4] as const } : row,
  )
  const guardOf = (count: number) =>
    findingsOf({
      ...sample,
      differences,
      scenario: { ...sample.scenario, mustNotWorsen: sample.scenario.mustNotWorsen.slice(0, count) },
    })[0]!.guards[0]!
  expect(guardOf(1)).toMatchObject({ outcome: 'kept', interval: [-0.4, 0.4] })
  // Student's t with 9 degrees of freedom: 2.2622 at 97.5 %, 2.9333 at 1 - 0.025 / 3; 0.8834 at 80 %.
  expect(guardOf(3).outcome).toBe('undecided')
  expect(guardOf(3).interval![1]).toBeCloseTo((0.4 * 2.9333) / 2.2622, 3)
  expect(guardOf(3).detectable).toBeCloseTo((0.4 / 2.2622) * (2.9333 + 0.8834), 3)
})

test('a group nobody knows has no data; it never stands for the whole city', () => {
  const scenario = { ...sample.scenario, mustNotWorsen: [{ group: 'pensioners', measure: primary, margin: 1 }] }
  expect(findingsOf({ ...sample, scenario })[0]!.guards[0]!.outcome).toBe('no-data')
  expect(groupOf('elderly', sample)).toEqual({ dimension: 'age', name: 'elderly' })
  expect(groupOf('tier-age/community/child', sample)).toEqual({ dimension: 'tier-age', name: 'community/child' })
  expect(groupOf('all', sample)).toEqual({ dimension: 'all', name: 'all' })
  // The word of a scenario's mustNotWorsen.
  expect(groupOf('everybody', sample)).toEqual({ dimension: 'all', name: 'all' })
})

test('every later arm has a finding of its own, held against the first', () => {
  const arms = [...sample.arms, { ...sample.arms[1]!, name: 'adopt-80' }]
  expect(findingsOf({ ...sample, arms }).map(({ arm, against, outcome }) => `${arm} ${against} ${outcome}`)).toEqual([
    'adopt-40 before effect',
    'adopt-80 before no-data',
  ])
})

test('the headline says the outcome, both levels, the change, its interval and the mark fixed beforehand, in either language', () => {
  const result = withInterval([-7.4, -7.2])
  const [finding] = findingsOf(result)
  const zh = headlineOf(finding!, result, 'zh')
  const en = headlineOf(finding!, result, 'en')
  for (const text of [zh, en]) for (const part of ['13.4', '6.16', '7.30', '−7.40', '−7.20']) expect(text).toContain(part)
  expect(zh).toMatch(/^有效果：.*减少7\.30分钟.*1分钟/)
  expect(en).toMatch(/^Effect: .*falls by 7\.30 min.*1 min/)
})

test('the four wordings and the provisional one begin with their verdict', () => {
  const begin = (interval: readonly [number, number] | null, days = 10): readonly string[] => {
    const result = withInterval(interval, { replication: { ...sample.replication, days, provisional: days < 10 } })
    const [finding] = findingsOf(result)
    return [headlineOf(finding!, result, 'zh').split('：')[0]!, headlineOf(finding!, result, 'en').split(':')[0]!]
  }
  expect(begin([-3, -2])).toEqual(['有效果', 'Effect'])
  expect(begin([-0.5, 0.5])).toEqual(['没有有意义的效果', 'No effect that matters'])
  expect(begin([2, 3])).toEqual(['有害', 'Harm'])
  expect(begin([-2, 0.5])).toEqual(['尚不能判定', 'Undecided'])
  expect(begin(null, 3)[1]).toBe('Provisional, n = 10 days')
})

test('each of the four wordings holds both ranges in its sentence, and says when the sign changes inside the second', () => {
  const headline = sample.assumptionStudy!.headlines[0]!
  const withStudy = (interval: readonly [number, number], p5: number, p95: number, plans: number): readonly string[] => {
    const row = { ...headline, measure: primary, p5, p95, otherSignShare: 0.2, values: Array.from({ length: plans }, () => -1) }
    const result = withInterval(interval, { assumptionStudy: { ...sample.assumptionStudy!, headlines: [row] } })
    const [finding] = findingsOf(result)
    return (['zh', 'en'] as const).map((language) => headlineOf({ ...finding!, arm: row.arm }, result, language))
  }
  for (const interval of [
    [-3, -2],
    [-0.5, 0.5],
    [2, 3],
    [-2, 0.5],
  ] as const) {
    const [zh, en] = withStudy(interval, -7.5, -0.5, 200)
    expect(zh).toMatch(/−7\.50?至−0\.50?/)
    expect(en).toMatch(/−7\.50? to −0\.50? min from the 5th to the 95th percentile of 200 plans/)
    expect(`${zh} ${en}`).not.toMatch(/方向会改变|sign changes|fewer than|少于/)
    const [changes, signChanges] = withStudy(interval, -7.5, 0.5, 150)
    expect(changes).toMatch(/方向会改变：有20(\.0)?%的假设组合方向相反/)
    expect(signChanges).toMatch(/the sign changes: in 20(\.0)? ?% of the plans/)
    expect(signChanges).toMatch(/fewer than the 200 of a published range/)
  }
})

test('without a study the headline says that the assumptions were not varied', () => {
  const result = withInterval([-3, -2], { assumptionStudy: null })
  const [finding] = findingsOf(result)
  expect(headlineOf(finding!, result, 'en')).toContain('the assumptions were not varied')
  expect(headlineOf(finding!, result, 'zh')).toContain('未变动假设')
})

test('turning an interval about zero turns effect into harm and harm into effect, and changes no other verdict', () => {
  const outcomeOf = (interval: readonly [number, number]): Outcome => findingsOf(withInterval(interval))[0]!.outcome
  const mirrored: Readonly<Partial<Record<Outcome, Outcome>>> = { effect: 'harm', harm: 'effect' }
  const end = fc.double({ min: -5, max: 5, noNaN: true })
  fc.assert(
    fc.property(end, end, (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one]
      const outcome = outcomeOf([low, high])
      expect(outcomeOf([-high, -low])).toBe(mirrored[outcome] ?? outcome)
    }),
    { numRuns: 60 },
  )
})

import { expect, test } from 'vitest'
import type { Difference, RunResult } from '../../simulators/measures/run-result.ts'
import { reducedFindingsOf } from '../findings.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { pageOf } from './page.ts'
import { htmlReport } from './report.ts'
import { windowsCut } from './windows-cut.ts'

const sample = sampleRunResult()
const reduced = sample.reducedCity!
const cutArms = reduced.arms.filter(({ staffing }) => staffing === 'windows-cut-in-proportion').map(({ name }) => name)
const guard = { group: 'age/elderly', measure: 'visit-duration-minutes', margin: 1 } as const

/** The sample with these changes of the reduced city's cut arms: of the primary measure, and of how long visits of the elderly last. */
function withCut(primary: number, elderly: number): RunResult {
  const differences = reduced.differences.map((row): Difference => {
    if (!cutArms.includes(row.arm) || row.name !== sample.scenario.primaryMeasure) return row
    return { ...row, value: primary, interval: [primary - 0.2, primary + 0.2] }
  })
  const pattern = reduced.differences[0]!
  const guarded = reduced.arms.slice(1).map(
    ({ name: arm, staffing }): Difference => ({
      ...pattern,
      name: guard.measure,
      arm,
      slice: { dimension: 'age', name: 'elderly' },
      value: staffing === 'windows-kept' ? -2 : elderly,
      interval: staffing === 'windows-kept' ? [-2.1, -1.9] : [elderly - 0.1, elderly + 0.1],
      days: 10,
    }),
  )
  return {
    ...sample,
    scenario: { ...sample.scenario, mustNotWorsen: [guard] },
    reducedCity: { ...reduced, differences: [...differences, ...guarded] },
  }
}
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const answerOf = (result: RunResult, language: 'zh' | 'en' = 'en'): string => textOf(windowsCut(pageOf(result, language)))

test('beside the answer stands what happens if windows are closed, at each adoption, with the range and who is worse off', () => {
  const harm = withCut(4, 6)
  const english = answerOf(harm)
  for (const adoption of [10, 25, 40, 60, 80]) expect(english).toContain(`+4.00 min (+3.80 to +4.20) at ${adoption} % adoption`)
  expect(english).toContain('Surely worse for the whole or for a guarded group at all 5 adoptions tried.')
  expect(english).toMatch(/10 % −[\d.]+ min \+4\.00 min \(\+3\.80 to \+4\.20\) Harm Elderly[^;]* \+6\.00 min/)
  expect(answerOf(harm, 'zh')).toContain('试过的5种使用率中，每一种都使全体或某个受保护人群肯定变差。')
  const page = htmlReport(harm, { languages: ['en'] })
  expect(page.indexOf('id="en-windows-cut"')).toBeGreaterThan(page.indexOf('id="en-answer"'))
  expect(page.indexOf('id="en-windows-cut"')).toBeLessThan(page.indexOf('<nav'))
})

test('a guarded group may be worse off where the whole is better, and where nobody is that is said', () => {
  expect(answerOf(withCut(-4, 6))).toContain('at all 5 adoptions tried')
  expect(answerOf(withCut(-4, -1))).toContain('No harm was found at any adoption tried.')
  expect(answerOf({ ...withCut(4, 6), reducedCity: null })).toBe('')
})

test('guards are judged in the arms of the reduced city too, as a family of their own', () => {
  const result = withCut(4, 6)
  const findings = reducedFindingsOf(result)
  // The arms played on both cities have their guards in the whole one.
  expect(findings.map(({ arm }) => arm)).toEqual(
    reduced.arms.map(({ name }) => name).filter((name) => sample.arms.every((arm) => arm.name !== name)),
  )
  for (const { arm, guards } of findings) expect([arm, guards[0]?.outcome]).toEqual([arm, cutArms.includes(arm) ? 'broken' : 'kept'])
  const section = textOf(htmlReport(result, { languages: ['en'] }).match(/<section id="en-guards".*?<\/section>/s)?.[0] ?? '')
  expect(section).toContain(
    `${findings.length} groups and measures were tested as a family of their own: ${findings.length - cutArms.length} kept`,
  )
  expect(section.match(/worse than allowed/g)?.length ?? 0).toBeGreaterThanOrEqual(cutArms.length)
})

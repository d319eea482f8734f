/** A result that was stored is all that a report needs: this file on disk, read years later, in either language. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { htmlReport } from './html/report.ts'
import { readRunResult } from './read-run-result.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'
import { linesOfJson } from './write-run-folder.ts'

const file = 'testing/golden/stored-run-result.json'
const kept = ['all', 'tier']

/** The sample without most of its slices and its long lists, so that the file stays small. */
function short(result: RunResult): RunResult {
  const few = <Row extends { readonly slice: { readonly dimension: string } }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter((row) => kept.includes(row.slice.dimension))
  return {
    ...result,
    measures: few(result.measures),
    differences: few(result.differences),
    series: [],
    warrants: result.warrants.slice(0, 6),
  }
}

test('a stored result of the version in force is read as it stands, and told in either language', async () => {
  // Renewed with -u as long as the version is not released; then it stays, and the next version brings the step from it.
  await expect(linesOfJson(short(sampleRunResult()))).toMatchFileSnapshot(file)
  const read = readRunResult(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'), file)
  if (!read.ok) throw new Error(read.problem.en)
  const [zh, en] = (['zh', 'en'] as const).map((language) => htmlReport(read.result, { languages: [language] }))
  const sections = (html: string | undefined): readonly string[] =>
    [...(html ?? '').matchAll(/<section id="[a-z]+-([a-z]+)"/g)].map(([, id]) => id!)
  expect(sections(zh)).toEqual(sections(en))
  expect(sections(zh)).toEqual(expect.arrayContaining(['adoption', 'stories', 'golive', 'rollout', 'evidence', 'study', 'assumptions']))
  expect(zh).toContain('有效果：次均付费排队时间')
  expect(en).toContain('Effect: payment queueing per visit')
})

test('a stored result of another version is not read, and both versions are named in both languages', () => {
  const text = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8').replace('"version": 2', '"version": 1')
  const read = readRunResult(text, 'old.json')
  expect(read.ok).toBe(false)
  if (!read.ok) {
    expect(read.problem.en).toMatch(/old\.json is a run result of version 1; this medpay reads version 2/)
    expect(read.problem.zh).toMatch(/第 1 版.*第 2 版/)
  }
})

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPlan } from './load-plan.ts'

const house = import.meta.dirname
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay-roll-out-'))
  for (const part of ['cities', 'policies']) cpSync(join(house, part), join(folder, part), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** shanghai-2020 with texts exchanged: the paths and English words of its problems. */
function problemsOf(...edits: readonly (readonly [replace: string, by: string])[]): string[] {
  let text = readFileSync(join(house, 'shanghai-2020.yaml'), 'utf8')
  for (const [replace, by] of edits) {
    expect(text.split(replace).length, `"${replace}" stands once`).toBe(2)
    text = text.replace(replace, () => by)
  }
  const path = join(folder, 'roll-out.yaml')
  writeFileSync(path, text)
  const loaded = loadPlan(path)
  if (!('problems' in loaded)) return []
  for (const { zh, line } of loaded.problems) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(line).toBeGreaterThan(0)
  }
  return loaded.problems.map(({ path, en }) => `${path} ${en}`)
}

test('as shipped it has no problem', () => {
  expect(problemsOf()).toEqual([])
})

test('all mistakes of a roll-out are told at once', () => {
  const problems = problemsOf(
    ['to: 2020-12-31', 'to: 2020-12-30'],
    ['on: 2020-08-20', 'on: 2020-04-20'],
    ['municipalInstitutions: 18', 'municipalInstitutions: 17'],
    ['[putuo, minhang, baoshan]', '[putuo, minhan, huangpu]'],
    ['name: late-surge', 'name: linear'],
  )
  expect(problems).toEqual([
    expect.stringMatching(/rollOut\.to is 2020-12-30, but the scenario's date is 2020-12-31/),
    expect.stringMatching(/rollOut\.waves leave out the district baoshan/),
    expect.stringMatching(/rollOut\.waves leave out the district minhang/),
    expect.stringMatching(/rollOut\.waves let 37 municipal institutions join, but the city has 38/),
    expect.stringMatching(/rollOut\.waves\[1\]\.on is 2020-04-20; waves stand in order/),
    expect.stringMatching(/rollOut\.waves\[1\]\.districts\[1\] is "minhan", .*minhang/),
    expect.stringMatching(/rollOut\.waves\[1\]\.districts\[2\] is huangpu, which joined in wave 1/),
    expect.stringMatching(/rollOut\.shapes\[2\]\.name "linear" stands twice/),
  ])
})

test('a roll-out compares one arm without the reform with one that has it', () => {
  expect(problemsOf(['reform: false', 'reform: true'])).toEqual([expect.stringMatching(/^arms of a roll-out are two/)])
})

test('a date or a wave without a warrant, a day that does not exist and a shape nobody knows are mistakes', () => {
  expect(
    problemsOf(['      source: S2 item 2 (all public institutions by 25 August)\n', ''], ['from: 2020-05-06', 'from: 2020-02-30']),
  ).toEqual([
    expect.stringMatching(/rollOut\.from is 2020-02-30, a day that does not exist/),
    expect.stringMatching(/waves\[2\] needs either source or assumption/),
  ])
  expect(problemsOf(['form: linear', 'form: straight'])).toEqual([expect.stringMatching(/rollOut\.shapes\[1\]\.form .*linear/)])
})

test('a city without published totals has nothing to fit adoption to', () => {
  const city = join(folder, 'cities', 'shanghai.yaml')
  const text = readFileSync(city, 'utf8')
  writeFileSync(city, text.replace('name: credit-sign-ups', 'name: other-sign-ups'))
  try {
    expect(problemsOf()).toEqual([expect.stringMatching(/^rollOut needs totals to fit adoption to, .*credit-sign-ups/)])
  } finally {
    writeFileSync(city, text)
  }
})

test('more than one copy of the city has no roll-out', () => {
  const loaded = loadPlan('shanghai-2020', { scale: 2 })
  expect('problems' in loaded && loaded.problems.map(({ path }) => path)).toEqual(['scale'])
})

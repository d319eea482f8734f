import { expect, test } from 'vitest'
import { checkCity } from './check-city.ts'
import { checkShape } from './check-shape.ts'
import { citySchema } from './city-schema.ts'
import { formatProblem } from './problem.ts'
import { parseYaml } from './read-yaml.ts'
import { calibratedTown } from './testing/calibrated-town.ts'

const totals = `publishedTotals:
  - name: payments
    title: { zh: 总量, en: Total }
    unit: payments
    published: 100
    source: "D p. 1"
    confidence: verified
    use: fitted
    parameter: adoption
    from: { zh: 使用率, en: Adoption }
  - name: amount
    title: { zh: 金额, en: Amount }
    unit: yuan
    published: 200
    source: "D p. 1"
    confidence: verified
    use: predicted
    from: { zh: 账单, en: Bills }
`
const town = calibratedTown({ tertiaryMinutes: 55, communityMinutes: 30 }) + totals

/** What is said of the town after an edit: path, line, and the English words; the Chinese must be there too. */
function told(replace: string, by: string): string[] {
  expect(town.split(replace).length, `"${replace}" stands in the town`).toBeGreaterThan(1)
  const text = town.replace(replace, () => by)
  const yaml = parseYaml(text, 'town.yaml')
  if ('problems' in yaml) throw new Error(yaml.problems[0]?.en)
  const { data, mistakes } = checkShape(citySchema, yaml.value)
  const problems = (data === undefined ? mistakes : checkCity(data)).map(yaml.problem)
  for (const problem of problems) {
    expect(problem.line).toBeGreaterThan(0)
    expect(problem.zh).toMatch(/[\u4e00-\u9fff]/)
  }
  return problems.map((problem) => formatProblem(problem, 'en').replace(/^town\.yaml:\d+:\d+ {2}/, ''))
}

test('the town with a target table, totals and a calibration has no problems', () =>
  expect(told('format: medpay-city', 'format: medpay-city')).toEqual([]))

test.each([
  [
    'a measure that is none',
    'measure: visit-duration-minutes',
    'measure: visit-duration-minuts',
    /^evidence\[0\]\.measure .*did you mean "visit-duration-minutes"/,
  ],
  ['a slice that is none', 'slice: tier/community', 'slice: tier/comunity', /^evidence\[1\]\.slice .*did you mean "tier\/community"/],
  ['high below low', 'high: 55', 'high: 50', /^evidence\[0\]\.high is 50, below low, 55/],
  ['no tolerance', 'tolerance: 4', 'tolerance: 0', /^evidence\[0\]\.tolerance is 0; give more than 0/],
  ['a document that is not listed', 'source: "D made up for tests"', 'source: "X made up"', /^evidence\[0\]\.source begins with "X"/],
  ['a use that is none', 'use: calibrated', 'use: callibrated', /^evidence\[0\]\.use .*did you mean "calibrated"/],
  [
    'a calibrated row that is a change',
    'slice: tier/community',
    'slice: tier/community\n    savedAtAdoption: 0.4',
    /^evidence\[1\]\.use .*hold the row out/,
  ],
  [
    'switchers before the reform',
    'slice: tier/community',
    'slice: hospital/tertiary-switched',
    /^evidence\[1\]\.slice .*add savedAtAdoption/,
  ],
  ['a row twice', 'name: community-minutes', 'name: tertiary-minutes', /^evidence\[1\]\.name "tertiary-minutes" stands twice/],
  ['fewer calibrated rows than parameters', 'use: calibrated', 'use: held-out', /^calibration\.parameters are 2, but only 1 rows/],
  ['a fitted total without its parameter', '    parameter: adoption\n', '', /^publishedTotals\[0\]\.use is fitted, but no parameter/],
  [
    'a total both fitted and predicted',
    'use: predicted',
    'use: predicted\n    parameter: bills',
    /^publishedTotals\[1\]\.parameter .*never both/,
  ],
  [
    'two totals for one parameter',
    'use: predicted',
    'use: fitted\n    parameter: adoption',
    /^publishedTotals\[1\]\.parameter is fixed by publishedTotals\[0\]/,
  ],
  [
    'a start outside its bounds',
    'start: 1',
    'start: 0.5',
    /^calibration\.parameters\[0\]\.start is 0\.5, outside low … high \(0\.6 … 1\.9\)/,
  ],
  [
    'a move that leads nowhere',
    'path: laws.walk.meanSeconds',
    'path: laws.wlak.meanSeconds',
    /^calibration\.parameters\[0\]\.moves\[0\]\.path is "laws\.wlak\.meanSeconds"/,
  ],
  [
    'a number changed by hand',
    'meanSeconds: { value: 120, low: 60, high: 240',
    'meanSeconds: { value: 130, low: 60, high: 240',
    /^laws\.walk\.meanSeconds\.value is 130, but the calibration makes it 120/,
  ],
  [
    'a number moved twice',
    'path: laws.result-delay.meanSeconds, base: 1800',
    'path: laws.walk.meanSeconds, base: 120',
    /^calibration\.parameters\[1\]\.moves\[0\]\.path moves laws\.walk\.meanSeconds/,
  ],
  ['a day that does not exist', 'date: 2020-12-15', 'date: 2020-02-30', /^calibration\.day\.date is 2020-02-30, a day that does not exist/],
])('%s is told at its place', (_, replace, by, wanted) => {
  const problems = told(replace, by)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(wanted)
})

test('rows that say calibrated need a calibration that uses them', () => {
  const problems = told(town.slice(town.indexOf('calibration:\n'), town.indexOf('publishedTotals:')), '')
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['evidence[0].use', 'evidence[1].use'])
})

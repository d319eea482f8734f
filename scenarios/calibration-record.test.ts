import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { inputsHash, readRecord } from './calibration-record.ts'
import { checkShape } from './check-shape.ts'
import { type CityFile, citySchema } from './city-schema.ts'
import { fittedNumbers } from './fitted-numbers.ts'
import { fittedText } from './fitted-text.ts'
import { loadCalibration } from './load-calibration.ts'
import { loadPlan } from './load-plan.ts'
import { pathText } from './problem.ts'
import { parseYaml } from './read-yaml.ts'

const cities = join(import.meta.dirname, 'cities')
const calibrated = readdirSync(cities)
  .filter((name) => name.endsWith('.calibration.json'))
  .map((name) => join(cities, name.replace('.calibration.json', '.yaml')))

function cityOf(text: string): CityFile {
  const yaml = parseYaml(text, 'city')
  if ('problems' in yaml) throw new Error(yaml.problems[0]?.en)
  const { data, mistakes } = checkShape(citySchema, yaml.value)
  if (data === undefined) throw new Error(mistakes[0]?.en)
  return data
}

test('Shanghai is calibrated, and every city with fitted numbers has its record', () => {
  const fitted = readdirSync(cities)
    .filter((name) => name.endsWith('.yaml'))
    .filter((name) => cityOf(readFileSync(join(cities, name), 'utf8')).calibration !== undefined)
  expect(calibrated.map((path) => basename(path))).toEqual(fitted)
  expect(fitted).toContain('shanghai.yaml')
})

test.each(calibrated)('%s and its record say the same numbers, found from the city’s present ones', (path) => {
  const city = cityOf(readFileSync(path, 'utf8'))
  const { record, problems } = readRecord(path)
  expect(problems).toEqual([])
  const { parameters, day } = city.calibration!
  expect(record!.parameters).toEqual(parameters.map(({ name, start, fitted, low, high }) => ({ name, start, fitted, low, high })))
  const factors = record!.parameters.map(({ fitted }) => fitted)
  expect(record!.numbers).toEqual(fittedNumbers(parameters, factors).map(({ path: at, value }) => ({ path: pathText(at), fitted: value })))
  // Red after a number of the city was changed: run medpay calibrate again.
  expect(record!.inputs).toBe(inputsHash(city))
  expect(record!.evaluations).toBe(record!.looks.length)
  for (const { low, high, tolerance, fitted, residual } of record!.rows) {
    expect(Math.abs(residual)).toBeLessThanOrEqual(day.precision * tolerance)
    expect(fitted - residual).toBeGreaterThanOrEqual(low - 1e-9)
    expect(fitted - residual).toBeLessThanOrEqual(high + 1e-9)
  }
  const rows = city.evidence!.filter(({ use }) => use === 'calibrated')
  expect(record!.rows.map(({ name, low, high, tolerance }) => ({ name, low, high, tolerance }))).toEqual(
    rows.map(({ name, low, high, tolerance }) => ({ name, low, high, tolerance })),
  )
})

test('the inputs are numbers: another wording or another fitted number leaves their hash as it is, another number does not', () => {
  const path = join(cities, 'shanghai.yaml')
  const text = readFileSync(path, 'utf8')
  const found = loadCalibration('shanghai')
  if ('problems' in found) throw new Error(found.problems[0]?.en)
  const was = inputsHash(cityOf(text))
  expect(inputsHash(cityOf(text.replace('title: { zh: 上海市 2020 年, en: Shanghai 2020 }', 'title: { zh: 上海, en: Shanghai }')))).toBe(
    was,
  )
  expect(inputsHash(cityOf(fittedText(text, found.calibration, [1.1, 0.9])))).toBe(was)
  expect(inputsHash(cityOf(text.replace('value: 26000000', 'value: 25900000')))).not.toBe(was)
  expect(inputsHash(cityOf(text.replace('base: [1.02, 1, 0.9, 0.7]', 'base: [1.03, 1, 0.9, 0.7]')))).not.toBe(was)
})

test('fitted numbers are written into the text in place, and nothing else of it changes', () => {
  const text = readFileSync(join(cities, 'shanghai.yaml'), 'utf8')
  const found = loadCalibration('shanghai')
  if ('problems' in found) throw new Error(found.problems[0]?.en)
  const other = fittedText(text, found.calibration, [1.25, 0.75])
  const lines = text.split('\n')
  const moved = other.split('\n').flatMap((line, index) => (line === lines[index] ? [] : [line.trim()]))
  expect(moved).toContain('fitted: 1.25')
  expect(moved).toContain('fitted: 0.75')
  expect(moved).toContain('values: [1.275, 1.25, 0.9, 0.7]')
  // Five lists, two laws, two factors.
  expect(moved).toHaveLength(9)
  expect(
    fittedText(
      other,
      found.calibration,
      found.calibration.parameters.map(
        ({ name }) => readRecord(join(cities, 'shanghai.yaml')).record!.parameters.find((one) => one.name === name)!.fitted,
      ),
    ),
  ).toBe(text)
})

test('a fitted number that was changed by hand, and a factor that is not the record’s, are told at their place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-record-'))
  try {
    for (const part of ['cities', 'policies', 'shanghai-weekday.yaml'])
      cpSync(join(import.meta.dirname, part), join(folder, part), { recursive: true })
    const path = join(folder, 'cities/shanghai.yaml')
    const text = readFileSync(path, 'utf8')
    const problems = (by: string) => {
      writeFileSync(path, by)
      const loaded = loadPlan(join(folder, 'shanghai-weekday.yaml'))
      return 'problems' in loaded ? loaded.problems : []
    }
    expect(problems(text)).toEqual([])
    const byHand = problems(text.replace(/values: \[1\.\d+, 1\.\d+, 0\.9, 0\.7\]/, 'values: [1.5, 1.4, 0.9, 0.7]'))
    expect(byHand.map(({ path: at }) => at)).toEqual(['consulting.peakUtilization.values[0]', 'consulting.peakUtilization.values[1]'])
    expect(byHand[0]!.line).toBeGreaterThan(0)
    expect(byHand[0]!.en).toMatch(/is 1\.5, but the calibration makes it 1\.\d+; run medpay calibrate/)
    const found = loadCalibration(path)
    if ('problems' in found) throw new Error(found.problems[0]?.en)
    const factor = problems(fittedText(text, found.calibration, [1.25, 0.75]))
    expect(factor.map(({ path: at }) => at)).toEqual(['calibration.parameters[0].fitted', 'calibration.parameters[1].fitted'])
    expect(factor[0]!.en).toMatch(/is 1\.25, but the record beside this file says/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

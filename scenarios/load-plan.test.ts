import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainPlan } from './explain.ts'
import { type LoadOptions, listScenarios, loadPlan } from './load-plan.ts'
import type { Plan } from './plan.ts'
import { canonicalJson, planHash } from './plan-hash.ts'
import { editDistance, formatProblems, nearestName } from './problem.ts'
import { lineOn } from './resolve-policy.ts'
import { secondOfDay } from './second-of-day.ts'

function planOf(name: string, options?: LoadOptions): Plan {
  const loaded = loadPlan(name, options)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  return loaded.plan
}

test('a scenario can be named or given by its path, and is the same plan', () => {
  expect(planOf('scenarios/small-town.yaml')).toEqual(planOf('small-town'))
})

test('options replace the control numbers of the scenario and nothing else', () => {
  const plain = planOf('small-town')
  const changed = planOf('small-town', { seed: 99, scale: 0.5, replications: 3, precision: 2, date: '2020-12-15' })
  expect(changed.scenario).toMatchObject({ seed: 99, scale: 0.5, date: '2020-12-15' })
  expect(changed.scenario.replication).toEqual({ pilotDays: 3, batchDays: 3, maximumDays: 3, precision: 2 })
  expect(changed.city).toEqual(plain.city)
  expect(planOf('small-town', { quick: true }).scenario.replication.maximumDays).toBe(2)
})

test('the benefit in force is that of the simulated day', () => {
  const employee = (date: string) =>
    planOf('small-town', { date }).policy.benefits.find(
      ({ insuredType, ageGroup }) => insuredType === 'employee' && ageGroup === 'young-adult',
    )!
  expect(employee('2023-12-31')).toMatchObject({ deductibleFen: 150_000, fundRateBasisPoints: [5000, 5000, 6000, 6500] })
  expect(employee('2024-01-01')).toMatchObject({ deductibleFen: 50_000, fundRateBasisPoints: [7000, 7000, 7500, 8000] })
  expect(planOf('small-town').policy.insuranceYearStart).toBe('07-01')
})

test('a line holds from its day until the next, in whatever order they stand', () => {
  const lines = [{ from: '2021-01-01' }, { from: '2017-07-01' }]
  expect(lineOn(lines, '2017-06-30')).toBeUndefined()
  expect(lineOn(lines, '2017-07-01')).toBe(lines[1])
  expect(lineOn(lines, '2020-12-31')).toBe(lines[1])
  expect(lineOn(lines, '2021-01-01')).toBe(lines[0])
})

test('the bands of Tianjin are limits in whole fen, and none stand in Shanghai', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-'))
  const path = join(folder, 'tianjin.yaml')
  const text = readFileSync(join(import.meta.dirname, 'small-town.yaml'), 'utf8')
  writeFileSync(path, text.replace('policy: shanghai-2020', 'policy: tianjin-2023').replace('date: 2020-12-14', 'date: 2023-12-11'))
  const { creditBands, insuranceYearStart } = planOf(path).policy
  rmSync(folder, { recursive: true })
  expect(creditBands.map(({ fromScore, limitFen }) => [fromScore, limitFen])).toEqual([
    [575, 50_000],
    [611, 100_000],
    [631, 500_000],
    [661, 1_000_000],
    [701, 1_500_000],
    [751, 2_000_000],
  ])
  expect(insuranceYearStart).toBe('01-01')
  expect(planOf('small-town').policy.creditBands).toEqual([])
})

test('sums in yuan become whole fen, and so do their bounds', () => {
  const { city, provenance } = planOf('small-town')
  expect(city.bills.registrationFen).toEqual([3800, 3000, 2400, 1200])
  expect(city.people.credit.limits[0]).toEqual({ limitFen: 50_000, share: 0.2 })
  expect(provenance.find(({ path }) => path === 'city.bills.remoteMeanFen')).toMatchObject({
    value: 11_000,
    unit: 'fen',
    warrant: { low: 6000, high: 20_000, varies: 'value' },
  })
  // A factor on a list has no unit to convert.
  expect(provenance.find(({ path }) => path === 'city.bills.drugMeanFen')).toMatchObject({
    unit: 'fen',
    warrant: { low: 0.7, varies: 'factor' },
  })
})

test('a fault keeps its times in seconds of the day', () => {
  expect(planOf('small-town').scenario.faults).toMatchObject([{ name: 'main-entry-outage', fromSecond: 36_000, toSecond: 36_600 }])
  expect([secondOfDay('00:00'), secondOfDay('24:00'), secondOfDay('07:30:15')]).toEqual([0, 86_400, 27_015])
  expect([secondOfDay('24:01'), secondOfDay('10:60')]).toEqual([Number.NaN, Number.NaN])
})

test('each scenario that ships is listed with the question it answers', () => {
  expect(listScenarios().map(({ name }) => name)).toEqual(expect.arrayContaining(['shanghai-weekday', 'small-town']))
  for (const { question } of listScenarios()) expect(question.zh.length * question.en.length).toBeGreaterThan(0)
})

test('the plan hash does not depend on the order of keys and depends on every number', () => {
  const plan = planOf('small-town')
  const reversed = (tree: unknown): unknown =>
    Array.isArray(tree)
      ? tree.map(reversed)
      : tree !== null && typeof tree === 'object'
        ? Object.fromEntries(
            Object.entries(tree)
              .reverse()
              .map(([key, item]) => [key, reversed(item)]),
          )
        : tree
  expect(planHash(reversed(plan) as Plan)).toBe(planHash(plan))
  expect(planHash({ ...plan, scenario: { ...plan.scenario, seed: plan.scenario.seed + 1 } })).not.toBe(planHash(plan))
  expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/)
})

test('canonical JSON reads back as what was written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('a plan survives being stored', () => {
  const plan = planOf('shanghai-weekday')
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

test.each(['zh', 'en'] as const)('explain names every number with its warrant, in %s', (lang) => {
  const plan = planOf('shanghai-weekday')
  const text = explainPlan(plan, lang)
  for (const { path, warrant } of plan.provenance) {
    expect(text).toContain(`${path} = `)
    expect(text).toContain(warrant.kind === 'source' ? `${warrant.document} ${warrant.place}` : `${warrant.reason} [${warrant.group}]`)
  }
  expect(text).toContain(plan.scenario.question[lang])
  expect(text).not.toMatch(/undefined|NaN/)
})

test('edit distance is a distance', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, a)).toBe(0)
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
    }),
  )
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(nearestName('wechatt', ['alipay', 'wechat'])).toBe('wechat')
  expect(nearestName('bicycle', ['alipay', 'wechat'])).toBeUndefined()
})

test('who asks for a precision gets the days it takes, unless the days are given too', () => {
  const cap = (options: Parameters<typeof planOf>[1]) => planOf('shanghai-weekday', options).scenario.replication.maximumDays
  expect(cap({})).toBe(10)
  expect(cap({ precision: 0.05 })).toBe(200)
  expect(cap({ precision: 0.05, replications: 12 })).toBe(12)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { maximumAssumptionGroups } from './check-scenario.ts'
import { publishedSchemas } from './json-schema.ts'
import { listScenarios, loadPlan } from './load-plan.ts'
import { type Plan, stationKinds, tiers } from './plan.ts'
import { formatProblems } from './problem.ts'

const house = import.meta.dirname
const filesIn = (folder: string): string[] =>
  readdirSync(join(house, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(house, folder, name))
const modelFiles = [...filesIn('cities'), ...filesIn('policies')]
const scenarioNames = listScenarios().map(({ name }) => name)

function planOf(name: string): Plan {
  const loaded = loadPlan(name)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  return loaded.plan
}

/** Keys under which a number names the file's format, a score's band or a place in the calendar, and measures nothing. */
const namingKeys = ['version', 'fromScore', 'toScore']

/** Numbers that stand outside a warrant. */
function bareNumbers(tree: unknown, path: string): string[] {
  if (typeof tree === 'number') return namingKeys.includes(path.split('.').at(-1)!) ? [] : [path]
  if (tree === null || typeof tree !== 'object') return []
  if (Object.hasOwn(tree, 'source') || Object.hasOwn(tree, 'assumption')) return []
  return Object.entries(tree).flatMap(([key, item]) => bareNumbers(item, `${path}.${key}`))
}

test.each(modelFiles)('%s has no number without a source or an assumption', (path) => {
  expect(bareNumbers(parse(readFileSync(path, 'utf8')), '')).toEqual([])
})

test('a planted bare number is found', () => {
  expect(bareNumbers({ people: { persons: 5 }, totals: { sites: { value: 3, source: 'S1' } } }, '')).toEqual(['.people.persons'])
})

test.each([...modelFiles, ...scenarioNames.map((name) => join(house, `${name}.yaml`))])(
  '%s names its schema for editors and fits it',
  (path) => {
    const text = readFileSync(path, 'utf8')
    const kind = path.includes('/cities/') ? 'city' : path.includes('/policies/') ? 'policy' : 'scenario'
    expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${kind === 'scenario' ? '' : '../'}schema/${kind}.schema.json`)
    const { text: schema } = publishedSchemas().find((published) => published.path.endsWith(`${kind}.schema.json`))!
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schema))
    validate(parse(text))
    expect(validate.errors ?? []).toEqual([])
  },
)

test('the published schemas are those of the code; write them anew with: npx node scenarios/json-schema.ts --write', () => {
  for (const { path, text } of publishedSchemas()) expect(readFileSync(path, 'utf8') === text, path).toBe(true)
})

test.each(scenarioNames)('%s loads, and its assumptions are few enough to be ranked', (name) => {
  const plan = planOf(name)
  const groups = new Set(plan.provenance.flatMap(({ warrant }) => (warrant.kind === 'assumption' ? [warrant.group] : [])))
  expect(groups.size).toBeGreaterThan(0)
  expect(groups.size).toBeLessThanOrEqual(maximumAssumptionGroups)
  expect(plan.scenario.question.zh).toMatch(/？/)
  expect(plan.scenario.question.en).toMatch(/\?/)
})

test.each(scenarioNames)('every number of the plan of %s stands at the path its warrant names, once', (name) => {
  const plan = planOf(name)
  for (const { path, value } of plan.provenance) {
    const found = valuesAt(
      plan,
      path.split(/\.(?![^[]*\])/).flatMap((part) => part.split(/(?=\[)/)),
    )
    expect(found, path).toEqual(typeof value === 'number' ? [value] : value)
  }
  const paths = plan.provenance.map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
})

test('every number of city and policy in the plan has a warrant, but for what is counted or derived', () => {
  const { city, policy, provenance } = planOf('shanghai-weekday')
  // `city.banks[*].share` covers `city.banks[0].share`; a warranted list or table covers its entries.
  const patterns = provenance.map(
    ({ path }) => `${path.replace(/[.[\]*]/g, '\\$&').replaceAll('\\[\\*\\]', '\\[\\d+\\]')}((\\[\\d+\\])+|\\.[a-zA-Z]+)?`,
  )
  const warranted = new RegExp(`^(${patterns.join('|')})$`)
  // What is published stands beside its document, row by row; it is no number of the model.
  const derived = /\.fromSecond$|\.backupOrder$|^city\.demand\.visitsPerDay$|^city\.(evidence|publishedTotals|calibration)\b/
  const insured = policy.benefits.filter((benefit) => benefit.insured)
  const numbers = numbersIn({ city, policy: { benefits: insured, creditBands: policy.creditBands } }, '')
  expect(numbers.length).toBeGreaterThan(500)
  expect(numbers.filter((path) => !warranted.test(path) && !derived.test(path))).toEqual([])
})

test('Shanghai has the published totals, its sixteen districts, twenty entries and six banks', () => {
  const { city } = planOf('shanghai-weekday')
  expect(city.tiers.map(({ tier }) => tier)).toEqual([...tiers])
  expect(city.tiers.reduce((sum, { institutions }) => sum + institutions, 0)).toBe(417)
  expect(city.tiers.reduce((sum, { sites }) => sum + sites, 0)).toBe(2037)
  expect(city.districts).toHaveLength(16)
  expect(city.parties.channels).toHaveLength(20)
  expect(city.parties.channels.map(({ backupOrder }) => backupOrder)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(city.parties.banks).toHaveLength(6)
  expect(city.departments.length).toBeGreaterThanOrEqual(12)
  expect(city.remote.map(({ count }) => count)).toEqual([39, 800])
  expect(Object.keys(city.stations)).toEqual([...stationKinds])
})

test('the published visits of 2020 become outpatient visits of public institutions on a mean day', () => {
  const { demand } = planOf('shanghai-weekday').city
  expect(demand.visitsPerDay).toBe(Math.round(((216_810_000 / 366) * 0.93) / 1.08))
})

test('people see a doctor about as often as the city has visits', () => {
  const { people, demand } = planOf('shanghai-weekday').city
  const perHead = people.frequencyClasses.map((classes) =>
    classes.reduce((sum, { share, visitsPerYear }) => sum + share * visitsPerYear, 0),
  )
  const visitsPerYear = people.ageShares.reduce((sum, share, age) => sum + share * perHead[age]!, 0) * people.persons
  expect(visitsPerYear / (demand.visitsPerDay * 366)).toBeGreaterThan(0.9)
  expect(visitsPerYear / (demand.visitsPerDay * 366)).toBeLessThan(1.1)
})

/** All numbers at a path; `[*]` runs over a list, a list of numbers at the end is taken whole. */
function valuesAt(tree: unknown, parts: readonly string[]): number[] {
  const [part, ...rest] = parts
  if (part === undefined) {
    return Array.isArray(tree)
      ? tree.flatMap((item) => valuesAt(item, []))
      : typeof tree === 'number'
        ? [tree]
        : Object.values(tree as object).flat()
  }
  if (part === '[*]') return (tree as unknown[]).flatMap((item) => valuesAt(item, rest))
  const key = part.startsWith('[') ? part.slice(1, -1) : part
  return valuesAt((tree as Record<string, unknown>)[key], rest)
}

function numbersIn(tree: unknown, path: string): string[] {
  if (typeof tree === 'number') return [path]
  if (tree === null || typeof tree !== 'object') return []
  const isList = Array.isArray(tree)
  return Object.entries(tree).flatMap(([key, item]) => numbersIn(item, isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`))
}

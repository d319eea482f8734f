import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve as resolvePath } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { type CalibrationRecord, calibrationPlan, readRecord, recordAgrees, recordPath } from './calibration-record.ts'
import { checkCity } from './check-city.ts'
import { checkPolicy } from './check-policy.ts'
import { checkScenario } from './check-scenario.ts'
import { at, checkShape } from './check-shape.ts'
import { type CityFile, citySchema } from './city-schema.ts'
import type { Plan } from './plan.ts'
import type { ShortFormPlan } from './plan-short-form.ts'
import { policySchema } from './policy-schema.ts'
import { inFileOrder, type Mistake, type Problem, suggestion } from './problem.ts'
import { readYaml, type YamlFile } from './read-yaml.ts'
import { resolve } from './resolve.ts'
import { mustExist } from './run-checks.ts'
import { type ScenarioFile, scenarioSchema } from './scenario-schema.ts'

/** Overrides of the scenario's own control numbers, as given on a command line. */
export interface LoadOptions {
  readonly seed?: number | undefined
  readonly scale?: number | undefined
  /** Two days an arm: a provisional answer. */
  readonly quick?: boolean | undefined
  /** Exactly this many days an arm. */
  readonly replications?: number | undefined
  readonly precision?: number | undefined
  readonly date?: string | undefined
}

export type Loaded =
  | { readonly plan: Plan /** Absent: the scenario states none. */; readonly shortForm?: ShortFormPlan }
  | { readonly problems: Problem[] }

export const shippedFolder = dirname(fileURLToPath(import.meta.url))

/** Reads a scenario with its city and its policy; either the plan or every mistake in the three files. */
export function loadPlan(scenarioPathOrName: string, options: LoadOptions = {}): Loaded {
  const found = find(scenarioPathOrName, process.cwd(), shippedFolder)
  if (found === undefined) return { problems: [noSuchScenario(scenarioPathOrName)] }
  const scenario = readShaped(found, scenarioSchema)
  if (scenario.yaml === undefined) return scenario
  const { yaml } = scenario

  const problems = [...scenario.problems, ...overrideProblems(options)]
  const partner = <Schema extends z.ZodType>(
    key: 'city' | 'policy',
    schema: Schema,
    check: (data: z.output<Schema>, sound: boolean) => Mistake[],
  ) => {
    const name = at(yaml.value, [key])
    if (typeof name !== 'string' || name === '') return undefined
    const folder = key === 'city' ? 'cities' : 'policies'
    const path = find(name, dirname(found), join(dirname(found), folder), join(shippedFolder, folder))
    if (path === undefined) {
      problems.push(yaml.problem(noSuchPartner(key, name, namesIn(join(shippedFolder, folder)))))
      return undefined
    }
    const file = readShaped(path, schema)
    problems.push(...file.problems)
    if (file.yaml === undefined) return undefined
    // The rules read the data as written where the shape is broken, so that all mistakes are told together.
    const data = file.data ?? (file.yaml.value as z.output<Schema>)
    problems.push(...check(data, file.data !== undefined).map(file.yaml.problem))
    return { data, path, problem: file.yaml.problem, sound: file.data !== undefined }
  }
  const city = partner('city', citySchema, checkCity)
  const policy = partner('policy', policySchema, checkPolicy)
  const whole = scenario.data === undefined ? (yaml.value as ScenarioFile) : overridden(scenario.data, options)
  const sound = scenario.data !== undefined && city?.sound === true && policy?.sound === true
  problems.push(...checkScenario({ scenario: whole, city: city?.data, policy: policy?.data }, sound).map(yaml.problem))
  const { record, problems: recordProblems } =
    city?.sound === true ? readRecord(city.path, shownPath(recordPath(city.path))) : { problems: [] }
  problems.push(...recordProblems)
  if (record !== undefined && city !== undefined) problems.push(...[...recordAgrees(city.data, record)].map(city.problem))
  if (problems.length > 0 || city === undefined || policy === undefined) return { problems: inFileOrder(problems) }
  const names = { scenario: nameOf(found), city: nameOf(city.path), policy: nameOf(policy.path) }
  const plan = shortened(withRecord(resolve(whole, city.data, policy.data, names), city.data, record), options)
  return { plan, ...(whole.onTheWire === undefined ? {} : { shortForm: whole.onTheWire }) }
}

function withRecord(plan: Plan, city: CityFile, record: CalibrationRecord | undefined): Plan {
  return record === undefined ? plan : { ...plan, city: { ...plan.city, calibration: calibrationPlan(record, city) } }
}

/** The scenarios that ship, each with the question it answers. */
export function listScenarios(): { name: string; path: string; title: ScenarioFile['title']; question: ScenarioFile['question'] }[] {
  return namesIn(shippedFolder).flatMap((name) => {
    const path = join(shippedFolder, `${name}.yaml`)
    const { data } = readShaped(path, scenarioSchema)
    return data === undefined ? [] : [{ name, path, title: data.title, question: data.question }]
  })
}

interface Shaped<Data> {
  /** Absent when the file could not be read or is no YAML. */
  readonly yaml?: YamlFile
  /** Absent when the shape is wrong. */
  readonly data?: Data
  readonly problems: Problem[]
}

export function readShaped<Schema extends z.ZodType>(path: string, schema: Schema): Shaped<z.output<Schema>> {
  const yaml = readYaml(path, shownPath(path))
  if ('problems' in yaml) return yaml
  const { data, mistakes } = checkShape(schema, yaml.value)
  const problems = mistakes.map(yaml.problem)
  return data === undefined ? { yaml, problems } : { yaml, data, problems }
}

function overridden(file: ScenarioFile, { seed, scale, quick, replications, precision, date }: LoadOptions): ScenarioFile {
  const days = replications ?? (quick === true ? 2 : undefined)
  return {
    ...file,
    ...(seed === undefined ? {} : { seed }),
    ...(scale === undefined ? {} : { scale }),
    ...(date === undefined ? {} : { date }),
    replication: {
      ...file.replication,
      ...(days === undefined ? {} : { pilotDays: days, batchDays: days, maximumDays: days }),
      ...(precision === undefined ? {} : { precision }),
      // Who asks for a precision wants the days it takes; a scenario's own cap is for those who do not.
      ...(precision === undefined || days !== undefined ? {} : { maximumDays: Math.max(file.replication.maximumDays, CAP_WITH_PRECISION) }),
    },
  }
}

/** A first answer of a roll-out rests on the days on which its arms are compared. */
function shortened(plan: Plan, { quick }: LoadOptions): Plan {
  const { rollOut } = plan.scenario
  if (rollOut === undefined || quick !== true) return plan
  return { ...plan, scenario: { ...plan.scenario, rollOut: { ...rollOut, plays: 'compared-days' } } }
}

/** Most days a run with `--precision` takes before it says that the precision was not reached. */
const CAP_WITH_PRECISION = 200

/** The command line is held to the same bounds as the file. */
function overrideProblems(options: LoadOptions): Problem[] {
  const { seed, scale, date } = scenarioSchema.shape
  const { pilotDays, precision } = scenarioSchema.shape.replication.shape
  const schemas = { seed, scale, date, precision, replications: pilotDays }
  return Object.entries(schemas).flatMap(([key, schema]) => {
    const value = options[key as keyof typeof schemas]
    if (value === undefined) return []
    const mistakes = [...checkShape(schema, value).mistakes, ...(key === 'date' ? mustExist([], value) : [])]
    return mistakes.map(({ zh, en }) => ({ file: `--${key}`, line: 0, column: 0, path: '', zh, en }))
  })
}

/** A path as given, or a name looked up in the folders in turn. */
export function find(pathOrName: string, base: string, ...folders: string[]): string | undefined {
  const looksLikePath = /\.ya?ml$/.test(pathOrName) || isAbsolute(pathOrName) || pathOrName.includes('/')
  if (looksLikePath) {
    const path = resolvePath(base, pathOrName)
    return existsSync(path) ? path : undefined
  }
  return folders.map((folder) => join(folder, `${pathOrName}.yaml`)).find((path) => existsSync(path))
}

export const nameOf = (path: string): string => basename(path).replace(/\.ya?ml$/, '')

export const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map(nameOf)
    .sort()

/** Relative where that is shorter to read and to click. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}

function noSuchScenario(given: string): Problem {
  const hint = suggestion(given, namesIn(shippedFolder))
  return {
    file: given,
    line: 0,
    column: 0,
    path: '',
    en: `there is no such scenario file; ${hint.en}`,
    zh: `没有这个情景文件；${hint.zh}`,
  }
}

function noSuchPartner(key: 'city' | 'policy', name: string, known: readonly string[]): Mistake {
  const hint = suggestion(name, known)
  const [en, zh] = key === 'city' ? ['city', '城市'] : ['policy', '政策']
  return {
    path: [key],
    en: `is "${name}", but there is no such ${en} file; ${hint.en}`,
    zh: `为“${name}”，但没有这个${zh}文件；${hint.zh}`,
  }
}

/**
 * The record of a calibration, beside its city file: `shanghai.calibration.json` for `shanghai.yaml`. It says what was fitted to what, how
 * the search went, and by a hash from which numbers: whoever changes one of them sees that the fitted ones are no longer theirs.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { checkShape } from './check-shape.ts'
import type { CityFile } from './city-schema.ts'
import { cityAt } from './fitted-numbers.ts'
import type { CalibrationPlan } from './plan-evidence.ts'
import { canonicalJson } from './plan-hash.ts'
import type { Mistake, Problem } from './problem.ts'
import { parseYaml } from './read-yaml.ts'

export const calibrationRecordSchema = z.strictObject({
  format: z.literal('medpay-calibration'),
  version: z.literal(1),
  city: z.string(),
  command: z.string(),
  converged: z.literal(true),
  evaluations: z.number().int(),
  /** inputsHash of the city it was found for. */
  inputs: z.string().regex(/^[0-9a-f]{64}$/),
  day: z.strictObject({
    date: z.string(),
    seed: z.number(),
    days: z.number(),
    siteShare: z.number(),
    sites: z.number(),
  }),
  parameters: z
    .array(z.strictObject({ name: z.string(), start: z.number(), fitted: z.number(), low: z.number(), high: z.number() }))
    .min(1),
  rows: z.array(
    z.strictObject({
      name: z.string(),
      low: z.number(),
      high: z.number(),
      tolerance: z.number(),
      start: z.number().nullable(),
      fitted: z.number(),
      /** Fitted less the nearer end of low … high; 0 inside. */
      residual: z.number(),
    }),
  ),
  numbers: z.array(z.strictObject({ path: z.string(), fitted: z.number() })),
  looks: z.array(z.strictObject({ factors: z.array(z.number()), figures: z.array(z.number()).nullable() })),
})
export type CalibrationRecord = z.output<typeof calibrationRecordSchema>

export const recordPath = (cityPath: string): string => cityPath.replace(/\.ya?ml$/, '.calibration.json')

/** The record beside a city file; nothing where there is none. */
export function readRecord(
  cityPath: string,
  shown = recordPath(cityPath),
): { readonly record?: CalibrationRecord; readonly problems: Problem[] } {
  const path = recordPath(cityPath)
  if (!existsSync(path)) return { problems: [] }
  // JSON is YAML, and the reader of YAML knows the places.
  const file = parseYaml(readFileSync(path, 'utf8'), shown)
  if ('problems' in file) return { problems: [...file.problems] }
  const { data, mistakes } = checkShape(calibrationRecordSchema, file.value)
  return data === undefined ? { problems: mistakes.map(file.problem) } : { record: data, problems: [] }
}

/** The factors of the city file must be those of the record that lies beside it. */
export function* recordAgrees({ calibration }: CityFile, record: CalibrationRecord): Generator<Mistake> {
  for (const [index, { name, fitted }] of (calibration?.parameters ?? []).entries()) {
    const found = record.parameters.find((parameter) => parameter.name === name)?.fitted
    if (found === fitted) continue
    yield {
      path: ['calibration', 'parameters', index, 'fitted'],
      en: `is ${fitted}, but the record beside this file says ${found ?? 'nothing of it'}; run medpay calibrate`,
      zh: `为 ${fitted}，而文件旁的校准记录为 ${found ?? '无此参数'}；请运行 medpay calibrate`,
    }
  }
}

/** What the plan carries of a record, with the parameters' words from the city file. */
export function calibrationPlan(record: CalibrationRecord, { calibration }: CityFile): CalibrationPlan {
  const { command, converged, evaluations, parameters } = record
  const titleOf = (name: string) => calibration?.parameters.find((parameter) => parameter.name === name)?.title
  return {
    command,
    converged,
    evaluations,
    parameters: parameters.map((row) => ({ ...row, title: titleOf(row.name) ?? { zh: row.name, en: row.name } })),
  }
}

/**
 * Hash over what a calibration rests on: whatever reaches a line of a hospital on a day before the reform. Words, held-out rows and
 * published totals are none of it, nor are bills, entries, banks, sign-ups; the fitted numbers stand at their start.
 */
export function inputsHash(city: CityFile): string {
  const {
    calibration,
    totals,
    tiers,
    districts,
    departments,
    people,
    demand,
    journey,
    stations,
    consulting,
    shifts,
    laws,
    parties,
    ...rest
  } = cityAt(city, city.calibration?.parameters.map(({ start }) => start) ?? [])
  const { credit: _credit, adoptionPropensity: _propensity, ...persons } = people
  const bureau = Object.fromEntries(Object.entries(parties.operations).filter(([name]) => settlementOperations.includes(name)))
  const named = [...Object.values(journey), ...Object.values(stations).map(({ serviceLaw }) => serviceLaw), ...Object.values(bureau)]
  const inputs = {
    calibration:
      calibration === undefined ? null : { ...calibration, parameters: calibration.parameters.map(({ fitted: _fitted, ...rest }) => rest) },
    evidence: (rest.evidence ?? []).filter(({ use }) => use === 'calibrated'),
    sites: rest.givenSites ?? null,
    ...{ totals, tiers, districts, departments, persons, demand, journey, stations, consulting, shifts, bureau },
    laws: Object.fromEntries(Object.entries(laws).filter(([name]) => named.includes(name))),
    bureauServers: parties.bureau.servers,
  }
  return createHash('sha256')
    .update(canonicalJson(withoutWords(inputs)))
    .digest('hex')
}

/** The two calls during which a window is held. */
const settlementOperations = ['bureau/presettle', 'bureau/settle']

const wordKeys = ['title', 'titles', 'documents', 'assumption', 'source', 'confidence', 'low', 'high', 'group', 'remark', 'toleranceReason']

/** Ranges tried are no input either, but for those of evidence and of the parameters, which bound the search. */
function withoutWords(tree: unknown, path: readonly string[] = []): unknown {
  if (Array.isArray(tree)) return tree.map((item) => withoutWords(item, path))
  if (tree === null || typeof tree !== 'object') return tree
  const isBound = (key: string): boolean => (key === 'low' || key === 'high') && (path[0] === 'evidence' || path[0] === 'calibration')
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, item]) =>
      wordKeys.includes(key) && !isBound(key) ? [] : [[key, withoutWords(item, [...path, key])]],
    ),
  )
}

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRunResult } from './read-run-result.ts'
import { runResultJsonSchema } from './run-result-schema.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'
import { linesOfJson } from './write-run-folder.ts'

const sample = sampleRunResult()
const stored = (change: object = {}): string => JSON.stringify({ ...sample, ...change })

/** The English and the Chinese of a refusal, both checked for the same facts. */
function refused(text: string, ...facts: readonly (string | RegExp)[]): void {
  const read = readRunResult(text, 'run-result.json')
  expect(read.ok).toBe(false)
  if (read.ok) return
  for (const said of [read.problem.en, read.problem.zh]) for (const fact of facts) expect(said).toMatch(fact)
  expect(read.problem.zh).toMatch(/[一-鿿]/)
}

test('a written result reads back as it was', () => {
  const text = linesOfJson({ ...sample, format: undefined, ...Object.fromEntries(Object.entries(sample).reverse()) })
  const read = readRunResult(text, 'x')
  expect(read).toEqual({ ok: true, result: sample })
  expect(read.ok && linesOfJson(read.result) === text).toBe(true)
})

test('the written form is a list entry per line, so that ordinary tools can compare two', () => {
  expect(linesOfJson({ a: [1, { b: 2 }], c: [], d: 'x' })).toBe('{\n"a": [\n1,\n{"b":2}\n],\n"c": [],\n"d": "x"\n}\n')
})

test('JSON that was cut off is told as such', () => {
  refused(stored().slice(0, 500), 'JSON')
  refused('', 'JSON')
})

test('another version says which one it is, which one is read, and what wrote it', () => {
  refused(stored({ version: 7 }), /7/, /1/, /0\.1\.0/)
})

test('a file of another format says which', () => {
  refused(JSON.stringify({ format: 'medpay-plan', version: 1 }), 'medpay-plan', 'medpay-run-result')
  refused('[1, 2]', 'medpay-run-result')
})

test('a missing field, an unknown field and a figure that is no number are told by their place', () => {
  const { resultHash: _, ...without } = sample
  refused(JSON.stringify(without), 'resultHash')
  refused(stored({ surprise: 1 }), 'surprise')
  refused(stored({ measures: [{ ...sample.measures[0]!, value: Number.NaN }] }), 'measures.0.value')
})

test('whatever a file holds, reading it answers in words and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((provenance) => JSON.stringify({ format: 'medpay-run-result', version: 1, provenance })),
      ),
      (text) => {
        const read = readRunResult(text, 'x')
        expect(read.ok || (read.problem.en.length > 0 && read.problem.zh.length > 0 ? 'told' : '')).toBe('told')
      },
    ),
  )
})

test('the published JSON Schema is the one in force', async () => {
  await expect(`${JSON.stringify(runResultJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('schema/run-result.schema.json')
})

test('by the published schema a result is valid, and no field of it may be missing or of another type', () => {
  const validate = new Ajv2020({ strict: false }).compile(runResultJsonSchema())
  // One entry of every list says as much as thousands.
  const short = {
    ...sample,
    measures: sample.measures.slice(0, 1),
    differences: sample.differences.slice(0, 1),
    series: sample.series.slice(0, 1).map((row) => ({ ...row, values: [0.5, null] })),
  }
  const plain = JSON.parse(linesOfJson({ ...short, warrants: [sample.warrants[0], sample.warrants.at(-1)] })) as Record<string, unknown>
  expect(validate(plain)).toBe(true)
  for (const path of pathsOf(plain)) {
    expect({ path: path.join('.'), valid: validate(without(plain, path)) }).toEqual({ path: path.join('.'), valid: false })
    expect({ path: path.join('.'), valid: validate(replaced(plain, path, { no: 'such value' })) }).toEqual({
      path: path.join('.'),
      valid: false,
    })
  }
})

/** Every field's path; of a list its first entry stands for all. */
function pathsOf(value: unknown): string[][] {
  if (Array.isArray(value))
    return value.length === 0 || typeof value[0] !== 'object' || value[0] === null ? [] : pathsOf(value[0]).map((path) => ['0', ...path])
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => [[name], ...pathsOf(part).map((path) => [name, ...path])])
}

function without(value: unknown, path: readonly string[]): unknown {
  const copy = structuredClone(value) as Record<string, unknown>
  delete parentOf(copy, path)[path.at(-1)!]
  return copy
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>
  parentOf(copy, path)[path.at(-1)!] = by
  return copy
}

const parentOf = (root: Record<string, unknown>, path: readonly string[]): Record<string, unknown> =>
  path.slice(0, -1).reduce((place, name) => place[name] as Record<string, unknown>, root)

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { runCity } from './run-city.ts'

const page = readFileSync(join(import.meta.dirname, '../../scenarios/README.md'), 'utf8')
const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')

test('the example on the page about writing a scenario runs as it stands, and answers its question', async () => {
  const examples = [...page.matchAll(/^```yaml\n(format: medpay-scenario[\s\S]*?)^```$/gm)].map(([, text]) => text as string)
  expect(examples).toHaveLength(1)
  const folder = mkdtempSync(join(tmpdir(), 'medpay-page-'))
  try {
    const path = join(folder, 'my-scenario.yaml')
    writeFileSync(path, examples[0] as string)
    const plan = planOf(path, { replications: 2 })
    const result = await runCity(plan, { workers: 1, kernel: { bytes }, wallClock: () => new Date(0), replay: 'the command' })
    expect(result.verdict).toEqual({ valid: true, reasons: [] })
    expect(result.faults.map(({ arm, tookEffect }) => [arm, tookEffect])).toEqual([
      ['bank-down', true],
      ['bank-down-alone', true],
    ])
    const answered = result.differences.filter(({ name, slice }) => name === plan.scenario.primaryMeasure && slice.dimension === 'all')
    expect(answered.map(({ arm, against }) => [arm, against])).toEqual([
      ['bank-down', 'all-well'],
      ['bank-down-alone', 'all-well'],
    ])
    expect(result.furtherDifferences.length).toBeGreaterThan(10)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('every key of a scenario that the page explains exists, and each but those that name it and its day is explained', () => {
  const rows = [...page.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) =>
    [...(cell as string).matchAll(/`(\w+)`/g)].map(([, key]) => key),
  )
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../scenarios/schema/scenario.schema.json'), 'utf8')) as {
    readonly properties: object
  }
  const known = Object.keys(schema.properties)
  expect(rows.filter((key) => !known.includes(key as string))).toEqual([])
  // What a file is called and of which day and place it speaks needs no row.
  const plain = ['format', 'version', 'title', 'question', 'city', 'policy', 'date', 'seed']
  expect(known.filter((key) => !plain.includes(key) && !rows.includes(key))).toEqual([])
})

import { expect, test } from 'vitest'
import { csvColumns, measuresCsv } from './csv.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'

const result = sampleRunResult()

/** A reader of its own, by the letter of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!
    if (quoted && letter === '"' && text[at + 1] === '"') {
      field += '"'
      at += 1
    } else if (letter === '"') quoted = !quoted
    else if (!quoted && letter === ',') {
      row.push(field)
      field = ''
    } else if (!quoted && letter === '\r' && text[at + 1] === '\n') {
      rows.push([...row, field])
      row = []
      field = ''
      at += 1
    } else field += letter
  }
  return rows
}

test('measures.csv has one line per figure under the named columns', () => {
  const [head, ...rows] = readCsv(measuresCsv(result))
  expect(head).toEqual([...csvColumns])
  const reduced = result.reducedCity!
  expect(rows.filter((row) => row.at(-1) === 'whole')).toHaveLength(
    result.measures.length + result.differences.length + result.furtherDifferences.length,
  )
  expect(rows.filter((row) => row.at(-1) === 'reduced')).toHaveLength(reduced.measures.length + reduced.differences.length)
  expect(rows.every((row) => row.length === csvColumns.length)).toBe(true)
})

test('a figure keeps its full value, unit, count and interval, and its subject has a column of its own', () => {
  const rows = readCsv(measuresCsv(result))
  const row = rows.find((one) => one[1] === 'before' && one[3] === 'wait-seconds-p95' && one[4] === 'cashier-window')!
  const measure = result.measures.find((one) => one.arm === 'before' && one.name === 'wait-seconds-p95/cashier-window')!
  expect(row).toEqual([
    'virtual',
    'before',
    '',
    'wait-seconds-p95',
    'cashier-window',
    'all',
    'all',
    String(measure.value),
    's',
    String(measure.count),
    '10',
    String(measure.interval![0]),
    String(measure.interval![1]),
    'whole',
  ])
})

test('a paired difference names the arm it is taken from, a level leaves that field empty', () => {
  const rows = readCsv(measuresCsv({ ...result, reducedCity: null })).slice(1)
  expect(new Set(rows.slice(0, result.measures.length).map((row) => row[2]))).toEqual(new Set(['']))
  expect(new Set(rows.slice(result.measures.length).map((row) => row[2]))).toEqual(new Set(['before']))
})

test('a figure without an interval has two empty fields, and commas, quotes and line ends survive', () => {
  const odd = { ...result.measures[0]!, arm: 'a, "b"\r\nc', interval: null }
  const [, row] = readCsv(measuresCsv({ ...result, measures: [odd], differences: [] }))
  expect(row![1]).toBe('a, "b"\r\nc')
  expect(row!.slice(-3)).toEqual(['', '', 'whole'])
})

test('the first minute above 90 % stands in the table by party, and has no line where it never came', () => {
  const never = 'first-minute-above-90-percent/platform'
  const rows = readCsv(measuresCsv({ ...result, measures: result.measures.filter(({ name }) => name !== never) }))
  const firsts = rows.filter((row) => row[3] === 'first-minute-above-90-percent' && row[2] === '' && row[1] === 'before')
  expect(firsts.map((row) => [row[4], row[8]])).toEqual(
    result.city.parties.filter(({ name }) => name !== 'platform').map(({ name }) => [name, 'min']),
  )
})

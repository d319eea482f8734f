import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from './csv-table.ts'

const textsOf = (text: string): string[][] => readCsv(text, 't.csv').rows.map((row) => row.map((cell) => cell.text))
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

test('whatever stands in quotes is read as it was, wherever the lines end', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '医', '"', ',', '\n', '\r\n', ' b') }).map((text) => `x${text}x`)
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }))
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean(), (rows, end, mark, closed) => {
      const text = (mark ? '\uFEFF' : '') + rows.map((row) => row.map(quoted).join(',')).join(end) + (closed ? end : '')
      expect(readCsv(text, 't.csv').problems).toEqual([])
      expect(textsOf(text)).toEqual(rows)
    }),
  )
})

test('every cell knows its line and column, behind quotes, blanks, a byte order mark and broken cells', () => {
  const { rows } = readCsv('\uFEFFa, bb,"c"\r\n"x\r\ny", "z" ,\r\n', 't.csv')
  expect(rows.map((row) => row.map(({ text, line, column }) => [text, line, column]))).toEqual([
    [
      ['a', 1, 1],
      ['bb', 1, 4],
      ['c', 1, 8],
    ],
    [
      ['x\r\ny', 2, 2],
      ['z', 3, 6],
      ['', 3, 10],
    ],
  ])
})

test('rows without any text are passed over, and so is an empty file', () => {
  expect(textsOf('a,b\n,\n\n  ,\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(textsOf('')).toEqual([])
  expect(textsOf('\uFEFF')).toEqual([])
})

test.each([
  ['a quote that is never closed', 'a,b\n1,"2\n3', 2, 3, /never closed/],
  ['text behind a closing quote', 'a,b\n"1" x,2', 2, 5, /behind a closing quote/],
  ['bytes that are no UTF-8', 'a,b\n1,\uFFFD', 2, 3, /save the table as "CSV UTF-8"/],
])('%s is refused at its place', (_, text, line, column, en) => {
  const { problems } = readCsv(text, 't.csv')
  expect(problems).toMatchObject([
    { file: 't.csv', line, column, en: expect.stringMatching(en), zh: expect.stringMatching(/[\u4e00-\u9fff]/) },
  ])
})

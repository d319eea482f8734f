import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeBooks } from '../simulators/wire/replay/rows-store.ts'
import { auditLines } from './render-run-row.ts'
import { type RunOnWire, rowAbout, runOnWire } from './run-on-wire.ts'
import { ownFolder } from './testing/medpay-process.ts'

const planned = [
  { row: 0, errand: 'phone-payment', site: 7, bill: 'MX0', key: 'K0', person: 1, startMs: 0 },
  { row: 1, errand: 'sign-in', site: 7, bill: null, key: 'K1', person: -1, startMs: 0 },
  { row: 2, errand: 'phone-payment', site: 7, bill: 'MX2', key: 'K2', person: 2, startMs: 0 },
]
const answers = [{ outcome: 'paid', key: 'K2-window', payment: 'P7' }]
const run: RunOnWire = { books: undefined, booksFolder: '', planned, seen: new Map([[2, { row: 2, answers }]]), findings: [] }

const about: readonly (readonly [string, string | undefined])[] = [
  ['MX0', 'MX0'],
  ['K0', 'MX0'],
  ['row 2', 'MX2'],
  ['2', 'MX2'],
  ['P7', 'MX2'],
  ['P7-C', 'MX2'],
  ['K2-window', 'MX2'],
  ['P7 3', 'MX2'],
  ['P7 bureau/settle', 'MX2'],
  ['main-entry K0', 'MX0'],
  ['bank-a pay missing-there P7-C', 'MX2'],
  ['P77', undefined],
]
test.each(about)('a finding about %j is about the bill %s', (id, bill) => {
  expect(rowAbout(id, run)?.bill).toBe(bill)
})

test('the story of a bill ends with every finding about it, whatever it is known by, and with none about another', () => {
  const findings = about.map(([id]) => ({ id, words: { en: id, zh: id }, why: '', rule: 'r' }))
  const told = (bill: string, row: number, made: readonly string[]) =>
    auditLines([bill, `row ${row}`], [`K${row}`, ...made], { ...run, findings }, 'en').map((line) => line.slice('audit: r: '.length))
  const ofBill = (bill: string) => about.flatMap(([id, of]) => (of === bill && !/^\d+$/.test(id) ? [id] : []))
  expect(told('MX2', 2, ['P7'])).toEqual(ofBill('MX2'))
  expect(told('MX0', 0, [])).toEqual(ofBill('MX0'))
})

test.each(['row 1', '1', 'K1'])('%j is the errand about no bill', (id) => {
  expect(rowAbout(id, run)).toMatchObject({ row: 1, errand: 'sign-in', bill: null })
})

const playIn = (work: string, bill: string, atSecond: number) => {
  mkdirSync(work, { recursive: true })
  const row = { row: 0, errand: 'phone-payment', site: 7, bill, key: 'K0', startMs: 0 }
  writeFileSync(join(work, 'play.json'), JSON.stringify([{ person: { person: 1 }, rows: [row] }]))
  utimesSync(join(work, 'play.json'), atSecond, atSecond)
}

test('of a level that tries several rates the run is the one played last, with the books its auditor was shown', () => {
  const folder = ownFolder()
  const wire = join(folder, 'wire')
  mkdirSync(join(wire, 'books'), { recursive: true })
  playIn(join(wire, 'probe-1'), 'MX1', 100)
  playIn(join(wire, 'window-1'), 'MX3', 300)
  playIn(join(wire, 'probe-2'), 'MX2', 200)
  const tried = runOnWire(folder)
  expect(tried.planned.map(({ bill }) => bill)).toEqual(['MX3'])
  // Until they are taken, whoever asks is shown the files.
  expect([tried.books, tried.booksFolder]).toEqual([undefined, join(wire, 'books')])
  const book = { actor: 'his', kind: 'his', entries: [{ number: 1, atMs: 0, entry: { bill: 'MX3' } }] }
  writeBooks(join(wire, 'window-1'), { books: [book, { ...book, actor: 'bureau' }] })
  expect(runOnWire(folder).books).toEqual([book, { ...book, actor: 'bureau' }])
})

test('of a level of a profile the files of its books are those of the one city that plays all levels', () => {
  const folder = ownFolder()
  const books = join(folder, 'wire-city', 'books')
  mkdirSync(books, { recursive: true })
  playIn(join(folder, 'peak', 'wire'), 'MX1', 100)
  expect(runOnWire(join(folder, 'peak')).booksFolder).toBe(books)
})

test('a run without a result was audited by nobody; one whose auditor found nothing was', () => {
  const folder = ownFolder()
  playIn(join(folder, 'wire'), 'MX1', 100)
  expect(runOnWire(folder).findings).toBeUndefined()
  writeFileSync(join(folder, 'run-result.json'), JSON.stringify({ wire: { audit: { rules: [{ name: 'ledger-zero', findings: [] }] } } }))
  expect(runOnWire(folder).findings).toEqual([])
})

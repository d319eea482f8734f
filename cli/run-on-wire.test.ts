import { expect, test } from 'vitest'
import { type RunOnWire, rowAbout } from './run-on-wire.ts'

const planned = [
  { row: 0, errand: 'phone-payment', site: 7, bill: 'MX0', key: 'K0', person: 1, startMs: 0 },
  { row: 1, errand: 'sign-in', site: 7, bill: null, key: 'K1', person: -1, startMs: 0 },
  { row: 2, errand: 'phone-payment', site: 7, bill: 'MX2', key: 'K2', person: 2, startMs: 0 },
]
const answers = [{ outcome: 'paid', key: 'K2-window', payment: 'P7' }]
const run: RunOnWire = { booksFolder: '', planned, seen: new Map([[2, { row: 2, answers }]]), findings: [] }

test.each([
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
])('a finding about %j is about the bill %s', (id, bill) => {
  expect(rowAbout(id, run)?.bill).toBe(bill)
})

test.each(['row 1', '1', 'K1'])('%j is the errand about no bill', (id) => {
  expect(rowAbout(id, run)).toMatchObject({ row: 1, errand: 'sign-in', bill: null })
})

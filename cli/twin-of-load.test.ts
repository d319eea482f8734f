import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { twinIn, twinText } from './twin-of-load.ts'

const folder = mkdtempSync(join(tmpdir(), 'medpay-twin-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a twin that was kept is found by its key and not played again, whatever else its answers tell of a split', () => {
  const path = join(folder, 'twin.json')
  const compared = { fundFen: 900, currentAccountFen: 0, historyAccountFen: 50, cashFen: 50 }
  const split = { ...compared, uncoveredFen: 40, deductibleFen: 10 }
  const row = { row: 3, dueMs: 1.5, sentMs: 2, endMs: 90, answers: [{ key: 'K3', outcome: 'paid', by: 'hospital', split }] }
  const traffic = [{ actor: 'bureau', operation: 'bureau/settle', second: 3, calls: 2 }]
  writeFileSync(path, twinText('k', { rows: [row, { row: 4, notSent: 'no-door', dueMs: 7, answers: [] }], traffic }))
  expect(twinIn(path, 'k')).toEqual({
    rows: [
      { ...row, answers: [{ key: 'K3', outcome: 'paid', by: 'hospital', split: compared }] },
      { row: 4, notSent: 'no-door', dueMs: 7, answers: [] },
    ],
    traffic,
  })
  expect(twinIn(path, 'another')).toBeUndefined()
  writeFileSync(path, twinText('k', { rows: [row], traffic }).slice(0, 40))
  expect(twinIn(path, 'k')).toBeUndefined()
  expect(twinIn(join(folder, 'none.json'), 'k')).toBeUndefined()
})

import { expect, test } from 'vitest'
import { rowOfTrace, traceParent } from './trace-parent.ts'

test('a row and its try make one header of the W3C form, the same each time, and the row is read back from it', () => {
  const w3c = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/
  for (const row of [0, 1, 41, 65_535, 12_345_678]) {
    expect(traceParent(row, 1)).toMatch(w3c)
    expect(rowOfTrace(traceParent(row, 3))).toBe(row)
  }
  expect(traceParent(41, 2)).toBe('00-6d656470617900000000000000000029-0000000000000002-01')
  expect(traceParent(41, 1)).not.toBe(traceParent(41, 2))
})

test('somebody else’s trace, half a header and none are of no row', () => {
  const others = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  for (const header of [others, traceParent(5, 1).slice(0, 30), '', undefined]) expect(rowOfTrace(header)).toBeUndefined()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf } from '../reports/text-table.ts'
import { fitCells, padCells } from './cells.ts'

test('fitted and padded text fills exactly the cells asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '医', ' ', '。') }), fc.integer({ min: 2, max: 40 }), (text, cells) => {
      const fitted = padCells(fitCells(text, cells), cells)
      expect(cellsOf(fitted)).toBe(cells)
      if (cellsOf(text) <= cells) expect(fitted.trimEnd()).toBe(text.trimEnd())
    }),
  )
})

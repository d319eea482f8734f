import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf, fitCells, padCells, table } from './columns.ts'

test('a Chinese character fills two cells and a Latin one a single cell', () => {
  expect(cellsOf('medpay')).toBe(6)
  expect(cellsOf('医疗付费')).toBe(8)
  expect(cellsOf('等候 12 min')).toBe(11)
})

test('fitted and padded text fills exactly the cells asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '医', ' ', '。') }), fc.integer({ min: 2, max: 40 }), (text, cells) => {
      const fitted = padCells(fitCells(text, cells), cells)
      expect(cellsOf(fitted)).toBe(cells)
      if (cellsOf(text) <= cells) expect(fitted.trimEnd()).toBe(text.trimEnd())
    }),
  )
})

test('columns of mixed scripts stay aligned, numbers at the right', () => {
  expect(
    table(
      [
        ['规模', 'x'],
        ['1', '10'],
        ['执业点', '7'],
      ],
      [1],
    ),
  ).toEqual(['规模     x', '1       10', '执业点   7'])
})

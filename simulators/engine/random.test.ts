import { expect, test } from 'vitest'
import { drawWord, secondWord } from './random.ts'

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

test('Threefry2x32-13 gives the published known answers', () => {
  const block = (counter0: number, counter1: number, key0: number, key1: number): string =>
    `${hex(drawWord(key0 | 0, key1 | 0, counter0 | 0, counter1 | 0))} ${hex(secondWord())}`
  // From Random123's kat_vectors, lines "threefry2x32 13".
  expect(block(0, 0, 0, 0)).toBe('9d1c5ec6 8bd50731')
  expect(block(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)).toBe('fd36d048 2d17272c')
  expect(block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)).toBe('ba3e4725 f27d669e')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BrokenBooks, basisPointsOf, type Fen, fenOf, fenOfYuan, shareFen, sumFen, yuanOf } from './fen.ts'

const fen = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(fenOf)
const rate = fc.integer({ min: 0, max: 10_000 }).map(basisPointsOf)

describe('a share', () => {
  test('is the whole part of the exact product, over the whole range of amounts', () => {
    fc.assert(
      fc.property(fen, rate, (amount, basisPoints) => {
        expect(BigInt(shareFen(amount, basisPoints))).toBe((BigInt(amount) * BigInt(basisPoints)) / 10_000n)
      }),
      { numRuns: 2_000 },
    )
  })
  test('drops the fraction of a fen', () => {
    expect(shareFen(fenOf(199), basisPointsOf(5_000))).toBe(99)
    expect(shareFen(fenOf(1), basisPointsOf(9_999))).toBe(0)
  })
  test('stays right where amount times rate would leave the exact range', () => {
    expect(shareFen(fenOf(9_007_199_254_740_991), basisPointsOf(9_999))).toBe(9_006_298_534_815_516)
  })
})

describe('yuan as text', () => {
  test('comes back as the same fen', () => {
    fc.assert(
      fc.property(fen, (amount) => {
        expect(fenOfYuan(yuanOf(amount))).toBe(amount)
      }),
    )
  })
  test.each([
    [0, '0.00'],
    [7, '0.07'],
    [70, '0.70'],
    [123_456, '1234.56'],
  ])('%i fen are written %s', (amount, text) => expect(yuanOf(amount as Fen)).toBe(text))
  test.each([
    ['12', 1_200],
    ['12.3', 1_230],
    [12.3, 1_230],
    [0.07, 7],
    [1.15, 115],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is read as %i fen', (text, amount) => expect(fenOfYuan(text)).toBe(amount))
  test.each([
    '',
    '1.234',
    '-1',
    '+1',
    '1e3',
    ' 1',
    '01',
    '.5',
    '1.',
    '１',
    'NaN',
    '100000000000000',
    '90071992547409.92',
    Number.NaN,
    1e21,
  ])('refuses %s', (text) => expect(() => fenOfYuan(text)).toThrow(BrokenBooks))
})

describe('an amount', () => {
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %f', (amount) => {
    expect(() => fenOf(amount)).toThrow(BrokenBooks)
  })
  test('has a sum only inside the exact range', () => {
    expect(sumFen(fenOf(1), fenOf(2), fenOf(3))).toBe(6)
    expect(() => sumFen(fenOf(Number.MAX_SAFE_INTEGER), fenOf(1))).toThrow(BrokenBooks)
  })
  test.each([-1, 10_001, 0.5, Number.NaN])('has no rate of %f basis points', (basisPoints) => {
    expect(() => basisPointsOf(basisPoints)).toThrow(BrokenBooks)
  })
})

import { expect, test } from 'vitest'
import { decisionCounter, drawWord, streamKey0, streamKey1, streamKeys } from './random.ts'
import { DECISION_NUMBERS, DecisionNames, decisionNumber, seedWords } from './streams.ts'

test('a decision keeps its number, in every release', () => {
  expect(decisionNumber('outpatient-visit/consult')).toBe(4025962)
  expect(decisionNumber('就诊')).not.toBe(decisionNumber('挂号'))
  for (const name of ['', 'a', 'b', 'x'.repeat(1000)]) {
    expect(decisionNumber(name)).toBeGreaterThanOrEqual(0)
    expect(decisionNumber(name)).toBeLessThan(DECISION_NUMBERS)
  }
})

test('two names with one number are refused, by name', () => {
  const byNumber = new Map<number, string>()
  let pair: [string, string] | undefined
  for (let i = 0; pair === undefined; i++) {
    const name = `decision-${i}`
    const other = byNumber.get(decisionNumber(name))
    if (other !== undefined) pair = [other, name]
    byNumber.set(decisionNumber(name), name)
  }
  const names = new DecisionNames()
  expect(names.numberOf(pair[0])).toBe(decisionNumber(pair[0]))
  expect(names.numberOf(pair[0])).toBe(decisionNumber(pair[0]))
  expect(() => names.numberOf(pair[1])).toThrow(`decisions "${pair[0]}" and "${pair[1]}" have the same number`)
  expect(names.entries()).toEqual([[pair[0], decisionNumber(pair[0])]])
})

test('a seed is a number by its bits, digits as that number, or a word by its hash', () => {
  expect(seedWords(42)).toEqual({ low: 42, high: 0 })
  expect(seedWords('42')).toEqual(seedWords(42))
  expect(seedWords(2 ** 53 - 1)).toEqual({ low: -1, high: 0x1fffff })
  expect(seedWords(2 ** 32)).toEqual({ low: 0, high: 1 })
  // FNV-1a 64 of "foobar" is 85944171f73967e8, from the algorithm's own test vectors.
  expect(seedWords('foobar')).toEqual({ low: 0xf73967e8 | 0, high: 0x85944171 | 0 })
  for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => seedWords(seed)).toThrow(RangeError)
})

test('streams of one seed and of neighbouring seeds share no key, and no draw repeats a key', () => {
  const keys = new Int32Array(2)
  const seen = new Set<string>()
  for (let seed = 0; seed < 50; seed++) {
    for (let domain = 0; domain < 100; domain++) {
      streamKeys(seed, 0, domain, keys)
      expect([streamKey0(seed, 0, domain), streamKey1(seed, 0, domain)]).toEqual([...keys])
      seen.add(keys.join())
    }
  }
  expect(seen.size).toBe(5000)
  expect(decisionCounter(DECISION_NUMBERS - 1, 255)).toBeGreaterThan(0)
  expect(drawWord(1, 2, 3, decisionCounter(4, 5))).not.toBe(drawWord(1, 2, 3, decisionCounter(4, 6)))
})

import { describe, expect, test } from 'vitest'
import { drawOrders, fillInterleaved, fillWithOrder, type KeyMaker, type WordMaker } from './draw-orders.ts'
import { drawWord, secondWord, streamKeys } from './random.ts'
import { chiSquareTail, type Finding, statisticalBattery } from './statistical-battery.ts'

const WORDS = 1 << 17
// Six rows of eleven tests form one family: under a sound generator all p-values stay above this in 99 of 100 choices of start.
// The start is position 0, chosen before the first look; rows and tests were fixed then too.
const FAMILY = (drawOrders.length + 2) * 11
const SUSPECT = 0.01 / FAMILY

function everyOrder(word: WordMaker, keys: KeyMaker): Map<string, Finding[]> {
  const rows = new Map<string, Finding[]>()
  const row = new Int32Array(WORDS)
  for (const order of drawOrders) {
    fillWithOrder(order, 0, row, word, keys)
    rows.set(order, statisticalBattery(row))
  }
  fillInterleaved(0, row, word, keys)
  rows.set('interleaved', statisticalBattery(row))
  return rows
}
const suspects = (findings: Finding[]): string[] => findings.filter(({ pValue }) => !(pValue > SUSPECT)).map(({ test: name }) => name)

describe('the words in the orders a run meets them', () => {
  const rows = everyOrder(drawWord, streamKeys)
  test.each([...drawOrders, 'interleaved'])('%s: no test of the battery is alarmed', (order) => {
    expect(rows.get(order)).toHaveLength(11)
    expect(suspects(rows.get(order) ?? [])).toEqual([])
  })
  test('first and second words of one block after another: no test is alarmed', () => {
    const row = new Int32Array(WORDS)
    for (let i = 0; i < WORDS; i += 2) {
      row[i] = drawWord(11, 22, i >> 1, 256)
      row[i + 1] = secondWord()
    }
    expect(suspects(statisticalBattery(row))).toEqual([])
  })
})

describe('the battery catches what is weak', () => {
  const plainKeys: KeyMaker = (low, high, domain, into) => {
    into[0] = low ^ domain
    into[1] = high
  }
  test('a linear congruential generator of 32 bits', () => {
    const row = new Int32Array(WORDS)
    for (let i = 0, state = 1; i < WORDS; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      row[i] = state
    }
    expect(suspects(statisticalBattery(row))).toContain('equidistribution of the low 8 bits')
  })
  test('Threefry stopped after one round, and after four, in every order', () => {
    for (const rounds of [1, 4]) {
      for (const [order, findings] of everyOrder(fewRounds(rounds), plainKeys))
        expect(suspects(findings), `${order}, ${rounds} rounds`).not.toEqual([])
    }
  })
  test('one word in forty replaced by the word before it', () => {
    const row = new Int32Array(WORDS)
    fillWithOrder('visits', 0, row, drawWord, streamKeys)
    for (let i = 40; i < WORDS; i += 40) row[i] = row[i - 1]!
    expect(suspects(statisticalBattery(row))).not.toEqual([])
  })
})

test('the tail of χ² agrees with printed tables', () => {
  expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
  expect(chiSquareTail(18.307038053275146, 10)).toBeCloseTo(0.05, 12)
  expect(chiSquareTail(310.45738821990585, 255)).toBeCloseTo(0.01, 10)
  expect(chiSquareTail(205.4214, 255)).toBeCloseTo(0.99, 4)
})

const rotations = [13, 15, 26, 6, 17, 29, 16, 24]

/** Threefry2x32 without its later rounds and key injections. */
function fewRounds(rounds: number): WordMaker {
  return (key0, key1, counter0, counter1) => {
    let a = (counter0 + key0) | 0
    let b = (counter1 + key1) | 0
    for (let round = 0; round < rounds; round++) {
      const by = rotations[round % 8]!
      a = (a + b) | 0
      b = ((b << by) | (b >>> (32 - by))) ^ a
    }
    return a
  }
}

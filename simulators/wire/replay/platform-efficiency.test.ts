import { expect, test } from 'vitest'
import { platformEfficiency, type UnitCosts } from './platform-efficiency.ts'

const units: UnitCosts = { sent: 20, answered: 15, command: 10, commit: 200, hmacChecked: 3, rsaMade: 300, rsaChecked: 20 }
const counts = { sent: 1000, answered: 200, command: 700, commit: 50, hmacChecked: 200, rsaMade: 0, rsaChecked: 0 }

test('the parts of a payment are its counts times their prices, and stand beside the processor it took', () => {
  expect(platformEfficiency(counts, 80_000, 100, units)).toEqual({
    cpuMicros: 800,
    // 10 × 20 + 2 × 15 + 7 × 10 + 0.5 × 200 + 2 × 3
    partsMicros: 406,
    parts: [
      { part: 'sent', count: 10, micros: 20 },
      { part: 'answered', count: 2, micros: 15 },
      { part: 'command', count: 7, micros: 10 },
      { part: 'commit', count: 0.5, micros: 200 },
      { part: 'hmacChecked', count: 2, micros: 3 },
    ],
  })
})

test('without a payment, or without its processor time, nothing is said', () => {
  expect(platformEfficiency(counts, 80_000, 0, units)).toBeUndefined()
  expect(platformEfficiency(counts, 0, 100, units)).toBeUndefined()
})

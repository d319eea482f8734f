import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_OTHER_ENTRIES, onwardFrom, otherEntry, TO_KIOSK, TO_OWN_MONEY, TO_WINDOW } from './fallback.ts'

test('the next entry is the first in backup order of those held, open and not tried', () => {
  const order = Int32Array.of(3, 1, -1, 2)
  const bits = (...entries: number[]) => entries.reduce((all, entry) => all | (1 << entry), 0)
  expect(otherEntry(bits(0, 1, 2, 3), bits(0), 0, 4, order)).toBe(1)
  expect(otherEntry(bits(0, 1, 2, 3), bits(0, 1), 1, 4, order)).toBe(3)
  expect(otherEntry(bits(0, 2), bits(0), 0, 4, order)).toBe(-1)
  expect(otherEntry(bits(0, 1), bits(0), MOST_OTHER_ENTRIES, 4, order)).toBe(-1)
})

test('no entry is tried twice, and whoever holds few tries all that are open', () => {
  const cities = fc.array(fc.integer({ min: -1, max: 30 }), { minLength: 1, maxLength: 24 })
  fc.assert(
    fc.property(cities, fc.nat((1 << 24) - 1), (orders, held) => {
      const order = Int32Array.from(orders)
      const tried: number[] = []
      for (let bits = 0, entry = 0; ; bits |= 1 << entry) {
        entry = otherEntry(held, bits, tried.length, order.length, order)
        if (entry < 0) break
        tried.push(entry)
      }
      const open = orders.flatMap((one, entry) => (one >= 0 && ((held >> entry) & 1) === 1 ? [entry] : []))
      expect(new Set(tried).size).toBe(tried.length)
      expect(tried).toHaveLength(Math.min(open.length, MOST_OTHER_ENTRIES))
      expect(tried.map((entry) => orders[entry])).toEqual(tried.map((entry) => orders[entry]).toSorted((a, b) => (a ?? 0) - (b ?? 0)))
    }),
    { seed: 11 },
  )
})

test('a kiosk helps where an entry failed, own money where the bank did, the window always', () => {
  expect([onwardFrom(true, false, true, true), onwardFrom(true, false, false, true)]).toEqual([TO_KIOSK, TO_WINDOW])
  expect([onwardFrom(false, true, true, true), onwardFrom(false, true, true, false)]).toEqual([TO_OWN_MONEY, TO_WINDOW])
  expect(onwardFrom(false, false, true, true)).toBe(TO_WINDOW)
})

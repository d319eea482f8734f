import { expect, test } from 'vitest'
import { highestRung } from './highest-rung.ts'

test.each([0, 1, 5, 10, 11])('the highest of twelve rungs that holds is found, were it rung %i, in four looks', async (edge) => {
  let looks = 0
  const found = await highestRung(12, async (rung) => {
    looks += 1
    return rung >= edge
  })
  expect(found).toBe(edge)
  expect(looks).toBeLessThanOrEqual(4)
})

test('where no rung holds there is none', async () => {
  expect(await highestRung(12, async () => false)).toBe(undefined)
})

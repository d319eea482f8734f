import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kernelBytes } from '../../tools/build-kernel.ts'
import * as plain from './portable-probe.ts'

test.each(['release', 'checked'] as const)('the %s build lets through and marks down the same calls as plain TypeScript', async (build) => {
  const bytes = await kernelBytes('simulators/channels/portable-probe.ts', build)
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), {
    env: { abort: () => expect.fail('the compiled code aborted') },
  })
  const compiled = instance.exports as typeof plain
  const calls = fc.array(fc.tuple(fc.nat(1), fc.oneof(fc.nat(60), fc.nat(900)), fc.constantFrom(0, 1, 1, 1)), {
    minLength: 40,
    maxLength: 80,
  })
  const rule = fc.tuple(
    fc.integer({ min: 6, max: 3000 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 10, max: 100 }),
    fc.integer({ min: 1, max: 500 }),
  )
  let marked = 0
  let held = 0
  fc.assert(
    fc.property(rule, calls, ([window, minimum, percent, probe], given) => {
      const told = [plain, compiled].map((module) => {
        module.openHealth()
        let tick = 0
        return given.map(([party, after, failed]) => {
          tick += after
          return module.callHealth(party, tick, failed, window, minimum, percent, probe)
        })
      })
      expect(told[1]).toEqual(told[0])
      for (const bits of told[0] as number[]) {
        if ((bits & 2) !== 0) marked++
        if ((bits & 1) === 0) held++
      }
    }),
    { numRuns: 200, seed: 7 },
  )
  // Both sides agreeing on a party that is never down would say little.
  expect(marked).toBeGreaterThan(50)
  expect(held).toBeGreaterThan(50)
})

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { kernelBytes } from '../../tools/build-kernel.ts'
import * as plain from './portable-probe.ts'

// The type library of the house has no browser names; Node has this one.
const wasm = (
  globalThis as unknown as {
    WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }> }
  }
).WebAssembly

const fen = (most: number) => fc.integer({ min: 0, max: most })
const place = fc.integer({ min: 0, max: 3 })
const year = fc.tuple(fen(200_000), fen(500_000), fen(300_000), fen(100_000))
const bill = fc.tuple(fen(1_000_000), fen(1_000_000)).map(([coveredFen, uncoveredFen]) => [coveredFen + uncoveredFen, coveredFen] as const)
const benefit = fc.tuple(fen(300_000), fen(10_000), fen(1_000_000))
const row = fc.tuple(fen(1), fen(300_000), fen(10_000), fen(1_000_000), fen(1), fen(1)).map((numbers) => [...numbers])

/** Compared as 64 bits each, so that −0 and 0 differ. */
const bits = (numbers: readonly number[]) => [...new BigUint64Array(Float64Array.from(numbers).buffer)]

describe.each(['release', 'checked'] as const)('the %s build gives the same bits as plain TypeScript', (build) => {
  let compiled: typeof plain
  beforeAll(async () => {
    const bytes = await kernelBytes('simulators/policy/portable-probe.ts', build)
    const { instance } = await wasm.instantiate(bytes, { env: { abort: () => expect.fail('the compiled code aborted') } })
    compiled = instance.exports as typeof plain
  })
  const both = (ask: (module: typeof plain) => number[]) => expect(bits(ask(compiled))).toEqual(bits(ask(plain)))
  const seen = (module: typeof plain) => [...[0, 1, 2, 3].map(module.yearFen), ...[0, 1, 2, 3, 4, 5].map(module.splitFen)]

  test('for a year of bills and the undoing of the last', () => {
    fc.assert(
      fc.property(year, benefit, fc.array(bill, { minLength: 1, maxLength: 6 }), (start, [deductible, rate, cap], bills) => {
        both((module) => {
          for (const [slot, value] of start.entries()) module.putYear(slot, value)
          const after = bills.flatMap(([totalFen, coveredFen]) => {
            module.runSplit(totalFen, coveredFen, deductible, rate, cap)
            return seen(module)
          })
          module.runUnsplit()
          return [...after, ...seen(module)]
        })
      }),
    )
  })

  test('for a bill split by a row of the benefit table', () => {
    fc.assert(
      fc.property(
        year,
        fc.array(row, { minLength: 64, maxLength: 64 }),
        place,
        place,
        place,
        bill,
        (start, rows, insured, age, tier, given) => {
          both((module) => {
            for (const [slot, value] of start.entries()) module.putYear(slot, value)
            for (const [index, value] of rows.flat().entries()) module.putTable(index, value)
            module.runSplitByRow(given[0], given[1], insured, age, tier)
            return seen(module)
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  test('for limits, standing uses and decisions of a line of credit', () => {
    const uses = fc.array(fc.tuple(fen(900), fc.integer({ min: -80, max: 80 })), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(uses, fen(900), fen(900), fc.integer({ min: 0, max: 70 }), (given, limit, score, today) => {
        both((module) => {
          for (const [index, [amount, day]] of given.entries()) module.putNumber(index, amount, day)
          const standing = module.askStanding(1, 9, today, 59)
          return [standing, module.askLimit(3, score), module.askCredit(limit * 3, standing, score)]
        })
      }),
    )
  })
})

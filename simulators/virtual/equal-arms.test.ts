import { beforeAll, expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import { type VisitResult, visitResults } from './kernel-tables.ts'
import { daysOf, holdsZero } from './testing/equal-arms.ts'
import { randomTown, townDay } from './testing/random-town.ts'

const REPEATS = 1000
const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const smallTown = loaded.plan
let kernel: Kernel
beforeAll(async () => {
  kernel = openKernel(await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release'))
})

test('two arms of equal settings give every visit the same day, to the tick, in the small town and in towns full of trouble', () => {
  for (const plan of [smallTown, randomTown(smallTown, 4), randomTown(smallTown, 9)]) {
    const [arm] = plan.scenario.arms.slice(-1)
    const twins = {
      ...plan,
      scenario: { ...plan.scenario, arms: ['a', 'b'].map((name) => ({ ...(arm as NonNullable<typeof arm>), name })) },
    }
    const told = ['a', 'b'].map((name) => {
      const day = townDay(twins, name, 2)
      kernel.load(day.city)
      kernel.loadVisits(day.count, day.visits)
      kernel.run(day.faults)
      return Object.keys(visitResults).map((column) => kernel.visits(column as VisitResult))
    })
    expect(told[0]).toEqual(told[1])
  }
})

test(`of ${REPEATS} pairs of equal arms with seeds of their own, the 95 % interval of the difference holds zero in 92.5 to 97 %`, () => {
  // Arms that shared their seed would always hold it.
  expect(daysOf(kernel, 1)).not.toEqual(daysOf(kernel, 2))
  const share = holdsZero(kernel, REPEATS, 500_000) / REPEATS
  expect(share).toBeGreaterThanOrEqual(0.925)
  expect(share).toBeLessThanOrEqual(0.97)
})

import { expect, test } from 'vitest'
import { loadPlan } from '../../../scenarios/load-plan.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import { openKernel } from '../kernel-host.ts'
import { randomTownDay } from '../testing/random-town.ts'
import { askBoth } from './oracle-day.ts'

const TOWNS = 600
const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')

test(`the kernel that runs, compiled, and the oracle tell every visit and every sum alike in ${TOWNS} further random towns`, async () => {
  const kernel = openKernel(await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release'))
  for (let number = 1000; number < 1000 + TOWNS; number++) {
    const asked = askBoth(kernel, randomTownDay(loaded.plan, number))
    expect(asked.different.slice(0, 8), `random town ${number}`).toEqual([])
  }
})

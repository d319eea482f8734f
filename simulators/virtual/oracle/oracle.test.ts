import { expect, test } from 'vitest'
import { loadPlan } from '../../../scenarios/load-plan.ts'
import { openKernel } from '../kernel-host.ts'
import { randomTownDay } from '../testing/random-town.ts'
import { askBoth } from './oracle-day.ts'

// oracle.long.test.ts asks about six hundred others.
const TOWNS = 60
const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')

test(`kernel and oracle tell every visit and every sum alike in ${TOWNS} random towns, and everything a rule speaks of happens in them`, () => {
  const kernel = openKernel(null)
  const happened = new Map<string, number>()
  for (let number = 0; number < TOWNS; number++) {
    const asked = askBoth(kernel, randomTownDay(loaded.plan, number))
    expect(asked.different.slice(0, 8), `random town ${number}`).toEqual([])
    for (const [what, times] of Object.entries(asked.happened)) happened.set(what, (happened.get(what) ?? 0) + times)
  }
  const never = [...happened].filter(([, times]) => times === 0).map(([what]) => what)
  expect(never).toEqual([])
  expect(happened.get('runs past the clock') ?? 0).toBeLessThan(TOWNS / 5)
})

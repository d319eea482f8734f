import { beforeAll, describe, expect, it } from 'vitest'
import { loadPlan } from '../../../scenarios/load-plan.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import { cityPlayer } from '../city-player.ts'
import { TOTAL_BACKUP_COULD_NOT, TOTAL_PAYMENTS_FAILED } from '../kernel/sums.ts'
import { cutTrace, traceHash } from './cut-trace.ts'
import { cashFreeIn, foretell } from './foretell.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const { plan } = loaded
/** The arm whose main entry is out for ten minutes. */
const arm = 'what-if-40'
const armIndex = plan.scenario.arms.findIndex(({ name }) => name === arm)
const faults = plan.scenario.faults.filter(({ name }) => plan.scenario.arms[armIndex]?.faults.includes(name))
const wholeDay = { fromSecond: 0, seconds: 86_400 }
let bytes: Uint8Array
beforeAll(async () => {
  bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
})

describe('what the virtual city foretells of a day’s faults', () => {
  it('is what the kernel itself counts of that day', () => {
    const player = cityPlayer(plan, bytes)
    const { kernel, city } = player.prepareArm(armIndex, player.peopleOf(0), 0)
    kernel.run(city.faults.length)
    const totals = kernel.sumDouble('totals')
    const told = foretell(plan, { arm, window: wholeDay, faults, kernelBytes: bytes })
    expect(told.broke).toBeGreaterThan(0)
    expect({ broke: told.broke, notSaved: told.notSaved }).toEqual({
      broke: totals[TOTAL_PAYMENTS_FAILED],
      notSaved: totals[TOTAL_BACKUP_COULD_NOT],
    })
    expect(told.faults[0]?.callsTouched).toBe(kernel.sum('faultTouched')[0])
    expect(told.toHospital).toBeLessThanOrEqual(told.notSaved)
  })

  it('is nothing of a city without faults, whose trace is then the fault-free one', () => {
    const told = foretell(plan, { arm, window: wholeDay, faults: [], kernelBytes: bytes })
    expect(told).toMatchObject({ broke: 0, notSaved: 0, toHospital: 0, faults: [] })
    const trace = cutTrace(plan, { arm, window: wholeDay, faults: [], kernelBytes: bytes })
    expect(trace.rows.filter(({ entry, bill }) => entry >= 0 && bill !== null)).toHaveLength(told.payments)
    expect(trace.rows.filter(({ virtual }) => virtual.outcome === 'failed' && virtual.failedAt !== 'credit-limit')).toEqual([])
    const struck = cutTrace(plan, { arm, window: wholeDay, kernelBytes: bytes })
    expect(traceHash(struck)).not.toBe(traceHash(trace))
    expect(struck.planHash).toBe(trace.planHash)
  })

  it('breaks no payment at a bank that its bill leaves nothing to ask of, and counts who comes back to the bureau in time alone', () => {
    const { fromSecond = 0 } = faults[0] ?? {}
    const window = { fromSecond: fromSecond - 60, seconds: 600 }
    const out = { ...(faults[0] as (typeof faults)[number]), kind: 'outage', form: 'refuse' } as const
    const struck = (target: typeof out.target, more: Partial<Parameters<typeof foretell>[1]>) =>
      foretell(plan, { arm, window, faults: [{ ...out, target }], kernelBytes: bytes, ...more })
    const cashFree = cashFreeIn(cutTrace(plan, { arm, window, faults: [], kernelBytes: bytes }))
    expect(cashFree.size).toBeGreaterThan(0)
    const bank = { party: 'bank', name: plan.city.parties.banks[0]?.name ?? '' } as const
    const [all, asked] = [struck(bank, {}), struck(bank, { cashFree })]
    expect(asked.broke).toBeLessThan(all.broke)
    expect(asked.payments).toBe(all.payments)
    const bureau = { party: 'bureau', name: 'bureau' } as const
    expect(struck(bureau, { backWithinSeconds: -window.seconds }).toHospital).toBe(0)
    expect(struck(bureau, {}).toHospital).toBeGreaterThan(0)
    expect(struck(bureau, { cashFree }).broke).toBe(struck(bureau, {}).broke)
  })

  it('speaks of the payments of its window alone, and of the same people with faults and without', () => {
    const { fromSecond = 0 } = faults[0] ?? {}
    const window = { fromSecond: fromSecond - 60, seconds: 300 }
    const [struck, unharmed] = [faults, []].map((some) => foretell(plan, { arm, window, faults: some, kernelBytes: bytes }))
    expect(struck?.payments).toBeGreaterThan(0)
    expect(struck?.broke).toBeGreaterThan(0)
    expect(struck?.broke).toBeLessThan(struck?.payments ?? 0)
    expect(unharmed?.payments).toBeGreaterThan(0)
    expect(struck?.faults[0]?.firstPatientFailureAfterSeconds).toBeGreaterThanOrEqual(0)
  })
})

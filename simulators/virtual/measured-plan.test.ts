import { beforeAll, describe, expect, it } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import type { Plan } from '../../scenarios/plan.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { bucketOf } from '../measures/statistics/histogram.ts'
import type { LatencyProfile } from '../trace/latency-profile.ts'
import { sampleLevel, sampleProfile } from '../trace/testing/sample-profile.ts'
import { cityPlayer } from './city-player.ts'
import { cutTrace } from './cut/cut-trace.ts'
import { LEG_BUREAU, LEG_PLATFORM, RULE_PLATFORM } from './kernel/inputs.ts'
import { measuredCity, type PlatformCalls, platformCalls } from './measured-plan.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const plan: Plan = loaded.plan
const busiest = 1e9
let bytes: Uint8Array
let calls: PlatformCalls
beforeAll(async () => {
  bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
  calls = platformCalls(plan, bytes)
})

/** A spot check in which the platform took so long for every payment. */
const spot = (ms: number, offeredPerSecond: number): LatencyProfile => {
  const level = sampleLevel(offeredPerSecond)
  const [first] = level.legs
  return sampleProfile([{ ...level, legs: [{ ...first!, ownMsBuckets: [[bucketOf(ms), 10]], count: 10 }] }])
}

/** What the last arm's first day leaves. */
function dayOf(of: Plan, kernel: Uint8Array | null = bytes) {
  const player = cityPlayer(of, kernel)
  const people = player.peopleOf(0)
  const arm = of.scenario.arms.findIndex(({ name }) => name === 'what-if-40')
  const { kernel: played, city } = player.prepareArm(arm, people, 0)
  played.run(city.faults.length)
  const platform = city.parties.findIndex(({ kind }) => kind === 'platform')
  return {
    ticks: [...played.sumDouble('legComputed')],
    count: [...played.sumDouble('legCount')],
    calls: played.sumDouble('partyCalls')[platform] as number,
    paid: [...played.visits('visitPaid2')],
    served:
      played.stations('stationStarts')[
        (city.whole.partyStation as Int32Array)[(city.whole.rules as Int32Array)[RULE_PLATFORM] as number] as number
      ],
  }
}

describe('the measured city', () => {
  it('takes the platform’s measured time as a delay of every payment, and holds none of its desks', () => {
    const { plan: measured, measuredShare } = measuredCity(plan, spot(40, busiest), calls)
    const day = dayOf(measured)
    // Family codes and assessments go to the desks as ever; nothing of a payment does.
    const payments = (day.calls - (day.served ?? 0)) / 3
    expect(measuredShare.get('what-if-40')).toBe(1)
    expect(payments).toBeGreaterThan(500)
    // The assumed waits of those few are within the sum.
    expect((day.ticks[LEG_PLATFORM] as number) / payments).toBeCloseTo(400, -1)
  })

  it('settles the same bills, since a delay is no refusal', () => {
    expect(dayOf(measuredCity(plan, spot(40, busiest), calls).plan).paid).toEqual(dayOf(plan).paid)
  })

  it('keeps the assumed times in minutes busier than anything measured', () => {
    const { plan: measured, measuredShare } = measuredCity(plan, spot(40, 1e-9), calls)
    expect(measuredShare.get('what-if-40')).toBe(0)
    const [day, assumed] = [dayOf(measured), dayOf(plan)]
    expect(day).toEqual(assumed)
  })

  it('is in between for a load in between, and says the share', () => {
    const share = measuredCity(plan, spot(40, 0.05), calls).measuredShare.get('what-if-40') as number
    expect(share).toBeGreaterThan(0)
    expect(share).toBeLessThan(1)
  })

  it('goes by payments a second, as a profile’s rates are, and by three messages each of them no more', () => {
    const { rows } = cutTrace(plan, { arm: 'what-if-40', window: { fromSecond: 0, seconds: 130_000 }, kernelBytes: bytes })
    const begun = rows.filter(({ entry, bill, mode }) => entry >= 0 && bill !== null && mode !== 'window' && mode !== 'kiosk')
    const minutes = [...Map.groupBy(begun, ({ startMs }) => Math.floor(startMs / 60_000)).values()].map(({ length }) => length)
    const busiestPerSecond = Math.max(...minutes) / 60
    const told = measuredCity(plan, spot(40, busiest), calls).range.get('what-if-40')?.busiestPerSecond as number
    // A payment's last messages may fall into the minute after its first.
    expect(told / busiestPerSecond).toBeGreaterThan(0.6)
    expect(told / busiestPerSecond).toBeLessThan(1.5)
  })

  it('leaves the bureau’s work as it was', () => {
    expect(dayOf(measuredCity(plan, spot(40, busiest), calls).plan).count[LEG_BUREAU]).toBe(dayOf(plan).count[LEG_BUREAU])
  })

  it('is the same compiled and as plain TypeScript', () => {
    const { plan: measured } = measuredCity(plan, spot(40, 0.05), calls)
    expect(dayOf(measured, null)).toEqual(dayOf(measured))
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import { businessClock } from '../server/business-clock.ts'
import { control, identity, openings, serveSmallWire, site } from '../testing/small-wire.ts'
import { policyOfToday } from './policy-of-today.ts'

const plan = planOf('small-town')
const policyOn = (date: string) => (date < '2021-01-01' ? undefined : planOf('small-town', { date }).policy)
let served: Awaited<ReturnType<typeof serveSmallWire>>
beforeAll(async () => {
  served = await serveSmallWire(plan, { only: ['bureau'], policyOn })
  await control(served, 'bureau', 'POST', '/control/opening', openings.bureau)
})
afterAll(() => served.stop())

test('a policy line of a later day counts at the bureau from that day on', async () => {
  const desk = served.actors[0]?.actor.desk as BureauDesk
  const deductibleLeft = async (now: string, sequence: number) => {
    await control(served, 'bureau', 'PUT', '/control/clock', { now })
    const message = { sequence, atMs: 0 }
    const shown = await desk.decode({ site, message, qr: identity.qr })
    if (shown.outcome !== 'decoded') throw new Error(shown.reason)
    const said = await desk.account({ site, message, credential: { kind: 'token', value: shown.token } })
    return said.outcome === 'account' ? said.deductibleFen - said.deductiblePaidFen : said
  }
  const deductibleOn = (date: string) =>
    planOf('small-town', { date }).policy.benefits.find(
      ({ insuredType, ageGroup }) => insuredType === 'employee' && ageGroup === 'young-adult',
    )?.deductibleFen
  const then = deductibleOn('2024-02-01')
  expect(then).not.toBe(deductibleOn('2020-10-12'))
  expect(await deductibleLeft('2020-10-12 10:00:00', 1)).toBe(4000)
  // In a new insurance year nothing of it is paid yet.
  expect(await deductibleLeft('2024-02-01 10:00:00', 2)).toBe(then)
})

test('a day without a policy keeps the last one, and each day is asked for once', () => {
  const clock = businessClock(new Date('2020-12-31T04:00:00Z').getTime(), () => 0)
  const asked: string[] = []
  const policy = policyOfToday(
    { rate: 1 },
    (day) => {
      asked.push(day)
      return day === '2021-01-01' ? { rate: 2 } : undefined
    },
    clock,
  )
  expect([policy.rate, policy.rate]).toEqual([1, 1])
  clock.set(new Date('2021-01-01T04:00:00Z').getTime())
  expect(policy.rate).toBe(2)
  clock.set(new Date('2021-01-02T04:00:00Z').getTime())
  expect([policy.rate, policy.rate]).toEqual([2, 2])
  expect(asked).toEqual(['2021-01-01', '2021-01-02'])
  expect(policyOfToday({ rate: 7 }, undefined, { nowMs: () => 0 }).rate).toBe(7)
})

import { describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { SUM_AFTER_PAYMENT_WAIT, SUM_CLINICAL_WAIT, SUM_LINES, SUM_PAYMENT_WAIT, VISIT_SUMS } from '../measures/day-figures.ts'
import { sliceLayout } from '../measures/slices.ts'
import { settled } from '../money/payment-status.ts'
import { errands } from '../platform/errands.ts'
import { OUTCOME_DONE } from './kernel/sums.ts'
import { oneHospital, type Patient, playPatients } from './testing/one-hospital.ts'

const town = planOf('small-town')
const arms = town.scenario.arms.map((arm) => ({ ...arm, faults: [] }))
const plan = oneHospital({ ...town, scenario: { ...town.scenario, arms } })
const BEFORE = 0
const AFTER = 1
const NINE = 9 * 3600

const lone = (patient: Omit<Patient, 'atSecond'>, arm: number) => {
  const [visit] = playPatients(plan, arm, [{ atSecond: NINE, ...patient }]).visits
  expect(visit?.outcome).toBe(OUTCOME_DONE)
  return visit
}

describe('lines joined are a property of the pathway', () => {
  test('at windows before the reform: eight with both examinations and drugs, seven with one', () => {
    expect(lone({ pays: 'window', examination: 3, drugs: 1 }, BEFORE)).toMatchObject({ payment: [3, 0, 0], clinical: [5, 0, 0] })
    expect(lone({ pays: 'window', examination: 1, drugs: 1 }, BEFORE)).toMatchObject({ payment: [3, 0, 0], clinical: [4, 0, 0] })
    expect(lone({ pays: 'window', examination: 2, drugs: 1 }, BEFORE)).toMatchObject({ payment: [3, 0, 0], clinical: [4, 0, 0] })
  })

  test('a short visit joins fewer: three for drugs alone, two for advice alone', () => {
    expect(lone({ pays: 'window', drugs: 1 }, BEFORE)).toMatchObject({ payment: [2, 0, 0], clinical: [2, 0, 0] })
    expect(lone({ pays: 'window' }, BEFORE)).toMatchObject({ payment: [1, 0, 0], clinical: [1, 0, 0] })
  })

  test('who pays at kiosks joins as many: a kiosk is a line to pay in too', () => {
    expect(lone({ pays: 'kiosk', registration: 2, examination: 3, drugs: 1 }, BEFORE)).toMatchObject({
      payment: [3, 0, 0],
      clinical: [5, 0, 0],
    })
  })

  test.each(['phone', 'credit'] as const)('an adopter who pays by %s joins clinical lines only', (pays) => {
    expect(lone({ pays, examination: 3, drugs: 1 }, AFTER)).toMatchObject({ payment: [0, 0, 0], clinical: [5, 0, 0] })
    expect(lone({ pays, examination: 1, drugs: 1 }, AFTER)).toMatchObject({ payment: [0, 0, 0], clinical: [4, 0, 0] })
  })

  test('who stays at the window joins as many lines after the reform as before', () => {
    const patient = { pays: 'window', examination: 3, drugs: 1 } as const
    expect(lone(patient, AFTER)).toEqual(lone(patient, BEFORE))
  })

  test('an emergency is treated first and pays once', () => {
    expect(lone({ pays: 'window', urgency: 1, examination: 3, drugs: 1 }, BEFORE)).toMatchObject({
      payment: [1, 0, 0],
      clinical: [5, 0, 0],
    })
    expect(lone({ pays: 'credit', urgency: 1, examination: 3, drugs: 1 }, AFTER)).toMatchObject({ payment: [0, 0, 0], clinical: [5, 0, 0] })
  })
})

test('a wait of less than a minute is any wait, a wait over a minute is both, and no wait is neither', () => {
  // One registration window: 45 s and the bureau's two calls, 0.86 s, for each of three who come together.
  const held = 45 + 0.44 + 0.42
  const together = Array.from({ length: 3 }, (): Patient => ({ atSecond: NINE, pays: 'window' }))
  const { visits, figures } = playPatients(plan, BEFORE, together)
  expect(visits.map(({ payment }) => payment)).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
  ])
  for (const [n, visit] of visits.entries()) expect(visit.paymentWaitSeconds).toBeCloseTo(n * held, 3)
  // The doctor takes 390 s for each, so the second and third wait there: clinical, and not after a payment line.
  expect(visits.map(({ clinical }) => clinical)).toEqual([
    [1, 0, 0],
    [1, 1, 1],
    [1, 1, 1],
  ])
  for (const [n, visit] of visits.entries()) expect(visit.clinicalWaitSeconds).toBeCloseTo(n * (390 - held), 3)
  expect(visits.map(({ afterPaymentWaitSeconds }) => afterPaymentWaitSeconds)).toEqual([0, 0, 0])
  const all = sliceLayout(plan.city, plan.scenario.arms).all * VISIT_SUMS
  expect([...figures.visitSums.subarray(all + SUM_LINES, all + SUM_LINES + 6)]).toEqual([3, 2, 1, 3, 2, 2])
  expect(figures.visitSums[all + SUM_PAYMENT_WAIT]).toBe(visits.reduce((sum, visit) => sum + visit.paymentWaitSeconds * 10_000, 0))
})

test('who skips the cashier reaches the pharmacy sooner and waits there: the wait is displaced, and counted as such', () => {
  // The doctor sees one every 60 s, the cashier takes 85 s and the calls, the pharmacy 80 s.
  const laws = {
    ...plan.city.laws,
    'first-consult': { kind: 'constant', meanSeconds: 60 },
    'pharmacy-service': { kind: 'constant', meanSeconds: 80 },
  } as const
  const quick = { ...plan, city: { ...plan.city, laws } }
  const six = (pays: Patient['pays']) => Array.from({ length: 6 }, (): Patient => ({ atSecond: NINE, pays, drugs: 1 }))
  const before = playPatients(quick, BEFORE, six('window'))
  const after = playPatients(quick, AFTER, six('credit'))
  const each = [0, 1, 2, 3, 4, 5]
  // Before: one leaves the cashier every 85.86 s, and the pharmacy is free again after 80.
  expect(before.visits.map(({ afterPaymentWaitSeconds }) => afterPaymentWaitSeconds)).toEqual(each.map(() => 0))
  for (const n of each) expect(before.visits[n]?.paymentWaitSeconds).toBeCloseTo(n * (45.86 + 85.86 - 60), 3)
  // After: nobody waits to pay, one comes to the pharmacy every 60 s, and each waits 20 s longer than the one before.
  expect(after.visits.map(({ payment, paymentWaitSeconds }) => [...payment, paymentWaitSeconds])).toEqual(each.map(() => [0, 0, 0, 0]))
  for (const n of each) expect(after.visits[n]?.afterPaymentWaitSeconds).toBeCloseTo(n * 20, 3)
  // The displaced wait is part of the clinical wait, and of the sums of the city.
  const all = sliceLayout(plan.city, plan.scenario.arms).all * VISIT_SUMS
  const sum = (which: number) => (after.figures.visitSums[all + which] as number) / 10_000
  expect(sum(SUM_AFTER_PAYMENT_WAIT)).toBeCloseTo(300, 3)
  expect(sum(SUM_CLINICAL_WAIT)).toBeCloseTo(
    after.visits.reduce((total, visit) => total + visit.clinicalWaitSeconds, 0),
    3,
  )
  expect(sum(SUM_CLINICAL_WAIT)).toBeGreaterThan(300)
})

test('in an emergency room the more urgent are called first, and among equals who came first', () => {
  // 03:00: one doctor on duty. The first comes to an idle room; the others arrive within the minute, least urgent first.
  const urgencies = [3, 3, 2, 1, 0, 0]
  const night = 3 * 3600
  const { visits } = playPatients(
    plan,
    BEFORE,
    urgencies.map((urgency, n): Patient => ({ atSecond: night + n, pays: 'window', urgency })),
  )
  // By order of call: the first, then both most urgent in order of arrival, and so down.
  const called = [0, 4, 5, 3, 2, 1]
  for (const [place, visit] of called.entries()) expect(visits[visit]?.clinicalWaitSeconds).toBeCloseTo(place * 900 - visit, 3)
})

describe('the three payments of a whole visit call the parties of their errands, and the money comes from the mode’s payer', () => {
  /** Calls of these errands to parties in front of the hospital's own system, by leg. */
  const sent = (...names: string[]) => {
    const messages = names.flatMap((name) => errands.find((errand) => errand.name === name)?.messages ?? [])
    const on = (leg: string) => messages.filter((message) => message.leg === leg).length
    return { 'main-entry': on('entry'), platform: on('platform'), bureau: on('bureau'), 'bank-a': on('bank') }
  }
  test.each([
    ['window', 3, BEFORE, ['window-registration', 'window-payment', 'window-payment']],
    ['kiosk', 2, BEFORE, ['kiosk-registration', 'kiosk-payment', 'kiosk-payment']],
    ['phone', 1, AFTER, ['phone-registration', 'phone-payment', 'phone-payment']],
    ['credit', 1, AFTER, ['phone-registration', 'credit-payment', 'credit-payment']],
  ] as const)('by %s', (pays, registration, arm, names) => {
    const patient: Patient = { atSecond: NINE, pays, registration, examination: 1, drugs: 1, bills: [1000, 2000, 3000] }
    const { calls, figures, visits } = playPatients(plan, arm, [patient])
    expect(sent(...names).bureau).toBeGreaterThan(0)
    expect(calls).toEqual({ ...sent(...names), 'second-entry': 0, 'third-entry': 0, 'bank-b': 0 })
    expect(figures.callsSent).toBe(figures.callsNeeded)
    expect(visits[0]?.paid.map((paid) => paid?.status)).toEqual([settled, settled, settled])
    expect(visits[0]?.paid.slice(1).map((paid) => paid?.mode)).toEqual([pays, pays])
    const { creditFen, cashFen, fundFen, accountFen, owingFen } = figures.money
    expect({ creditFen, cashFen }).toEqual(pays === 'credit' ? { creditFen: 5000, cashFen: 1000 } : { creditFen: 0, cashFen: 6000 })
    expect(fundFen + accountFen + owingFen).toBe(0)
  })
})

describe('treated first, paid once on leaving', () => {
  const bills = [0, 0, 8000] as const
  const leave = (patient: Partial<Patient>) =>
    playPatients(plan, AFTER, [{ atSecond: NINE, pays: 'credit', examination: 3, drugs: 1, bills, ...patient }], 'pay-on-leaving')

  test('within the credit limit one settlement at the kiosk closes the visit, and nothing is paid on the way', () => {
    const { visits, calls, figures } = leave({ freeCreditFen: 8000 })
    expect(visits[0]?.paid).toEqual([null, null, { status: settled, mode: 'credit', cameFromOtherMode: false }])
    // Three holds on the way ask the platform and the bank once each.
    // Check-in and settlement at a kiosk; doctor twice, laboratory, imaging, pharmacy.
    expect(visits[0]).toMatchObject({ payment: [2, 0, 0], clinical: [5, 0, 0], outcome: OUTCOME_DONE })
    expect(figures.money).toMatchObject({ creditFen: 8000, cashFen: 0, owingFen: 0 })
    expect(calls).toMatchObject({ bureau: 2, platform: 5, 'bank-a': 5, 'main-entry': 0 })
  })

  test('one fen above the limit the bank refuses, and the visit is settled with own money at the window', () => {
    const { visits, figures } = leave({ freeCreditFen: 7999 })
    expect(visits[0]?.paid).toEqual([null, null, { status: settled, mode: 'window', cameFromOtherMode: true }])
    expect(visits[0]).toMatchObject({ payment: [3, 0, 0], clinical: [5, 0, 0], outcome: OUTCOME_DONE })
    expect(figures.money).toMatchObject({ creditFen: 0, cashFen: 8000, owingFen: 0 })
  })
})

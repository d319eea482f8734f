import { expect, test } from 'vitest'
import { type FaultKind, type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import { allFaults } from './all-faults.ts'
import { noop } from './noop.ts'

const fault = (kind: FaultKind, more: Partial<FaultPlan>): FaultPlan => ({
  name: 'f',
  kind,
  target: { party: 'bureau', name: 'bureau' },
  fromSecond: 0,
  toSecond: 60,
  form: 'refuse',
  ...noStrength,
  ...more,
})

test('each kind acts by its own number and no other', () => {
  const acts = (kind: FaultKind, more: Partial<FaultPlan>) => allFaults[kind].acts(fault(kind, more))
  expect(acts('outage', { form: 'refuse' })).toEqual({ does: 'refuses', amount: 0 })
  expect(acts('outage', { form: 'black-hole' })).toEqual({ does: 'swallows', amount: 0 })
  expect(acts('slow', { slowFactor: 4, capacityShare: 0.5 })).toEqual({ does: 'slows', amount: 4 })
  expect(acts('brown-out', { capacityShare: 0.25, errorShare: 0.9 })).toEqual({ does: 'loses-desks', amount: 0.25 })
  expect(acts('error-burst', { errorShare: 0.3, slowFactor: 9 })).toEqual({ does: 'errs', amount: 0.3 })
})

test('the pattern to start from does nothing', () => {
  expect(noop.acts(fault('slow', { slowFactor: 4 }))).toEqual({ does: 'nothing', amount: 0 })
})

test('each kind says in both languages what must hold of the money afterwards', () => {
  for (const kind of Object.values(allFaults)) {
    expect(kind.afterwards.zh).toMatch(/\p{Script=Han}/u)
    expect(kind.afterwards.en.length).toBeGreaterThan(10)
  }
})

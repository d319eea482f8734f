import { expect, test } from 'vitest'
import { loadPlan } from '../../../scenarios/load-plan.ts'
import { shortForms } from '../../../scenarios/plan-short-form.ts'
import { shortFault } from './short-fault.ts'

const scenarios = ['channel-failover', 'bank-outage', 'bureau-brownout'] as const
const loadedOf = (name: string) => {
  const loaded = loadPlan(name)
  if ('problems' in loaded || loaded.shortForm === undefined) throw new Error(`${name} states no short form`)
  return { plan: loaded.plan, form: loaded.shortForm }
}

test('three scenarios state a short form: 40 s of their fault in a window of 120 s that begins 40 s before it, five days as a black hole and two of each other form', () => {
  for (const name of scenarios) {
    const { plan, form } = loadedOf(name)
    expect(form).toMatchObject({ windowSeconds: 120, faultSeconds: 40, seeds: { 'black-hole': 5, refuse: 2, errors: 2 } })
    const { window, fault, foretold } = shortFault(plan, form, 'black-hole', 120, false)
    const whole = plan.scenario.faults.find((one) => one.name === form.fault)
    expect(window).toEqual({ fromSecond: (whole?.fromSecond ?? 0) - 40, seconds: 120 })
    expect(fault).toMatchObject({ kind: 'black-hole', fromSecond: 40, toSecond: 80 })
    expect(foretold).toMatchObject([{ kind: 'outage', form: 'black-hole', target: whole?.target, fromSecond: whole?.fromSecond }])
  }
})

test('each form is one kind of fault on the wire and in the virtual city', () => {
  const { plan, form } = loadedOf('bank-outage')
  const told = shortForms.map((name) => shortFault(plan, form, name, 120, false))
  expect(told.map(({ fault }) => [fault.kind, fault.target, fault.share])).toEqual([
    ['black-hole', 'bank-a', 1],
    ['outage', 'bank-a', 1],
    ['error-burst', 'bank-a', 0.8],
  ])
  expect(told.map(({ foretold }) => foretold.map(({ kind, form: how, errorShare }) => [kind, how, errorShare]))).toEqual([
    [['outage', 'black-hole', 0]],
    [['outage', 'refuse', 0]],
    [['error-burst', 'refuse', 0.8]],
  ])
})

test('in a shorter window the fault keeps its place; limited backups are every other entry that is open, slower in both worlds', () => {
  const { plan, form } = loadedOf('channel-failover')
  const { window, fault, foretold, slower } = shortFault(plan, form, 'black-hole', 45, true)
  expect(fault).toMatchObject({ fromSecond: 15, toSecond: 30 })
  expect(window.seconds).toBe(45)
  expect(slower.size).toBe(plan.city.parties.channels.filter(({ openedOn }) => openedOn <= plan.scenario.date).length - 1)
  expect(slower.get(fault.target)).toBeUndefined()
  expect(foretold.slice(1).every(({ kind, slowFactor }) => kind === 'slow' && slowFactor === 3)).toBe(true)
  expect(foretold).toHaveLength(slower.size + 1)
  // A quarter of the sites comes to entries that are whole: four times as slow, they are as busy.
  const slice = shortFault(plan, form, 'black-hole', 45, true, 0.25)
  expect(new Set([...slice.slower.values(), ...slice.foretold.slice(1).map(({ slowFactor }) => slowFactor)])).toEqual(new Set([12]))
})

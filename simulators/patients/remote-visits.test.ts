import { expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { noStrength } from '../../scenarios/plan-faults.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { cityPlayer } from '../virtual/city-player.ts'
import { partiesOf } from '../virtual/compile-city.ts'
import { VISIT_INTERNET, VISIT_PHARMACY, VISIT_SIGN_UP } from './day-visits.ts'
import { peopleOf, withCity } from './testing/town-days.ts'

const town: Plan = planOf('small-town')
const MINUTES = 1440

/** Busy ticks of each party in each arm over some days. */
function loadOf(plan: Plan): { busy: Map<string, number>[]; joins: number[]; calls: number[] } {
  const player = cityPlayer(plan, null)
  const parties = partiesOf(plan)
  const busy = plan.scenario.arms.map(() => new Map<string, number>())
  const joins = plan.scenario.arms.map(() => 0)
  const calls = plan.scenario.arms.map(() => 0)
  for (let replication = 0; replication < 3; replication++) {
    for (const [arm, day] of player.playDay(replication).entries()) {
      joins[arm]! += day.stationsJoined
      calls[arm]! += day.callsJoined
      for (const [party, { name }] of parties.entries()) {
        const sum = day.series.subarray(party * MINUTES, (party + 1) * MINUTES).reduce((a, b) => a + b, 0)
        busy[arm]?.set(name, (busy[arm]?.get(name) ?? 0) + sum)
      }
    }
  }
  return { busy, joins, calls }
}

test('without internet hospitals and pharmacies the platform, the bureau and the banks have less to do, and no line of a hospital is joined less', () => {
  const calm: Plan = {
    ...town,
    scenario: { ...town.scenario, arms: town.scenario.arms.map((arm) => ({ ...arm, faults: [] })), faults: [] },
  }
  const whole = loadOf(calm)
  const without = loadOf(withCity(calm, { remote: [] }))
  const parties = [...(whole.busy[0] as Map<string, number>).keys()]
  const channels = new Set(town.city.parties.channels.map(({ name }) => name))
  const backEnds = parties.filter((name) => !channels.has(name))
  expect(backEnds.length).toBe(2 + town.city.parties.banks.length)
  for (const arm of calm.scenario.arms.keys()) {
    for (const name of backEnds) {
      const before = whole.busy[arm]?.get(name) as number
      const after = without.busy[arm]?.get(name) as number
      expect(after, `${name} in arm ${arm}`).toBeLessThan(before)
    }
    expect(without.calls[arm]).toBeLessThan(0.99 * (whole.calls[arm] as number))
    // A hospital's lines differ at most by a few who balk or give up when the bureau answers at another moment.
    expect(Math.abs((without.joins[arm] as number) / (whole.joins[arm] as number) - 1)).toBeLessThan(0.005)
  }
  // Before the reform the platform has internet hospitals alone to serve.
  expect(without.busy[0]?.get('platform')).toBe(0)
  expect(whole.busy[0]?.get('platform')).toBeGreaterThan(0)
})

test('remote visits come as many an hour as the plan says, pay once, and never twice a day for one person', () => {
  const population = peopleOf(town)
  const platform = { paid: 0, all: 0 }
  for (let replication = 0; replication < 5; replication++) {
    const day = population.visitsOf(replication)
    const persons = new Map<number, Set<number>>()
    for (let v = 0; v < day.count; v++) {
      const kind = day.kind[v] as number
      if (kind !== VISIT_INTERNET && kind !== VISIT_PHARMACY) continue
      const of = persons.get(kind) ?? new Set()
      expect(of).not.toContain(day.person[v])
      of.add(day.person[v] as number)
      persons.set(kind, of)
      expect([...day.billFen.subarray(v * 3, v * 3 + 2)]).toEqual([0, 0])
      expect(day.billFen[v * 3 + 2]).toBeGreaterThan(0)
      expect(day.room[v]).toBe(0)
      if (kind !== VISIT_INTERNET) continue
      platform.all++
      platform.paid += day.result[v] as number
    }
    for (const remote of town.city.remote) {
      const kind = remote.kind === 'pharmacy' ? VISIT_PHARMACY : VISIT_INTERNET
      expect(persons.get(kind)?.size).toBe(Math.round(remote.count * remote.visitsPerHour * 24))
    }
  }
  const share = town.city.remote.find(({ kind }) => kind === 'internet-hospital')?.platformShare as number
  expect(Math.abs(platform.paid / platform.all - share)).toBeLessThan(4 * Math.sqrt(0.25 / platform.all))
})

test('sign-ups end in granted, a digital card, a raised limit or refused, in the shares of the plan, and cost nothing', () => {
  const signUp = { ...town.city.signUp, attemptsPerDay: 4000 }
  const day = peopleOf(withCity(town, { signUp })).visitsOf(0)
  const results = [0, 0, 0, 0]
  for (let v = 0; v < day.count; v++) {
    if (day.kind[v] !== VISIT_SIGN_UP) continue
    results[day.result[v] as number]!++
    expect([...day.billFen.subarray(v * 3, v * 3 + 3), ...day.cashFen.subarray(v * 3, v * 3 + 3)]).toEqual([0, 0, 0, 0, 0, 0])
  }
  const { grantedShare, digitalCardShare, raisedLimitShare } = signUp
  const shares = [grantedShare, digitalCardShare, raisedLimitShare, 1 - grantedShare - digitalCardShare - raisedLimitShare]
  expect(results.reduce((a, b) => a + b, 0)).toBe(4000)
  for (const [result, share] of shares.entries()) {
    expect(Math.abs((results[result] as number) / 4000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 4000))
  }
})

/** Ends of sign-ups in the catalogue, in the order of the drawn results. */
const reached = ['granted', 'with-digital-card', 'with-raised-limit', 'refused'].map((end) => `sign-ups-${end}`)

/** The town with many sign-ups and no other calls of its own people; faults are given. */
function signingTown(faults: Plan['scenario']['faults']): Plan {
  const arms = town.scenario.arms.map((arm, index) => ({ ...arm, faults: index === 0 ? [] : faults.map(({ name }) => name) }))
  return { ...withCity(town, { signUp: { ...town.city.signUp, attemptsPerDay: 600 } }), scenario: { ...town.scenario, arms, faults } }
}

function endsOf(plan: Plan): { drawn: number[]; ends: number[][]; lost: number[] } {
  const player = cityPlayer(plan, null)
  const people = player.peopleOf(1)
  const drawn = [0, 0, 0, 0]
  for (let v = 0; v < people.count; v++) if (people.kind[v] === VISIT_SIGN_UP) drawn[people.result[v] as number]!++
  const arms = player.playDay(1)
  const figure = (arm: number, name: string): number => {
    const at = player.specs.findIndex((spec) => spec.name === name && spec.slice.dimension === 'all')
    return arms[arm]?.values[at] as number
  }
  return {
    drawn,
    ends: [0, 1].map((arm) => reached.map((end) => figure(arm, end))),
    lost: [0, 1].map((arm) => figure(arm, 'sign-ups-lost')),
  }
}

test('with the reform every sign-up ends as it was drawn, in the shares of the plan, and nobody signs up before it', () => {
  const { drawn, ends, lost } = endsOf(signingTown([]))
  expect(ends[0]).toEqual([0, 0, 0, 0])
  expect(ends[1]).toEqual(drawn)
  expect(lost).toEqual([0, 0])
  const { grantedShare, digitalCardShare, raisedLimitShare } = town.city.signUp
  const shares = [grantedShare, digitalCardShare, raisedLimitShare, 1 - grantedShare - digitalCardShare - raisedLimitShare]
  for (const [end, share] of shares.entries()) {
    expect(Math.abs((drawn[end] as number) / 600 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 600))
  }
})

test('while the platform is down sign-ups are lost, and with the others they are all that were attempted', () => {
  const calm = endsOf(signingTown([]))
  const down: Plan['scenario']['faults'][number] = {
    name: 'platform-down',
    kind: 'outage',
    target: { party: 'platform', name: 'platform' },
    fromSecond: 10 * 3600,
    toSecond: 13 * 3600,
    form: 'refuse',
    ...noStrength,
  }
  const { drawn, ends, lost } = endsOf(signingTown([down]))
  expect(drawn).toEqual(calm.drawn)
  expect(lost[1]).toBeGreaterThan(10)
  expect((ends[1] as number[]).reduce((sum, count) => sum + count, lost[1] as number)).toBe(600)
  for (const [end, count] of (ends[1] as number[]).entries()) expect(count).toBeLessThanOrEqual(drawn[end] as number)
})

test('a fraction of the city keeps that share of its remote visits, and a second half city brings half as many again', () => {
  const remoteAt = (scale: number): number => {
    const plan: Plan = { ...town, scenario: { ...town.scenario, scale } }
    const day = cityPlayer(plan, null).peopleOf(0)
    return day.kind.subarray(0, day.count).filter((kind) => kind >= VISIT_INTERNET).length
  }
  const whole = remoteAt(1)
  expect(Math.abs(remoteAt(0.25) - whole / 4)).toBeLessThanOrEqual(2)
  expect(Math.abs(remoteAt(1.5) - whole * 1.5)).toBeLessThanOrEqual(2)
})

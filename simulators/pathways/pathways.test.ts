import { describe, expect, test } from 'vitest'
import { type CityPlan, paymentModes, registrationWays, stationKinds } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { errands } from '../platform/errands.ts'
import { allPathways } from './all-pathways.ts'
import type { LawUse, Pathway, PaymentPoint, Step, TraitName } from './pathway.ts'

const cities = ['small-town', 'shanghai-weekday'].map((scenario) => planOf(scenario).city)
/** How many ways a branch on this trait may take. */
const values: Readonly<Record<TraitName, number>> = {
  'registration-way': registrationWays.length,
  'payment-mode': paymentModes.length,
  examination: 4,
  drugs: 2,
  'self-service': 3,
  child: 2,
  'sign-up': 4,
  'leaves-unsettled': 2,
}

/** Every step this one can lead to. */
function onward(step: Step): readonly string[] {
  switch (step.does) {
    case 'leave':
      return []
    case 'by-trait':
      return step.ways
    case 'delay':
      return [step.next]
    case 'serve':
    case 'pay':
    case 'pay-walking':
      return [step.next, ...Object.values(step.otherwise ?? {})]
    default:
      return step satisfies never
  }
}

/** Steps within reach of this one, itself included. */
function reach(pathway: Pathway, from: string): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [from]
  while (waiting.length > 0) {
    const name = waiting.pop() as string
    const step = pathway.steps[name]
    if (found.has(name) || step === undefined) continue
    found.add(name)
    waiting.push(...onward(step))
  }
  return found
}

/** The law a city has for this use; undefined where a name leads nowhere. */
function lawFor(city: CityPlan, use: LawUse): unknown {
  const { journey, stations, laws } = city
  const name = {
    walk: journey.walkLaw,
    'result-delay': journey.resultDelayLaw,
    'first-consult': journey.firstConsultLaw,
    'return-consult': journey.returnConsultLaw,
    'phone-handling': journey.phoneHandlingLaw,
  }[use as string]
  const station = use.startsWith('service/') ? stations[use.slice('service/'.length) as keyof typeof stations]?.serviceLaw : undefined
  return laws[name ?? station ?? '']
}

const stepsOf = (pathway: Pathway) => Object.entries(pathway.steps)

describe.each(allPathways.map((pathway) => [pathway.name, pathway] as const))('%s', (_, pathway) => {
  test('leads only to steps it has, and each of its steps can be reached', () => {
    const named = [pathway.begin, ...stepsOf(pathway).flatMap(([, step]) => onward(step))]
    expect(named.filter((name) => pathway.steps[name] === undefined)).toEqual([])
    expect(Object.keys(pathway.steps).filter((name) => !reach(pathway, pathway.begin).has(name))).toEqual([])
  })

  test('can be left from wherever one stands', () => {
    const leaves = stepsOf(pathway).flatMap(([name, step]) => (step.does === 'leave' ? [name] : []))
    expect(leaves).toHaveLength(1)
    const stuck = Object.keys(pathway.steps).filter((name) => !reach(pathway, name).has(leaves[0] as string))
    expect(stuck).toEqual([])
  })

  test('does not turn in circles while all goes well: only a failed payment is taken up again', () => {
    const well = (step: Step) => (step.does === 'by-trait' || step.does === 'leave' ? onward(step) : [step.next])
    const open = new Set<string>()
    const done = new Set<string>()
    const walk = (name: string): void => {
      if (done.has(name)) return
      expect([name, open.has(name)]).toEqual([name, false])
      open.add(name)
      for (const next of well(pathway.steps[name] as Step)) walk(next)
      open.delete(name)
      done.add(name)
    }
    walk(pathway.begin)
  })

  test('has one way for each value of the trait it branches on', () => {
    for (const [name, step] of stepsOf(pathway)) {
      if (step.does === 'by-trait') expect([name, step.ways.length]).toEqual([name, values[step.trait]])
    }
  })

  test('names stations, errands and laws that exist, in both cities', () => {
    for (const [name, step] of stepsOf(pathway)) {
      if (step.does === 'serve' && step.at !== 'consulting-room') expect(stationKinds).toContain(step.at)
      if ('errand' in step && step.errand !== undefined) expect(errands.map((errand) => errand.name)).toContain(step.errand)
      // The pause of a switch is a number of the scenario.
      if ('for' in step && step.for !== 'switch-pause')
        for (const city of cities) expect([city.name, name, lawFor(city, step.for)]).not.toContain(undefined)
    }
  })

  test('asks for money only by errands that take it, at the payment point of their kind, and takes a failed one up elsewhere', () => {
    for (const [name, step] of stepsOf(pathway)) {
      if (!('errand' in step) || step.errand === undefined) continue
      const errand = errands.find((candidate) => candidate.name === step.errand)
      // A hold stands for the bill of its point and pays nothing.
      expect([name, step.point === undefined]).toEqual([name, errand?.mode === 'none' && !errand.name.startsWith('hold-')])
      // Remote errands and the sign-up have no window to fall back to.
      const isRemote = ['internet-visit', 'pharmacy-purchase', 'credit-sign-up'].includes(pathway.name)
      expect([name, step.otherwise?.window !== undefined]).toEqual([name, !isRemote])
    }
  })

  test('pays at no point twice on a way where all goes well', () => {
    const paidOn = (name: string, paid: readonly number[]): void => {
      const step = pathway.steps[name] as Step
      if (step.does === 'leave') return
      if (step.does === 'by-trait') {
        for (const way of step.ways) paidOn(way, paid)
        return
      }
      const point = pointPaidAt(step)
      if (point !== undefined) expect([name, paid.includes(point)]).toEqual([name, false])
      paidOn(step.next, point === undefined ? paid : [...paid, point])
    }
    paidOn(pathway.begin, [])
  })
})

/** What is held for a point is not paid at it. */
function pointPaidAt(step: Step): PaymentPoint | undefined {
  if (!('point' in step) || !('errand' in step)) return undefined
  return errands.find(({ name }) => name === step.errand)?.mode === 'none' ? undefined : step.point
}

/** Every way through a pathway while all goes well: the stations joined and the points paid, in order. */
function waysThrough(pathway: Pathway, name = pathway.begin): readonly (readonly (string | PaymentPoint)[])[] {
  const step = pathway.steps[name] as Step
  if (step.does === 'leave') return [[]]
  if (step.does === 'by-trait') return step.ways.flatMap((way) => waysThrough(pathway, way))
  const point = pointPaidAt(step)
  const here = [...(step.does === 'serve' ? [step.at] : []), ...(point === undefined ? [] : [point])]
  return waysThrough(pathway, step.next).map((way) => [...here, ...way])
}

test('nobody meets the doctor, an examination or the pharmacy unpaid, except where the pathway treats first and is paid before leaving', () => {
  const outpatient = waysThrough(allPathways.find(({ name }) => name === 'outpatient-visit') as Pathway)
  const paidBefore = (way: readonly (string | PaymentPoint)[], station: string, point: PaymentPoint) =>
    !way.includes(station) || (way.includes(point) && way.indexOf(point) < way.indexOf(station))
  expect(outpatient.length).toBeGreaterThan(100)
  for (const way of outpatient) {
    expect(paidBefore(way, 'consulting-room', 0)).toBe(true)
    expect(paidBefore(way, 'laboratory', 1) && paidBefore(way, 'imaging', 1)).toBe(true)
    expect(paidBefore(way, 'pharmacy-window', 2)).toBe(true)
  }
  for (const name of ['emergency-visit', 'pay-on-leaving']) {
    const ways = waysThrough(allPathways.find((pathway) => pathway.name === name) as Pathway)
    const paid = ways.map((way) => way.filter((part) => typeof part === 'number').join())
    // Who walks out without settling has paid nowhere.
    expect(new Set(paid)).toEqual(new Set(name === 'pay-on-leaving' ? ['2', ''] : ['2']))
  }
})

test('at windows the longest way of an outpatient joins eight lines, with one examination seven', () => {
  const outpatient = allPathways.find(({ name }) => name === 'outpatient-visit') as Pathway
  const linesWith = (traits: Readonly<Record<TraitName, number>>): number => {
    let lines = 0
    let name = outpatient.begin
    for (let step = outpatient.steps[name]; step !== undefined && step.does !== 'leave'; step = outpatient.steps[name]) {
      if (step.does === 'serve') lines++
      name = step.does === 'by-trait' ? (step.ways[traits[step.trait]] as string) : step.next
    }
    return lines
  }
  const atWindows = {
    'registration-way': 3,
    'payment-mode': 0,
    drugs: 1,
    'self-service': 0,
    child: 0,
    'sign-up': 0,
    'leaves-unsettled': 0,
  } as const
  expect([1, 2, 3].map((examination) => linesWith({ ...atWindows, examination }))).toEqual([7, 7, 8])
})

describe('errands', () => {
  test.each(errands.map((errand) => [errand.name, errand] as const))('%s: whoever moves money is waited for', (_, errand) => {
    expect(errand.released).toBeGreaterThan(0)
    expect(errand.released).toBeLessThanOrEqual(errand.messages.length)
    expect(errand.messages.slice(errand.released).filter(({ movesMoney }) => movesMoney)).toEqual([])
    // What pays settles with the insurer exactly once, and after a trial.
    const operations = errand.messages.map(({ operation }) => operation)
    const settles = operations.filter((operation) => operation === 'bureau/settle')
    expect(settles).toHaveLength(errand.mode === 'none' ? 0 : 1)
    if (errand.mode !== 'none') expect(operations.indexOf('bureau/presettle')).toBeLessThan(operations.indexOf('bureau/settle'))
  })

  test('an operation has its party’s name first, and a law in both cities', () => {
    for (const { leg, operation, atWallet } of errands.flatMap(({ messages }) => messages)) {
      expect(operation.startsWith(atWallet === true ? 'wallet/' : `${leg}/`)).toBe(true)
      // What the file desk takes follows from the scenario's size and rate; a wallet's laws stand with the wallets, where a city has any.
      if (leg === 'files' || atWallet === true) continue
      for (const city of cities) expect([operation, city.laws[city.parties.operations[operation] ?? '']]).not.toContain(undefined)
    }
  })

  test('only credit is refused for want of credit, before any other money moves at that bank', () => {
    for (const errand of errands) {
      const asks = errand.messages.findIndex(({ credit }) => credit === 'authorize')
      expect([errand.name, asks >= 0]).toEqual([errand.name, errand.mode === 'credit' || errand.name.startsWith('hold-')])
      const firstMove = errand.messages.findIndex(({ movesMoney }) => movesMoney)
      if (asks >= 0) expect([errand.name, firstMove]).toEqual([errand.name, asks])
    }
  })

  test('errands have names of their own, and every one is asked for by a pathway, but the reversals and those that take another’s place', () => {
    const names = errands.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const asked = allPathways.flatMap((pathway) =>
      Object.values(pathway.steps).flatMap((step) => ('errand' in step && step.errand !== undefined ? [step.errand] : [])),
    )
    const others = errands.filter(({ name }) => !asked.includes(name))
    const inPlace = others.filter(({ byCodeInsteadOf }) => byCodeInsteadOf !== undefined)
    expect(others.filter((errand) => !inPlace.includes(errand)).map(({ name }) => name)).toEqual([
      'bureau-reversal',
      'bank-reversal',
      'credit-reversal',
      'wallet-reversal',
    ])
    expect(inPlace.map(({ byCodeInsteadOf }) => byCodeInsteadOf)).toEqual(['kiosk-registration', 'kiosk-payment'])
    for (const { byCodeInsteadOf = '' } of inPlace) expect(asked).toContain(byCodeInsteadOf)
  })
})

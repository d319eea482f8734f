import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArmPlan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { visitShareOfAge } from '../hospitals/sites.ts'
import { MODE_CREDIT, MODE_KIOSK, MODE_PHONE, MODE_WINDOW, modeOf } from '../virtual/compile-day.ts'
import { adoptionThresholds, notEligible } from './choose-modes.ts'
import { peopleOf, siteVisits, withCity } from './testing/town-days.ts'

const town = planOf('small-town')
const reformed = town.scenario.arms[1] as ArmPlan
const armWith = (adoption: number, creditShareOfAdopters = 0.3): ArmPlan => ({ ...reformed, adoption, creditShareOfAdopters })

const propensities = fc.array(fc.double({ min: 0.05, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('over all eligible visits the wanted share adopts, and no group more than all of it', () => {
  fc.assert(
    fc.property(propensities, share, (adoptionPropensity, adoption) => {
      const { city } = withCity(town, { people: { ...town.city.people, adoptionPropensity } })
      const { adopts } = adoptionThresholds(city, armWith(adoption))
      const visits = adopts.map((_, age) => visitShareOfAge(city, age) * (1 - (city.people.insuredShares[age]?.[notEligible] as number)))
      const all = visits.reduce((a, b) => a + b, 0)
      expect(adopts.reduce((sum, threshold, age) => sum + (threshold * (visits[age] as number)) / all, 0)).toBeCloseTo(adoption, 9)
      for (const threshold of adopts) expect(threshold).toBeLessThanOrEqual(1)
    }),
  )
})

test('groups keep their relative propensity until one is full', () => {
  const { adoptionPropensity } = town.city.people
  const few = adoptionThresholds(town.city, armWith(0.2)).adopts
  for (const [age, threshold] of few.entries()) {
    expect(threshold / (few[0] as number)).toBeCloseTo((adoptionPropensity[age] as number) / (adoptionPropensity[0] as number), 9)
  }
  const many = adoptionThresholds(town.city, armWith(0.8)).adopts
  const young = adoptionPropensity.indexOf(Math.max(...adoptionPropensity))
  expect(many[young]).toBe(1)
  expect(Math.min(...many)).toBeLessThan(1)
})

test('more adoption, or more credit, only moves people one way', () => {
  fc.assert(
    fc.property(propensities, share, share, share, share, (adoptionPropensity, a, b, c, d) => {
      const { city } = withCity(town, { people: { ...town.city.people, adoptionPropensity } })
      const less = adoptionThresholds(city, armWith(Math.min(a, b), Math.min(c, d)))
      const more = adoptionThresholds(city, armWith(Math.max(a, b), Math.max(c, d)))
      for (const age of less.adopts.keys()) {
        expect(more.adopts[age]).toBeGreaterThanOrEqual((less.adopts[age] as number) - 1e-12)
        expect(more.credit[age]).toBeGreaterThanOrEqual((less.credit[age] as number) - 1e-12)
        expect(less.credit[age]).toBeLessThanOrEqual(less.adopts[age] as number)
      }
    }),
  )
})

test('without the reform nobody adopts', () => {
  const { adopts, credit } = adoptionThresholds(town.city, { ...armWith(0.9), reform: false })
  expect([...adopts, ...credit]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})

test('among patients adoption is what the arm says, a share of it on credit, and nobody from out of town is among them', () => {
  const population = peopleOf(town)
  const thresholds = adoptionThresholds(town.city, armWith(0.4, 0.3))
  const eligible = [0, 0, 0, 0]
  const outside = [0, 0, 0, 0]
  for (let replication = 0; replication < 30; replication++) {
    const day = population.visitsOf(replication)
    for (const v of siteVisits(day)) (day.insured[v] === notEligible ? outside : eligible)[modeOf(day, thresholds, v)]!++
  }
  const all = eligible.reduce((a, b) => a + b, 0)
  const adopters = (eligible[MODE_PHONE] as number) + (eligible[MODE_CREDIT] as number)
  expect(all).toBeGreaterThan(10_000)
  // Four standard errors; visits of one person share their mode only within a replication, where nobody comes twice.
  expect(Math.abs(adopters / all - 0.4)).toBeLessThan(4 * Math.sqrt(0.24 / all))
  expect(Math.abs((eligible[MODE_CREDIT] as number) / adopters - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / adopters))
  expect(outside[MODE_PHONE]).toBe(0)
  expect(outside[MODE_CREDIT]).toBe(0)
  expect((outside[MODE_WINDOW] as number) + (outside[MODE_KIOSK] as number)).toBeGreaterThan(500)
})

test('without the family code no child adopts, and nobody else behaves otherwise', () => {
  const [withCode, without] = [true, false].map((familyCode) => adoptionThresholds(town.city, { ...armWith(0.4, 0.3), familyCode }))
  expect(withCode?.adopts[0]).toBeGreaterThan(0)
  expect([without?.adopts[0], without?.credit[0]]).toEqual([0, 0])
  expect(without?.adopts.slice(1)).toEqual(withCode?.adopts.slice(1))
  expect(without?.credit.slice(1)).toEqual(withCode?.credit.slice(1))
})

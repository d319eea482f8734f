import { expect, test } from 'vitest'
import type { ArmPlan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { dayNumber } from '../engine/civil-date.ts'
import { sitesOf } from '../hospitals/sites.ts'
import { adoptionThresholds } from './choose-modes.ts'
import { expectedPayments, paymentsByPhone } from './expected-payments.ts'
import { placesOf } from './places.ts'
import { strataOf } from './strata.ts'

const plan = planOf('shanghai-weekday')
const { city } = plan
const arm = plan.scenario.arms.find(({ name }) => name === 'as-published-2020') as ArmPlan
const published = (name: string): number => city.publishedTotals?.find((total) => total.name === name)?.published as number
const credentialShare = published('credential-transactions') / published('transactions')
const creditShare = published('credit-payments') / published('transactions')

const sites = sitesOf(city)
const strata = strataOf(city, city.demand.visitsPerDay / (1 - placesOf(plan, sites).emergencyOdds), 1, 2)
const day = expectedPayments(city, sites, strata)(dayNumber(plan.scenario.date), () => true)

/** Shares of a day's insured transactions under an arm's inputs. */
function sharesOf(inputs: Pick<ArmPlan, 'adoption' | 'creditShareOfAdopters'>): { credential: number; credit: number } {
  const { credential, credit } = paymentsByPhone(day, adoptionThresholds(city, { ...arm, ...inputs }))
  return { credential: credential / day.transactions, credit: credit / day.transactions }
}

test('the arm as published makes the published shares of payments by phone and on credit, not of patients', () => {
  const { credential, credit } = sharesOf(arm)
  expect(credential / credentialShare).toBeCloseTo(1, 2)
  expect(credit / creditShare).toBeCloseTo(1, 2)
  // What the inputs are, found again from the city; a change of the city that moves them says so here.
  let [adoption, creditShareOfAdopters] = [credentialShare, creditShare / credentialShare]
  for (let step = 0; step < 20; step++) {
    adoption *= credentialShare / sharesOf({ adoption, creditShareOfAdopters }).credential
    creditShareOfAdopters *= creditShare / sharesOf({ adoption, creditShareOfAdopters }).credit
  }
  expect([adoption.toFixed(5), creditShareOfAdopters.toFixed(4)]).toEqual([arm.adoption.toFixed(5), arm.creditShareOfAdopters.toFixed(4)])
})

/**
 * What a day may be expected to bring at the sites that have joined: insured visits and their payments by age group, from the city's
 * aggregates and the day's demand, without drawing anybody. The adoption curves are fitted to it; what is played differs by chance, by
 * who leaves without paying and by what fails.
 */
import { type CityPlan, tiers } from '../../scenarios/plan.ts'
import type { Site } from '../hospitals/sites.ts'
import { type AdoptionThresholds, notEligible } from './choose-modes.ts'
import type { Strata } from './strata.ts'

export interface ExpectedDay {
  /** Hospital visits of all insured types, and of patients insured here. */
  readonly visits: number
  readonly insuredVisits: number
  /** Payments of insured patients, 五期交易. */
  readonly transactions: number
  /** By age group: insured patients' payments, those at registration, and how many of them the age group can make by phone. */
  readonly byAge: readonly { readonly registrations: number; readonly others: number; readonly managedShare: number }[]
}

/** @returns the expectation of a day: its demand (see strata.ts) and which sites have joined */
export function expectedPayments(
  city: CityPlan,
  sites: readonly Site[],
  strata: Strata,
): (day: number, hasJoined: (site: number) => boolean) => ExpectedDay {
  const all = sites.reduce((sum, site) => sum + site.visitShare, 0)
  const emergencyAll = sites.reduce((sum, site) => sum + (site.emergency ? site.visitShare : 0), 0)
  const emergencyOdds = emergencyAll > 0 ? city.demand.emergencyShare / (1 + city.demand.emergencyShare) : 0
  const pays = tiers.map((name) => {
    const tier = city.tiers.find((candidate) => candidate.tier === name)
    const examined = 1 - (1 - (tier?.laboratoryShare ?? 0)) * (1 - (tier?.imagingShare ?? 0))
    return examined + (tier?.drugShare ?? 0)
  })
  const { ageShares, insuredShares, selfServiceSuccess, helpedSuccess, asksVolunteer } = city.people
  const dueByAge = ageShares.map((_, age) =>
    strata.list.reduce((sum, stratum) => sum + (stratum.age === age ? (stratum.persons / stratum.cycleDays) * stratum.attendance : 0), 0),
  )
  const insuredOf = (age: number): number => 1 - (insuredShares[age]?.[notEligible] ?? 0)
  return (day, hasJoined) => {
    let outpatients = 0
    let otherPayments = 0
    let emergencies = 0
    for (const [index, site] of sites.entries()) {
      if (!hasJoined(index)) continue
      const share = site.visitShare / all
      outpatients += share
      otherPayments += share * (pays[site.tier] as number)
      if (site.emergency) emergencies += site.visitShare / emergencyAll
    }
    const perVisit = {
      visits: (1 - emergencyOdds) * outpatients + emergencyOdds * emergencies,
      registrations: (1 - emergencyOdds) * outpatients,
      others: (1 - emergencyOdds) * otherPayments + emergencyOdds * emergencies,
    }
    const demand = strata.demandOf(day)
    const byAge = dueByAge.map((due, age) => {
      const insured = due * demand * insuredOf(age)
      const alone = selfServiceSuccess[age] ?? 1
      return {
        registrations: insured * perVisit.registrations,
        others: insured * perVisit.others,
        managedShare: alone + (asksVolunteer[age] ?? 0) * Math.max(0, (helpedSuccess[age] ?? 0) - alone),
      }
    })
    return {
      visits: dueByAge.reduce((sum, due) => sum + due * demand, 0) * perVisit.visits,
      insuredVisits: dueByAge.reduce((sum, due, age) => sum + due * demand * insuredOf(age), 0) * perVisit.visits,
      transactions: byAge.reduce((sum, { registrations, others }) => sum + registrations + others, 0),
      byAge,
    }
  }
}

/**
 * Of a day's expected transactions, those with the e-credential (by phone or on credit) and those on credit. Fewer than the thresholds say:
 * who does not manage a screen pays elsewhere, and registration is never on credit.
 *
 * @param granted share of those who asked for credit that were granted it
 */
export function paymentsByPhone(
  { byAge }: ExpectedDay,
  { adopts, credit }: AdoptionThresholds,
  granted = 1,
): { readonly credential: number; readonly credit: number } {
  let credentialPayments = 0
  let creditPayments = 0
  for (const [age, { registrations, others, managedShare }] of byAge.entries()) {
    const onCredit = (credit[age] as number) * granted * others
    creditPayments += onCredit
    // Credit needs no skill at a screen; the registration before it is made by phone.
    credentialPayments += (adopts[age] as number) * (registrations + others) * managedShare + onCredit * (1 - managedShare)
  }
  return { credential: credentialPayments, credit: creditPayments }
}

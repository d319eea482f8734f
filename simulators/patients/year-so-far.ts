/**
 * What a person's insurance year and credit line look like when they arrive: their earlier visits of the year, found again from
 * their own draws, priced and split in order (money only, no queues). A pure function of person and day.
 *
 * Bills: one lognormal factor a visit scales its examination and drugs; the registration fee is fixed by tier.
 */
import { type Plan, tiers } from '../../scenarios/plan.ts'
import { expOf, logOf } from '../engine/elementary.ts'
import { normalQuantile } from '../engine/normal.ts'
import { unpermute } from '../engine/permutation.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import { benefitAccount, benefitAt, benefitHistoryAccountMean, splitBillByRow } from '../policy/benefit-row.ts'
import { benefitTable } from '../policy/benefit-table.ts'
import { creditStands } from '../policy/credit.ts'
import { cashPart, currentAccountLeft, historyAccountLeft, splitWidth, yearWidth } from '../policy/reimbursement.ts'
import { type DayVisits, VISIT_EMERGENCY, VISIT_INTERNET, VISIT_PHARMACY } from './day-visits.ts'
import { drawnIndex, type Shares } from './shares.ts'
import type { Strata } from './strata.ts'

export interface YearSoFar {
  /** Key of the shuffle that deals a stratum's due days in a cycle. */
  cycleKey(stratum: number, cycle: number): number
  /** Bills, split and free credit of the visit in row `at`, after the person's year so far. */
  writeMoney(columns: DayVisits, at: number, stratum: number, inStratum: number, limitFen: number): void
  /** A visit without a bill. */
  writeNothing(columns: DayVisits, at: number): void
}

export interface YearSetting {
  readonly plan: Plan
  readonly strata: Strata
  readonly key0: number
  readonly key1: number
  /** Day number on which the insurance year began, and the day at hand. */
  readonly yearStart: number
  readonly day: number
  readonly comes: number
  readonly tierDecision: number
  readonly tierShares: Shares
  readonly kind: number
  readonly emergencyOdds: number
  readonly examination: number
  readonly drugs: number
  readonly billDecision: number
  readonly historyDecision: number
  readonly ordinals: number
  readonly cycles: number
}

const POINTS = 3

export function yearSoFarOf(setting: YearSetting): YearSoFar {
  const { plan, strata, key0, key1, yearStart, day, tierShares } = setting
  const { bills, people } = plan.city
  const table = benefitTable(plan.policy)
  const tierPlans = tiers.map((tier) => plan.city.tiers.find((candidate) => candidate.tier === tier))
  const variance = logOf(1 + bills.cv * bills.cv)
  const sigma = Math.sqrt(variance)
  const covered = bills.coveredShare
  const repaymentDays = people.credit.repaymentDays
  const year = new Float64Array(yearWidth)
  const bill = new Float64Array(POINTS)
  const split = new Float64Array(POINTS * splitWidth)
  // Demand by day, back to the start of the insurance year; and the first cycle of each stratum that reaches into it.
  const demand = Float64Array.from({ length: day - yearStart }, (_, ago) => strata.demandOf(yearStart + ago))
  const cycleKeys = strata.list.map((stratum, index) => {
    const first = Math.floor(yearStart / stratum.cycleDays)
    const last = Math.floor(day / stratum.cycleDays)
    return { first, key: Int32Array.from({ length: last - first + 1 }, (_, n) => drawWord(key0, key1, index, (first + n) * 2 + 1)) }
  })

  function cycleKey(stratum: number, cycle: number): number {
    const { first, key } = cycleKeys[stratum] as (typeof cycleKeys)[number]
    return key[cycle - first] as number
  }

  /** Bills of a visit into `bill`: by payment point, or all at the last for what is paid once. */
  function priceVisit(drawId: number, tier: number, emergency: boolean, examined: boolean, drugs: boolean): void {
    const factor = expOf(sigma * normalQuantile(uniformOf(drawWord(key0, key1, drawId, setting.billDecision))) - variance / 2)
    const registration = bills.registrationFen[tier] ?? 0
    if (emergency) {
      bill[0] = 0
      bill[1] = 0
      bill[2] = Math.round(factor * (bills.emergencyMeanFen[tier] ?? 0)) + registration
      return
    }
    bill[0] = registration
    bill[1] = examined ? Math.round(factor * (bills.examinationMeanFen[tier] ?? 0)) : 0
    bill[2] = drugs ? Math.round(factor * (bills.drugMeanFen[tier] ?? 0)) : 0
  }

  function splitVisit(insured: number, age: number, tier: number, out: Float64Array, outAt: number): void {
    const row = benefitAt(insured, age, tier)
    for (let point = 0; point < POINTS; point++) {
      const total = bill[point] as number
      splitBillByRow(year, 0, total, point === 0 ? total : Math.floor(total * covered), table, row, out, outAt + point * splitWidth)
    }
  }

  function openYear(person: number, insured: number, age: number): void {
    const row = benefitAt(insured, age, 0)
    year.fill(0)
    year[currentAccountLeft] = table[row + benefitAccount] as number
    // Evenly between nothing and twice the mean.
    const u = uniformOf(drawWord(key0, key1, person, setting.historyDecision))
    year[historyAccountLeft] = Math.floor(2 * u * (table[row + benefitHistoryAccountMean] as number))
  }

  /** The person's earlier visits of the year, in order; returns the credit they would still have standing. */
  function relive(person: number, stratumIndex: number, inStratum: number, insured: number, age: number): number {
    const stratum = strata.list[stratumIndex] as Strata['list'][number]
    const { cycleDays, persons } = stratum
    const { first, key } = cycleKeys[stratumIndex] as (typeof cycleKeys)[number]
    let standing = 0
    for (let n = 0; n < key.length; n++) {
      const place = unpermute(key[n] as number, persons, inStratum)
      const dayOf = (first + n) * cycleDays + dayOfPlace(place, persons, cycleDays)
      if (dayOf < yearStart || dayOf >= day) continue
      const drawId = (person * setting.ordinals + ((first + n) % setting.cycles)) | 0
      if (uniformOf(drawWord(key0, key1, drawId, setting.comes)) >= stratum.attendance * (demand[dayOf - yearStart] as number)) continue
      const emergency = uniformOf(drawWord(key0, key1, drawId, setting.kind)) < setting.emergencyOdds
      const tier = emergency ? 0 : drawnIndex(tierShares, uniformOf(drawWord(key0, key1, drawId, setting.tierDecision)))
      const tierPlan = tierPlans[tier] as Plan['city']['tiers'][number]
      const laboratory = uniformOf(drawWord(key0, key1, drawId, setting.examination)) < tierPlan.laboratoryShare
      const imaging = uniformOf(secondWord()) < tierPlan.imagingShare
      const drugs = uniformOf(drawWord(key0, key1, drawId, setting.drugs)) < tierPlan.drugShare
      priceVisit(drawId, tier, emergency, laboratory || imaging, drugs)
      splitVisit(insured, age, tier, split, 0)
      if (creditStands(dayOf, day, repaymentDays) === 1) {
        for (let point = 0; point < POINTS; point++) standing += split[point * splitWidth + cashPart] as number
      }
    }
    return standing
  }

  return {
    cycleKey,
    writeMoney(columns, at, stratum, inStratum, limitFen) {
      const person = columns.person[at] as number
      const insured = columns.insured[at] as number
      const age = columns.age[at] as number
      const kind = columns.kind[at] as number
      const drawId = columns.drawId[at] as number
      openYear(person, insured, age)
      const standing = relive(person, stratum, inStratum, insured, age)
      if (kind === VISIT_INTERNET || kind === VISIT_PHARMACY) {
        const factor = expOf(sigma * normalQuantile(uniformOf(drawWord(key0, key1, drawId, setting.billDecision))) - variance / 2)
        bill[0] = 0
        bill[1] = 0
        bill[2] = Math.round(factor * bills.remoteMeanFen)
      } else {
        priceVisit(
          drawId,
          columns.tier[at] as number,
          kind === VISIT_EMERGENCY,
          (columns.examination[at] as number) > 0,
          (columns.drugs[at] as number) > 0,
        )
      }
      columns.billFen.set(bill, at * POINTS)
      splitVisit(insured, age, columns.tier[at] as number, columns.split, at * POINTS * splitWidth)
      columns.freeCreditFen[at] = Math.max(0, limitFen - standing)
    },
    writeNothing(columns, at) {
      columns.billFen.fill(0, at * POINTS, (at + 1) * POINTS)
      columns.split.fill(0, at * POINTS * splitWidth, (at + 1) * POINTS * splitWidth)
      columns.freeCreditFen[at] = 0
    },
  }
}

/** Which day of the cycle a place in the shuffle is due on; the inverse of dealing floor(persons · day / days) places before each day. */
function dayOfPlace(place: number, persons: number, cycleDays: number): number {
  let day = Math.floor((place * cycleDays) / persons)
  while (Math.floor((persons * (day + 1)) / cycleDays) <= place) day++
  return day
}

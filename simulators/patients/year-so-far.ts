/**
 * What a person's insurance year and credit line look like when they arrive: their earlier visits of the year, found again from
 * their own draws, priced and split in order (money only, no queues). A pure function of person and day.
 *
 * ASSUMPTION: purchases without a visit (internet hospitals, pharmacies) are dealt anew every day and leave no trace in the year.
 */
import type { Plan } from '../../scenarios/plan.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import { benefitAccount, benefitAt, benefitHistoryAccountMean, splitBillByRow } from '../policy/benefit-row.ts'
import { benefitTable } from '../policy/benefit-table.ts'
import { creditStands } from '../policy/credit.ts'
import {
  cashPart,
  currentAccountLeft,
  currentAccountPart,
  fundPart,
  historyAccountLeft,
  historyAccountPart,
  splitWidth,
  yearWidth,
} from '../policy/reimbursement.ts'
import { POINTS, pricesOf } from './bills.ts'
import { type DayVisits, VISIT_EMERGENCY, VISIT_OUTPATIENT } from './day-visits.ts'
import { COMES_BILL, CYCLES, drawIdOf, SITE_DEPARTMENT, TIER_NEEDS } from './draws.ts'
import { type DueDays, dueDay } from './due-days.ts'
import { type Places, type SitePool, siteFor } from './places.ts'
import { drawnIndex, type Shares } from './shares.ts'

/** What of a person the past depends on, besides the draws. */
export interface PastOf {
  readonly person: number
  readonly inStratum: number
  readonly insured: number
  readonly age: number
  readonly district: number
  /** The person's uniform for the history account. */
  readonly historyUniform: number
}

export interface YearSetting {
  readonly plan: Plan
  readonly places: Places
  readonly key0: number
  readonly key1: number
  /** Day number on which the insurance year began, and the day at hand. */
  readonly yearStart: number
  readonly day: number
  /** By day since the year began: demand ÷ the largest possible. */
  readonly demand: Float64Array
}

export interface YearSoFar {
  /** A person's year as it stands before this day; returns the credit they would still have standing, in fen. */
  open(who: PastOf, due: DueDays): number
  /** Prices a visit, splits it as the year stands, and writes bill and parts into row `at`. */
  writeBills(
    columns: DayVisits,
    at: number,
    insured: number,
    age: number,
    tier: number,
    kind: number,
    needs: number,
    billWord: number,
  ): void
  /** A visit without a bill. */
  writeNothing(columns: DayVisits, at: number): void
  /** The year as it stands: see reimbursement.ts. */
  readonly state: Float64Array
  /** Called for each earlier visit that {@link YearSoFar.open} finds; fen by payment point. */
  onPastVisit: ((day: number, bill: Float64Array) => void) | null
}

export function yearSoFarOf(setting: YearSetting): YearSoFar {
  const { plan, places, key0, key1, yearStart, day, demand } = setting
  const table = benefitTable(plan.policy)
  const covered = plan.city.bills.coveredShare
  const { repaymentDays } = plan.city.people.credit
  const { emergency, emergencyOdds, tierShares, needs: needsOfTier, tierOf, serves, somethingLacks } = places
  const ordinary = 1 / (1 - emergencyOdds)
  const price = pricesOf(plan.city)
  const state = new Float64Array(yearWidth)
  const bill = new Float64Array(POINTS)
  const split = new Float64Array(POINTS * splitWidth)

  /** Splits what is in `bill` into `split`. A point without a bill is left as it was: callers ask the bill first. */
  function splitBills(row: number): void {
    for (let point = 0; point < POINTS; point++) {
      const total = bill[point] as number
      if (total === 0) continue
      splitBillByRow(state, 0, total, point === 0 ? total : Math.floor(total * covered), table, row, split, point * splitWidth)
    }
  }

  const year: YearSoFar = {
    state,
    onPastVisit: null,
    open({ person, inStratum, insured, age, district, historyUniform }, due) {
      const opening = benefitAt(insured, age, 0)
      state.fill(0)
      state[currentAccountLeft] = table[opening + benefitAccount] as number
      // Evenly between nothing and twice the mean.
      state[historyAccountLeft] = Math.floor(2 * historyUniform * (table[opening + benefitHistoryAccountMean] as number))
      let standing = 0
      const cycles = due.multiplier.length
      const { attendance } = due.stratum
      for (let n = 0; n < cycles; n++) {
        const dayOf = dueDay(due, n, inStratum)
        if (dayOf < yearStart || dayOf >= day) continue
        const drawId = drawIdOf(person, (due.firstCycle + n) % CYCLES)
        if (uniformOf(drawWord(key0, key1, drawId, COMES_BILL)) >= attendance * (demand[dayOf - yearStart] as number)) continue
        const billWord = secondWord()
        const tierUniform = uniformOf(drawWord(key0, key1, drawId, TIER_NEEDS))
        const needsUniform = uniformOf(secondWord())
        const kind = tierUniform < emergencyOdds ? VISIT_EMERGENCY : VISIT_OUTPATIENT
        let tier = 0
        let can = 7
        // Only an emergency's tier, and what a user's own site cannot do, depend on the very site.
        if (kind === VISIT_OUTPATIENT) tier = drawnIndex(tierShares, (tierUniform - emergencyOdds) * ordinary)
        if (kind === VISIT_EMERGENCY || somethingLacks) {
          const u = uniformOf(drawWord(key0, key1, drawId, SITE_DEPARTMENT))
          const pool = emergency as SitePool
          const site = kind === VISIT_EMERGENCY ? (pool.site[drawnIndex(pool.shares, u)] as number) : siteFor(places, tier, district, u)
          tier = tierOf[site] as number
          can = serves[site] as number
        }
        price(kind, tier, drawnIndex(needsOfTier[tier] as Shares, needsUniform) & can, billWord, bill)
        splitBills(benefitAt(insured, age, tier))
        if (year.onPastVisit !== null) year.onPastVisit(dayOf, bill)
        if (creditStands(dayOf, day, repaymentDays) === 1) {
          for (let point = 0; point < POINTS; point++) if (bill[point] !== 0) standing += split[point * splitWidth + cashPart] as number
        }
      }
      return standing
    },
    writeBills(columns, at, insured, age, tier, kind, needs, billWord) {
      price(kind, tier, needs, billWord, bill)
      splitBills(benefitAt(insured, age, tier))
      for (let point = 0; point < POINTS; point++) {
        const to = at * POINTS + point
        const from = point * splitWidth
        const some = bill[point] === 0 ? 0 : 1
        columns.billFen[to] = bill[point] as number
        columns.fundFen[to] = some * (split[from + fundPart] as number)
        columns.currentAccountFen[to] = some * (split[from + currentAccountPart] as number)
        columns.historyAccountFen[to] = some * (split[from + historyAccountPart] as number)
        columns.cashFen[to] = some * (split[from + cashPart] as number)
      }
    },
    writeNothing(columns, at) {
      for (const column of [columns.billFen, columns.fundFen, columns.currentAccountFen, columns.historyAccountFen, columns.cashFen]) {
        column.fill(0, at * POINTS, (at + 1) * POINTS)
      }
      columns.freeCreditFen[at] = 0
    },
  }
  return year
}

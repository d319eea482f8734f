/**
 * What a person's insurance year and credit line look like when they arrive: their earlier visits of the year, found again from
 * their own draws, priced and split in order (money only, no queues). A pure function of person and day.
 *
 * ASSUMPTION: purchases without a visit (internet hospitals, pharmacies) are dealt anew every day and leave no trace in the year.
 */
import { type Plan, tiers } from '../../scenarios/plan.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import {
  benefitAccount,
  benefitAt,
  benefitDeductible,
  benefitHistoryAccountMean,
  benefitInsured,
  splitBillByRow,
} from '../policy/benefit-row.ts'
import { benefitTable } from '../policy/benefit-table.ts'
import { creditStands } from '../policy/credit.ts'
import {
  cashPart,
  currentAccountLeft,
  currentAccountPart,
  deductiblePaid,
  fundPaid,
  fundPart,
  historyAccountLeft,
  historyAccountPart,
  splitWidth,
  yearWidth,
} from '../policy/reimbursement.ts'
import { coveredFenOf, POINTS, type PriceVisit, pricesOf } from './bills.ts'
import { type DayVisits, ONCE_PARTS, REST_PARTS, VISIT_EMERGENCY, VISIT_INTERNET, VISIT_OUTPATIENT } from './day-visits.ts'
import { COMES_BILL, CYCLES, drawIdOf, SITE_DEPARTMENT, TIER_NEEDS } from './draws.ts'
import { type DueDays, dueDay } from './due-days.ts'
import { type Places, type SitePool, siteFor } from './places.ts'
import { isBackInPart, lastBill } from './refunds.ts'
import { drawnIndex, type Shares } from './shares.ts'
import { readState, stateBefore, writeState, type YearTable } from './year-table.ts'

/** What of a person the past depends on, besides the draws. */
export interface PastOf {
  readonly person: number
  readonly inStratum: number
  readonly insured: number
  readonly age: number
  readonly district: number
  /** The person's uniform for the history account. */
  readonly historyUniform: number
  /** Whether what stands against their credit line is asked for; without it the way through the year is shorter. */
  readonly wantsStanding: boolean
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
  /** Where everybody stands on some earlier days, if that was written down. */
  readonly table?: YearTable | undefined
}

export interface YearSoFar {
  /** A person's year as it stands before this day; returns the credit they would still have standing, in fen, where that is asked. */
  open(who: PastOf, due: DueDays): number
  /** Writes where a person stands into the table; the setting's day is the last of the table's. */
  writeStates(who: PastOf, due: DueDays): void
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
  const { plan, places, key0, key1, yearStart, day, demand, table: written } = setting
  const table = benefitTable(plan.policy)
  const { bills } = plan.city
  const { repaymentDays } = plan.city.people.credit
  const { emergency, emergencyOdds, tierShares, needs: needsOfTier, tierOf, serves, somethingLacks } = places
  const ordinary = 1 / (1 - emergencyOdds)
  const price = pricesOf(plan.city)
  const state = new Float64Array(yearWidth)
  const bill = new Float64Array(POINTS)
  const split = new Float64Array(POINTS * splitWidth)
  const keptShare = plan.scenario.refunds?.keptShare
  const settlesOnce = plan.scenario.arms.some(({ settlesOnLeaving }) => settlesOnLeaving === true)
  const yearBefore = new Float64Array(yearWidth)
  const once = new Float64Array(splitWidth)
  const fromState = written === undefined ? -1 : stateBefore(written, yearStart, day)
  // What a visit costs at most, with an ordinary factor and with any: above what the fund may pay for it.
  const ordinaryMostFen = mostExpensive(price, bill, LAST_ORDINARY)
  const mostFen = mostExpensive(price, bill, 0xffffffff)
  const capsFen = plan.policy.benefits.flatMap(({ insured, annualCapFen }) => (insured ? [annualCapFen] : []))
  // While the fund has paid less than this, today's bill cannot meet the cap.
  const belowCapFen = Math.min(...capsFen) - mostFen
  /** What the fund has paid at most by the end of the last {@link relive}, since the day it began on. */
  let boundFen = 0

  /** Splits what is in `bill` into `split`. A point without a bill is left as it was: callers ask the bill first. */
  function splitBills(row: number): void {
    for (let point = 0; point < POINTS; point++) {
      const total = bill[point] as number
      if (total === 0) continue
      splitBillByRow(state, 0, total, coveredFenOf(point, total, bills), table, row, split, point * splitWidth)
    }
  }

  /** The bills as one, as the hospital makes one of them when the patient leaves; the year is left as it stands. */
  function splitAllAtOnce(into: Int32Array, at: number, row: number): void {
    let total = 0
    let inScope = 0
    for (let point = 0; point < POINTS; point++) {
      total += bill[point] as number
      inScope += coveredFenOf(point, bill[point] as number, bills)
    }
    yearBefore.set(state)
    splitBillByRow(yearBefore, 0, total, inScope, table, row, once, 0)
    into[at * ONCE_PARTS] = once[fundPart] as number
    into[at * ONCE_PARTS + 1] = once[currentAccountPart] as number
    into[at * ONCE_PARTS + 2] = once[historyAccountPart] as number
    into[at * ONCE_PARTS + 3] = once[cashPart] as number
  }

  /** What stands of the last bill, charged as if the rest of it had never been. */
  function splitWhatStands(into: Int32Array, at: number, row: number, kept: number): void {
    const last = lastBill(bill[1] as number, bill[2] as number)
    if (last < 0) return
    for (let point = 0; point < last; point++) {
      const total = bill[point] as number
      if (total > 0) splitBillByRow(yearBefore, 0, total, coveredFenOf(point, total, bills), table, row, once, 0)
    }
    const rest = Math.floor((bill[last] as number) * kept)
    splitBillByRow(yearBefore, 0, rest, coveredFenOf(last, rest, bills), table, row, once, 0)
    into[at * REST_PARTS] = rest
    into[at * REST_PARTS + 1] = once[fundPart] as number
    into[at * REST_PARTS + 2] = once[currentAccountPart] as number
    into[at * REST_PARTS + 3] = once[historyAccountPart] as number
    into[at * REST_PARTS + 4] = once[cashPart] as number
  }

  function openYear({ insured, age, historyUniform }: PastOf): void {
    const opening = benefitAt(insured, age, 0)
    state.fill(0)
    state[currentAccountLeft] = table[opening + benefitAccount] as number
    // Evenly between nothing and twice the mean.
    state[historyAccountLeft] = Math.floor(2 * historyUniform * (table[opening + benefitHistoryAccountMean] as number))
  }

  /**
   * Moves the state on from the start of `since` to the start of `day`. Exactly: with every visit priced, and what stands of the
   * credit line. Otherwise only as far as the state still decides who pays: once both accounts are empty and the deductible is borne,
   * further visits add to the fund's sum alone, of which a bound is kept.
   */
  function relive(who: PastOf, due: DueDays, since: number, until: number, exactly: boolean): number {
    const { person, inStratum, insured, age, district } = who
    const opening = benefitAt(insured, age, 0)
    const deductibleFen = table[opening + benefitDeductible] as number
    boundFen = 0
    if (!exactly && table[opening + benefitInsured] === 0) return 0
    const cycles = due.multiplier.length
    const { attendance, cycleDays } = due.stratum
    let standing = 0
    let isSettled = false
    for (let n = Math.max(0, Math.floor(since / cycleDays) - due.firstCycle); n < cycles; n++) {
      if (!exactly && !isSettled) {
        isSettled = state[currentAccountLeft] === 0 && state[historyAccountLeft] === 0 && (state[deductiblePaid] as number) >= deductibleFen
      }
      if (isSettled && boundFen + (state[fundPaid] as number) + (cycles - n) * mostFen < SETTLED_PART * belowCapFen) {
        boundFen += (cycles - n) * mostFen
        break
      }
      const dayOf = dueDay(due, n, inStratum)
      if (dayOf < since) continue
      if (dayOf >= until) break
      const drawId = drawIdOf(person, (due.firstCycle + n) % CYCLES)
      if (uniformOf(drawWord(key0, key1, drawId, COMES_BILL)) >= attendance * (demand[dayOf - yearStart] as number)) continue
      const billWord = secondWord()
      if (isSettled && billWord >>> 0 <= LAST_ORDINARY) {
        boundFen += ordinaryMostFen
        continue
      }
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
      if (creditStands(dayOf, until, repaymentDays) === 1) {
        for (let point = 0; point < POINTS; point++) if (bill[point] !== 0) standing += split[point * splitWidth + cashPart] as number
      }
    }
    boundFen += state[fundPaid] as number
    return standing
  }

  const year: YearSoFar = {
    state,
    onPastVisit: null,
    open(who, due) {
      const exactly = who.wantsStanding || year.onPastVisit !== null
      if (!exactly && written !== undefined && fromState >= 0 && readState(written, who.person, fromState, state)) {
        relive(who, due, written.days[fromState] as number, day, false)
        if (boundFen < SETTLED_PART * belowCapFen) return 0
      }
      openYear(who)
      const standing = relive(who, due, yearStart, day, exactly)
      if (exactly || boundFen < belowCapFen) return standing
      openYear(who)
      return relive(who, due, yearStart, day, true)
    },
    writeStates(who, due) {
      if (written === undefined) return
      let since = yearStart
      let paid = 0
      openYear(who)
      for (const [index, at] of written.days.entries()) {
        relive(who, due, since, at, false)
        paid += boundFen
        state[fundPaid] = 0
        writeState(written, who.person, index, state, paid < (1 - SETTLED_PART) * belowCapFen)
        since = at
      }
    },
    writeBills(columns, at, insured, age, tier, kind, needs, billWord) {
      price(kind, tier, needs, billWord, bill)
      const row = benefitAt(insured, age, tier)
      if (settlesOnce) splitAllAtOnce(columns.onceFen, at, row)
      const kept = keptShare !== undefined && isBackInPart(columns, at) ? keptShare : 0
      if (kept > 0) yearBefore.set(state)
      splitBills(row)
      if (kept > 0) splitWhatStands(columns.restFen, at, row, kept)
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
      columns.onceFen.fill(0, at * ONCE_PARTS, (at + 1) * ONCE_PARTS)
      columns.freeCreditFen[at] = 0
    },
  }
  return year
}

/** The top 1/256 of bill words have factors far above the rest. */
const LAST_ORDINARY = 0xfeffffff
/** Of the way to the cap, the part kept for what follows a state of the table. */
const SETTLED_PART = 0.75

function mostExpensive(price: PriceVisit, bill: Float64Array, billWord: number): number {
  let most = 0
  for (const kind of [VISIT_OUTPATIENT, VISIT_EMERGENCY, VISIT_INTERNET]) {
    for (const tier of tiers.keys()) {
      price(kind, tier, 7, billWord, bill)
      most = Math.max(
        most,
        bill.reduce((sum, fen) => sum + fen, 0),
      )
    }
  }
  return most
}

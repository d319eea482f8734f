/**
 * 医保年度 of a person. On its first day the year's counts begin anew, what is left of the year's account joins the history account, and the
 * new year's money comes in (当年账户, by policy). A person moves into the new year when the bureau next looks at them. ASSUMPTION: a bill
 * belongs to the year in which it is settled, whenever the visit began.
 */
import { dayNumber, lastStart, dateOf as nameOfDay } from '../../engine/civil-date.ts'
import { fenOf, noMoney, sumFen } from '../../money/fen.ts'
import { onlyBenefit } from '../../policy/benefit-table.ts'
import { type BillSplit, unsplitBill, type YearSoFar } from '../../policy/split-bill.ts'
import { dateOf } from '../desks/business-time.ts'
import type { BureauState, Person, SettledEntry } from './bureau-book.ts'
import type { Policy } from './bureau-decisions.ts'

/** Where a person stands, and since when their year runs. */
export interface PersonYear {
  readonly yearAfter: YearSoFar
  /** yyyy-MM-dd */
  readonly yearFrom: string
}

/** The person as of today; undefined: there is no such person. */
export function personToday(state: BureauState, policy: Policy, nowMs: number, number: number): Person | undefined {
  const person = state.persons.get(number)
  if (person === undefined) return undefined
  const from = yearFromOf(policy, nowMs)
  let { yearSoFar, yearFrom } = person
  if (yearFrom >= from) return person
  const accountFen = fenOf(onlyBenefit(policy.benefits, person.insuredType, person.ageGroup).accountFen)
  // One turn a year that went by.
  while (yearFrom < from) {
    yearFrom = `${Number(yearFrom.slice(0, 4)) + 1}${yearFrom.slice(4)}`
    yearSoFar = {
      currentAccountLeftFen: accountFen,
      historyAccountLeftFen: sumFen(yearSoFar.historyAccountLeftFen, yearSoFar.currentAccountLeftFen),
      deductiblePaidFen: noMoney,
      fundPaidFen: noMoney,
    }
  }
  return { ...person, yearSoFar, yearFrom }
}

/** First day of the insurance year of a moment. */
export function yearFromOf({ insuranceYearStart }: Pick<Policy, 'insuranceYearStart'>, nowMs: number): string {
  const today = dateOf(nowMs)
  return nameOfDay(lastStart(dayNumber(today), today, insuranceYearStart))
}

/**
 * The person's year without the settlement. Of an earlier year only the account's money comes back, to the history account, where that
 * year's money has gone.
 */
export function yearWithout({ yearSoFar, yearFrom }: Person, settlement: SettledEntry): PersonYear {
  if (settlement.yearFrom === yearFrom) return { yearAfter: unsplitBill(yearPartOf(settlement), yearSoFar), yearFrom }
  const historyAccountLeftFen = sumFen(yearSoFar.historyAccountLeftFen, accountFenOf(settlement))
  return { yearAfter: { ...yearSoFar, historyAccountLeftFen }, yearFrom }
}

/** The year with a reversed settlement standing again; undefined: its account money was used meanwhile. */
export function yearWith({ yearSoFar, yearFrom }: Person, settlement: SettledEntry): PersonYear | undefined {
  const isSameYear = settlement.yearFrom === yearFrom
  const { currentAccountFen, historyAccountFen, deductibleFen, fundFen } = yearPartOf(settlement)
  const currentLeft = yearSoFar.currentAccountLeftFen - (isSameYear ? currentAccountFen : 0)
  const historyLeft = yearSoFar.historyAccountLeftFen - (isSameYear ? historyAccountFen : accountFenOf(settlement))
  if (currentLeft < 0 || historyLeft < 0) return undefined
  return {
    yearFrom,
    yearAfter: {
      currentAccountLeftFen: fenOf(currentLeft),
      historyAccountLeftFen: fenOf(historyLeft),
      deductiblePaidFen: sumFen(yearSoFar.deductiblePaidFen, isSameYear ? deductibleFen : noMoney),
      fundPaidFen: sumFen(yearSoFar.fundPaidFen, isSameYear ? fundFen : noMoney),
    },
  }
}

const accountFenOf = ({ split }: SettledEntry) => sumFen(split.currentAccountFen, split.historyAccountFen)

/** The deductible of a stay in hospital is the stay's own and does not count for the outpatient year. */
const yearPartOf = ({ split, claim, isStay }: SettledEntry): BillSplit =>
  claim?.kind === 'inpatient' || isStay === true ? { ...split, deductibleFen: noMoney } : split

/** How a visit's person stands when the window begins: the insurance year, the line of credit and the own account, so that the wire splits and decides as the virtual city did. */
import { ageGroups, insuredTypes, type Plan } from '../../../scenarios/plan.ts'
import type { DayVisits } from '../../patients/day-visits.ts'
import { HABIT_RAISE } from '../../patients/day-visits.ts'
import type { PersonPast } from '../../patients/population.ts'
import { benefitAt, splitBillByRow } from '../../policy/benefit-row.ts'
import { currentAccountLeft, deductiblePaid, fundPaid, historyAccountLeft, splitWidth } from '../../policy/reimbursement.ts'
import type { OpeningAgreement, OpeningPerson } from '../../trace/trace.ts'
import { type PointBill, pointBill } from './trace-visits.ts'

const POINTS = 3

/**
 * The year after everything billed at earlier points of the visit. The virtual city splits a visit's bills beforehand, in order, whether
 * they are paid or not; so does this.
 *
 * @param firstPoint the first payment point whose errand lies in the window
 */
export function personAtBegin(
  plan: Plan,
  benefits: Float64Array,
  day: DayVisits,
  past: PersonPast,
  firstPoint: number,
): Omit<OpeningPerson, 'person' | 'guardian'> {
  const state = Float64Array.from(past.year)
  const split = new Float64Array(splitWidth)
  const row = benefitAt(day.insured[0] as number, day.age[0] as number, day.tier[0] as number)
  for (let point = 0; point < Math.min(firstPoint, POINTS); point++) {
    const { totalFen, coveredFen } = pointBill(plan, day, point)
    if (totalFen > 0) splitBillByRow(state, 0, totalFen, coveredFen, benefits, row, split, 0)
  }
  return {
    insuredType: insuredTypes[day.insured[0] as number] as OpeningPerson['insuredType'],
    ageGroup: ageGroups[day.age[0] as number] as OpeningPerson['ageGroup'],
    currentAccountLeftFen: state[currentAccountLeft] as number,
    historyAccountLeftFen: state[historyAccountLeft] as number,
    deductiblePaidFen: state[deductiblePaid] as number,
    fundPaidFen: state[fundPaid] as number,
    heldEntries: day.entries[0] as number,
  }
}

/**
 * The line of credit with what the visit's earlier bills took of it, as the virtual city counts: every bill that fits, in order of payment
 * points, whichever way it was paid.
 *
 * @param creditPoint the first payment point paid on credit in the window
 */
export function creditAtBegin(plan: Plan, day: DayVisits, past: PersonPast, creditPoint: number): Omit<OpeningAgreement, 'person'> {
  const { limitFen } = past
  let leftFen = day.freeCreditFen[0] as number
  for (let point = 0; point < creditPoint; point++) {
    const { cashFen } = pointBill(plan, day, point)
    if (cashFen <= leftFen) leftFen -= cashFen
  }
  const raises = ((day.habits[0] as number) & HABIT_RAISE) !== 0
  const wantedFen = billsOf(plan, day).reduce((sum, { cashFen }) => sum + cashFen, 0)
  return {
    kind: 'credit',
    bank: day.creditBank[0] as number,
    limitFen,
    usedFen: limitFen - leftFen,
    // A raise is enough for the day's bills: the virtual city asks no more of it.
    raisedFen: raises ? limitFen + wantedFen : null,
    ...scoreOf(plan, past),
  }
}

/** The virtual city knows of a score its band alone: a person of the band stands in the middle of it. */
export function scoreOf({ policy }: Plan, { scoreBand }: PersonPast): { readonly score?: number } {
  const band = policy.creditBands[scoreBand]
  return band === undefined ? {} : { score: Math.floor((band.fromScore + band.toScore) / 2) }
}

/** The patient's own money, which never runs short in the virtual city. */
export function ownMoneyAtBegin(plan: Plan, day: DayVisits): Omit<OpeningAgreement, 'person'> {
  const limitFen = billsOf(plan, day).reduce((sum, { totalFen }) => sum + totalFen, 0)
  return { kind: 'account', bank: day.ownBank[0] as number, limitFen, usedFen: 0, raisedFen: null }
}

const billsOf = (plan: Plan, day: DayVisits): readonly PointBill[] =>
  Array.from({ length: POINTS }, (_, point) => pointBill(plan, day, point))

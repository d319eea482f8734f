/**
 * 退费: what was charged and not performed goes back the way it was paid. Which bill it is depends on nothing but the visit.
 *
 * A part of it may stand: everything goes back, and what stands is charged anew and paid the same way.
 *
 * ASSUMPTION: it is the last bill of the visit, so no later bill of the day is split otherwise; on later days the
 * insurance year counts it still. Asking for it takes nobody's window, and undoing it no noticeable time of bureau and bank.
 */
import { type DayVisits, HABIT_BACK_IN_PART, HABIT_TAKES_BACK } from './day-visits.ts'

const EXAMINATION = 1
const DRUGS = 2

/** A part of the bill stands. */
export const isBackInPart = (day: DayVisits, v: number): boolean => ((day.habits[v] as number) & HABIT_BACK_IN_PART) !== 0

/** Payment point whose bill goes back, should it be settled; −1 where none does. */
export const pointTakenBack = (day: DayVisits, v: number): number =>
  ((day.habits[v] as number) & HABIT_TAKES_BACK) === 0
    ? -1
    : lastBill(day.billFen[v * 3 + EXAMINATION] as number, day.billFen[v * 3 + DRUGS] as number)

/** Of examination and drugs; −1 where there is neither. */
export const lastBill = (examinationFen: number, drugsFen: number): number => (drugsFen > 0 ? DRUGS : examinationFen > 0 ? EXAMINATION : -1)

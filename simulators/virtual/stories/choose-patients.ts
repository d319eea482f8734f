/**
 * Which patients of a day stand for many: the one with the median saving among those who switched, an elderly one who stays at the
 * window, one of the tenth whose day changed for the worse the most. By rule, so that nobody can pick a flattering story.
 */
import { ageGroups } from '../../../scenarios/plan.ts'
import type { PatientStory } from '../../measures/result-story.ts'
import { type DayVisits, VISIT_OUTPATIENT } from '../../patients/day-visits.ts'
import { MODE_PHONE, MODE_WINDOW } from '../compile-day.ts'
import { OUTCOME_DONE } from '../kernel/sums.ts'

/** One arm's day as the choice needs it, by visit. */
export interface ArmEnds {
  readonly mode: Uint8Array
  readonly outcome: Int32Array
  /** Tick of leaving. */
  readonly end: Int32Array
}

export interface Chosen {
  readonly role: PatientStory['role']
  readonly visit: number
}

const elderly = ageGroups.indexOf('elderly')

/** Outpatients who finished their day in both arms; a role that nobody can play is left out. */
export function choosePatients(day: DayVisits, before: ArmEnds, after: ArmEnds): readonly Chosen[] {
  const candidates: number[] = []
  for (let v = 0; v < day.count; v++)
    if (day.kind[v] === VISIT_OUTPATIENT && before.outcome[v] === OUTCOME_DONE && after.outcome[v] === OUTCOME_DONE) candidates.push(v)
  const saving = (v: number): number => (before.end[v] as number) - (after.end[v] as number)
  // Least saved first; of equal savings the earlier arrival.
  candidates.sort((one, other) => saving(one) - saving(other) || one - other)

  const usesPhone = (arm: ArmEnds, v: number): boolean => (arm.mode[v] as number) >= MODE_PHONE
  const switched = candidates.filter((v) => usesPhone(after, v) && !usesPhone(before, v))
  // Where arms differ by their faults alone nobody switches; the fault's own patients are those on the phone.
  const onPhone = switched.length > 0 ? switched : candidates.filter((v) => usesPhone(after, v))
  const atWindow = candidates.filter((v) => day.age[v] === elderly && before.mode[v] === MODE_WINDOW && after.mode[v] === MODE_WINDOW)
  const worstTenth = candidates.slice(0, Math.ceil(candidates.length / 10))

  const chosen: Chosen[] = []
  const add = (role: Chosen['role'], sorted: readonly number[]): void => {
    const free = sorted.filter((v) => !chosen.some(({ visit }) => visit === v))
    const visit = free[(free.length - 1) >> 1]
    if (visit !== undefined) chosen.push({ role, visit })
  }
  add('median-saving', onPhone)
  add('elderly-at-the-window', atWindow)
  add('worst-off-decile', worstTenth)
  return chosen
}

/**
 * Who is worse off: intervals over a family of groups that hold together, so that testing forty groups does not find harm by luck,
 * and "no harm found" is told apart from "too few to tell".
 */
import { DAYS_FOR_PUBLICATION, type Interval, intervalOverDays, momentsOf } from './interval.ts'
import { studentTQuantile } from './student-t.ts'

/** One group's paired change per day, turned so that above zero is worse for the patients. */
export interface GroupChange {
  readonly group: string
  readonly worseningByDay: readonly number[]
  /** A worsening up to this is tolerated, in the unit of the change. */
  readonly margin: number
}

export interface GroupVerdict {
  readonly group: string
  readonly days: number
  readonly mean: number | null
  /** All the family's intervals contain their truths together in 95 % of runs or more; null below 10 days. */
  readonly interval: Interval | null
  /** harm: surely beyond the margin. no-harm-found: surely within it. too-few-to-tell: these days cannot decide. */
  readonly verdict: 'harm' | 'no-harm-found' | 'too-few-to-tell'
  /** The smallest worsening beyond the margin that as many days would show as harm four times in five; null below 10 days. */
  readonly smallestDetectableChange: number | null
}

export interface FamilyVerdict {
  readonly groupsTested: number
  readonly groups: readonly GroupVerdict[]
}

/** Judges every group of a family at once, at 95 % for all of them together (Bonferroni: it holds however the groups depend on each other). */
export function judgeWorseOff(family: readonly GroupChange[]): FamilyVerdict {
  const confidence = 1 - 0.05 / family.length
  return { groupsTested: family.length, groups: family.map((change) => judgeGroup(change, confidence)) }
}

function judgeGroup({ group, worseningByDay, margin }: GroupChange, confidence: number): GroupVerdict {
  const days = worseningByDay.length
  const { mean, standardDeviation } = momentsOf(worseningByDay)
  const interval = days < DAYS_FOR_PUBLICATION ? null : intervalOverDays(worseningByDay, confidence)
  if (interval === null)
    return { group, days, mean: days === 0 ? null : mean, interval: null, verdict: 'too-few-to-tell', smallestDetectableChange: null }
  const verdict = interval[0] > margin ? 'harm' : interval[1] <= margin ? 'no-harm-found' : 'too-few-to-tell'
  const reach = studentTQuantile((1 + confidence) / 2, days - 1) + studentTQuantile(DETECTION_POWER, days - 1)
  return { group, days, mean, interval, verdict, smallestDetectableChange: (reach * standardDeviation) / Math.sqrt(days) }
}

/** The customary power of a test: what is called detectable is found four times in five. */
const DETECTION_POWER = 0.8

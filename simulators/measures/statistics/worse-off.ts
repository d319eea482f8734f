/**
 * Who is worse off: intervals over a family of groups that hold together, so that testing forty groups does not find harm by luck,
 * and "no harm found" is told apart from "too few to tell".
 */
import { DAYS_FOR_PUBLICATION, type Interval } from './interval.ts'
import { studentTQuantile } from './student-t.ts'

/** One group's paired change, mean over days, turned so that above zero is worse for the patients. */
export interface GroupChange {
  readonly days: number
  readonly worsening: number
  /** 95 % for this group alone; null where none is published. */
  readonly interval: Interval | null
  /** A worsening up to this is tolerated, in the unit of the change. */
  readonly margin: number
}

export interface GroupVerdict {
  /** All the family's intervals contain their truths together in 95 % of runs or more; null below 10 days. */
  readonly interval: Interval | null
  /** harm: surely beyond the margin. no-harm-found: surely within it. too-few-to-tell: these days cannot decide. */
  readonly verdict: 'harm' | 'no-harm-found' | 'too-few-to-tell'
  /** The smallest worsening beyond the margin that as many days would show as harm four times in five; null below 10 days. */
  readonly smallestDetectableChange: number | null
}

/**
 * Judges every group of a family at once, at 95 % for all of them together (Bonferroni: it holds however the groups depend on each
 * other). An interval over days is Student's, so both its ends move out by the ratio of the two t quantiles: exact for days that lie
 * evenly about their mean, close otherwise. A result keeps no single days, and what is stored can be judged again years later.
 *
 * @returns in the order of the family
 */
export function judgeWorseOff(family: readonly GroupChange[]): readonly GroupVerdict[] {
  return family.map((change) => judgeGroup(change, 1 - 0.025 / family.length))
}

/** @param probability of Student's t that one end of an interval stands at, for the family to hold together */
function judgeGroup({ days, worsening, interval, margin }: GroupChange, probability: number): GroupVerdict {
  if (interval === null || days < DAYS_FOR_PUBLICATION)
    return { interval: null, verdict: 'too-few-to-tell', smallestDetectableChange: null }
  const alone = studentTQuantile(0.975, days - 1)
  const together = studentTQuantile(probability, days - 1)
  const [low, high] = interval
  const wide: Interval = [worsening - (worsening - low) * (together / alone), worsening + (high - worsening) * (together / alone)]
  const standardError = (high - low) / 2 / alone
  return {
    interval: wide,
    verdict: wide[0] > margin ? 'harm' : wide[1] <= margin ? 'no-harm-found' : 'too-few-to-tell',
    smallestDetectableChange: (together + studentTQuantile(DETECTION_POWER, days - 1)) * standardError,
  }
}

/** The customary power of a test: what is called detectable is found four times in five. */
const DETECTION_POWER = 0.8

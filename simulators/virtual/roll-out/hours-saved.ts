/**
 * Patient-hours saved over all days from the days compared: hours per payment by e-credential, times the payments of all days. What a
 * payment saves depends on how busy the day is (half a minute on a Sunday, ten on a Monday in December), so the days are put into classes
 * by the visits that may be expected, and each class has its own ratio.
 * Source of estimate and variance: W. G. Cochran, "Sampling Techniques", 3rd ed. (1977), §6.10 (separate ratio estimate), with Student's t
 * and Satterthwaite's degrees of freedom (§5.4). The days compared stand in a systematic sample, taken for a random one in its class.
 */
import { studentTQuantile } from '../../measures/statistics/student-t.ts'

export interface SavingDay {
  /** Day of the window. */
  readonly n: number
  readonly expectedVisits: number
  readonly hours: number
  readonly credentialTransactions: number
}

/** A day of the window, compared or not. */
export interface AnyDay {
  readonly expectedVisits: number
  readonly credentialTransactions: number
}

export interface HoursSaved {
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly sampledDays: number
}

const MOST_CLASSES = 4
/** Fewer days say little about a class, and fewer in all carry no interval. */
const DAYS_A_CLASS = 5
const DAYS_FOR_AN_INTERVAL = 10

/** @param all the days the hours are wanted for, with the payments they had */
export function hoursSaved(compared: readonly SavingDay[], all: readonly AnyDay[]): HoursSaved {
  const classes = classesOf(compared)
  let value = 0
  let variance = 0
  let freedom = 0
  for (const [index, { days, from }] of classes.entries()) {
    const below = classes[index + 1]?.from ?? Number.POSITIVE_INFINITY
    const payments = sumOf(all, (day) => (day.expectedVisits >= from && day.expectedVisits < below ? day.credentialTransactions : 0))
    const sampled = sumOf(days, (day) => day.credentialTransactions)
    if (sampled === 0) continue
    const ratio = sumOf(days, (day) => day.hours) / sampled
    value += ratio * payments
    if (days.length < 2) continue
    const squares = sumOf(
      days,
      (day) => (day.hours - ratio * day.credentialTransactions) * (day.hours - ratio * day.credentialTransactions),
    )
    const raise = (payments * days.length) / sampled
    const part = (raise * raise * squares) / (days.length - 1) / days.length
    variance += part
    freedom += (part * part) / (days.length - 1)
  }
  const half = variance > 0 ? studentTQuantile(0.975, Math.max(1, Math.floor((variance * variance) / freedom))) * Math.sqrt(variance) : 0
  return {
    value,
    interval: compared.length < DAYS_FOR_AN_INTERVAL ? null : [value - half, value + half],
    sampledDays: compared.length,
  }
}

interface ClassOfDays {
  readonly days: readonly SavingDay[]
  /** Expected visits from which a day belongs to it. */
  readonly from: number
}

/** Equal numbers of the days compared, from the quietest to the busiest; borders half way between. */
function classesOf(compared: readonly SavingDay[]): readonly ClassOfDays[] {
  const sorted = compared.toSorted((a, b) => a.expectedVisits - b.expectedVisits || a.n - b.n)
  const count = Math.max(1, Math.min(MOST_CLASSES, Math.floor(sorted.length / DAYS_A_CLASS)))
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((sorted.length * index) / count)
    const days = sorted.slice(first, Math.floor((sorted.length * (index + 1)) / count))
    const [before, here] = [sorted[first - 1]?.expectedVisits ?? 0, sorted[first]?.expectedVisits ?? 0]
    return { days, from: index === 0 ? Number.NEGATIVE_INFINITY : (before + here) / 2 }
  })
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

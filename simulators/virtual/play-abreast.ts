/**
 * A day played in parts, in several arms abreast: a part's people are drawn once, let into every arm, and each arm plays on to the part's
 * end. So of the people no more is held than a part and whoever is in the city, and what a part touches stays near the processor.
 *
 * EXACT  Draws are keyed by person and visit, and a part ends between two buckets of the calendar, so results do not depend on its size.
 */
import { LAST_TICK } from '../engine/time.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import type { DayVisits } from '../patients/day-visits.ts'
import type { DrawnDay } from '../patients/population.ts'
import type { FiguresOfDay } from './gather-figures.ts'
import { LEFT_TICKET, LEFT_WORDS } from './kernel/records.ts'
import { type Kernel, PART_TICKS } from './kernel-host.ts'
import type { VisitTable } from './kernel-tables.ts'
import type { Stays } from './stays.ts'

export interface ArmOfDay {
  /** With the arm's city loaded. */
  readonly kernel: Kernel
  readonly faults: number
  readonly figures: FiguresOfDay
  /** Writes visits as the arm has them. */
  compile(day: DayVisits, into: VisitTable): void
  /** Closes the kernel's day. */
  close(): void
}

export interface PartsOfDay {
  /** How many visits are let in at a time. */
  readonly partVisits: number
  /** Visits of the busiest day to come, if that is known. */
  readonly mostVisits: number
}

/**
 * A part's columns are some megabytes. In smaller parts an arm's lines and patients are driven out of the processor's cache by the other arms
 * before it touches them again: parts of 8,192 cost a whole city's day a tenth more.
 */
export const usualParts: PartsOfDay = { partVisits: 32_768, mostVisits: 0 }

/**
 * @param arms those played abreast, each with a kernel of its own
 * @param modeOf how a visit pays in an arm of the plan
 */
export function playAbreast(
  people: DrawnDay,
  stays: Stays,
  arms: readonly ArmOfDay[],
  modeOf: (day: DayVisits, visit: number, arm: number) => number,
  { partVisits, mostVisits }: PartsOfDay,
): readonly DayFigures[] {
  for (const { kernel, faults } of arms) kernel.open(faults, Math.max(mostVisits, people.count))
  let from = 0
  do {
    const { to, until } = partOf(people, from, partVisits)
    const day = people.write(from, to)
    const tickets = new Int32Array(day.count)
    stays.admit(day, from, arms.length, modeOf, tickets)
    for (const { kernel, figures, compile } of arms) {
      compile(day, kernel.visitTable(day.count, tickets))
      kernel.playTo(until, (left, count) => {
        figures.take(left, count)
        for (let at = LEFT_TICKET; at < count * LEFT_WORDS; at += LEFT_WORDS) stays.leave(left[at] as number)
      })
    }
    from = to
  } while (from < people.count)
  return arms.map(({ figures, close }) => {
    close()
    return figures.close()
  })
}

/** Where a part that begins with a visit ends: about `size` visits on, and before a tick at which every bucket begins anew. */
export function partOf({ count, arrivalOf }: DrawnDay, from: number, size: number): { readonly to: number; readonly until: number } {
  let to = from + size
  if (to >= count) return { to: count, until: LAST_TICK }
  const until = arrivalOf(to) | (PART_TICKS - 1)
  while (to < count && arrivalOf(to) <= until) to++
  return { to, until }
}

/** Reads, at each full hour of the first day, what every station's servers have done so far. */
import { TICKS_PER_HOUR } from '../engine/time.ts'

const HOURS = 24

/** Sums up to a full hour, by station, in ticks of servers. */
export const hourSums = ['busy', 'onDuty', 'overtime'] as const
export type HourSum = (typeof hourSums)[number]

export interface HourReader {
  open(): void
  /** The next full hour to stop at; beyond the clock when all are read. */
  next(): number
  /** All is played to this tick, and the hours up to it are read if they are not. */
  passed(tick: number): void
  /** By station, hour after hour: serving, on duty, past the end of the shift. */
  byHour(name: HourSum): Float64Array
}

/** @param sumsAt the kernel's: by station, in the order of {@link hourSums} */
export function hourReader(sumsAt: (tick: number) => Float64Array): HourReader {
  let kept: readonly Float64Array[] = hourSums.map(() => new Float64Array(0))
  let read = 0
  const next = (): number => (read < HOURS ? (read + 1) * TICKS_PER_HOUR : Number.POSITIVE_INFINITY)
  return {
    open() {
      read = 0
    },
    next,
    passed(tick) {
      for (; next() <= tick; read++) {
        const sums = sumsAt(next())
        const rows = sums.length / hourSums.length
        if (kept[0]?.length !== HOURS * rows) kept = hourSums.map(() => new Float64Array(HOURS * rows))
        for (const [at, into] of kept.entries())
          for (let row = 0; row < rows; row++) into[read * rows + row] = sums[row * hourSums.length + at] as number
      }
    },
    byHour: (name) => kept[hourSums.indexOf(name)] as Float64Array,
  }
}

/** Reads, at each full hour of the first day, how long every station's servers have been busy. */
import { BUSY_AREA, BUSY_TICKS, STATION_SHIFT, SUMS_SHIFT } from './kernel/records.ts'

const HOUR_TICKS = 36_000_000
const HOURS = 24

export interface HourReader {
  open(): void
  /** The next full hour to stop at; beyond the clock when all are read. */
  next(): number
  /** All is played to this tick, and the hours up to it are read if they are not. */
  passed(tick: number): void
  /** Ticks of services that had ended, by station, hour after hour. */
  busyByHour(): Float64Array
}

export function hourReader(stations: () => Int32Array, stationSums: () => Float64Array): HourReader {
  let busyByHour = new Float64Array(0)
  let read = 0
  const next = (): number => (read < HOURS ? (read + 1) * HOUR_TICKS : Number.POSITIVE_INFINITY)
  return {
    open() {
      read = 0
    },
    next,
    passed(tick) {
      for (; next() <= tick; read++) {
        const table = stations()
        const sums = stationSums()
        const rows = table.length >> STATION_SHIFT
        if (busyByHour.length !== HOURS * rows) busyByHour = new Float64Array(HOURS * rows)
        for (let row = 0; row < rows; row++)
          busyByHour[read * rows + row] =
            (sums[(row << SUMS_SHIFT) + BUSY_AREA] as number) + (table[(row << STATION_SHIFT) + BUSY_TICKS] as number)
      }
    },
    busyByHour: () => busyByHour,
  }
}

/** The numbers of a city that its calibration finds: where they stand and what a factor makes of them. */
import type { CityFile } from './city-schema.ts'

type Calibration = NonNullable<CityFile['calibration']>
type Parameter = Calibration['parameters'][number]
type Move = Parameter['moves'][number]

/** An entry of a move's number at a factor, to four digits: what the file says and what is played are one. */
export function numberAt({ base, entries }: Move, entry: number, factor: number): number {
  const start = (Array.isArray(base) ? base[entry] : base) as number
  return entries === undefined || entries.includes(entry) ? Number((start * factor).toPrecision(4)) : start
}

/** The numbers of a city that its calibration finds: where they stand and what a factor makes of them. */
import { at } from './check-shape.ts'
import type { CityFile } from './city-schema.ts'

type Calibration = NonNullable<CityFile['calibration']>
type Parameter = Calibration['parameters'][number]
type Move = Parameter['moves'][number]

/** An entry of a move's number at a factor, to four digits: what the file says and what is played are one. */
export function numberAt({ base, entries }: Move, entry: number, factor: number): number {
  const start = (Array.isArray(base) ? base[entry] : base) as number
  return entries === undefined || entries.includes(entry) ? Number((start * factor).toPrecision(4)) : start
}

export interface FittedNumber {
  /** Keys to the number itself: `consulting`, `peakUtilization`, `values`, 0. */
  readonly path: readonly (string | number)[]
  readonly value: number
}

/** Every number the parameters move, at these factors, in the order of the parameters. */
export function fittedNumbers(parameters: readonly Parameter[], factors: readonly number[]): readonly FittedNumber[] {
  return parameters.flatMap(({ moves }, index) =>
    moves.flatMap((move): FittedNumber[] => {
      const place = move.path.split('.')
      if (!Array.isArray(move.base)) return [{ path: [...place, 'value'], value: numberAt(move, 0, factors[index]!) }]
      const entries = move.entries ?? [...move.base.keys()]
      return entries.map((entry) => ({ path: [...place, 'values', entry], value: numberAt(move, entry, factors[index]!) }))
    }),
  )
}

/** The city with its fitted numbers at these factors; the file it was read from stays as it is. A move that leads nowhere moves nothing. */
export function cityAt(city: CityFile, factors: readonly number[]): CityFile {
  const copy = structuredClone(city)
  const parameters = copy.calibration?.parameters ?? []
  for (const { path, value } of fittedNumbers(parameters, factors)) {
    const holder = at(copy, path.slice(0, -1))
    if (holder !== null && typeof holder === 'object') (holder as Record<string | number, unknown>)[path.at(-1)!] = value
  }
  for (const [index, parameter] of parameters.entries()) parameter.fitted = factors[index]!
  return copy
}

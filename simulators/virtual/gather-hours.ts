/** How busy servers were, hour by hour of the first day, by kind of station and tier of the site. */
import { tiers } from '../../scenarios/plan.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import { HOURS } from '../measures/slices.ts'
import type { CompiledCity } from './compile-city.ts'
import { KIND_PARTY } from './compile-city.ts'
import type { Kernel } from './kernel-host.ts'

export function busyHours(
  kernel: Pick<Kernel, 'byHour'>,
  city: CompiledCity,
  kinds: number,
): Pick<DayFigures, 'hourBusy' | 'hourDuty' | 'hourOvertime'> {
  const { stationKind } = city.whole as Required<CompiledCity['whole']>
  const stations = stationKind.length
  const ofHours = (name: Parameters<Kernel['byHour']>[0]): Float64Array => {
    const into = new Float64Array(kinds * tiers.length * HOURS)
    const sofar = kernel.byHour(name)
    for (let station = 0; station < stations; station++) {
      const kind = stationKind[station] as number
      if (kind === KIND_PARTY) continue
      const at = (kind * tiers.length + (city.stationTier[station] as number)) * HOURS
      let before = 0
      for (let hour = 0; hour < HOURS; hour++) {
        const now = sofar[hour * stations + station] as number
        into[at + hour] = (into[at + hour] as number) + now - before
        before = now
      }
    }
    return into
  }
  return { hourBusy: ofHours('busy'), hourDuty: ofHours('onDuty'), hourOvertime: ofHours('overtime') }
}

/** How busy servers were, hour by hour of the first day, by kind of station and tier of the site. */
import { tiers } from '../../scenarios/plan.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import { HOURS } from '../measures/slices.ts'
import type { CompiledCity } from './compile-city.ts'
import { KIND_PARTY } from './compile-city.ts'
import type { Kernel } from './kernel-host.ts'

const HOUR_TICKS = 36_000_000

export function busyHours(
  kernel: Pick<Kernel, 'busyByHour'>,
  city: CompiledCity,
  kinds: number,
): Pick<DayFigures, 'hourBusy' | 'hourDuty'> {
  const hourBusy = new Float64Array(kinds * tiers.length * HOURS)
  const hourDuty = new Float64Array(kinds * tiers.length * HOURS)
  const { stationKind, stationServers, stationShift } = city.whole as Required<CompiledCity['whole']>
  const busy = kernel.busyByHour()
  const stations = stationKind.length
  const known = new Map<number, Float64Array>()
  for (let station = 0; station < stations; station++) {
    const kind = stationKind[station] as number
    if (kind === KIND_PARTY) continue
    const servers = stationServers[station] as number
    const pattern = stationShift[station] as number
    const key = servers * 64 + pattern
    let duty = known.get(key)
    if (duty === undefined) {
      duty = dutyByHour(city.whole, city.double, pattern, servers)
      known.set(key, duty)
    }
    const at = (kind * tiers.length + (city.stationTier[station] as number)) * HOURS
    let before = 0
    for (let hour = 0; hour < HOURS; hour++) {
      const sofar = busy[hour * stations + station] as number
      hourBusy[at + hour] = (hourBusy[at + hour] as number) + sofar - before
      hourDuty[at + hour] = (hourDuty[at + hour] as number) + (duty[hour] as number)
      before = sofar
    }
  }
  return { hourBusy, hourDuty }
}

/** Ticks times servers on duty in each hour of the day, as the kernel's shifts have it (kernel/visits.ts, changeShift). */
export function dutyByHour(
  { shiftTick, shiftPattern, shiftMinimum }: CompiledCity['whole'],
  { shiftShare }: CompiledCity['double'],
  pattern: number,
  servers: number,
): Float64Array {
  const duty = new Float64Array(HOURS)
  let [since, onDuty] = [0, servers]
  const pass = (to: number): void => {
    for (let hour = 0; hour < HOURS; hour++) {
      const ticks = Math.min(to, (hour + 1) * HOUR_TICKS) - Math.max(since, hour * HOUR_TICKS)
      if (ticks > 0) duty[hour] = (duty[hour] as number) + ticks * onDuty
    }
    since = to
  }
  for (const [change, tick] of (shiftTick ?? []).entries()) {
    if (shiftPattern?.[change] !== pattern || servers === 0) continue
    pass(tick)
    onDuty = Math.max(Math.ceil(servers * (shiftShare?.[change] as number)), shiftMinimum?.[change] as number)
  }
  pass(HOURS * HOUR_TICKS)
  return duty
}

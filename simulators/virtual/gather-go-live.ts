/** What a morning of going live leaves in the kernel. */
import type { GoLiveFigures } from '../measures/day-figures.ts'
import { type DayVisits, VISIT_SWITCH } from '../patients/day-visits.ts'
import { SWITCH_DIRECTORY } from '../patients/go-live-visits.ts'
import { OUTCOME_SWITCHED, TOTAL_HELD, TOTAL_OLD_WAY } from './kernel/sums.ts'
import type { Kernel } from './kernel-host.ts'

export function goLiveFigures(kernel: Kernel, day: DayVisits, outcome: Int32Array): GoLiveFigures | null {
  const siteReady = kernel.sum('siteReady').slice()
  if (siteReady.length === 0) return null
  const totals = kernel.sumDouble('totals')
  let [terminals, directories] = [0, 0]
  for (let v = 0; v < day.count; v++) {
    if (day.kind[v] !== VISIT_SWITCH || outcome[v] !== OUTCOME_SWITCHED) continue
    if (day.result[v] === SWITCH_DIRECTORY) directories++
    else terminals++
  }
  return {
    siteReady,
    terminals,
    directories,
    paymentsTheOldWay: totals[TOTAL_OLD_WAY] as number,
    settlementsHeld: totals[TOTAL_HELD] as number,
  }
}

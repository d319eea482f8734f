/** What a morning of going live leaves in the kernel. */
import type { GoLiveFigures } from '../measures/day-figures.ts'
import { SWITCH_DIRECTORY } from '../patients/go-live-visits.ts'
import { OUTCOME_SWITCHED, TOTAL_HELD, TOTAL_OLD_WAY } from './kernel/sums.ts'
import type { Kernel } from './kernel-host.ts'

/** Counts terminals and directories as they leave; null in the end where no site switches. */
export function switchFigures() {
  let [terminals, directories] = [0, 0]
  return {
    add(outcome: number, errand: number): void {
      if (outcome !== OUTCOME_SWITCHED) return
      if (errand === SWITCH_DIRECTORY) directories++
      else terminals++
    },
    close(kernel: Kernel): GoLiveFigures | null {
      const siteReady = kernel.sum('siteReady').slice()
      if (siteReady.length === 0) return null
      const totals = kernel.sumDouble('totals')
      return {
        siteReady,
        terminals,
        directories,
        paymentsTheOldWay: totals[TOTAL_OLD_WAY] as number,
        settlementsHeld: totals[TOTAL_HELD] as number,
      }
    },
  }
}

/** A roll-out from its first day to its last: shared tables, every day on whichever thread is free, one result. */
import type { Plan } from '../../../scenarios/plan.ts'
import type { RunResult } from '../../measures/run-result.ts'
import { crewFor } from '../crew.ts'
import { resultHashOf } from '../result-hash.ts'
import { provenanceSince, RunBook, type RunOptions } from '../run-city.ts'
import type { FillTask, WindowTask } from '../tasks.ts'
import { auditOf, verdictOf } from '../verdict.ts'
import type { DayOfWindow } from './day-of-window.ts'
import { rollOutSections } from './outcome.ts'
import { laySharedTables, SLICES } from './shared-tables.ts'
import { rollOutWindow } from './window.ts'

/** Runs a plan that has a roll-out. Rejects with the signal's reason when aborted. */
export async function runRollOut(plan: Plan, options: RunOptions): Promise<RunResult> {
  const provenance = provenanceSince(options)
  const window = rollOutWindow(plan)
  const tables = laySharedTables(plan, window)
  const book = new RunBook(plan, plan)
  const days: DayOfWindow[] = []
  const crew = crewFor(plan, options.kernel.bytes, options.workers, options.signal)
  const played = window.rollOut.plays === 'every-day' ? Array.from({ length: window.days }, (_, n) => n) : window.compared
  try {
    options.onProgress?.({ daysDone: 0, daysPlanned: played.length, phase: 'people' })
    const slices = Array.from({ length: SLICES }, (_, slice): FillTask => ({ does: 'fill', tables, slice }))
    await crew.does(slices, () => {})
    options.onProgress?.({ daysDone: 0, daysPlanned: played.length, phase: 'days' })
    const tasks = played.map((n): WindowTask => ({ does: 'day-of-window', tables, n }))
    await crew.does(tasks, (_, day) => {
      days.push({ ...day, compared: null })
      if (day.compared !== null) book.add(day.compared)
      options.onProgress?.({ daysDone: days.length, daysPlanned: played.length, phase: 'days' })
    })
  } finally {
    await crew.close()
  }
  options.onProgress?.({ daysDone: days.length, daysPlanned: days.length, phase: 'measures' })
  const compared = book.result(provenance(), 'done')
  // The books of every day are held against the auditor, not only those of the days compared.
  const [before = []] = book.armDays()
  const audit = auditOf(plan, [before, days.map(({ reform }) => reform)])
  const { resultHash: _compared, provenance: measured, ...sections } = compared
  const hashed = {
    ...sections,
    audit,
    verdict: verdictOf(audit, compared.faults, days.length),
    ...rollOutSections({ plan, window, tables, days, compared: book.armDays() }),
  }
  return { ...hashed, resultHash: resultHashOf(hashed), provenance: measured }
}

/** A plan for a test, by the scenario's name: the mistakes of its files, if any, become the test's failure. */
import { type LoadOptions, loadPlan } from '../load-plan.ts'
import type { Plan } from '../plan.ts'
import { formatProblems } from '../problem.ts'

export function planOf(scenario: string, options?: LoadOptions): Plan {
  const loaded = loadPlan(scenario, options)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  return loaded.plan
}

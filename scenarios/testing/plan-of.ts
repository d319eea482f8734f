/** A plan for a test, by the scenario's name: the mistakes of its files, if any, become the test's failure. */
import { type LoadOptions, loadPlan } from '../load-plan.ts'
import type { Plan } from '../plan.ts'
import { formatProblems } from '../problem.ts'

/** What was asked for already, by name and options. Reading a city takes longer than most tests; the files that ship do not change meanwhile. */
const known = new Map<string, Plan>()
const isShipped = (scenario: string) => /^[\w-]+$/.test(scenario)

export function planOf(scenario: string, options?: LoadOptions): Plan {
  const asked = JSON.stringify([scenario, options])
  const plan = known.get(asked) ?? read(scenario, options)
  if (isShipped(scenario)) known.set(asked, plan)
  return plan
}

function read(scenario: string, options: LoadOptions | undefined): Plan {
  const loaded = loadPlan(scenario, options)
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  return frozen(loaded.plan)
}

/** Tests share it, so none may change it; nor does a run change its plan. */
function frozen<Of>(value: Of): Of {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

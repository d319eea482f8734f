import { loadPlan } from '../scenarios/load-plan.ts'
import type { Plan } from '../scenarios/plan.ts'
import { badInput } from './bad-input.ts'
import type { PlanOptions } from './options.ts'

/** The plan of a scenario given by name or path; every mistake on the way is told at once, with exit code 2. */
export async function planFrom(scenario: string, options: Omit<PlanOptions, 'scale'> & { readonly scale?: number }): Promise<Plan> {
  const loaded = await loadPlan(scenario, {
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.scale !== undefined && { scale: options.scale }),
    ...(options.quick !== undefined && { quick: options.quick }),
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.precision !== undefined && { precision: options.precision }),
  })
  if ('plan' in loaded) return loaded.plan
  throw badInput(loaded.problems)
}

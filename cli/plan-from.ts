import { loadPlan } from '../scenarios/load-plan.ts'
import type { Plan } from '../scenarios/plan.ts'
import { formatProblems, type Problem } from '../scenarios/problem.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
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

/** All problems of some files as one failure: exit code 2, each with its place, in both languages. */
export function badInput(problems: readonly Problem[]): CommandFailure {
  const many = problems.length > 1
  return new CommandFailure(
    exitCodes.badInput,
    formatProblems(problems),
    many ? `${problems.length} problems · 共 ${problems.length} 处问题` : '1 problem · 共 1 处问题',
  )
}

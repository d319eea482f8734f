/** The first day alone, of a run that was made or of one arm played for it: the cheapest pair of answers that rest on the same people. */
import type { ArmPlan, Plan } from '../../scenarios/plan.ts'
import type { RunResult } from '../measures/run-result.ts'
import type { ArmDay } from './city-player.ts'
import { crewFor } from './crew.ts'
import { type PlatformCalls, platformCallsOfDay } from './measured-plan.ts'
import { provenanceSince, RunBook, type RunOptions } from './run-city.ts'
import { wholeCityPlan } from './whole-city-plan.ts'

/** @param arm of the plan, played in the whole city wherever the scenario plays it */
export function armAlone(plan: Plan, arm: string): Plan {
  const arms = plan.scenario.arms.filter(({ name }) => name === arm).map(({ city: _, alsoAgainst: __, ...own }): ArmPlan => own)
  return { ...plan, scenario: { ...plan.scenario, arms } }
}

/** On a thread of its own, so that two of them take both cores. A provisional result: a day has no interval. */
export async function playFirstDay(plan: Plan, options: RunOptions): Promise<RunResult> {
  const provenance = provenanceSince(options)
  const book = new RunBook(plan, plan)
  const crew = crewFor(plan, options.kernel.bytes, Math.max(2, options.workers), options.signal)
  try {
    await crew.does([{ does: 'day', city: 'whole', replication: 0 }], (_, arms) => book.add(arms))
  } finally {
    await crew.close()
  }
  return book.result(provenance(), 'on-the-way')
}

export interface FirstDay {
  /** A provisional result: a day has no interval. */
  readonly result: RunResult
  readonly platformCalls: PlatformCalls
}

/** What a run of the plan played on its first day, by arm of the whole city. */
export function firstDayOf(plan: Plan, arms: readonly ArmDay[], options: RunOptions): FirstDay {
  const whole = wholeCityPlan(plan)
  const book = new RunBook(whole, plan)
  book.add(arms)
  return {
    result: book.result(provenanceSince(options)(), 'on-the-way'),
    platformCalls: platformCallsOfDay(plan, arms),
  }
}

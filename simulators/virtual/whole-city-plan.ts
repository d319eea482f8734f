import type { Plan } from '../../scenarios/plan.ts'

/** The plan without the arms that are played on the reduced city only. */
export function wholeCityPlan(plan: Plan): Plan {
  return { ...plan, scenario: { ...plan.scenario, arms: plan.scenario.arms.filter(({ city }) => city !== 'reduced') } }
}

import type { CityFile } from './city-schema.ts'
import { type ArmPlan, type CityPlan, type Plan, planFormat, planVersion, type ScenarioPlan } from './plan.ts'
import type { FaultPlan } from './plan-faults.ts'
import type { GoLivePlan, SurgePlan } from './plan-go-live.ts'
import { type RollOutPlan, rollOutTotalNames } from './plan-roll-out.ts'
import type { PolicyFile } from './policy-schema.ts'
import { cityPlan } from './resolve-city.ts'
import { policyPlan } from './resolve-policy.ts'
import type { ScenarioFile } from './scenario-schema.ts'
import { secondOfDay } from './second-of-day.ts'
import { studyPlans } from './study-schema.ts'
import { Warrants } from './warrants.ts'

/** Names under which the three files are known: their base names. */
export interface FileNames {
  readonly scenario: string
  readonly city: string
  readonly policy: string
}

/** The plan of three files that have passed every check. Pure. */
export function resolve(scenario: ScenarioFile, city: CityFile, policy: PolicyFile, names: FileNames): Plan {
  const warrants = new Warrants()
  const scenarioPart = scenarioPlan(scenario, names.scenario, warrants, city)
  const cityPart = withService(cityPlan(city, names.city, warrants), scenario, warrants)
  const policyPart = policyPlan(policy, names.policy, scenario.date, warrants)
  // Recorded last, so that groups of assumptions keep their order, and a study its plans, whether bills go back or not, and whether the term is played.
  const refunds = scenario.refunds === undefined ? {} : { refunds: warrants.plain(scenario.refunds, 'scenario.refunds') }
  const creditTerm = scenario.creditTerm === undefined ? {} : { creditTerm: warrants.plain(scenario.creditTerm, 'scenario.creditTerm') }
  const groups = new Set(warrants.records.flatMap(({ warrant }) => (warrant.kind === 'assumption' ? [warrant.group] : [])))
  return {
    format: planFormat,
    version: planVersion,
    scenario: { ...scenarioPart, ...refunds, ...creditTerm, ...studyPlans(scenario, groups.size) },
    city: cityPart,
    policy: policyPart,
    provenance: warrants.records,
  }
}

function scenarioPlan(file: ScenarioFile, name: string, warrants: Warrants, city: CityFile): ScenarioPlan {
  const { format: _format, version: _version, city: _city, policy: _policy, serviceLevel: _service, ...said } = file
  const {
    faults,
    arms,
    rollOut,
    goLive,
    surge,
    refunds: _refunds,
    creditTerm: _term,
    reducedCity: _reduced,
    assumptionStudy: _study,
    onTheWire: _short,
    wireArm,
    ...rest
  } = said
  const rolledOut = rollOut === undefined ? undefined : rollOutPlan(rollOut, city)
  const mean = rolledOut === undefined ? {} : meanAdoption(rolledOut)
  return {
    name,
    ...rest,
    ...(wireArm !== undefined && { wireArm }),
    arms: arms.flatMap((arm) => armPlans(arm, goLive)).map((arm) => (arm.reform ? { ...arm, ...mean } : arm)),
    faults: faults.map(faultPlan),
    ...(rolledOut !== undefined && { rollOut: rolledOut }),
    ...(goLive !== undefined && { goLive: goLivePlan(goLive, warrants) }),
    ...(surge !== undefined && { surge: warrants.plain(surge, 'scenario.surge') satisfies SurgePlan }),
  }
}

/** An arm that goes live in waves is one arm a wave, each on the same people. */
function armPlans({ goLive, alsoAgainst, ...arm }: ScenarioFile['arms'][number], file: ScenarioFile['goLive']): readonly ArmPlan[] {
  const one = { ...arm, ...(alsoAgainst.length > 0 && { alsoAgainst }) }
  const of = { arm: arm.name, title: arm.title }
  if (goLive === 'nothing') return [one]
  if (goLive === 'all-at-once') return [{ ...one, goLive: of }]
  return (file?.waves ?? []).map(({ title }, wave) => ({
    ...one,
    name: `${arm.name}-${wave + 1}`,
    title: { zh: `${arm.title.zh}：${title.zh}`, en: `${arm.title.en}: ${title.en}` },
    goLive: { ...of, wave },
  }))
}

function goLivePlan({ at, readyBy, waves, ...numbers }: NonNullable<ScenarioFile['goLive']>, warrants: Warrants): GoLivePlan {
  return {
    switchSecond: secondOfDay(at),
    readyBySecond: secondOfDay(readyBy),
    waves,
    ...warrants.plain(numbers, 'scenario.goLive'),
  }
}

/** A scenario's own service level is its question, as an adoption is, and takes the place of the city's. */
function withService(city: CityPlan, { serviceLevel }: ScenarioFile, warrants: Warrants): CityPlan {
  if (serviceLevel === undefined) return city
  warrants.forget('city.service.')
  return { ...city, service: { ...city.service, ...serviceLevel } }
}

/** Over the whole window; day by day adoption follows the shape. */
function meanAdoption({ totals }: RollOutPlan): Pick<ArmPlan, 'adoption' | 'creditShareOfAdopters'> {
  return {
    adoption: totals.credentialTransactions / totals.transactions,
    creditShareOfAdopters: totals.creditPayments / totals.credentialTransactions,
  }
}

function rollOutPlan({ from, to, waves, shapes }: NonNullable<ScenarioFile['rollOut']>, city: CityFile): RollOutPlan {
  const total = (name: string): number => city.publishedTotals?.find((row) => row.name === name)?.published ?? 0
  return {
    from,
    to,
    plays: 'every-day',
    waves: waves.map(({ on, title, districts, municipalInstitutions }) => ({ on, title, districts, municipalInstitutions })),
    totals: {
      transactions: total(rollOutTotalNames.transactions),
      credentialTransactions: total(rollOutTotalNames.credentialTransactions),
      creditPayments: total(rollOutTotalNames.creditPayments),
      signUps: total(rollOutTotalNames.signUps),
    },
    shapes: shapes.map(({ name, title, form, steepness }) => ({ name, title, form, steepness })),
  }
}

function faultPlan({ from, to, target, ...rest }: ScenarioFile['faults'][number]): FaultPlan {
  return {
    ...rest,
    // Platform and bureau are one of a kind, so their name may be left out.
    target: { party: target.party, name: target.name ?? target.party },
    fromSecond: secondOfDay(from),
    toSecond: secondOfDay(to),
  }
}

import type { CityFile } from './city-schema.ts'
import { evidencePlans } from './evidence-plans.ts'
import { Warrants } from './plain.ts'
import {
  type ArmPlan,
  ageGroups,
  type CityPlan,
  type GivenSitePlan,
  insuredTypes,
  type Plan,
  planFormat,
  planVersion,
  type ScenarioPlan,
  tiers,
} from './plan.ts'
import type { FaultPlan } from './plan-faults.ts'
import type { GoLivePlan, SurgePlan } from './plan-go-live.ts'
import type { BenefitPlan, ClearingPlan, InpatientPlan, PolicyPlan } from './plan-policy.ts'
import { type RollOutPlan, rollOutTotalNames } from './plan-roll-out.ts'
import type { PolicyFile, ScenarioFile } from './schema.ts'
import { studyPlans } from './study-schema.ts'
import type { Node } from './warranted.ts'

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

/** hh:mm or hh:mm:ss as seconds from midnight; NaN for what is no time of a day. */
export function secondOfDay(clock: string): number {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  const result = hour * 3600 + minute * 60 + second
  return minute < 60 && second < 60 && result <= 86400 ? result : Number.NaN
}

function cityPlan(file: CityFile, name: string, warrants: Warrants): CityPlan {
  const at = 'city'
  const { departments, demand, shifts, parties, people } = file
  return {
    name,
    title: file.title,
    totals: warrants.plain(file.totals, `${at}.totals`),
    districts: districtPlans(file.districts, warrants),
    tiers: tierPlans(file.tiers, warrants),
    departments: departmentPlans(departments, warrants),
    people: peoplePlan(people, warrants),
    demand: demandPlan(demand, warrants),
    journey: warrants.plain(file.journey, `${at}.journey`),
    stations: warrants.plain(file.stations, `${at}.stations`),
    consulting: warrants.plain(file.consulting, `${at}.consulting`),
    shifts: shiftPlans(shifts, warrants),
    laws: warrants.plain(file.laws, `${at}.laws`) as CityPlan['laws'],
    bills: warrants.plain(file.bills, `${at}.bills`),
    parties: partiesPlan(parties, warrants),
    remote: warrants.plain(file.remote, `${at}.remote`),
    signUp: warrants.plain(file.signUp, `${at}.signUp`),
    service: warrants.plain(file.service, `${at}.service`),
    ...givenTables(file, warrants),
    ...evidencePlans(file),
  }
}

/** A user's own tables stand in the plan as they are; each of their columns is recorded under the table's one source. */
function givenTables({ givenSites, observedWaits }: CityFile, warrants: Warrants): Pick<CityPlan, 'givenSites' | 'observedWaits'> {
  if (givenSites !== undefined) {
    const { list, ...warrant } = givenSites
    const node: Node = { ...warrant, varies: 'value' }
    warrants.record(
      node,
      'city.givenSites[*].servers',
      list.flatMap(({ servers }) => Object.values(servers) as number[]),
    )
    warrants.record(
      node,
      'city.givenSites[*].departments[*].doctors',
      list.flatMap(({ departments }) => departments.map(({ doctors }) => doctors)),
    )
    warrants.record(
      node,
      'city.givenSites[*].hourlyArrivals',
      list.flatMap(({ hourlyArrivals }) => hourlyArrivals),
    )
  }
  if (observedWaits !== undefined) {
    const { list, ...warrant } = observedWaits
    warrants.record(
      { ...warrant, varies: 'value' },
      'city.observedWaits[*].meanWaitSeconds',
      list.map(({ meanWaitSeconds }) => meanWaitSeconds),
    )
  }
  return {
    ...(givenSites === undefined ? {} : { givenSites: givenSites.list as GivenSitePlan[] }),
    ...(observedWaits === undefined ? {} : { observedWaits: observedWaits.list }),
  }
}

function districtPlans({ titles, populationShare }: CityFile['districts'], warrants: Warrants): CityPlan['districts'] {
  const names = Object.keys(titles)
  const shares = warrants.column(populationShare, names, 'city.districts[*].populationShare')
  return names.map((name, index) => ({ name, title: titles[name]!, populationShare: shares[index]! }))
}

function tierPlans({ titles, ...columns }: CityFile['tiers'], warrants: Warrants): CityPlan['tiers'] {
  for (const [key, node] of Object.entries(columns)) warrants.record(node, `city.tiers[*].${key}`, node.values)
  return tiers.map((tier, index) => {
    const row = Object.fromEntries(Object.entries(columns).map(([key, node]) => [key, node.values[index]!])) as Record<
      keyof typeof columns,
      number
    >
    return { tier, title: titles[tier], ...row }
  })
}

function departmentPlans({ titles, weightByAge }: CityFile['departments'], warrants: Warrants): CityPlan['departments'] {
  const names = Object.keys(titles)
  warrants.record(
    weightByAge,
    'city.departments[*].weightByAge',
    names.flatMap((name) => weightByAge.values[name]!),
  )
  return names.map((name) => ({ name, title: titles[name]!, weightByAge: weightByAge.values[name]! }))
}

function shiftPlans(shifts: CityFile['shifts'], warrants: Warrants): CityPlan['shifts'] {
  return Object.fromEntries(
    Object.entries(shifts).map(([name, { from, share, minimumServers }]) => {
      warrants.record(share, `city.shifts.${name}[*].share`, share.values)
      warrants.record(minimumServers, `city.shifts.${name}[*].minimumServers`, minimumServers.values)
      const row = (clock: string, index: number) => ({
        fromSecond: secondOfDay(clock),
        share: share.values[index]!,
        minimumServers: minimumServers.values[index]!,
      })
      return [name, from.map(row)]
    }),
  )
}

function peoplePlan({ frequencyClasses, credit, ...rest }: CityFile['people'], warrants: Warrants): CityPlan['people'] {
  const at = 'city.people'
  const classes = warrants.plain(frequencyClasses, `${at}.frequencyClasses[*][*]`)
  const { limitYuan, limitShare, ...terms } = credit
  const limits = warrants.plain({ limitYuan, share: limitShare }, `${at}.credit.limits[*]`)
  return {
    ...warrants.plain(rest, at),
    frequencyClasses: ageGroups.map((_, age) =>
      classes.share[age]!.map((share, index) => ({ share, visitsPerYear: classes.visitsPerYear[age]![index]! })),
    ),
    credit: {
      limits: limits.limitFen.map((limitFen, index) => ({ limitFen, share: limits.share[index]! })),
      ...warrants.plain(terms, `${at}.credit`),
    },
  }
}

/**
 * The published figure counts outpatient and emergency visits (门急诊) of every provider in one year; the plan wants outpatient
 * visits of the public institutions on a mean day, with emergency visits beside them.
 */
function demandPlan(file: CityFile['demand'], warrants: Warrants): CityPlan['demand'] {
  const { allProvidersVisitsPerYear, daysOfThatYear, publicInstitutionsShare, ...rest } = warrants.plain(file, 'city.demand')
  const visitsOfAllProviders = allProvidersVisitsPerYear / daysOfThatYear
  return {
    ...rest,
    allProvidersVisitsPerYear,
    daysOfThatYear,
    publicInstitutionsShare,
    visitsPerDay: Math.round((visitsOfAllProviders * publicInstitutionsShare) / (1 + rest.emergencyShare)),
  }
}

function partiesPlan(file: CityFile['parties'], warrants: Warrants): CityPlan['parties'] {
  const at = 'city.parties'
  const { channels, banks, ...rest } = file
  const channelNames = channels.list.map(({ name }) => name)
  const usage = warrants.column(channels.usageShare, channelNames, `${at}.channels[*].usageShare`)
  const channelServers = warrants.column(channels.servers, channelNames, `${at}.channels[*].servers`)
  const bankNames = banks.list.map(({ name }) => name)
  const bankShares = warrants.column(banks.share, bankNames, `${at}.banks[*].share`)
  const bankServers = warrants.column(banks.servers, bankNames, `${at}.banks[*].servers`)
  const bankCutOffs = warrants.column(banks.cutOffMinute, bankNames, `${at}.banks[*].cutOffMinute`)
  return {
    ...warrants.plain(rest, at),
    channels: channels.list.map((channel, index) => ({
      ...channel,
      usageShare: usage[index]!,
      backupOrder: index + 1,
      servers: channelServers[index]!,
    })),
    banks: banks.list.map((bank, index) => ({
      ...bank,
      share: bankShares[index]!,
      servers: bankServers[index]!,
      cutOffMinute: bankCutOffs[index]!,
    })),
  }
}

/** The policy as it stands on one day. */
export function policyPlan(file: PolicyFile, name: string, date: string, warrants: Warrants): PolicyPlan {
  const rows = insuredTypes.flatMap((insuredType) => ageGroups.map((ageGroup) => ({ insuredType, ageGroup })))
  return {
    name,
    insuranceYearStart: lineOn(file.insuranceYearStart, date)!.day,
    benefits: rows.map(({ insuredType, ageGroup }, index): BenefitPlan => {
      const row = file.benefits.find((benefit) => benefit.insuredType === insuredType && benefit.ageGroups.includes(ageGroup))!
      if (!row.insured) return { insuredType, ageGroup, insured: false, ...nothingInsured }
      const at = `policy.benefits[${index}]`
      const fen = (lines: readonly DatedLine[] | undefined, key: string): number =>
        yuanLineFen(lineOn(lines!, date)!, `${at}.${key}`, warrants)
      const rates = lineOn(row.fundRate!, date)!
      warrants.record(rates, `${at}.fundRateBasisPoints`, rates.values)
      return {
        insuredType,
        ageGroup,
        insured: true,
        deductibleFen: fen(row.deductible, 'deductibleFen'),
        fundRateBasisPoints: rates.values,
        annualCapFen: fen(row.annualCap, 'annualCapFen'),
        accountFen: fen(row.account, 'accountFen'),
        historyAccountMeanFen: fen(row.historyAccountMean, 'historyAccountMeanFen'),
      }
    }),
    inpatient: file.inpatient.map((row, index): InpatientPlan => {
      const at = `policy.inpatient[${index}]`
      const deductible = lineOn(row.deductible, date)!
      const rates = lineOn(row.fundRate, date)!
      const deductibleFen = deductible.values.map((yuan) => Math.round(yuan * 100))
      warrants.record(deductible, `${at}.deductibleFen`, deductibleFen)
      warrants.record(rates, `${at}.fundRateBasisPoints`, rates.values)
      const annualCapFen = yuanLineFen(lineOn(row.annualCap, date)!, `${at}.annualCapFen`, warrants)
      return { insuredType: row.insuredType, deductibleFen, fundRateBasisPoints: rates.values, annualCapFen }
    }),
    ...(file.clearing === undefined ? {} : { clearing: clearingPlan(file.clearing, date, warrants) }),
    creditBands: file.creditBands.map(({ fromScore, toScore, limit }, index) => ({
      fromScore,
      toScore,
      limitFen: yuanLineFen(lineOn(limit, date)!, `policy.creditBands[${index}].limitFen`, warrants),
    })),
  }
}

function clearingPlan(clearing: NonNullable<PolicyFile['clearing']>, date: string, warrants: Warrants): ClearingPlan {
  const number = (lines: readonly DatedLine[], key: keyof ClearingPlan): number => {
    const line = lineOn(lines, date)!
    warrants.record(line, `policy.clearing.${key}`, line.value)
    return line.value
  }
  return {
    mostSettlements: number(clearing.mostSettlements, 'mostSettlements'),
    upheldBasisPoints: number(clearing.upheldShare, 'upheldBasisPoints'),
    payoutDays: number(clearing.payout, 'payoutDays'),
    appealDays: number(clearing.appeal, 'appealDays'),
    decisionDays: number(clearing.decision, 'decisionDays'),
  }
}

type DatedLine = Node & { readonly from: string; readonly value: number }

function yuanLineFen(line: DatedLine, path: string, warrants: Warrants): number {
  const fen = Math.round(line.value * 100)
  warrants.record(line, path, fen, 100)
  return fen
}

/** The line in force on a day: the last that begins on it or before. ISO dates order as text. */
export function lineOn<Line extends { readonly from: string }>(lines: readonly Line[], date: string): Line | undefined {
  return lines
    .filter((line) => line.from <= date)
    .reduce<Line | undefined>((best, line) => (best && best.from > line.from ? best : line), undefined)
}

const nothingInsured = {
  deductibleFen: 0,
  fundRateBasisPoints: tiers.map(() => 0),
  annualCapFen: 0,
  accountFen: 0,
  historyAccountMeanFen: 0,
} as const

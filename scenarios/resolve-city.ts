import type { CityFile } from './city-schema.ts'
import { evidencePlans } from './evidence-plans.ts'
import { ageGroups, type CityPlan, type GivenSitePlan, tiers } from './plan.ts'
import { secondOfDay } from './second-of-day.ts'
import type { Node } from './warranted.ts'
import type { Warrants } from './warrants.ts'

/** The city as its file has it: columns become rows, each number recorded with its warrant. */
export function cityPlan(file: CityFile, name: string, warrants: Warrants): CityPlan {
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

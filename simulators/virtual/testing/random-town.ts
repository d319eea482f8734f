/**
 * Small towns drawn at random around a sound plan, for tests: tight windows, short patience, slow desks, coarse clocks and every kind
 * of fault, so that in a few hundred visits everything happens that a rule speaks of.
 */
import type { ArmPlan, CityPlan, LawPlan, Plan } from '../../../scenarios/plan.ts'
import { type FaultPlan, type FaultStrength, faultKinds, noStrength, strengthOf } from '../../../scenarios/plan-faults.ts'
import type { GoLivePlan } from '../../../scenarios/plan-go-live.ts'
import { decisionCounter, drawWord, streamKey0, streamKey1, uniformOf } from '../../engine/random.ts'
import { DecisionNames, seedWords } from '../../engine/streams.ts'
import { sitesOf } from '../../hospitals/sites.ts'
import { adoptionThresholds } from '../../patients/choose-modes.ts'
import { populationOf } from '../../patients/population.ts'
import { type CompiledCity, compileCity } from '../compile-city.ts'
import { compileDay } from '../compile-day.ts'
import { type CompiledPathways, compilePathways } from '../compile-pathways.ts'
import { RULE_BUCKET_SHIFT, RULE_KEY0, RULE_KEY1, RULE_KEY2, RULE_KEY3 } from '../kernel/inputs.ts'
import type { KernelTables, VisitColumn } from '../kernel-tables.ts'
import { sitesInRun } from '../sites-in-run.ts'

/** A day of a plan's arm, ready for a kernel or for its oracle. */
export interface TownDay {
  readonly tables: readonly KernelTables[]
  readonly visits: Readonly<Record<VisitColumn, Int32Array>>
  readonly count: number
  readonly faults: number
  readonly city: CompiledCity
  readonly pathways: CompiledPathways
}

export function townDay(plan: Plan, armName: string, replication: number): TownDay {
  const arm = plan.scenario.arms.find(({ name }) => name === armName) as ArmPlan
  const run = sitesInRun(sitesOf(plan.city), plan.scenario.scale, plan.scenario.seed)
  const names = new DecisionNames()
  const pathways = compilePathways(plan, names)
  const thresholds = adoptionThresholds(plan.city, arm)
  const city = compileCity(plan, arm, thresholds, run.sites, pathways, names)
  const day = populationOf(plan, run.all, run.numbers).visitsOf(replication)
  const rules = city.whole.rules as Int32Array
  const seed = seedWords(plan.scenario.seed)
  rules[RULE_KEY0] = streamKey0(seed.low, seed.high, 77 + replication)
  rules[RULE_KEY1] = streamKey1(seed.low, seed.high, 77 + replication)
  rules[RULE_KEY2] = streamKey0(seed.low, seed.high, 1_000_077 + replication)
  rules[RULE_KEY3] = streamKey1(seed.low, seed.high, 1_000_077 + replication)
  const visits = compileDay(arm, thresholds, day, city, pathways)
  return { tables: [city], visits, count: day.count, faults: city.faults.length, city, pathways }
}

/** A town like no other, the same for the same number. It has one arm, `tried`. */
export function randomTown(base: Plan, number: number): Plan {
  const draw = dice(number)
  const city = randomCity(base.city, draw)
  const faults = Array.from({ length: draw.whole(0, 4) }, (_, index) => randomFault(city, index, draw))
  const switches = draw.chance(0.4)
  const arm: ArmPlan = {
    name: 'tried',
    title: { zh: '试', en: 'Tried' },
    reform: draw.chance(0.85),
    adoption: draw.between(0.2, 1),
    creditShareOfAdopters: draw.between(0, 1),
    staffing: draw.chance(0.5) ? 'windows-kept' : 'windows-cut-in-proportion',
    mutualBackup: draw.chance(0.6),
    faults: faults.map(({ name }) => name),
    volunteerFactor: draw.pick([0, 1, 2]),
    ...(switches ? { goLive: { arm: 'tried', title: { zh: '试', en: 'Tried' } } } : {}),
  }
  const journey = { ...city.journey, bureauDownTries: draw.whole(0, 4) }
  return {
    ...base,
    city: { ...city, journey, parties: switches ? patient(city.parties) : city.parties },
    scenario: { ...base.scenario, seed: 1000 + number, arms: [arm], faults, ...(switches ? { goLive: randomMorning(draw, faults) } : {}) },
  }
}

/** A terminal tries until it is in; where the bureau is always slower than a caller waits, that is for ever. */
function patient(parties: CityPlan['parties']): CityPlan['parties'] {
  return { ...parties, retry: { ...parties.retry, timeoutSeconds: { ...parties.retry.timeoutSeconds, bureau: 300 } } }
}

/** {@link townDay} with arrivals on a coarse grid in some towns, so that ticks meet, and some patients on the pay-on-leaving path. */
export function randomTownDay(base: Plan, number: number): TownDay {
  const day = townDay(randomTown(base, number), 'tried', 0)
  const draw = dice(number + 1_000_000)
  const grid = draw.pick([1, 10_000, 600_000, 3_000_000])
  const onLeaving = draw.chance(0.3) ? 3 : 1_000_000
  // The calendar's wheel then turns once in half an hour, or never.
  const rules = day.city.whole.rules as Int32Array
  rules[RULE_BUCKET_SHIFT] = draw.pick([4, 6, 9, 12])
  const outpatient = day.pathways.firstRow.get('outpatient-visit')
  const leaving = day.pathways.firstRow.get('pay-on-leaving') as number
  return {
    ...day,
    visits: {
      ...day.visits,
      visitArrival: day.visits.visitArrival.map((tick) => tick - (tick % grid)),
      visitFirstRow: day.visits.visitFirstRow.map((row, visit) => (row === outpatient && visit % onLeaving === 1 ? leaving : row)),
    },
  }
}

interface Dice {
  between(low: number, high: number): number
  whole(low: number, high: number): number
  chance(share: number): boolean
  pick<Thing>(things: readonly Thing[]): Thing
}

function dice(number: number): Dice {
  let n = 0
  const u = (): number => uniformOf(drawWord(0x7e57, 0x70, number, decisionCounter(n++, 0)))
  const whole = (low: number, high: number): number => low + Math.floor(u() * (high - low + 1))
  return {
    between: (low, high) => low + u() * (high - low),
    whole,
    chance: (share) => u() < share,
    pick: (things) => things[whole(0, things.length - 1)]!,
  }
}

const backEnd = /^(entry|platform|bureau|bank|his)-/

function randomCity(city: CityPlan, draw: Dice): CityPlan {
  const strain = draw.pick([1, 1, 6, 15])
  const isCoarse = draw.chance(0.4)
  const laws = Object.fromEntries(
    Object.entries(city.laws).map(([name, law]): [string, LawPlan] => {
      const isBackEnd = backEnd.test(name) || name === 'bureau-down-wait'
      const mean = law.kind === 'uniform' ? (law.lowSeconds + law.highSeconds) / 2 : law.meanSeconds
      const meanSeconds =
        name === 'patience' ? draw.between(60, 3600) : mean * (isBackEnd ? strain * draw.between(0.5, 2) : draw.between(0.6, 1.6))
      if (isCoarse) return [name, { kind: 'constant', meanSeconds: isBackEnd ? Math.ceil(meanSeconds) : Math.ceil(meanSeconds / 60) * 60 }]
      return [
        name,
        draw.chance(0.3) ? { kind: 'exponential', meanSeconds } : { kind: 'lognormal', meanSeconds, cv: draw.between(0.3, 1.5) },
      ]
    }),
  )
  const tightness = draw.between(0.8, 2.5)
  const stations = Object.fromEntries(
    Object.entries(city.stations).map(([name, station]) => [
      name,
      {
        ...station,
        peakUtilization: station.peakUtilization.map((load) => load * tightness * draw.between(0.7, 1.4)),
        minimumServers: draw.whole(1, 2),
        shift: draw.pick(Object.keys(city.shifts)),
        elderlyPriority: draw.chance(0.6),
        balking: draw.chance(0.5),
        reneging: draw.chance(0.6),
      },
    ]),
  ) as unknown as CityPlan['stations']
  const [wait, pay, owe] = [draw.between(0.1, 1), draw.between(0.1, 1), draw.between(0.1, 1)]
  const whole = wait + pay + owe
  const { parties, people, journey, demand } = city
  const seconds = (): number => draw.pick([0.5, 2, 8, 30])
  return {
    ...city,
    laws,
    stations,
    consulting: {
      ...city.consulting,
      reneging: draw.chance(0.5),
      elderlyPriority: draw.chance(0.7),
      peakUtilization: city.consulting.peakUtilization.map((load) => load * tightness),
    },
    demand: { ...demand, visitsPerDay: demand.visitsPerDay * draw.between(0.3, 0.6) },
    people: {
      ...people,
      persons: Math.round(people.persons / 3),
      furtherEntriesMean: draw.between(0, 3),
      credit: {
        ...people.credit,
        limits: people.credit.limits.map((limit) => ({ ...limit, limitFen: Math.round(limit.limitFen * draw.between(0.02, 1)) })),
        raiseSuccessShare: draw.between(0, 1),
      },
    },
    journey: {
      ...journey,
      impatientShare: draw.between(0, 0.9),
      balkWaitingPerServer: draw.whole(1, 6),
      bureauDownShares: { wait: wait / whole, payInFull: pay / whole, leaveOwing: owe / whole },
    },
    parties: {
      ...parties,
      channels: parties.channels.map((channel) => ({ ...channel, servers: draw.whole(1, 3) })),
      platform: { servers: draw.whole(1, 2) },
      bureau: { servers: draw.whole(1, 3) },
      banks: parties.banks.map((bank) => ({ ...bank, servers: draw.whole(1, 2) })),
      retry: {
        timeoutSeconds: { entry: seconds(), platform: seconds(), bureau: seconds(), bank: seconds(), his: seconds() },
        attempts: draw.whole(1, 4),
        backoffSeconds: draw.between(0.1, 3),
        backoffFactor: draw.between(1, 3),
        jitterShare: draw.between(0, 0.5),
        refusalSeconds: draw.pick([0.05, 1]),
      },
      health: {
        windowSeconds: draw.between(6, 900),
        minimumCalls: draw.whole(1, 8),
        failureShare: draw.between(0.2, 0.9),
        probeSeconds: draw.between(1, 60),
      },
    },
    service: { ...city.service, withinSeconds: draw.pick([1, 2, 5, 20]) },
    remote: city.remote.map((remote) => ({ ...remote, visitsPerHour: remote.visitsPerHour * draw.between(0.3, 1) })),
  }
}

/** Where the bureau is out some time of the day, that is when the town switches over. */
function randomMorning(draw: Dice, faults: readonly FaultPlan[]): GoLivePlan {
  const outage = faults.find(({ kind, target }) => kind === 'outage' && target.party === 'bureau')
  const at = draw.whole(7 * 60, 11 * 60) * 60
  return {
    switchSecond: outage?.fromSecond ?? at,
    readyBySecond: 12 * 3600,
    waves: [],
    startSpreadSeconds: draw.pick([0, 60, 600]),
    pauseSeconds: draw.between(1, 120),
    // Up to a hundred seconds a transfer: the last of eight sites may have to ask twice, none for ever.
    directoryMegabytes: draw.between(1, 100),
    fileDeskTransfers: draw.whole(1, 3),
    fileDeskMegabitsPerSecond: 8,
    fileDeskTimeoutSeconds: draw.pick([400, 7200]),
    holdingSitesShare: draw.between(0, 1),
    hallSignUps: draw.whole(0, 60),
  }
}

function randomFault(city: CityPlan, index: number, draw: Dice): FaultPlan {
  const { channels, banks } = city.parties
  const kind = draw.pick(['outage', ...faultKinds] as const)
  const party = draw.pick(['channel', 'platform', 'bureau', 'bureau', 'bank'] as const)
  const name = party === 'channel' ? draw.pick(channels).name : party === 'bank' ? draw.pick(banks).name : party
  const fromSecond = draw.whole(7 * 60, 14 * 60) * 60
  const strength = strengthOf[kind]
  return {
    name: `fault-${index}`,
    kind,
    target: { party, name },
    fromSecond,
    toSecond: fromSecond + draw.whole(5, 240) * 60,
    form: draw.chance(0.5) ? 'refuse' : 'black-hole',
    ...noStrength,
    ...(strength === undefined ? {} : { [strength]: strengths[strength](draw) }),
  }
}

const strengths: Readonly<Record<FaultStrength, (draw: Dice) => number>> = {
  slowFactor: (draw) => draw.between(2, 12),
  capacityShare: (draw) => draw.between(0, 0.9),
  errorShare: (draw) => draw.between(0.1, 1),
}

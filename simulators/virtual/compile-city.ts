/**
 * A city and an arm as the kernel's tables: stations, shifts, shared parties, faults and the numbers of the rules.
 * What changes from day to day (the visits) is compile-day.ts.
 */
import { type ArmPlan, type CityPlan, type Plan, stationKinds } from '../../scenarios/plan.ts'
import { legNames, type PartyKind } from '../../scenarios/plan-parties.ts'
import { dayNumber } from '../engine/civil-date.ts'
import type { DecisionNames } from '../engine/streams.ts'
import { ticksOfSeconds } from '../engine/time.ts'
import { allFaults } from '../faults/all-faults.ts'
import type { Site } from '../hospitals/sites.ts'
import { visitShareOfAge } from '../hospitals/sites.ts'
import type { AdoptionThresholds } from '../patients/choose-modes.ts'
import { errands } from '../platform/errands.ts'
import type { CompiledPathways } from './compile-pathways.ts'
import { faultCodes } from './fault-codes.ts'
import * as k from './kernel/inputs.ts'
import type { InputDoubleName, InputName } from './kernel-tables.ts'
import { switchingSites } from './switching-sites.ts'

export interface CompiledCity {
  readonly whole: Partial<Record<InputName, Int32Array>>
  readonly double: Partial<Record<InputDoubleName, Float64Array>>
  /** First station of each site of the run; beyond them, of the remote visits, which join no line. */
  readonly siteFirst: Int32Array
  readonly stations: number
  /** By station of a site: the site's tier. */
  readonly stationTier: Uint8Array
  readonly parties: readonly PartyOfRun[]
  /** Faults of this arm, numbered as the kernel does. */
  readonly faults: readonly Plan['scenario']['faults'][number][]
}

export interface PartyOfRun {
  readonly name: string
  readonly kind: PartyKind
  readonly servers: number
}

/** Kinds of station in the kernel's sums: the fixed ones, the consulting rooms, the shared parties. */
export const KIND_CONSULTING = stationKinds.length
export const KIND_PARTY = stationKinds.length + 1
export const kindNames: readonly string[] = [...stationKinds, 'consulting-room']
const paymentKinds: readonly string[] = ['registration-window', 'kiosk', 'cashier-window', 'volunteer-desk']
const afterPaymentKinds: readonly string[] = ['laboratory', 'imaging', 'pharmacy-window']
export const isPaymentKind = (kind: string): boolean => paymentKinds.includes(kind)

/** @param sites the sites of this run, copies included */
export function compileCity(
  plan: Plan,
  arm: ArmPlan,
  thresholds: AdoptionThresholds,
  sites: readonly Site[],
  pathways: CompiledPathways,
  names: DecisionNames,
): CompiledCity {
  const { city } = plan
  const parties = partiesOf(plan)
  const switching = switchingSites(plan, arm, sites)
  const servers: number[] = []
  const shift: number[] = []
  const flags: number[] = []
  const kind: number[] = []
  const siteFirst = new Int32Array(sites.length + 1)
  const patterns = Object.keys(city.shifts)
  const adopters = city.people.ageShares.reduce((sum, _, age) => sum + visitShareOfAge(city, age) * (thresholds.adopts[age] ?? 0), 0)
  for (const [index, site] of sites.entries()) {
    siteFirst[index] = servers.length
    for (const [slot, full] of site.servers.entries()) {
      const name = stationKinds[slot]
      if (name !== undefined) {
        const station = city.stations[name]
        servers.push(staffed(arm, name, full, adopters))
        shift.push(patterns.indexOf(station.shift) + (station.nightDuty && site.emergency ? patterns.length : 0))
        flags.push(
          flagsOf(station) |
            (paymentKinds.includes(name) ? k.STATION_PAYMENT : 0) |
            (afterPaymentKinds.includes(name) ? k.STATION_AFTER_PAYMENT : 0),
        )
        kind.push(slot)
      } else {
        servers.push(full)
        shift.push(patterns.indexOf(city.consulting.shift))
        flags.push(flagsOf({ ...city.consulting, balking: false }))
        kind.push(KIND_CONSULTING)
      }
    }
  }
  siteFirst[sites.length] = servers.length
  const stationTier = Uint8Array.from(sites.flatMap((site) => site.servers.map(() => site.tier)))
  const partyStation = parties.map((party) => {
    servers.push(party.servers)
    shift.push(-1)
    flags.push(0)
    kind.push(KIND_PARTY)
    return servers.length - 1
  })
  const faults = plan.scenario.faults.filter((fault) => arm.faults.includes(fault.name))
  const changes = faults.flatMap((fault, number) => faultChanges(fault, number, parties)).sort((a, b) => a.tick - b.tick || a.does - b.does)
  const shifts = shiftChanges(city, patterns)
  const day = dayNumber(plan.scenario.date)
  const rules = new Int32Array(k.RULES)
  const shares = new Float64Array(8)
  const law = (name: string): number => pathways.lawIndex.get(name) as number
  const operation = (name: string): number => law(city.parties.operations[name] ?? '')
  const { retry, health } = city.parties
  // Some ten events a bucket at the peak: a narrower bucket costs memory, a wider one ordering.
  rules[k.RULE_BUCKET_SHIFT] = sites.length > 200 ? 8 : sites.length > 20 ? 9 : 12
  rules[k.RULE_CHANNELS] = city.parties.channels.length
  rules[k.RULE_PLATFORM] = city.parties.channels.length
  rules[k.RULE_BUREAU] = city.parties.channels.length + 1
  rules[k.RULE_FIRST_BANK] = city.parties.channels.length + 2
  rules[k.RULE_FILES] = parties.findIndex(({ name }) => name === fileDesk)
  rules[k.RULE_FILES_TIMEOUT] = ticksOfSeconds(plan.scenario.goLive?.fileDeskTimeoutSeconds ?? 0)
  rules[k.RULE_SWITCH_TICK] = ticksOfSeconds(plan.scenario.goLive?.switchSecond ?? 0)
  rules[k.RULE_BALK_PER_SERVER] = Math.round(city.journey.balkWaitingPerServer)
  rules[k.RULE_SWITCH_LAW] = law(city.journey.switchEntryLaw)
  rules[k.RULE_WAIT_LAW] = law(city.journey.bureauDownWaitLaw)
  rules[k.RULE_WAIT_TRIES] = Math.round(city.journey.bureauDownTries)
  rules[k.RULE_ATTEMPTS] = retry.attempts
  rules[k.RULE_REFUSAL_TICKS] = ticksOfSeconds(retry.refusalSeconds)
  rules[k.RULE_BACKOFF_TICKS] = ticksOfSeconds(retry.backoffSeconds)
  for (const [leg, name] of legNames.entries()) rules[k.RULE_TIMEOUT_FIRST + leg] = ticksOfSeconds(retry.timeoutSeconds[name])
  rules[k.RULE_HEALTH_WINDOW] = ticksOfSeconds(health.windowSeconds)
  rules[k.RULE_HEALTH_CALLS] = health.minimumCalls
  rules[k.RULE_HEALTH_PROBE] = ticksOfSeconds(health.probeSeconds)
  rules[k.RULE_MUTUAL_BACKUP] = arm.mutualBackup ? 1 : 0
  rules[k.RULE_LEVEL_TICKS] = ticksOfSeconds(city.service.withinSeconds)
  rules[k.RULE_QUERY_LAW] = operation('bureau/query')
  rules[k.RULE_RAISE_LAW] = operation('bank/raise-limit')
  rules[k.RULE_REVERSE_BUREAU] = pathways.errandIndex.get('bureau-reversal') as number
  rules[k.RULE_REVERSE_OWN_BANK] = pathways.errandIndex.get('bank-reversal') as number
  rules[k.RULE_REVERSE_CREDIT_BANK] = pathways.errandIndex.get('credit-reversal') as number
  rules[k.RULE_REVERSE_WALLET] = pathways.errandIndex.get('wallet-reversal') as number
  rules[k.RULE_MEASURED_OPERATIONS] = plan.measured?.operations.length ?? 0
  rules[k.RULE_WAIT_SITES] = city.observedWaits === undefined ? 1 : sites.length + 1
  rules[k.RULE_DECISION_SWITCH] = names.numberOf('visit/switch-entry')
  rules[k.RULE_DECISION_DOWN] = names.numberOf('visit/bureau-down')
  rules[k.RULE_DECISION_WAIT] = names.numberOf('visit/bureau-down-wait')
  shares[k.SHARE_BACKOFF_FACTOR] = retry.backoffFactor
  shares[k.SHARE_JITTER] = retry.jitterShare
  shares[k.SHARE_HEALTH_FAILURES] = health.failureShare
  shares[k.SHARE_DOWN_WAIT] = city.journey.bureauDownShares.wait
  shares[k.SHARE_DOWN_PAY] = city.journey.bureauDownShares.payInFull
  shares[k.SHARE_DOWN_OWE] = city.journey.bureauDownShares.leaveOwing
  return {
    whole: {
      ...pathways.whole,
      stationServers: Int32Array.from(servers),
      stationShift: Int32Array.from(shift),
      stationFlags: Int32Array.from(flags),
      stationKind: Int32Array.from(kind),
      shiftTick: Int32Array.from(shifts, (change) => change.tick),
      shiftPattern: Int32Array.from(shifts, (change) => change.pattern),
      shiftMinimum: Int32Array.from(shifts, (change) => change.minimum),
      partyStation: Int32Array.from(partyStation),
      siteGate: switching.gate,
      siteErrands: switching.errands,
      channelBackupOrder: Int32Array.from(city.parties.channels, (channel) =>
        dayNumber(channel.openedOn) <= day ? channel.backupOrder : -1,
      ),
      faultTick: Int32Array.from(changes, (change) => change.tick),
      faultNumber: Int32Array.from(changes, (change) => change.number),
      faultParty: Int32Array.from(changes, (change) => change.party),
      faultDoes: Int32Array.from(changes, (change) => change.does),
      ...measuredTables(plan, arm),
      rules,
    },
    double: {
      ...pathways.double,
      shiftShare: Float64Array.from(shifts, (change) => change.share),
      faultAmount: Float64Array.from(changes, (change) => change.amount),
      ruleShares: shares,
    },
    siteFirst,
    stations: servers.length,
    stationTier,
    parties,
    faults,
  }
}

/** Empty where nothing was measured: the kernel keeps what a run before left in a table that is not named. */
function measuredTables({ measured }: Plan, { name }: ArmPlan): Partial<Record<InputName, Int32Array>> {
  const none = new Int32Array(0)
  if (measured === undefined) return { messageMeasured: none, minuteLevel: none, measuredTicks: none }
  return {
    messageMeasured: Int32Array.from(
      errands.flatMap(({ messages }) => messages.map(({ operation }) => measured.operations.indexOf(operation))),
    ),
    minuteLevel: Int32Array.from(measured.minuteLevels[name] ?? []),
    measuredTicks: Int32Array.from(measured.quantilesMs.flat(2), (ms) => ticksOfSeconds(ms / 1000)),
  }
}

/** The bureau's file desk, a party of mornings on which sites switch over. */
export const fileDesk = 'file-desk'

export function partiesOf({ city, scenario }: Plan): readonly PartyOfRun[] {
  const { goLive } = scenario
  return [
    ...city.parties.channels.map((channel) => ({ name: channel.name, kind: 'channel' as const, servers: channel.servers })),
    { name: 'platform', kind: 'platform' as const, servers: city.parties.platform.servers },
    { name: 'bureau', kind: 'bureau' as const, servers: city.parties.bureau.servers },
    ...city.parties.banks.map((bank) => ({ name: bank.name, kind: 'bank' as const, servers: bank.servers })),
    ...(goLive === undefined ? [] : [{ name: fileDesk, kind: 'bureau' as const, servers: goLive.fileDeskTransfers }]),
  ]
}

/** Windows as adopters leave them: kept, or cut in proportion to the share of visits that no longer needs them; at least one stays. */
function staffed(arm: ArmPlan, name: (typeof stationKinds)[number], full: number, adopters: number): number {
  if (full === 0) return 0
  if (name === 'volunteer-desk') return Math.max(1, Math.round(full * arm.volunteerFactor))
  if (arm.staffing === 'windows-kept' || (name !== 'cashier-window' && name !== 'registration-window')) return full
  return Math.max(1, Math.round(full * (1 - adopters)))
}

function flagsOf(station: { readonly elderlyPriority: boolean; readonly balking: boolean }): number {
  return (station.elderlyPriority ? k.STATION_PRIORITY : 0) | (station.balking ? k.STATION_BALKING : 0)
}

/**
 * All patterns' changes in order of time; each pattern a second time, further on, for stations with night duty. Nobody else is on duty
 * before a pattern's first change; the last server stays on call once a station has opened.
 */
function shiftChanges(city: CityPlan, patterns: readonly string[]) {
  return [0, 1]
    .flatMap((nightServers) =>
      patterns.flatMap((name, index) => {
        const pattern = index + nightServers * patterns.length
        const changes = (city.shifts[name] ?? []).map((shift) => ({
          tick: ticksOfSeconds(shift.fromSecond),
          pattern,
          share: shift.share,
          minimum: Math.max(1, shift.minimumServers),
        }))
        return changes[0]?.tick === 0 ? changes : [{ tick: ticksOfSeconds(0), pattern, share: 0, minimum: nightServers }, ...changes]
      }),
    )
    .sort((a, b) => a.tick - b.tick || a.pattern - b.pattern)
}

function faultChanges(fault: Plan['scenario']['faults'][number], number: number, parties: readonly PartyOfRun[]) {
  const party = parties.findIndex(
    (candidate) =>
      candidate.kind === fault.target.party &&
      (candidate.name === fault.target.name || fault.target.party === 'platform' || fault.target.party === 'bureau'),
  )
  const { does: acts, amount } = allFaults[fault.kind].acts(fault)
  const does = faultCodes[acts]
  return [
    { tick: ticksOfSeconds(fault.fromSecond) as number, number, party, does, amount },
    { tick: ticksOfSeconds(fault.toSecond) as number, number, party, does: k.FAULT_NONE, amount: 0 },
  ]
}

/**
 * The smallest cities the kernel can play, as its own tables: a few lines one after another, Poisson arrivals, laws of one's choice.
 * What a textbook knows by formula, asked of the kernel that ships.
 */
import { logOf } from '../../engine/elementary.ts'
import { type CompiledLaw, compileLaw, type Law } from '../../engine/law.ts'
import { decisionCounter, drawWord, streamKeys, uniformOf } from '../../engine/random.ts'
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { IMPATIENT_SHIFT, URGENCY_SHIFT } from '../../patients/traits.ts'
import * as k from '../kernel/inputs.ts'
import { OUTCOME_DONE } from '../kernel/sums.ts'
import type { Kernel } from '../kernel-host.ts'
import type { KernelTables, VisitColumn } from '../kernel-tables.ts'

export interface TinyLine {
  readonly servers: number
  readonly service: Law
  readonly flags?: number
  /** Whoever stands here gives up when {@link TinyCity.patience} ends. */
  readonly impatient?: boolean
}
export interface TinyCity {
  /** Every visit joins them in this order, then leaves. */
  readonly lines: readonly TinyLine[]
  readonly arrivalRatePerSecond: number
  /** Everybody's patience, at lines that are impatient. */
  readonly patience?: Law
  /** Share of visits of the more urgent of two classes. */
  readonly urgentShare?: number
}

/** Urgency of the two classes of {@link TinyCity.urgentShare}. */
export const URGENT = 1
export const ORDINARY = 2

const ARRIVAL = 1
const CLASS = 2
const FIRST_SERVICE = 10

/** Tables of a city whose numbers do not change from day to day; `key` are its stream's words. */
export function tinyTables(city: TinyCity, key: Int32Array): KernelTables {
  const laws: CompiledLaw[] = [
    compileLaw(city.patience ?? { kind: 'constant', meanSeconds: 0 }),
    ...city.lines.map(({ service }) => compileLaw(service)),
  ]
  const rows = city.lines.length + 1
  const each = (value: (row: number) => number): Int32Array => Int32Array.from({ length: rows }, (_, row) => value(row))
  const isLast = (row: number): boolean => row === rows - 1
  const rules = new Int32Array(k.RULES)
  rules[k.RULE_KEY0] = key[0] as number
  rules[k.RULE_KEY1] = key[1] as number
  rules[k.RULE_BUCKET_SHIFT] = 11
  rules[k.RULE_BALK_PER_SERVER] = 1_000_000
  rules[k.RULE_ATTEMPTS] = 1
  rules[k.RULE_HEALTH_WINDOW] = 60
  rules[k.RULE_REVERSE_BUREAU] = -1
  rules[k.RULE_REVERSE_OWN_BANK] = -1
  rules[k.RULE_REVERSE_CREDIT_BANK] = -1
  rules[k.RULE_WAIT_SITES] = 1
  const none = new Int32Array(0)
  return {
    whole: {
      stationServers: Int32Array.from(city.lines, ({ servers }) => servers),
      stationShift: Int32Array.from(city.lines, () => -1),
      stationFlags: Int32Array.from(city.lines, ({ flags }) => flags ?? k.STATION_PAYMENT),
      stationKind: Int32Array.from(city.lines, (_, line) => line),
      shiftTick: none,
      shiftPattern: none,
      shiftMinimum: none,
      lawKind: Int32Array.from(laws, ({ kind }) => kind),
      rowDoes: each((row) => (isLast(row) ? k.LEAVE : k.SERVE)),
      rowPlace: each((row) => (isLast(row) ? OUTCOME_DONE : row)),
      rowLaw: each((row) => (isLast(row) ? 0 : row + 1)),
      // The law of patience stands first.
      rowPatience: each((row) => (city.lines[row]?.impatient === true ? 0 : -1)),
      rowErrand: each(() => -1),
      rowPoint: each(() => -1),
      rowNext: each((row) => row + 1),
      rowDecision: each((row) => FIRST_SERVICE + row),
      rowWindow: each(() => -1),
      rowKiosk: each(() => -1),
      rowPhone: each(() => -1),
      branchRow: none,
      errandFirst: none,
      errandCount: none,
      errandReleased: none,
      errandMode: none,
      messageLeg: none,
      messageLaw: none,
      messageDecision: none,
      messageFlags: none,
      messageBefore: none,
      messageAfter: none,
      partyStation: none,
      channelBackupOrder: none,
      faultTick: none,
      faultNumber: none,
      faultParty: none,
      faultDoes: none,
      siteGate: none,
      siteErrands: none,
      rules,
    },
    double: {
      shiftShare: new Float64Array(0),
      lawA: Float64Array.from(laws, ({ a }) => a),
      lawB: Float64Array.from(laws, ({ b }) => b),
      faultAmount: new Float64Array(0),
      ruleShares: new Float64Array(8),
    },
  }
}

/** Poisson arrivals from 00:00 on, in continuous time, each floored to its tick. */
export function tinyVisits(city: TinyCity, count: number, key: Int32Array): Record<VisitColumn, Int32Array> {
  const zero = (): Int32Array => new Int32Array(count)
  const columns = {
    visitArrival: zero(),
    visitDrawId: zero(),
    visitFirstRow: zero(),
    visitSiteFirst: zero(),
    visitSite: zero(),
    visitRoomSlot: zero(),
    visitTraits: zero(),
    visitPayer: zero(),
    visitEntries: zero(),
  }
  const meanGapTicks = TICKS_PER_SECOND / city.arrivalRatePerSecond
  const draw = (visit: number, decision: number): number =>
    uniformOf(drawWord(key[0] as number, key[1] as number, visit, decisionCounter(decision, 0)))
  let tick = 0
  for (let visit = 0; visit < count; visit++) {
    tick -= meanGapTicks * logOf(draw(visit, ARRIVAL))
    columns.visitArrival[visit] = Math.floor(tick)
    columns.visitDrawId[visit] = visit
    const urgency = city.urgentShare !== undefined && draw(visit, CLASS) < city.urgentShare ? URGENT : ORDINARY
    columns.visitPayer[visit] = (urgency << URGENCY_SHIFT) | ((city.patience === undefined ? 0 : 1) << IMPATIENT_SHIFT)
  }
  return columns
}

/** Plays `visits` arrivals of one seed and replication to the end and hands back the columns they came with. */
export function playTiny(
  kernel: Kernel,
  city: TinyCity,
  visits: number,
  seed: number,
  replication: number,
): Record<VisitColumn, Int32Array> {
  const key = new Int32Array(2)
  streamKeys(seed, 0, replication, key)
  const columns = tinyVisits(city, visits, key)
  kernel.load(tinyTables(city, key))
  kernel.loadVisits(visits, columns)
  kernel.run(0)
  return columns
}

/** The law scaled: what a planted bias makes of a service time. */
export function longerBy(factor: number, law: Law): Law {
  return law.kind === 'uniform'
    ? { ...law, lowSeconds: law.lowSeconds * factor, highSeconds: law.highSeconds * factor }
    : { ...law, meanSeconds: law.meanSeconds * factor }
}

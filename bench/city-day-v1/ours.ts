/**
 * city-day v1 (model.md) as tables of the shipped kernel, one JSON line per day in the form of reference/city-day.c.
 *
 *   node bench/city-day-v1/ours.ts [--build webassembly|typescript] [--seed 1] [--sites 2037] [--visits 480000] [--days 1]
 */
import { parseArgs } from 'node:util'
import { LAW_CONSTANT, LAW_EXPONENTIAL, LAW_LOGNORMAL, LAW_UNIFORM } from '../../simulators/engine/distribution.ts'
import { logOf } from '../../simulators/engine/elementary.ts'
import {
  EXAMINATION_SHIFT,
  IMPATIENT_SHIFT as IMPATIENT_PAYER_SHIFT,
  MODE_SHIFT,
  OWN_BANK_SHIFT,
} from '../../simulators/patients/traits.ts'
import {
  BRANCH,
  DELAY,
  LEAVE,
  LEG_BANK,
  LEG_BUREAU,
  LEG_HIS,
  LEGS,
  PAY,
  PAY_WALKING,
  RULE_ATTEMPTS,
  RULE_BALK_PER_SERVER,
  RULE_BUCKET_SHIFT,
  RULE_BUREAU,
  RULE_FIRST_BANK,
  RULE_HEALTH_CALLS,
  RULE_HEALTH_PROBE,
  RULE_HEALTH_WINDOW,
  RULE_KEY0,
  RULE_KEY1,
  RULE_KEY2,
  RULE_KEY3,
  RULE_LEVEL_TICKS,
  RULE_PLATFORM,
  RULE_REVERSE_BUREAU,
  RULE_REVERSE_CREDIT_BANK,
  RULE_REVERSE_OWN_BANK,
  RULE_TIMEOUT_FIRST,
  RULE_WAIT_SITES,
  RULES,
  SERVE,
  SHARE_HEALTH_FAILURES,
  STATION_AFTER_PAYMENT,
  STATION_BALKING,
  STATION_PAYMENT,
} from '../../simulators/virtual/kernel/inputs.ts'
import { OUTCOME_BALKED, OUTCOME_DONE, OUTCOME_RENEGED } from '../../simulators/virtual/kernel/sums.ts'
import { type Kernel, openKernel } from '../../simulators/virtual/kernel-host.ts'
import type { KernelTables, VisitColumn } from '../../simulators/virtual/kernel-tables.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import {
  BANK_SHIFT,
  backEndServers,
  CASHIER,
  CONSULT,
  drawCity,
  IMPATIENT_SHIFT,
  KINDS,
  KIOSK,
  LAB,
  LAB_SHIFT,
  PHARMACY,
  REGISTER,
  serversOfStations,
  traitsOfVisits,
  visitKey0,
  visitKey1,
  visitSites,
  visitTicks,
} from './arrivals.ts'

const plainCity = { drawCity, visitTicks, visitSites, traitsOfVisits, serversOfStations, visitKey0, visitKey1 }

const TICKS_PER_SECOND = 10_000
const BANKS = 4

/** One day's answer, the same fields in every engine that draws the same numbers. */
export interface CityDay {
  readonly seed: number
  readonly visits: number
  readonly city: string
  readonly balks: number
  readonly reneges: number
  readonly joins: readonly number[]
  readonly waitTicks: readonly number[]
  readonly settlements: number
  readonly settlementTicks: number
  readonly withLines: readonly number[]
  readonly leaving: string
}

interface DrawnCity {
  readonly visits: number
  readonly keys: readonly [number, number]
  readonly tick: Int32Array
  readonly site: Int32Array
  readonly traits: Int32Array
  readonly servers: Int32Array
}
type Drawer = (seed: number, sites: number, visits: number) => DrawnCity

/** Draws cities with the compiled arrivals.ts, or with the plain one. */
async function cityDrawer(compiled: boolean): Promise<Drawer> {
  if (!compiled) return drawerOf(plainCity, (table) => table as Int32Array)
  const bytes = await kernelBytes('bench/city-day-v1/arrivals.ts', 'release')
  const abort = (): never => {
    throw new Error('the compiled arrivals stopped themselves: an index outside its table')
  }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), { env: { abort } })
  const exports = instance.exports as typeof plainCity & { memory: WebAssembly.Memory }
  // AssemblyScript keeps a table's size in bytes in the word before it.
  return drawerOf(exports, (address) => {
    const bytesLong = new Uint32Array(exports.memory.buffer, (address as number) - 4, 1)[0] as number
    return new Int32Array(exports.memory.buffer, address as number, bytesLong / 4)
  })
}

function drawerOf(city: typeof plainCity, tableAt: (table: unknown) => Int32Array): Drawer {
  return (seed, sites, visitsWanted) => {
    const visits = city.drawCity(seed, sites, visitsWanted)
    if (visits < 0) throw new Error('more visits than foreseen')
    const upTo = (table: unknown): Int32Array => tableAt(table).subarray(0, visits)
    return {
      visits,
      keys: [city.visitKey0(), city.visitKey1()],
      tick: upTo(city.visitTicks()),
      site: upTo(city.visitSites()),
      traits: upTo(city.traitsOfVisits()),
      servers: tableAt(city.serversOfStations()),
    }
  }
}

// ── the model as tables ─────────────────────────────────────────────────────
/** Laws by number, as the rows name them. */
const laws: { kind: number; a: number; b: number }[] = []
function law(kind: number, a: number, b: number): number {
  laws.push({ kind, a, b })
  return laws.length - 1
}
const exponential = (meanSeconds: number): number => law(LAW_EXPONENTIAL, meanSeconds * TICKS_PER_SECOND, 0)
const uniform = (from: number, to: number): number => law(LAW_UNIFORM, from * TICKS_PER_SECOND, to * TICKS_PER_SECOND)
function lognormal(meanSeconds: number, variation: number): number {
  const variance = logOf(1 + variation * variation)
  return law(LAW_LOGNORMAL, logOf(meanSeconds * TICKS_PER_SECOND) - variance / 2, Math.sqrt(variance))
}
const walk = uniform(10, 60)
const patience = exponential(5400)
const bureauTime = exponential(0.35)
const bankTime = exponential(0.3)
const replyFloor = law(LAW_CONSTANT, 0.2 * TICKS_PER_SECOND, 0)

/** What a settlement asks, one after the other; `paysMode` is the mode its sums go under, 4 for a registration. */
const errands = [
  { paysMode: 4, callDecision: 3, bank: false },
  { paysMode: 0, callDecision: 8, bank: false },
  { paysMode: 1, callDecision: 8, bank: true },
  { paysMode: 2, callDecision: 8, bank: true },
  { paysMode: 3, callDecision: 8, bank: false },
]
const [registerErrand, windowErrand, kioskErrand, mobileErrand, creditErrand] = [0, 1, 2, 3, 4]
const bankDecision = 48
/** The floor is a constant, its draw decides nothing. */
const floorDecision = 60

interface Row {
  does: number
  place?: number
  law?: number
  patience?: number
  errand?: number
  point?: number
  next?: number
  decision?: number
}

/** The journey as rows and the runs of rows that branches choose from. */
function journey(): { rows: Row[]; branches: number[] } {
  const rows: Row[] = []
  const branches: number[] = []
  const add = (row: Row): number => rows.push(row) - 1
  const choose = (shift: number, mask: number, ways: readonly number[]): number => {
    const first = branches.length
    branches.push(...ways)
    return add({ does: BRANCH, place: shift, law: mask, next: first })
  }
  // Written from the end, so that every row knows the one after it.
  const leave = add({ does: LEAVE, place: OUTCOME_DONE })
  const pharmacy = add({ does: SERVE, place: PHARMACY, law: exponential(90), decision: 18, next: leave })
  const pay = (point: number, onward: number): number => {
    const again = point * 8
    const walkOn = add({ does: DELAY, law: walk, decision: 9 + again, next: onward })
    const cashier = add({
      does: SERVE,
      place: CASHIER,
      law: exponential(45),
      errand: windowErrand,
      point,
      decision: 7 + again,
      next: walkOn,
    })
    const kiosk = add({ does: SERVE, place: KIOSK, law: exponential(30), errand: kioskErrand, point, decision: 7 + again, next: walkOn })
    const call = add({ does: PAY, errand: mobileErrand, point, next: walkOn })
    const tap = add({ does: DELAY, law: exponential(20), decision: 7 + again, next: call })
    const walkTo = (next: number): number => add({ does: DELAY, law: walk, decision: 6 + again, next })
    const credit = add({ does: PAY_WALKING, law: walk, errand: creditErrand, point, decision: 6 + again, next: walkOn })
    return choose(MODE_SHIFT, 3, [walkTo(cashier), walkTo(kiosk), walkTo(tap), credit])
  }
  const consultAgain = add({ does: SERVE, place: CONSULT, law: lognormal(180, 0.8), decision: 13, next: pay(1, pharmacy) })
  const result = add({ does: DELAY, law: uniform(300, 1500), decision: 11, next: consultAgain })
  const lab = add({ does: SERVE, place: LAB, law: lognormal(240, 0.7), decision: 10, next: result })
  const consult = add({
    does: SERVE,
    place: CONSULT,
    law: lognormal(360, 0.8),
    patience,
    decision: 5,
    next: pay(0, choose(EXAMINATION_SHIFT, 3, [pharmacy, lab])),
  })
  const walkToConsult = add({ does: DELAY, law: walk, decision: 4, next: consult })
  add({ does: SERVE, place: REGISTER, law: exponential(60), errand: registerErrand, decision: 2, next: walkToConsult })
  return { rows, branches }
}

/** The tables that are the same every day, but for the keys of the draws. */
function tablesOf(city: DrawnCity, sites: number, visitsWanted: number, bucketShift: number): KernelTables {
  const { rows, branches } = pathway
  const column = (of: (row: Row) => number | undefined, otherwise: number): Int32Array =>
    Int32Array.from(rows, (row) => of(row) ?? otherwise)
  const messages = errands.flatMap(({ callDecision, bank }) => [
    { leg: LEG_BUREAU, law: bureauTime, decision: callDecision },
    ...(bank ? [{ leg: LEG_BANK, law: bankTime, decision: bankDecision }] : []),
    { leg: LEG_HIS, law: replyFloor, decision: floorDecision },
  ])
  const messageCount = errands.map(({ bank }) => (bank ? 3 : 2))
  const patientStations = sites * KINDS
  const stations = patientStations + 1 + BANKS
  const stationServers = new Int32Array(stations)
  stationServers.set(city.servers)
  stationServers[patientStations] = backEndServers(24, visitsWanted)
  stationServers.fill(backEndServers(2, visitsWanted), patientStations + 1)
  const flagsOf = [STATION_PAYMENT | STATION_BALKING, 0, STATION_PAYMENT, STATION_AFTER_PAYMENT, STATION_AFTER_PAYMENT, STATION_PAYMENT]
  const rules = new Int32Array(RULES)
  const rule: Record<number, number> = {
    [RULE_KEY0]: city.keys[0],
    [RULE_KEY1]: city.keys[1],
    // No call of this model errs or is tried again.
    [RULE_KEY2]: city.keys[1],
    [RULE_KEY3]: city.keys[0],
    [RULE_BUCKET_SHIFT]: bucketShift,
    [RULE_PLATFORM]: -1,
    [RULE_BUREAU]: 0,
    [RULE_FIRST_BANK]: 1,
    [RULE_BALK_PER_SERVER]: 15,
    [RULE_ATTEMPTS]: 1,
    [RULE_HEALTH_WINDOW]: 60 * TICKS_PER_SECOND,
    [RULE_HEALTH_CALLS]: 20,
    [RULE_HEALTH_PROBE]: 5 * TICKS_PER_SECOND,
    [RULE_LEVEL_TICKS]: 5 * TICKS_PER_SECOND,
    [RULE_REVERSE_BUREAU]: -1,
    [RULE_REVERSE_OWN_BANK]: -1,
    [RULE_REVERSE_CREDIT_BANK]: -1,
    [RULE_WAIT_SITES]: 1,
  }
  // No call of this model is given up: a minute is far more than any takes.
  for (let leg = 0; leg < LEGS; leg++) rule[RULE_TIMEOUT_FIRST + leg] = 60 * TICKS_PER_SECOND
  for (const [index, value] of Object.entries(rule)) rules[Number(index)] = value
  const ruleShares = new Float64Array(8)
  ruleShares[SHARE_HEALTH_FAILURES] = 0.5
  const none = new Int32Array(0)
  return {
    whole: {
      stationServers,
      stationShift: new Int32Array(stations).fill(-1),
      stationFlags: Int32Array.from({ length: stations }, (_, station) => (station < patientStations ? flagsOf[station % KINDS]! : 0)),
      stationKind: Int32Array.from({ length: stations }, (_, station) =>
        station < patientStations ? station % KINDS : station === patientStations ? KINDS : KINDS + 1,
      ),
      shiftTick: none,
      shiftPattern: none,
      shiftMinimum: none,
      lawKind: Int32Array.from(laws, ({ kind }) => kind),
      rowDoes: column(({ does }) => does, 0),
      rowPlace: column(({ place }) => place, 0),
      rowLaw: column((row) => row.law, -1),
      rowPatience: column((row) => row.patience, -1),
      rowErrand: column(({ errand }) => errand, -1),
      rowPoint: column(({ point }) => point, -1),
      rowNext: column(({ next }) => next, -1),
      rowDecision: column(({ decision }) => decision, 0),
      rowWindow: column(() => -1, -1),
      rowKiosk: column(() => -1, -1),
      rowPhone: column(() => -1, -1),
      branchRow: Int32Array.from(branches),
      errandFirst: Int32Array.from(messageCount, (_, errand) => messageCount.slice(0, errand).reduce((sum, count) => sum + count, 0)),
      errandCount: Int32Array.from(messageCount),
      errandReleased: Int32Array.from(messageCount),
      errandMode: Int32Array.from(errands, ({ paysMode }) => paysMode),
      messageLeg: Int32Array.from(messages, ({ leg }) => leg),
      messageLaw: Int32Array.from(messages, (message) => message.law),
      messageDecision: Int32Array.from(messages, ({ decision }) => decision),
      messageFlags: new Int32Array(messages.length),
      partyStation: Int32Array.from({ length: 1 + BANKS }, (_, party) => patientStations + party),
      channelBackupOrder: none,
      faultTick: none,
      faultNumber: none,
      faultParty: none,
      faultDoes: none,
      rules,
    },
    double: {
      shiftShare: new Float64Array(0),
      lawA: Float64Array.from(laws, ({ a }) => a),
      lawB: Float64Array.from(laws, ({ b }) => b),
      faultAmount: new Float64Array(0),
      ruleShares,
    },
  }
}

/** Columns of the day's visits. */
function visitsOf(city: DrawnCity): Record<VisitColumn, Int32Array> {
  const { visits, site, traits } = city
  return {
    visitArrival: city.tick,
    visitDrawId: Int32Array.from({ length: visits }, (_, visit) => visit),
    visitFirstRow: new Int32Array(visits).fill(pathway.rows.length - 1),
    visitSiteFirst: site.map((number) => number * KINDS),
    visitSite: site,
    visitRoomSlot: new Int32Array(visits),
    visitTraits: traits.map((bits) => ((bits & 3) << MODE_SHIFT) | (((bits >> LAB_SHIFT) & 1) << EXAMINATION_SHIFT)),
    visitPayer: traits.map((bits) => (((bits >> IMPATIENT_SHIFT) & 1) << IMPATIENT_PAYER_SHIFT) | ((bits >> BANK_SHIFT) << OWN_BANK_SHIFT)),
    visitEntries: new Int32Array(visits),
  }
}

// ── the answer ──────────────────────────────────────────────────────────────
const sumOf = (numbers: Iterable<number>): number => {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

/** FNV-1a over arrivals, sites and traits. */
function cityHash({ tick, site, traits }: DrawnCity): string {
  let hash = 0x811c9dc5
  for (let visit = 0; visit < tick.length; visit++) {
    for (const word of [tick[visit]!, (site[visit]! << 8) | traits[visit]!]) {
      for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 255), 16777619)
    }
  }
  return hex(hash)
}

function answerOf(kernel: Kernel, seed: number, city: DrawnCity, sites: number): CityDay {
  const starts = kernel.stations('stationStarts')
  const waits = kernel.stationSums('stationWaitSum')
  const joins = new Array<number>(KINDS).fill(0)
  const waitTicks = new Array<number>(KINDS).fill(0)
  for (let station = 0; station < sites * KINDS; station++) {
    joins[station % KINDS]! += starts[station]!
    waitTicks[station % KINDS]! += waits[station]!
  }
  const outcomes = kernel.visits('visitOutcome')
  const ends = kernel.visits('visitEnd')
  const lines = kernel.visits('visitLines')
  const clinicalWaits = kernel.visits('visitClinicalWait')
  const withLines = new Array<number>(8).fill(0)
  let balks = 0
  let reneges = 0
  let leaving = 0
  for (let visit = 0; visit < city.visits; visit++) {
    const outcome = outcomes[visit]!
    if (outcome === OUTCOME_BALKED) balks++
    else if (outcome === OUTCOME_RENEGED) {
      reneges++
      // Waits that end in leaving are no waits of the model, and this is the visit's only clinical line.
      waitTicks[CONSULT]! -= clinicalWaits[visit]!
    }
    withLines[(lines[visit]! & 31) + ((lines[visit]! >> 15) & 31)]!++
    const mixed = Math.imul(ends[visit]! ^ Math.imul(visit, 0x9e3779b9), 0x85ebca6b)
    leaving = (leaving + (mixed ^ (mixed >>> 15))) | 0
  }
  joins[CONSULT]! += reneges
  return {
    seed,
    visits: city.visits,
    city: cityHash(city),
    balks,
    reneges,
    joins,
    waitTicks,
    settlements: sumOf(kernel.sum('settleHistogram')),
    settlementTicks: sumOf(kernel.sumDouble('settleSum')),
    withLines,
    leaving: hex(leaving),
  }
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const { values: options } = parseArgs({
  options: {
    build: { type: 'string', default: 'webassembly' },
    seed: { type: 'string', default: '1' },
    sites: { type: 'string', default: '2037' },
    visits: { type: 'string', default: '480000' },
    days: { type: 'string', default: '1' },
    bucket: { type: 'string', default: '9' },
  },
})
if (options.build !== 'webassembly' && options.build !== 'typescript')
  throw new Error(`--build is webassembly or typescript, not ${options.build}`)
const sites = Number(options.sites)
const visitsWanted = Number(options.visits)
const compiled = options.build === 'webassembly'
const pathway = journey()
const kernel = openKernel(compiled ? await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release') : null)
const draw = await cityDrawer(compiled)
for (let day = 0; day < Number(options.days); day++) {
  const seed = Number(options.seed) + day
  const began = cpuSeconds()
  const city = draw(seed, sites, visitsWanted)
  kernel.load(tablesOf(city, sites, visitsWanted, Number(options.bucket)))
  kernel.loadVisits(city.visits, visitsOf(city))
  const built = cpuSeconds()
  kernel.run(0)
  const ended = cpuSeconds()
  const answer = answerOf(kernel, seed, city, sites)
  const calls = sumOf(kernel.sumDouble('partyCalls'))
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 102.4) / 10
  console.log(
    JSON.stringify({
      ...answer,
      calls,
      setupCpuSeconds: built - began,
      runCpuSeconds: ended - built,
      cpuSeconds: cpuSeconds(),
      peakMegabytes,
    }),
  )
}

/**
 * The kernel as the rest of the house sees it: tables to fill by name, a day to run, sums to read by name.
 * One door for both builds; `kernel-host.test.ts` shows that they give the same bits.
 */
import { LAST_TICK, TICKS_PER_MINUTE } from '../engine/time.ts'
import { DayTooLong } from './day-too-long.ts'
import { LEG_FILES, RULE_FILES } from './kernel/inputs.ts'
import * as plain from './kernel/kernel.ts'
import { GIVEN_FIRST_ROW, GIVEN_TICKET, LEFT_TICKET, LEFT_WORDS, LENGTH, STATION_SHIFT, SUMS_SHIFT } from './kernel/records.ts'
import { type HourSum, hourReader } from './kernel-hours.ts'
import {
  type InputName,
  inputDoubleNames,
  inputNames,
  type KernelTables,
  type StationResult,
  type StationSum,
  type SumDoubleName,
  type SumName,
  stationResults,
  stationSumResults,
  sumDoubleNames,
  sumNames,
  type VisitColumn,
  type VisitResult,
  type VisitTable,
  visitColumns,
  visitResults,
} from './kernel-tables.ts'

export interface Kernel {
  readonly build: 'webassembly' | 'typescript'
  /** Copies tables in. Those not named keep what the last call gave. */
  load(tables: KernelTables): void
  /**
   * The columns of the next so many visits to arrive, to be written in place; valid until the kernel is next asked for anything.
   *
   * @param tickets what they are called when they leave; their places among these visits where absent
   */
  visitTable(count: number, tickets?: Int32Array): VisitTable
  /** Copies visits in, `count` of each column. */
  loadVisits(count: number, columns: VisitTable): void

  /** Plays the day of the visits loaded to its end. Throws if somebody never leaves: a defect of the tables. */
  run(faults: number): void
  /** A copy of what the run left in each visit. */
  visits(name: VisitResult): Int32Array
  /** All that the run left, LEFT_WORDS words a visit, by ticket. */
  left(): Int32Array

  /** A day in parts: opens it, with room for the busiest day to come, and after each part is loaded … */
  open(faults: number, mostVisits: number): void
  /**
   * … plays on to the end of a tick before which no visit of a later part arrives, {@link PART_TICKS} or a multiple of it less one, and
   * tells of those who left: records of LEFT_WORDS words, valid during the call only. */
  playTo(tick: number, onLeft: (records: Int32Array, count: number) => void): void
  /** Closes the day. Throws if somebody never left. */
  close(): void

  /** Keeps the events of one visit in the next runs; −1 for none. */
  watch(visit: number): void
  /** What was kept: tick, what (WATCH_…), where, three words an event. */
  watched(): Int32Array
  /** Keeps the errands sent from a tick up to another in the days opened from now on; none where they are equal. */
  keep(from: number, until: number): void
  /** What was kept so far, KEPT_WORDS words an errand: a copy. */
  kept(): Int32Array
  /** A copy of how many errands were sent in each second, while any are kept. */
  errandsBySecond(): Int32Array
  stations(name: StationResult): Int32Array
  /** Ticks of servers by the end of each of the first 24 hours, by station, hour after hour; valid until the next run. */
  byHour(name: HourSum): Float64Array
  stationSums(name: StationSum): Float64Array
  /** A view of a sum, valid until the next call that loads or runs. */
  sum(name: SumName): Int32Array
  sumDouble(name: SumDoubleName): Float64Array
}

/** The widest bucket of the calendar a city is compiled with; parts of a day end on multiples of it. */
export const PART_TICKS = 4096
/** Leavings after which the host is told, so that they lie in a few lines of memory. */
const TELL = 2048

/** The kernel's exports in either build; in WebAssembly tables are addresses. */
interface KernelExports<Whole, Double> {
  inputI32(table: number, length: number): Whole
  inputF64(table: number, length: number): Double
  openDay(faults: number, expected: number): void
  expectVisits(count: number): void
  playUntil(tick: number): number | boolean
  closeDay(): number
  layVisits(room: number): Whole
  leftRecords(): Whole
  leftVisits(): number
  clearLeft(): void
  stationRecords(): Whole
  stationSumRecords(): Double
  sumsAt(tick: number): Double
  watch(visit: number): void
  watchLog(): Whole
  watchWords(): number
  keep(from: number, until: number): void
  keptErrands(): Whole
  keptCount(): number
  errandsBySecond(): Whole
  sumI32(table: number): Whole
  sumF64(table: number): Double
}

/** The kernel compiled from these bytes, or as plain TypeScript where there are none. */
export function openKernel(bytes: Uint8Array | null): Kernel {
  return bytes === null ? plainKernel() : compiledKernel(bytes)
}

/** The plain kernel's tables are the module's own, so a thread has one at a time: the one opened last. */
let plainInUse: object | null = null

function plainKernel(): Kernel {
  const self = {}
  plainInUse = self
  const own = <Table>(table: Table): Table => {
    if (plainInUse !== self) throw new Error('another plain kernel was opened since, and a thread has one at a time')
    return table
  }
  const kernel: KernelExports<Int32Array, Float64Array> = plain
  return hostOf('typescript', { ...kernel, openDay: (faults, expected) => own(kernel.openDay)(faults, expected) }, own, own, own)
}

function compiledKernel(bytes: Uint8Array): Kernel {
  const abort = (): never => {
    throw new Error('the compiled kernel stopped itself: an index outside its table')
  }
  const instance = new WebAssembly.Instance(moduleOf(bytes), { env: { abort } })
  const compiled = instance.exports as unknown as KernelExports<number, number> & { memory: WebAssembly.Memory }
  // AssemblyScript keeps a table's size in bytes in the word before it.
  const bytesOf = (address: number): number => new Uint32Array(compiled.memory.buffer, address - 4, 1)[0] as number
  return hostOf(
    'webassembly',
    compiled,
    (address) => new Int32Array(compiled.memory.buffer, address, bytesOf(address) / 4),
    (address) => new Float64Array(compiled.memory.buffer, address, bytesOf(address) / 8),
  )
}

/** Kernels of one thread share their machine code, so that what V8 learnt from one speeds the next. */
const modules = new WeakMap<Uint8Array, WebAssembly.Module>()

function moduleOf(bytes: Uint8Array): WebAssembly.Module {
  const known = modules.get(bytes)
  if (known !== undefined) return known
  const compiled = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)
  modules.set(bytes, compiled)
  return compiled
}

function hostOf<Whole, Double>(
  build: Kernel['build'],
  kernel: KernelExports<Whole, Double>,
  whole: (table: Whole) => Int32Array,
  double: (table: Double) => Float64Array,
  /** Throws where the tables are no longer this kernel's. */
  own: <Value>(value: Value) => Value = (value) => value,
): Kernel {
  // Compiled memory is never given back, so a table is laid anew only to grow, with room to spare for visits.
  const laidWhole = new Map<string, { handle: Whole; length: number }>()
  const laidDouble = new Map<string, { handle: Double; length: number }>()
  let given: { handle: Whole; room: number } | null = null
  /** Visits that stand in the columns and are not given yet. */
  let loaded = 0
  let playedTo = 0
  /** Visits of the parts before. */
  let earlier = 0
  /** By station, who still stood in its line just before the clock ran out. */
  let waiting: Int32Array | null = null
  /** What a whole day left, by ticket. */
  let ofDay = new Int32Array(0)
  const column = <Table extends Int32Array | Float64Array>(
    table: Table,
    rows: number,
    words: number,
    field: number,
    into: Table,
  ): Table => {
    for (let row = 0; row < rows; row++) into[row] = table[row * words + field] as number
    return into
  }
  /** Room for a part of a day. It grows by half: compiled memory is never given back, so every growth but the last is lost. */
  const layFor = (visits: number, tickets: Int32Array | undefined): { table: Int32Array; room: number } => {
    if (given === null || given.room < visits) {
      const room = Math.ceil(given === null ? visits * 1.1 : Math.max(visits * 1.05, given.room * 1.5))
      given = { handle: kernel.layVisits(room), room }
    }
    loaded = visits
    const table = whole(given.handle)
    const first = GIVEN_TICKET * given.room
    if (tickets !== undefined) table.set(tickets.subarray(0, visits), first)
    else for (let v = 0; v < visits; v++) table[first + v] = v
    return { table, room: given.room }
  }
  const stationColumn = (field: number): Int32Array => {
    const table = whole(kernel.stationRecords())
    const rows = table.length >> STATION_SHIFT
    return column(table, rows, 1 << STATION_SHIFT, field, new Int32Array(rows))
  }
  const laidTable = (name: InputName): Int32Array => {
    const laid = laidWhole.get(name)
    return laid === undefined ? new Int32Array(0) : whole(laid.handle)
  }
  /** A party that is not there never answers, and who loads a directory asks until it is in: refused before it arrives. */
  const mustHaveFileDesk = (): void => {
    if ((laidTable('rules')[RULE_FILES] ?? 0) >= 0 || given === null) return
    const [errandFirst, errandCount, messageLeg] = [laidTable('errandFirst'), laidTable('errandCount'), laidTable('messageLeg')]
    const loads = (errand: number): boolean =>
      errand >= 0 &&
      messageLeg.subarray(errandFirst[errand], (errandFirst[errand] as number) + (errandCount[errand] as number)).includes(LEG_FILES)
    const loading = Uint8Array.from(laidTable('rowErrand'), (errand) => (loads(errand) ? 1 : 0))
    const from = GIVEN_FIRST_ROW * given.room
    const asks = whole(given.handle)
      .subarray(from, from + loaded)
      .findIndex((row) => loading[row] === 1)
    if (asks >= 0)
      throw new Error(
        `visit ${earlier + asks} loads a directory from the bureau's file desk, and the city has none: only a goLive brings one`,
      )
  }
  const hours = hourReader((tick) => double(kernel.sumsAt(tick)))
  const open = (faults: number, mostVisits: number): void => {
    kernel.openDay(faults, mostVisits)
    hours.open()
    playedTo = 0
    earlier = 0
    waiting = null
  }
  const playTo: Kernel['playTo'] = (tick, onLeft) => {
    if (loaded > 0) {
      mustHaveFileDesk()
      kernel.expectVisits(loaded)
    }
    earlier += loaded
    loaded = 0
    for (let more: number | boolean = true; more && playedTo < tick; ) {
      playedTo = Math.min(playedTo + TICKS_PER_MINUTE, tick, hours.next())
      more = kernel.playUntil(playedTo)
      hours.passed(playedTo)
      // On the last tick everybody left is sent home at once, so that the lines are read before it.
      if (more && waiting === null && playedTo + TICKS_PER_MINUTE >= LAST_TICK) waiting = stationColumn(LENGTH)
      const count = kernel.leftVisits()
      if (count === 0 || (count < TELL && more && playedTo < tick)) continue
      onLeft(whole(kernel.leftRecords()), count)
      kernel.clearLeft()
    }
    playedTo = tick
    // Where nothing was left to happen, nothing changed either.
    hours.passed(tick)
  }
  const close = (): void => {
    const left = kernel.closeDay()
    if (left < 0) throw new DayTooLong(waiting ?? new Int32Array(0))
    if (left > 0) throw new Error(`${left} visits never left the city; their tables are unsound`)
  }
  return {
    build,
    load(tables) {
      for (const [index, name] of inputNames.entries()) {
        const table = tables.whole[name]
        if (table === undefined) continue
        let laid = laidWhole.get(name)
        if (laid === undefined || laid.length !== table.length) {
          laid = { handle: kernel.inputI32(index, table.length), length: table.length }
          laidWhole.set(name, laid)
        }
        whole(laid.handle).set(table)
      }
      for (const [index, name] of inputDoubleNames.entries()) {
        const table = tables.double[name]
        if (table === undefined) continue
        let laid = laidDouble.get(name)
        if (laid === undefined || laid.length !== table.length) {
          laid = { handle: kernel.inputF64(index, table.length), length: table.length }
          laidDouble.set(name, laid)
        }
        double(laid.handle).set(table)
      }
    },
    visitTable(visits, tickets) {
      const { table, room } = layFor(visits, tickets)
      const column = (place: number): Int32Array => table.subarray(place * room, place * room + visits)
      const columns = Object.entries(visitColumns).map(([name, place]) => [name, column(place)] as const)
      return Object.fromEntries(columns) as Record<VisitColumn, Int32Array>
    },
    loadVisits(visits, columns) {
      const { table, room } = layFor(visits, undefined)
      for (const [name, place] of Object.entries(visitColumns)) table.set(columns[name as VisitColumn].subarray(0, visits), place * room)
    },
    run(faults) {
      const visits = loaded
      ofDay = new Int32Array(visits * LEFT_WORDS)
      open(faults, visits)
      playTo(LAST_TICK, (records, count) => {
        for (let at = 0; at < count * LEFT_WORDS; at += LEFT_WORDS)
          ofDay.set(records.subarray(at, at + LEFT_WORDS), (records[at + LEFT_TICKET] as number) * LEFT_WORDS)
      })
      close()
      // The same visits may be played again.
      loaded = visits
    },
    visits: (name) => {
      const rows = own(ofDay).length / LEFT_WORDS
      return column(ofDay, rows, LEFT_WORDS, visitResults[name], new Int32Array(rows))
    },
    left: () => own(ofDay),
    open,
    playTo,
    close,
    watch: (visit) => kernel.watch(visit),
    watched: () => whole(kernel.watchLog()).slice(0, kernel.watchWords()),
    keep: (from, until) => kernel.keep(from, until),
    kept: () => whole(kernel.keptErrands()).slice(0, kernel.keptCount()),
    errandsBySecond: () => whole(kernel.errandsBySecond()).slice(),
    byHour: hours.byHour,
    stations(name) {
      const table = whole(kernel.stationRecords())
      const rows = table.length >> STATION_SHIFT
      return column(table, rows, 1 << STATION_SHIFT, stationResults[name], new Int32Array(rows))
    },
    stationSums(name) {
      const table = double(kernel.stationSumRecords())
      const rows = table.length >> SUMS_SHIFT
      return column(table, rows, 1 << SUMS_SHIFT, stationSumResults[name], new Float64Array(rows))
    },
    sum: (name) => whole(kernel.sumI32(sumNames.indexOf(name))),
    sumDouble: (name) => double(kernel.sumF64(sumDoubleNames.indexOf(name))),
  }
}

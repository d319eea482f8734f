/**
 * The kernel as the rest of the house sees it: tables to fill by name, a day to run, sums to read by name.
 * One door for both builds; `kernel-host.test.ts` shows that they give the same bits.
 */
import * as plain from './kernel/kernel.ts'

/** Input tables of whole numbers, in the order of `inputI32`. */
export const inputNames = [
  'visitArrival', 'visitDrawId', 'visitFirstRow', 'visitSiteFirst', 'visitSite', 'visitRoomSlot', 'visitTraits', 'visitPayer', 'visitEntries', 'stationServers', 'stationShift',
  'stationFlags', 'stationKind', 'shiftTick', 'shiftPattern', 'shiftMinimum', 'lawKind', 'rowDoes', 'rowPlace', 'rowLaw', 'rowErrand', 'rowPoint', 'rowNext', 'rowDecision',
  'rowWindow', 'rowKiosk', 'rowPhone', 'branchRow', 'errandFirst', 'errandCount', 'errandReleased', 'errandMode', 'messageLeg', 'messageLaw', 'messageDecision', 'messageFlags',
  'partyStation', 'channelBackupOrder', 'faultTick', 'faultNumber', 'faultParty', 'faultDoes', 'rules',
] as const
/** Input tables of doubles, in the order of `inputF64`. */
export const inputDoubleNames = ['shiftShare', 'lawA', 'lawB', 'faultAmount', 'ruleShares'] as const
/** Sums of whole numbers, in the order of `sumI32`. */
export const sumNames = [
  'visitEnd', 'visitOutcome', 'visitPaymentWait', 'visitClinicalWait', 'visitAfterPaymentWait', 'visitLines', 'visitPaid', 'stationStarts', 'stationLongest', 'hourWaitCount',
  'waitHistogram', 'settleHistogram', 'minuteStarted', 'minuteSettled', 'minuteWithin', 'channelAttempted', 'channelSettled', 'channelFailed', 'channelFellBack',
  'channelSpilledIn', 'partyPeakCalls', 'partyMinuteCalls', 'faultTouched', 'faultDetected', 'faultFirstFailure', 'faultFirstRouted',
] as const
/** Sums in doubles, in the order of `sumF64`. */
export const sumDoubleNames = [
  'stationLineArea', 'stationWaitSum', 'stationBusyArea', 'stationDutyArea', 'hourWaitSum', 'settleSum', 'legAssumed', 'legComputed', 'legCount', 'partyCalls',
  'partyMinuteBusy', 'partyMinuteDuty', 'totals',
] as const

export type InputName = (typeof inputNames)[number]
export type InputDoubleName = (typeof inputDoubleNames)[number]
export type SumName = (typeof sumNames)[number]
export type SumDoubleName = (typeof sumDoubleNames)[number]

/** One day's tables as plain arrays; tables of visits may be longer than `visits` and are read up to it. */
export interface DayTables {
  readonly visits: number
  readonly faults: number
  readonly whole: Readonly<Record<InputName, Int32Array>>
  readonly double: Readonly<Record<InputDoubleName, Float64Array>>
}

export interface Kernel {
  readonly build: 'webassembly' | 'typescript'
  /** Copies tables in. Those not named keep what the last call gave. Call before {@link run}. */
  load(tables: { readonly whole: Partial<Record<InputName, Int32Array>>; readonly double: Partial<Record<InputDoubleName, Float64Array>> }): void
  /** Plays the day to its end. Throws if somebody never leaves: a defect of the tables. */
  run(visits: number, faults: number): void
  /** A view of a sum, valid until the next `load` or `run`. */
  sum(name: SumName): Int32Array
  sumDouble(name: SumDoubleName): Float64Array
}

/** The kernel's exports in either build; in WebAssembly tables are addresses. */
interface KernelExports<Whole, Double> {
  inputI32(table: number, length: number): Whole
  inputF64(table: number, length: number): Double
  runDay(visits: number, faults: number): number
  sumI32(table: number): Whole
  sumF64(table: number): Double
}

/** The kernel compiled from these bytes, or as plain TypeScript where there are none. */
export function openKernel(bytes: Uint8Array | null): Kernel {
  return bytes === null ? plainKernel() : compiledKernel(bytes)
}

function plainKernel(): Kernel {
  return hostOf('typescript', plain, (table) => table, (table) => table)
}

function compiledKernel(bytes: Uint8Array): Kernel {
  const abort = (): never => {
    throw new Error('the compiled kernel stopped itself: an index outside its table')
  }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), { env: { abort } })
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

function hostOf<Whole, Double>(
  build: Kernel['build'],
  kernel: KernelExports<Whole, Double>,
  whole: (table: Whole) => Int32Array,
  double: (table: Double) => Float64Array,
): Kernel {
  // Compiled memory is never given back, so a table is laid anew only to grow, with room to spare where days differ in visits.
  const laidWhole = new Map<string, { handle: Whole; length: number }>()
  const laidDouble = new Map<string, { handle: Double; length: number }>()
  const room = (name: string, length: number): number => (name.startsWith('visit') ? Math.ceil(length * 1.05) : length)
  return {
    build,
    load(tables) {
      for (const [index, name] of inputNames.entries()) {
        const table = tables.whole[name]
        if (table === undefined) continue
        let laid = laidWhole.get(name)
        const fits = laid !== undefined && (name.startsWith('visit') ? laid.length >= table.length : laid.length === table.length)
        if (!fits) {
          const length = room(name, table.length)
          laid = { handle: kernel.inputI32(index, length), length }
          laidWhole.set(name, laid)
        }
        whole((laid as { handle: Whole }).handle).set(table)
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
    run(visits, faults) {
      const left = kernel.runDay(visits, faults)
      if (left !== 0) throw new Error(`${left} visits never left the city; their tables are unsound`)
    },
    sum: (name) => whole(kernel.sumI32(sumNames.indexOf(name))),
    sumDouble: (name) => double(kernel.sumF64(sumDoubleNames.indexOf(name))),
  }
}

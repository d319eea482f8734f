/**
 * A compiled day as plain objects: the words of the kernel's tables, one object a row. Nothing is computed here.
 */
import type { FaultActs } from '../../faults/fault.ts'
import { faultCodes } from '../fault-codes.ts'
import type { KernelTables, VisitColumn } from '../kernel-tables.ts'

/** What both engines are given. */
export interface DayTables {
  readonly tables: readonly KernelTables[]
  readonly visits: Readonly<Record<VisitColumn, Int32Array>>
  readonly count: number
  readonly faults: number
}

export interface LawRow {
  readonly kind: number
  readonly a: number
  readonly b: number
}
export type Does = 'serve' | 'delay' | 'pay' | 'pay-walking' | 'branch' | 'leave'
export interface StepRow {
  readonly does: Does
  readonly place: number
  readonly law: number
  /** −1 where everybody waits. */
  readonly patience: number
  readonly errand: number
  readonly point: number
  readonly next: number
  readonly decision: number
  readonly window: number
  readonly kiosk: number
  readonly phone: number
}
export interface MessageRow {
  readonly leg: 'entry' | 'platform' | 'bureau' | 'bank' | 'his' | 'files'
  readonly law: number
  readonly decision: number
  readonly movesMoney: boolean
  readonly needsCredit: boolean
  readonly creditBank: boolean
  /** Requests before and after the one that takes the time. */
  readonly before: number
  readonly after: number
  /** No party of the city. */
  readonly atWallet: boolean
}
export interface ErrandRow {
  readonly messages: readonly MessageRow[]
  readonly released: number
  readonly mode: number
  /** Number of the errand of those who show a wallet's code; −1: the same. */
  readonly byCode: number
}
export interface StationRow {
  readonly servers: number
  readonly shift: number
  readonly priority: boolean
  readonly balking: boolean
  readonly payment: boolean
  readonly afterPayment: boolean
  readonly kind: number
}
export interface ShiftRow {
  readonly tick: number
  readonly pattern: number
  readonly minimum: number
  readonly share: number
}
export interface FaultRow {
  readonly tick: number
  readonly fault: number
  readonly party: number
  readonly acts: FaultActs
  readonly amount: number
}
/** A site that switches over: what it does until so many errands of its own are done. */
export interface SiteRow {
  readonly holds: boolean
  readonly errands: number
}
export interface VisitRow {
  readonly arrival: number
  readonly drawId: number
  readonly firstRow: number
  readonly siteFirst: number
  readonly site: number
  readonly room: number
  readonly traits: number
  readonly payer: number
  readonly entries: number
}

export interface Day {
  readonly laws: readonly LawRow[]
  readonly steps: readonly StepRow[]
  readonly branches: readonly number[]
  readonly errands: readonly ErrandRow[]
  readonly stations: readonly StationRow[]
  readonly shifts: readonly ShiftRow[]
  readonly faults: readonly FaultRow[]
  readonly partyStations: readonly number[]
  readonly backupOrder: readonly number[]
  readonly visits: readonly VisitRow[]
  readonly sites: readonly SiteRow[]
  readonly rule: (index: number) => number
  readonly share: (index: number) => number
  readonly faultCount: number
}

const doesOf: readonly Does[] = ['serve', 'delay', 'pay', 'pay-walking', 'branch', 'leave']
const legOf = ['entry', 'platform', 'bureau', 'bank', 'his', 'files'] as const
const actsOf = new Map(Object.entries(faultCodes).map(([acts, code]) => [code, acts as FaultActs]))

export function readDay(given: DayTables): Day {
  const whole = Object.assign({}, ...given.tables.map((tables) => tables.whole)) as Record<string, Int32Array>
  const double = Object.assign({}, ...given.tables.map((tables) => tables.double)) as Record<string, Float64Array>
  const n = (table: string, row: number): number => whole[table]?.[row] as number
  const x = (table: string, row: number): number => double[table]?.[row] as number
  const rows = <Row>(table: string, read: (row: number) => Row): Row[] => Array.from(whole[table] as Int32Array, (_, row) => read(row))
  const messages = rows('messageLeg', (row) => ({
    leg: legOf[n('messageLeg', row)] as MessageRow['leg'],
    law: n('messageLaw', row),
    decision: n('messageDecision', row),
    movesMoney: (n('messageFlags', row) & 1) !== 0,
    needsCredit: (n('messageFlags', row) & 2) !== 0,
    creditBank: (n('messageFlags', row) & 4) !== 0,
    before: n('messageBefore', row),
    after: n('messageAfter', row),
    atWallet: (n('messageFlags', row) & 8) !== 0,
  }))
  const v = (column: VisitColumn, row: number): number => given.visits[column][row] as number
  return {
    laws: rows('lawKind', (row) => ({ kind: n('lawKind', row), a: x('lawA', row), b: x('lawB', row) })),
    steps: rows('rowDoes', (row) => ({
      does: doesOf[n('rowDoes', row)] as Does,
      place: n('rowPlace', row),
      law: n('rowLaw', row),
      patience: n('rowPatience', row),
      errand: n('rowErrand', row),
      point: n('rowPoint', row),
      next: n('rowNext', row),
      decision: n('rowDecision', row),
      window: n('rowWindow', row),
      kiosk: n('rowKiosk', row),
      phone: n('rowPhone', row),
    })),
    branches: rows('branchRow', (row) => n('branchRow', row)),
    errands: rows('errandFirst', (row) => ({
      messages: messages.slice(n('errandFirst', row), n('errandFirst', row) + n('errandCount', row)),
      released: n('errandReleased', row),
      mode: n('errandMode', row),
      byCode: n('errandByCode', row),
    })),
    stations: rows('stationServers', (row) => ({
      servers: n('stationServers', row),
      shift: n('stationShift', row),
      priority: (n('stationFlags', row) & 1) !== 0,
      balking: (n('stationFlags', row) & 2) !== 0,
      payment: (n('stationFlags', row) & 8) !== 0,
      afterPayment: (n('stationFlags', row) & 16) !== 0,
      kind: n('stationKind', row),
    })),
    shifts: rows('shiftTick', (row) => ({
      tick: n('shiftTick', row),
      pattern: n('shiftPattern', row),
      minimum: n('shiftMinimum', row),
      share: x('shiftShare', row),
    })),
    faults: rows('faultTick', (row) => ({
      tick: n('faultTick', row),
      fault: n('faultNumber', row),
      party: n('faultParty', row),
      acts: actsOf.get(n('faultDoes', row)) as FaultActs,
      amount: x('faultAmount', row),
    })),
    partyStations: rows('partyStation', (row) => n('partyStation', row)),
    backupOrder: rows('channelBackupOrder', (row) => n('channelBackupOrder', row)),
    visits: Array.from({ length: given.count }, (_, row) => ({
      arrival: v('visitArrival', row),
      drawId: v('visitDrawId', row),
      firstRow: v('visitFirstRow', row),
      siteFirst: v('visitSiteFirst', row),
      site: v('visitSite', row),
      room: v('visitRoomSlot', row),
      traits: v('visitTraits', row),
      payer: v('visitPayer', row),
      entries: v('visitEntries', row),
    })),
    sites: rows('siteGate', (row) => ({ holds: n('siteGate', row) === 2, errands: n('siteErrands', row) })),
    rule: (index) => n('rules', index),
    share: (index) => x('ruleShares', index),
    faultCount: given.faults,
  }
}

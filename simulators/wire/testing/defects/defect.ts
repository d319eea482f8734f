/**
 * A deliberate defect, switched on by tests alone to see whether the auditor finds it. One small file each. To make one, copy
 * noop.ts, name the rule that must catch it, and list it in all-defects.ts.
 */
import type { Words } from '../../../../scenarios/plan.ts'
import type { AuditInput } from '../../audit/audit-input.ts'
import type { RuleName } from '../../audit/rule-words.ts'
import type { FaultOnWire } from '../../faults/wire-fault.ts'
import type { PlatformSeams } from '../../platform/platform-actor.ts'
import type { Ports } from '../../sagas/saga-words.ts'
import type { BookStore } from '../../stores/book-store.ts'
import type { SliceRow } from '../slice/slice.ts'

export interface Defect {
  readonly name: string
  readonly title: Words
  readonly of: 'platform' | 'testbed'
  /** The rule that must be broken by it, whichever others are. */
  readonly caughtBy: RuleName
  /** Slices of these seeds are played, where chance decides how many payments it needs; absent: one slice tells. */
  readonly seeds?: readonly number[]
  /** Made anew each time it is switched on: what it remembers is of one slice. */
  readonly make: () => DefectParts
}

export interface DefectParts {
  readonly ports?: (ports: Ports) => Partial<Ports>
  readonly ledger?: PlatformSeams['ledger']
  readonly notices?: PlatformSeams['notices']
  readonly store?: (book: string, store: BookStore) => BookStore
  /** Nobody waits for notices to come. */
  readonly entriesNeverHear?: true
  /** Fen the bureau forgets of the year's deductible. */
  readonly deductibleLessFen?: number
  /** Rows the generator plays, by a slice's seed. */
  readonly plays?: (row: SliceRow, seed: number) => boolean
  /** The day is ended before the books are collected: everything is reconciled and paid out. */
  readonly endsTheDay?: true
  /** Moments that are played together, where a slice is long and its order no matter; absent: one after the other. */
  readonly momentsAtOnce?: number
  /** Strikes before the first row and heals after the last answer. */
  readonly fault?: FaultOnWire
  /** What is wrong with what the auditor is handed. */
  readonly handed?: (input: AuditInput) => AuditInput
}

/** The port with some of its operations replaced. */
export const changed = <Port extends object>(port: Port, changes: { readonly [Name in keyof Port]?: Port[Name] }): Port =>
  new Proxy(port, {
    get: (whole, name) => (changes as Readonly<Record<PropertyKey, unknown>>)[name] ?? Reflect.get(whole, name),
  })

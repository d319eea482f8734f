/** The words of reconciliation: one movement of money as one side's books have it, and what may be wrong between two sides. Pure. */
import type { Fen } from '../../money/fen.ts'

/** Whose books are held against the platform's: the bureau · a bank or wallet · the hospitals. */
export const partyKinds = ['insurer', 'payer', 'hospital'] as const
export type PartyKind = (typeof partyKinds)[number]

export interface Party {
  readonly kind: PartyKind
  /** Name on the wire. */
  readonly name: string
}

export type Direction = 'pay' | 'refund'

export interface MoneyRecord {
  /** Known to both sides: 中心流水号 at the insurer, key of the capture or order at a payer, the payment's number at a hospital. */
  readonly key: string
  readonly does: Direction
  readonly site: number
  /** Business clock of whoever keeps it. */
  readonly atMs: number
  /** What moves on this leg, refunds too without a sign. */
  readonly amountFen: Fen
  /** Further amounts that both sides name; each must be equal, the sum alone may hide a shift. */
  readonly parts?: Readonly<Record<string, number>>
  /** The platform's payment it belongs to; unknown where only the other side has it. */
  readonly payment?: string
  /** Of ours: how many parties keep a record of the same movement. It is reconciled when each of them agrees. */
  readonly legs?: number
  /** Of ours: the platform's account it stands in. */
  readonly account?: string
}

/** 短款 or 漏单 · 长款 or 单边账 · 金额不符 · 重复. */
export const differenceKinds = ['missing-there', 'missing-here', 'amount-differs', 'twice-there'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export interface Difference {
  readonly party: Party
  /** Accounting day of the party, yyyy-MM-dd. */
  readonly day: string
  readonly kind: DifferenceKind
  readonly does: Direction
  readonly key: string
  readonly site: number
  /** Zero where a side has nothing. */
  readonly oursFen: Fen
  readonly theirsFen: Fen
  /** Of a pay or refund; the parts that differ. */
  readonly partsDiffer?: readonly string[]
  /** Our record, where there is one. */
  readonly ours?: MoneyRecord
  /** Of a row told twice or more: its place, from 2. */
  readonly copy?: number
}

/** One difference of a party and day, and always the same name for it. */
export const numberOf = ({ party, day, kind, does, key, copy }: Difference): string =>
  `${party.name} ${day} ${does} ${kind} ${key}${copy === undefined ? '' : ` ${copy}`}`

/** What the other side has more than the platform, below zero where it has less: a refund counts the other way. */
export const excessFen = ({ does, oursFen, theirsFen }: Difference): number => (does === 'pay' ? 1 : -1) * (theirsFen - oursFen)

import type { PlatformMode } from '../desks/payment-desk.ts'
import type { BookRow } from './book-store.ts'
import type { Advance, Agreement, Held, Lease, NewPayment, PaymentState, Reopening } from './ledger.ts'

/** What goes to the thread or server that keeps a ledger; each command has its reply, a batch is one transaction. */
export type LedgerCommand =
  | { readonly does: 'open'; readonly payment: NewPayment; readonly memory: string; readonly lease: Lease; readonly atMs: number }
  | { readonly does: 'advance'; readonly step: Advance }
  | { readonly does: 'claim'; readonly lease: Lease; readonly expiredMs: number; readonly most: number }
  | { readonly does: 'renew'; readonly held: readonly Held[]; readonly untilMs: number }
  | { readonly does: 'reopen'; readonly reopening: Reopening }
  | { readonly does: 'dead-ends' }
  | { readonly does: 'payment'; readonly number: string }
  | { readonly does: 'sites' }
  | { readonly does: 'first' }
  | { readonly does: 'payment-of-serial'; readonly serial: number }
  | { readonly does: 'agreement'; readonly person: number; readonly mode: PlatformMode }
  | { readonly does: 'sign'; readonly agreements: readonly Agreement[] }
  | { readonly does: 'posted'; readonly fromMs: number; readonly untilMs: number }
  | { readonly does: 'taken-back'; readonly fromMs: number; readonly untilMs: number }
  | { readonly does: 'open-payments' }
  | { readonly does: 'untold'; readonly nowMs: number; readonly untilMs: number; readonly most: number }
  | {
      readonly does: 'told'
      readonly number: string
      readonly state: PaymentState
      readonly tries: number
      /** Absent: heard. */
      readonly againMs?: number
    }
  | { readonly does: 'append'; readonly book: string; readonly afterNumber: number; readonly rows: readonly Omit<BookRow, 'number'>[] }
  | { readonly does: 'rows'; readonly book: string; readonly afterNumber: number }
  | { readonly does: 'books' }
  | { readonly does: 'clear' }

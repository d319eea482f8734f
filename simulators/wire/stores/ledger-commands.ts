import type { PlatformMode } from '../desks/payment-desk.ts'
import type { Advance, Agreement, Lease, NewPayment } from './ledger.ts'

/** What goes to the thread or server that keeps a ledger; each command has its reply, a batch is one transaction. */
export type LedgerCommand =
  | { readonly does: 'open'; readonly payment: NewPayment; readonly memory: string; readonly lease: Lease; readonly atMs: number }
  | { readonly does: 'advance'; readonly step: Advance }
  | { readonly does: 'claim'; readonly lease: Lease; readonly expiredMs: number; readonly most: number }
  | { readonly does: 'payment'; readonly number: string }
  | { readonly does: 'agreement'; readonly person: number; readonly mode: PlatformMode }
  | { readonly does: 'sign'; readonly agreements: readonly Agreement[] }
  | { readonly does: 'books' }
  | { readonly does: 'clear' }

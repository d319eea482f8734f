/**
 * The platform's durable book behind one small interface: payments with their sagas, numbered events, double-entry postings. Kept in
 * SQLite by default and in PostgreSQL for several processes; one test body runs on both.
 *
 * A payment is worked on by one process at a time: it holds a lease, and every write quotes the fence it got with it. Whoever lost the
 * lease writes nothing more.
 */
import type { CollectMode, PlatformMode } from '../desks/payment-desk.ts'
import type { BookRow } from './book-store.ts'

/**
 * `given-up`: nobody knows its end yet and its bill was taken over by a window, so it goes back as soon as that is known; its bill is free
 * for another payment.
 */
export type PaymentState = 'under-way' | 'in-doubt' | 'given-up' | 'paid' | 'refused' | 'undone' | 'refunding' | 'refunded'

export interface NewPayment {
  readonly number: string
  readonly channel: string
  readonly idempotencyKey: string
  /** SHA-256 of what was asked: the same key with another body is refused. */
  readonly askedSha256: string
  readonly person: number
  readonly site: number
  readonly bill: string
  readonly mode: CollectMode
  /** Where the caller wants to hear of each state that a patient would want to know; absent: it asks. */
  readonly noticeUrl?: string
}

export interface LedgerPayment extends NewPayment {
  /** 1, 2, 3 …; message numbers are made from it. */
  readonly serial: number
  readonly state: PaymentState
  /** The saga still has something to do: its reply is out, or not yet. */
  readonly isOpen: boolean
  /** What the saga knows, as JSON text. */
  readonly memory: string
  readonly fence: number
  /** How many events it has. */
  readonly events: number
}

/** A debit is positive, a credit negative; the postings of one write add up to zero. */
export interface Posting {
  readonly account: LedgerAccount
  readonly amountFen: number
}

/**
 * What stands in the platform's accounts: what each side owes the site for a payment, and that it is owed to the site. `suspense`: a payer
 * has paid and nobody is entitled to it, since its way back was refused; people decide.
 */
export const ledgerAccounts = [
  'advances',
  'own-money',
  'wallets',
  /** Cash in a hospital's own drawers. */
  'till',
  'current-accounts',
  'history-accounts',
  'fund',
  'due-to-site',
  'suspense',
] as const
export type LedgerAccount = (typeof ledgerAccounts)[number]

export interface Lease {
  readonly owner: string
  readonly untilMs: number
}

export interface Held {
  readonly number: string
  readonly fence: number
}

export interface Advance {
  readonly number: string
  readonly fence: number
  readonly leaseUntilMs: number
  readonly atMs: number
  readonly state: PaymentState
  readonly isOpen: boolean
  readonly memory: string
  /** What happened, for `medpay why` and the auditor. */
  readonly event: string
  /** Its number; the same number again is the same write, so a store may repeat what it does not know the end of. */
  readonly eventNumber: number
  /** What happened since the last write and needed none of its own; it has the numbers before this event's. Absent: nothing. */
  readonly carried?: readonly CarriedEvent[]
  readonly postings: readonly Posting[]
}

/** Takes a payment that had ended up again: a refund, or people who found the way out of a dead end. */
export interface Reopening {
  readonly number: string
  readonly from: PaymentState
  readonly state: PaymentState
  readonly lease: Lease
  readonly atMs: number
  readonly memory: string
  readonly event: string
  readonly eventNumber: number
  readonly postings: readonly Posting[]
}

export interface Agreement {
  readonly person: number
  /** What it is used for: a line of credit, or the patient's own account. */
  readonly mode: PlatformMode
  readonly bank: string
  readonly agreement: string
}

export type OpenReply =
  | { readonly outcome: 'opened'; readonly payment: LedgerPayment }
  /** The same key asked the same before. */
  | { readonly outcome: 'known'; readonly payment: LedgerPayment }
  | { readonly outcome: 'key-reused' }
  /** Another payment of the same bill is open or paid. */
  | { readonly outcome: 'bill-taken'; readonly state: PaymentState; readonly number?: string }

export interface CarriedEvent {
  /** Business clock. */
  readonly atMs: number
  readonly event: string
}

export interface LedgerEvent extends CarriedEvent {
  readonly payment: string
  /** 1, 2, 3 … within the payment, without gaps. */
  readonly number: number
}

/** One write that moved money, with its payment as it stands now. */
export interface Posted {
  readonly payment: LedgerPayment
  /** Number of the event it was written with. */
  readonly event: number
  /** Business clock. */
  readonly atMs: number
  readonly postings: readonly Posting[]
  /** All events of the payment. */
  readonly events: readonly LedgerEvent[]
}

/** A payment that ended and posted nothing, some of its steps undone: what moved for it stands in its events alone. */
export interface TakenBack {
  readonly payment: LedgerPayment
  readonly events: readonly LedgerEvent[]
}

/** A payment whose caller has not heard of its state. */
export interface Untold {
  readonly payment: LedgerPayment
  /** How often this state was told in vain. */
  readonly tries: number
}

export interface LedgerBooks {
  readonly payments: readonly LedgerPayment[]
  readonly events: readonly LedgerEvent[]
  readonly postings: readonly (Posting & { readonly payment: string; readonly event: number })[]
}

export interface Ledger {
  /** What the person signed for the mode is put beneath the memory ({@link memoryWith}), so that nobody has to ask for it first. */
  open(payment: NewPayment, memory: string, lease: Lease, atMs: number): Promise<OpenReply>
  /** `fenced-off`: another process has the payment now. */
  advance(step: Advance): Promise<'advanced' | 'fenced-off'>
  /** Their owner lives and waits for an answer longer than a lease; what another has taken over stays with it. */
  renew(held: readonly Held[], untilMs: number): Promise<void>
  /** Takes over open payments whose lease ended before `expiredMs`. */
  claim(lease: Lease, expiredMs: number, most: number): Promise<readonly LedgerPayment[]>
  /** Undefined: it is not as the caller believes; look again. */
  reopen(reopening: Reopening): Promise<LedgerPayment | undefined>
  /** Payments that no machine can bring to an end: in doubt or given up, and nobody works on them. */
  deadEnds(): Promise<readonly LedgerPayment[]>
  payment(number: string): Promise<LedgerPayment | undefined>
  /** Business moment at which the first payment was opened; undefined: there is none. */
  firstMs(): Promise<number | undefined>
  /** Sites with a payment, in order. */
  sites(): Promise<readonly number[]>
  paymentOfSerial(serial: number): Promise<LedgerPayment | undefined>
  agreementOf(person: number, mode: PlatformMode): Promise<Agreement | undefined>
  sign(agreements: readonly Agreement[]): Promise<void>
  /** What moved money from one business moment until before another, in order of payment and event. */
  posted(fromMs: number, untilMs: number): Promise<readonly Posted[]>
  /** Payments that were taken back and never posted, with an event from one business moment until before another, in order. */
  takenBack(fromMs: number, untilMs: number): Promise<readonly TakenBack[]>
  /** Payments that are not over. */
  openPayments(): Promise<readonly LedgerPayment[]>
  /**
   * Payments to tell a caller of whose turn has come, oldest first; nobody else gets them before `untilMs` (protocol clock), so that a
   * teller that dies is replaced. A payment tells each of its states once; the next state begins anew.
   */
  untold(nowMs: number, untilMs: number, most: number): Promise<readonly Untold[]>
  /** The caller heard of the state, or was told in vain and is told again at `againMs`. */
  told(number: string, state: PaymentState, again: { readonly tries: number; readonly againMs: number } | undefined): Promise<void>
  /** Adds to a further numbered book kept beside the payments. `taken`: another process wrote after that number first; nothing is added. */
  appendTo(book: string, afterNumber: number, rows: readonly Omit<BookRow, 'number'>[]): Promise<'appended' | 'taken'>
  rowsOf(book: string, afterNumber: number): Promise<readonly BookRow[]>
  books(): Promise<LedgerBooks>
  clear(): Promise<void>
  /** Why it can no longer be written, by this process at least; always undefined where a store that failed comes back by itself. */
  readonly failure?: Error | undefined
  readonly written: { readonly batches: number; readonly commands: number }
  close(): Promise<void>
}

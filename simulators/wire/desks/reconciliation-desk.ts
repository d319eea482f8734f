/** How the platform's money stands against its parties' books: for the one who paid, for a site, for the operator. */
import type { Fen } from '../../money/fen.ts'

/** `open`: not held against every party yet. `difference`: parties disagree. */
export type ReconciliationState = 'open' | 'difference' | 'reconciled' | 'paid-out'

export interface PaymentReconciliation {
  readonly outcome: 'reconciliation'
  readonly payment: string
  readonly state: ReconciliationState
  /** Parties that agree: bureau, bank or wallet, his. */
  readonly agreed: readonly string[]
  /** What the parties said when they were asked soon after, a payment on leaving within its own transaction; moves no money. */
  readonly live: PaymentLiveView
  /** Business moments, yyyy-MM-dd HH:mm:ss. */
  readonly reconciledAt?: string
  readonly paidOutAt?: string
}

export interface PaymentLiveView {
  /** `not-yet`: somebody was not asked or did not say; nobody knows. `left-to-day-end`: and will not be asked again. */
  readonly state: 'not-yet' | 'matched' | 'differs' | 'left-to-day-end'
  /** Parties that have it otherwise. */
  readonly differing: readonly string[]
  /** Business moment at which all of them agreed. */
  readonly matchedAt?: string
}

export interface DayView {
  readonly party: string
  /** Accounting day of the party. */
  readonly day: string
  /** Records in its statement; those that match; those on the way across a cut-off; differences found. */
  readonly rows: number
  readonly matched: number
  readonly inTransit: number
  readonly differences: number
}
export interface DifferenceView {
  readonly difference: string
  readonly site: number
  readonly oursFen: Fen
  readonly theirsFen: Fen
  /** How it ended; absent: it is open. */
  readonly ending?: string
  readonly bearer?: string
}
export interface PayOutView {
  readonly payout: number
  readonly payer: string
  readonly site: number
  readonly amountFen: Fen
  readonly payments: number
  readonly at: string
}
/** Where money stands on its way, and how old it is there; ages count from the moment the patient meant to pay, weighted by fen. */
export interface StageView {
  readonly stage: string
  readonly count: number
  readonly amountFen: number
  readonly meanAgeSeconds?: number
  readonly oldestAgeSeconds?: number
  readonly standingFen: number
  readonly standingMeanAgeSeconds?: number
  /** How long it was waited for since the stage before: [bucket of measures/statistics/histogram.ts, sums of money]. */
  readonly waitedMsBuckets?: readonly (readonly [number, number])[]
}

export interface SiteReconciliation {
  readonly outcome: 'site'
  readonly differences: readonly DifferenceView[]
  readonly payouts: readonly PayOutView[]
  /** Of its money still to come, after deductions. */
  readonly dueFen: number
}

/** 实时核对: movements every party was asked about soon after they happened. */
export interface LiveView {
  readonly matched: number
  /** Payment and direction, and who has it otherwise; the day-end file decides. */
  readonly differing: readonly { readonly movement: string; readonly parties: readonly string[] }[]
  /** Business moment up to which they were asked. */
  readonly until?: string
}
export interface MoneyView {
  readonly stages: readonly StageView[]
  readonly live: LiveView
}

export interface ReconciliationReport extends MoneyView {
  readonly outcome: 'report'
  readonly days: readonly DayView[]
  readonly differences: readonly DifferenceView[]
  readonly payouts: readonly PayOutView[]
  /** Payments' ledger and reconciliation's journal together; a debit is positive. All of them add up to zero. */
  readonly balances: Readonly<Record<string, number>>
  /** What the last run waits for. */
  readonly waiting: readonly { readonly of: string; readonly why: string }[]
}

export interface ReconciliationDesk {
  reconciliationOf(request: {
    readonly channel: string
    readonly payment: string
  }): Promise<PaymentReconciliation | { readonly outcome: 'unheard-of' }>
  /** For a site about itself. */
  siteReconciliation(request: { readonly channel: string; readonly site: number }): Promise<SiteReconciliation>
}

export interface ReconciliationOperatorDesk {
  /** Where money stands and how old it is, as far as it is known; reconciles nothing. */
  money(request: object): Promise<{ readonly outcome: 'money' } & MoneyView>
  /** Does now what the business clock allows, and tells how everything stands. */
  reconcile(request: object): Promise<ReconciliationReport>
}

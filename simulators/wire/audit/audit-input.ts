/** What the auditor is given, all of it plain data: what was planned, what patients saw, what every party wrote down for itself. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import type { Found } from './rule.ts'

export interface AuditInput {
  readonly planned: readonly PlannedRow[]
  readonly seen: readonly SeenRow[]
  readonly books: readonly NumberedBook[]
  /** Actors whose books must be there and hold more than their opening: without them nothing can be said. */
  readonly mustHaveMoved: readonly string[]
  readonly policy: Pick<PolicyPlan, 'benefits'>
  readonly faults: readonly StruckFault[]
  /** The day was ended at the target, which has to reconcile and pay out by then; absent: it was not, or is the target's own affair. */
  readonly dayEnded?: boolean
  /** Bills that were planned to offend against the insurer's rules; absent: none was. */
  readonly wrongdoing?: readonly { readonly site: number; readonly bill: string; readonly kind: string }[]
  /** Every hospital applied to the insurer for the month, and its money came. */
  readonly monthCleared?: boolean
  /** What phones were told in the days in which advances are repaid, the last day being after them; absent: nobody played them. */
  readonly term?: SeenTerm
  /** The run beside what it repeats; absent: nothing was compared. `term`: what is owed after it, person by person. */
  readonly compared?: { readonly virtual?: Comparison; readonly twin?: Comparison; readonly term?: Comparison }
  /** Clocks of two processes of one machine may differ by so much. */
  readonly clockToleranceMs: number
  /** Prints this very run again. */
  readonly replay: string
  /** Folder of the run, for the commands that tell a bill's story. */
  readonly folder: string
}

export interface SeenTerm {
  readonly repayments: readonly {
    readonly bank: string
    readonly key: string
    readonly amountFen: number
    /** `repaid`, or why not. */
    readonly outcome: string
  }[]
  readonly statements: readonly {
    readonly bank: string
    readonly agreement: string
    readonly usedFen: number
    readonly overpaidFen: number
  }[]
}

/** Rows that were to end alike, and those that did not. */
export interface Comparison {
  readonly looked: number
  readonly findings: readonly Found[]
}

/** A row of the trace, as far as money is concerned. */
export interface PlannedRow {
  readonly row: number
  readonly errand: string
  readonly site: number
  readonly person: number
  /** Null: the errand is about no bill. */
  readonly bill: string | null
  readonly key: string
  readonly totalFen: number
  /** Of a refund: the bill that goes back. */
  readonly refunds?: string
  /** How the patient means to pay; absent: not told. */
  readonly mode?: string
}

/** The six amounts of a bill's split, as patient, insurer and hospital each tell them. */
export interface SplitParts {
  readonly fundFen: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  readonly cashFen: number
}

export interface SeenAnswer {
  /** Idempotency key it was asked under; absent: the row has one. */
  readonly key?: string | undefined
  /** The payment's state, or `refused`, `no-answer`. */
  readonly outcome: string
  readonly payment?: string | undefined
  readonly reason?: string | undefined
  readonly split?: SplitParts | undefined
  /** The requests of this attempt, by the name its caller gives them. */
  readonly calls?: readonly { readonly name?: string; readonly status: number }[] | undefined
}

/** What the patient of one row saw: every answer in order, the last one being how it ended. */
export interface SeenRow {
  readonly row: number
  /** Why the row was never sent. */
  readonly notSent?: string | undefined
  readonly answers: readonly SeenAnswer[]
}

/** A book as its actor shows it at /control/books. */
export interface NumberedBook {
  readonly actor: string
  /** What sort of party it says it is. */
  readonly kind: string
  readonly entries: readonly { readonly number: number; readonly atMs: number; readonly entry: unknown }[]
  /** Entries the actor says it wrote; absent: it keeps no book of this form. */
  readonly written?: number
  /** The target's own journal, where it shows one. */
  readonly ledger?: ExportedLedger
  /** Its numbered book of reconciliation, as text. */
  readonly reconciliation?: readonly { readonly number: number; readonly text: string }[]
}

export interface ExportedLedger {
  readonly payments: readonly {
    readonly number: string
    readonly channel: string
    readonly idempotencyKey: string
    readonly site: number
    readonly bill: string
    readonly state: string
    readonly isOpen: boolean
    readonly noticeUrl?: string
  }[]
  readonly events: readonly { readonly payment: string; readonly number: number; readonly event: string }[]
  readonly postings: readonly { readonly payment: string; readonly event: number; readonly account: string; readonly amountFen: number }[]
}

/** A fault as it struck, told by whoever struck. */
export interface StruckFault {
  readonly name: string
  readonly callsTouched: number
  /** Fewer make it toothless. */
  readonly leastCallsTouched: number
  /** Differences it planted in books or files, each `party direction kind key`; empty: a sound platform ends without any. */
  readonly plantedDifferences: readonly string[]
  /** Business keys of what it booked wrongly; what is found of these payments is what was planted, and each must be found. */
  readonly plantedKeys: readonly string[]
}

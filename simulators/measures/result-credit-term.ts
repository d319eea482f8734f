/** What became of the banks' advances in the days after the window: repaid, still owed, overdue; and the same people in the virtual city. */
import type { RepaymentWallet } from '../../scenarios/plan-credit.ts'
import type { ClosingBooks } from './result-wire.ts'

export interface WireCreditTerm {
  /** Without interest. */
  readonly days: number
  /** Business days played, yyyy-MM-dd: those on which people repay, then the one after the last day without interest. */
  readonly played: readonly string[]
  /** Whoever owed something when the window was over. */
  readonly persons: number
  /** Owed from before the window, and advanced in it. */
  readonly openingFen: number
  readonly advancedFen: number
  /** Of what was advanced, given back by refunds and reversals. */
  readonly givenBackFen: number
  readonly repaidFen: number
  /** Still owed on the last day: openingFen + advancedFen − givenBackFen − repaidFen, to the fen. */
  readonly owedFen: number
  /** What the banks paid out to hospitals for these advances on the morning after; null where the auditor did not find it paid to the fen. */
  readonly paidOutFen: number | null
  readonly wallets: readonly { readonly wallet: RepaymentWallet; readonly persons: number; readonly amountFen: number }[]
  readonly overdue: CreditOverdue
  /** Of the same people in the virtual city. */
  readonly virtual: { readonly persons: number; readonly repaidFen: number; readonly overdue: CreditOverdue }
  /** Overdue advances that the score heard of; null where no score is kept. */
  readonly reportedOverdue: number | null
  /** Person by person beside the virtual city; its `rows` are persons. */
  readonly closingBooks: ClosingBooks
  /** Of the protocol clock. */
  readonly seconds: number
}

export interface CreditOverdue {
  readonly persons: number
  readonly amountFen: number
}

/** What stands in a bank's book: one entry for each thing that happened. What each changes is bank-book.ts. */
import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import type { Fen } from '../../money/fen.ts'
import type { CreditLine } from '../../policy/credit-line.ts'
import type { InTransit } from '../reconciliation/match-day.ts'
import type { Difference } from '../reconciliation/records.ts'
import type { AgreementKind, CreditReport, Customer } from './bank-state.ts'

export type BankEntry =
  | ({ readonly does: 'open-customer'; readonly person: number } & Customer)
  | {
      readonly does: 'open-agreement'
      readonly agreement: string
      readonly person: number
      readonly kind: AgreementKind
      readonly line: CreditLine
    }
  /** A use from before the book opened; it stands in the line already. */
  | { readonly does: 'open-debt'; readonly key: string; readonly agreement: string; readonly amountFen: Fen; readonly usedOnDay: number }
  | {
      readonly does: 'authorize'
      readonly key: string
      readonly agreement: string
      readonly site: number
      readonly amountFen: Fen
      readonly visit?: string
    }
  | { readonly does: 'capture'; readonly key: string; readonly hold: string; readonly amountFen: Fen }
  | {
      readonly does: 'settle-visit'
      readonly key: string
      readonly agreement: string
      readonly site: number
      readonly visit: string
      readonly holds: readonly string[]
      readonly amountFen: Fen
    }
  | { readonly does: 'debit'; readonly key: string; readonly agreement: string; readonly site: number; readonly amountFen: Fen }
  | { readonly does: 'release'; readonly hold: string }
  /** The hold was left alone for too long. */
  | { readonly does: 'lapse'; readonly hold: string }
  /** What has not come is undone: should it come later, it is refused. */
  | { readonly does: 'tombstone'; readonly key: string }
  | { readonly does: 'refund'; readonly key: string; readonly capture: string; readonly amountFen: Fen }
  | { readonly does: 'reverse'; readonly payment: string; readonly amountFen: Fen }
  | { readonly does: 'offer'; readonly key: string; readonly person: number; readonly limitFen: Fen; readonly throughDay: number }
  | {
      readonly does: 'sign'
      readonly key: string
      readonly offer: string
      readonly agreement: string
      readonly person: number
      readonly limitFen: Fen
    }
  | { readonly does: 'raise'; readonly key: string; readonly agreement: string; readonly limitFen: Fen }
  | { readonly does: 'issue-card'; readonly key: string; readonly agreement: string; readonly limitFen: Fen }
  | {
      readonly does: 'ask-repayment'
      readonly key: string
      readonly agreement: string
      readonly wallet: RepaymentWallet
      readonly amountFen: Fen
    }
  /** What the parts leave of it, the bank owes the patient. */
  | {
      readonly does: 'repay'
      readonly key: string
      readonly agreement: string
      readonly wallet: RepaymentWallet
      readonly amountFen: Fen
      readonly parts: readonly { readonly payment: string; readonly amountFen: Fen }[]
      /** The patient's own account that it came from. */
      readonly account?: string
    }
  | { readonly does: 'fail-repayment'; readonly key: string }
  /** What was repaid of a payment that came back is the patient's again, and goes the way it came. */
  | {
      readonly does: 'ask-payback'
      readonly key: string
      readonly payment: string
      readonly agreement: string
      readonly repayment: string
      readonly wallet: RepaymentWallet
      /** The bank's number of the refund at the wallet. */
      readonly refund: string
      readonly amountFen: Fen
    }
  | { readonly does: 'paid-back'; readonly key: string }
  /** The wallet will not have it: the bank owes it to the patient, and the next advance is paid from it first. */
  | { readonly does: 'fail-payback'; readonly key: string }
  /** A day's bill of a wallet held against what was repaid and paid back through it. */
  | {
      readonly does: 'match-bill'
      readonly wallet: RepaymentWallet
      readonly day: string
      readonly rows: number
      readonly matched: number
      readonly inTransit: InTransit
      readonly differences: readonly Difference[]
    }
  | { readonly does: 'close-agreement'; readonly agreement: string }
  | { readonly does: 'overdue'; readonly payment: string }
  | { readonly does: 'report'; readonly report: CreditReport }
  /** `refusal`: why the score did not take it. */
  | { readonly does: 'reported'; readonly key: string; readonly refusal?: string }

export type EntryOf<Does extends BankEntry['does']> = Extract<BankEntry, { readonly does: Does }>

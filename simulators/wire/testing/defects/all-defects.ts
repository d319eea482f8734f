import { captureAnotherAmount } from './capture-another-amount.ts'
import { chargeAnother } from './charge-another.ts'
import { confirmBeforeSettle } from './confirm-before-settle.ts'
import { debitOwnAccount } from './debit-own-account.ts'
import type { Defect } from './defect.ts'
import { doublePost } from './double-post.ts'
import { dropLedgerRow } from './drop-ledger-row.ts'
import { emptyBook } from './empty-book.ts'
import { forgetIdempotency } from './forget-idempotency.ts'
import { forgetRelease } from './forget-release.ts'
import { forgetToPost } from './forget-to-post.ts'
import { forgottenRow } from './forgotten-row.ts'
import { keepTheLock } from './keep-the-lock.ts'
import { loseCallback } from './lose-callback.ts'
import { payOutTwice } from './pay-out-twice.ts'
import { policyOffByOne } from './policy-off-by-one.ts'
import { refundInPart } from './refund-in-part.ts'
import { refundToAnother } from './refund-to-another.ts'
import { refundUnasked } from './refund-unasked.ts'
import { refusalIsYes } from './refusal-is-yes.ts'
import { resumeTwice } from './resume-twice.ts'
import { roundTwice } from './round-twice.ts'
import { settleForAnother } from './settle-for-another.ts'
import { silenceIsRefusal } from './silence-is-refusal.ts'
import { skipNotice } from './skip-notice.ts'
import { skipReconciliation } from './skip-reconciliation.ts'
import { skipReversal } from './skip-reversal.ts'
import { skippedRows } from './skipped-rows.ts'
import { toothlessFault } from './toothless-fault.ts'
import { truncatedBook } from './truncated-book.ts'
import { unbookedAnswer } from './unbooked-answer.ts'
import { wrongRow } from './wrong-row.ts'

/** Every deliberate defect, the platform's first; docs/tested-tester.md tells what caught each. */
export const allDefects: readonly Defect[] = [
  skipReversal,
  doublePost,
  forgetToPost,
  dropLedgerRow,
  loseCallback,
  forgetIdempotency,
  roundTwice,
  captureAnotherAmount,
  confirmBeforeSettle,
  skipNotice,
  refundToAnother,
  refundUnasked,
  refundInPart,
  resumeTwice,
  settleForAnother,
  chargeAnother,
  debitOwnAccount,
  forgetRelease,
  keepTheLock,
  silenceIsRefusal,
  refusalIsYes,
  skipReconciliation,
  payOutTwice,
  toothlessFault,
  forgottenRow,
  unbookedAnswer,
  truncatedBook,
  emptyBook,
  skippedRows,
  wrongRow,
  policyOffByOne,
]

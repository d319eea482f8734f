/** The desk of reconciliation over its book: status for callers, runs for the operator and by itself. */
import type { ReconciliationDesk, ReconciliationOperatorDesk } from '../desks/reconciliation-desk.ts'
import type { ReconciliationEntry, ReconciliationState } from '../reconciliation/reconciliation-book.ts'
import { isTheirs } from '../sagas/payments.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { SharedBook } from '../stores/shared-book.ts'
import type { Reconciler, ReconciliationRun } from './reconciler.ts'
import { moneyOnTheWay, paymentReconciliation, reconciliationReport, siteReconciliation } from './reconciliation-views.ts'

export interface ReconciliationDeskParts {
  readonly ledger: Ledger
  readonly book: SharedBook<ReconciliationState, ReconciliationEntry>
  readonly reconciler: Reconciler
  /** Business clock. */
  readonly nowMs: () => number
}

export function reconciliationDesk({
  ledger,
  book,
  reconciler,
  nowMs,
}: ReconciliationDeskParts): ReconciliationDesk & ReconciliationOperatorDesk {
  return {
    async reconciliationOf({ channel, payment: number }) {
      const payment = await ledger.payment(number)
      if (payment === undefined || !isTheirs(payment, channel)) return { outcome: 'unheard-of' }
      return paymentReconciliation(await book.read(), number)
    },
    async siteReconciliation({ site }) {
      const { postings, payments } = await ledger.books()
      return siteReconciliation(await book.read(), site, postings, payments)
    },
    async money() {
      return { outcome: 'money', ...moneyOnTheWay(await book.read(), await ledger.books(), nowMs()) }
    },
    async reconcile() {
      const { waiting }: ReconciliationRun = await reconciler.run()
      return reconciliationReport(await book.read(), await ledger.books(), waiting, nowMs())
    },
  }
}

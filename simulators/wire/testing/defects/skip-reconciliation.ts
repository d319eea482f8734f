import { changed, type Defect } from './defect.ts'

/** What reconciliation decides is never written down: nothing is matched and nothing paid out, and its report says all is well. */
export const skipReconciliation: Defect = {
  name: 'skip-reconciliation',
  title: { zh: '日终漏做对账', en: 'Nothing is reconciled at the end of the day' },
  of: 'platform',
  caughtBy: 'day-is-matched',
  make: () => ({
    endsTheDay: true,
    ledger: (ledger) =>
      changed(ledger, {
        appendTo: async (book, ...rest) => (book === 'reconciliation' ? 'appended' : ledger.appendTo(book, ...rest)),
      }),
  }),
}

import { changed, type Defect } from './defect.ts'

/** One row of each payment's postings is lost on its way into the books. */
export const dropLedgerRow: Defect = {
  name: 'drop-ledger-row',
  title: { zh: '分录丢失一行', en: "A row of a payment's postings is lost" },
  of: 'platform',
  caughtBy: 'ledger-zero',
  make: () => ({
    ledger: (ledger) =>
      changed(ledger, {
        books: async () => {
          const books = await ledger.books()
          return { ...books, postings: books.postings.filter(({ account }) => account !== 'due-to-site') }
        },
      }),
  }),
}

import { changed, type Defect } from './defect.ts'

/** Each payout to a site is made a second time. */
export const payOutTwice: Defect = {
  name: 'pay-out-twice',
  title: { zh: '向机构重复付款', en: 'Each payout is made twice' },
  of: 'platform',
  caughtBy: 'paid-out-to-the-fen',
  make: () => ({
    endsTheDay: true,
    ledger: (ledger) =>
      changed(ledger, {
        appendTo: (book, afterNumber, rows) => {
          const again = book === 'reconciliation' ? rows.filter(({ text }) => /"does":"pay-out"/.test(text)) : []
          return ledger.appendTo(book, afterNumber, [...rows, ...again])
        },
      }),
  }),
}

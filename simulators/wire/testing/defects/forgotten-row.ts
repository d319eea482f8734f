import { changed, type Defect } from './defect.ts'

/** The insurer writes one entry of its book to nowhere. */
export const forgottenRow: Defect = {
  name: 'forgotten-row',
  title: { zh: '对方账簿漏记一行', en: 'A counterparty forgets a row' },
  of: 'testbed',
  caughtBy: 'book-numbers-without-gap',
  make: () => ({
    store: (book, store) =>
      book === 'bureau'
        ? changed(store, { append: async (row) => (/"does":"settle"/.test(row.text) ? undefined : store.append(row)) })
        : store,
  }),
}

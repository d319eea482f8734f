import { changed, type Defect } from './defect.ts'

/** The bank says “captured” and its book, numbered without a gap, knows nothing of it. */
export const unbookedAnswer: Defect = {
  name: 'unbooked-answer',
  title: { zh: '对方应答而不入账', en: 'An actor answers without booking' },
  of: 'testbed',
  caughtBy: 'three-way-match',
  make: () => {
    let left = 0
    return {
      store: (book, store) =>
        book.startsWith('bank')
          ? changed(store, {
              append: async (row) => {
                if (!/"does":"capture"/.test(row.text)) return store.append({ ...row, number: row.number - left })
                left += 1
              },
            })
          : store,
      // Its count of what it wrote is as untrue as its book.
      handed: (input) => ({
        ...input,
        books: input.books.map((book) => (book.written === undefined ? book : { ...book, written: book.entries.length })),
      }),
    }
  },
}

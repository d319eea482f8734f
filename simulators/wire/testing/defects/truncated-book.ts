import { changed, type Defect } from './defect.ts'

/** The last entries of a book do not come over. */
export const truncatedBook: Defect = {
  name: 'truncated-book',
  title: { zh: '账簿被截尾', en: 'A book is cut off' },
  of: 'testbed',
  caughtBy: 'book-numbers-without-gap',
  make: () => ({
    store: (book, store) => (book === 'his' ? changed(store, { export: async () => (await store.export()).slice(0, -2) }) : store),
  }),
}

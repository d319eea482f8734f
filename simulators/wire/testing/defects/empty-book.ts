import { changed, type Defect } from './defect.ts'

/** An actor shows an empty book. */
export const emptyBook: Defect = {
  name: 'empty-book',
  title: { zh: '账簿为空', en: 'A book is empty' },
  of: 'testbed',
  caughtBy: 'books-are-not-empty',
  make: () => ({ store: (book, store) => (book === 'his' ? changed(store, { export: async () => [] }) : store) }),
}

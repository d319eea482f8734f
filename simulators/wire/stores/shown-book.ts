import type { KeptBook } from './kept-book.ts'

/** A desk's book as its actor shows it, where something beside the book is emptied and closed with it. */
export const shownBook = <State, Entry>(
  book: KeptBook<State, Entry>,
  together: { readonly reset: () => Promise<void>; readonly close: () => Promise<void> },
) => ({
  ...together,
  export: () => book.export(),
  get lastNumber() {
    return book.lastNumber
  },
  get failure() {
    return book.failure
  },
  get written() {
    return book.written
  },
})

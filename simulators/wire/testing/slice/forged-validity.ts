/** What makes a run void: books and rows that are not whole. */
import { asEntry } from '../../audit/entry-words.ts'
import { type Forgeries, forged, ledger, numbered, refused, struck } from './forging.ts'

export const forgedValidity: Forgeries<
  'book-numbers-without-gap' | 'books-are-not-empty' | 'planned-equals-accounted' | 'there-are-samples' | 'faults-took-effect'
> = {
  'book-numbers-without-gap': {
    'an entry is left out': forged('his', (book) => ({ ...book, entries: book.entries.toSpliced(3, 1), written: book.entries.length - 1 })),
    'its end is missing': forged('bureau', (book) => ({ ...book, entries: book.entries.slice(0, -1) })),
    'nobody says how much is in it': forged('bureau', ({ written: _, ...book }) => book),
    'an event of the journal is left out': ledger((own) => ({ ...own, events: own.events.toSpliced(1, 1) })),
  },
  'books-are-not-empty': {
    'there is nothing': forged('his', (book) => numbered(book, [])),
    'there is its opening and nothing more': forged('his', (book) =>
      numbered(
        book,
        book.entries.filter(({ entry }) => asEntry(entry)['does'] === 'open-bill'),
      ),
    ),
  },
  'planned-equals-accounted': {
    'a row is not there': (input) => ({ ...input, seen: input.seen.slice(1) }),
    'a row is there twice': (input) => ({ ...input, seen: [...input.seen, ...input.seen.slice(0, 1)] }),
    'a row was never planned': (input) => ({ ...input, seen: [...input.seen, { row: input.planned.length, answers: [refused] }] }),
    'a row was sent and had not even silence for an answer': (input) => ({
      ...input,
      seen: input.seen.map((row, index) => (index === 0 ? { ...row, answers: [] } : row)),
    }),
    'a bill was never raised': (input) => ({
      ...input,
      planned: input.planned.map((row, index) => (index === 0 ? { ...row, bill: 'MX-of-nobody' } : row)),
    }),
    'a bill was raised over another amount': (input) => ({
      ...input,
      planned: input.planned.map((row, index) => (index === 0 ? { ...row, totalFen: row.totalFen + 1 } : row)),
    }),
  },
  'there-are-samples': {
    'nothing was sent': (input) => ({ ...input, seen: input.seen.map(({ row }) => ({ row, notSent: 'given-up', answers: [] })) }),
  },
  'faults-took-effect': {
    'it met fewer than it must': struck({ name: 'outage', callsTouched: 4, leastCallsTouched: 5 }),
  },
}

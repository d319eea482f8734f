/** How sound books are forged, by one line or one word of somebody. */
import type { AuditInput, NumberedBook, SeenAnswer, StruckFault } from '../../audit/audit-input.ts'
import { asEntry, type Entry } from '../../audit/entry-words.ts'
import type { RuleName } from '../../audit/rule-words.ts'

export type Forgery = (input: AuditInput) => AuditInput
/** By rule, then by what is wrong. */
export type Forgeries<Name extends RuleName> = Readonly<Record<Name, Readonly<Record<string, Forgery>>>>

export const forged =
  (actor: string, change: (book: NumberedBook) => NumberedBook): Forgery =>
  (input) => ({
    ...input,
    books: input.books.map((book) => (book.actor === actor ? change(book) : book)),
  })

/** Numbered without a gap, as its actor would show it. */
export const numbered = (book: NumberedBook, entries: NumberedBook['entries']): NumberedBook => ({
  ...book,
  entries: entries.map((row, index) => ({ ...row, number: index + 1 })),
  written: entries.length,
})

/** The first entry of this kind as it stands in a book of a sound run. */
export function firstOf({ books }: AuditInput, actor: string, does: string): Entry {
  const row = books.find((book) => book.actor === actor)?.entries.find(({ entry }) => asEntry(entry)['does'] === does)
  if (row === undefined) throw new Error(`the slice has no entry ${does} at ${actor}`)
  return asEntry(row.entry)
}

/** Every entry of this kind, by its number among them: changed, left out (undefined), or followed by others. */
export const entriesOf = (
  actor: string,
  does: string,
  change: (entry: Entry, nth: number) => Entry | undefined | readonly Entry[],
): Forgery =>
  forged(actor, (book) => {
    let nth = 0
    const rows = book.entries.flatMap((row) => {
      if (asEntry(row.entry)['does'] !== does) return [row]
      const changed = change(asEntry(row.entry), nth++)
      const now: readonly Entry[] = changed === undefined ? [] : Array.isArray(changed) ? changed : [changed as Entry]
      return now.map((entry) => ({ ...row, entry }))
    })
    if (nth === 0) throw new Error(`the slice has no entry ${does} at ${actor}`)
    return numbered(book, rows)
  })

/** The first of them alone. */
export const first = (actor: string, does: string, change: (entry: Entry) => Entry | undefined | readonly Entry[]): Forgery =>
  entriesOf(actor, does, (entry, nth) => (nth === 0 ? change(entry) : entry))

/** Entries more at the end of a book. */
export const added = (actor: string, ...entries: readonly Entry[]): Forgery =>
  forged(actor, (book) => numbered(book, [...book.entries, ...entries.map((entry) => ({ number: 0, atMs: 0, entry }))]))

export const together =
  (...all: readonly Forgery[]): Forgery =>
  (input) =>
    all.reduce((now, forge) => forge(now), input)

export const splitWith = (entry: Entry, by: Readonly<Record<string, number>>): Entry => {
  const split = asEntry(entry['split'])
  return {
    ...entry,
    split: { ...split, ...Object.fromEntries(Object.entries(by).map(([name, fen]) => [name, Number(split[name]) + fen])) },
  }
}

/** What patients heard, changed row by row. */
export const answers =
  (change: (all: readonly SeenAnswer[], row: number) => readonly SeenAnswer[]): Forgery =>
  (input) => ({ ...input, seen: input.seen.map((seen) => ({ ...seen, answers: change(seen.answers, seen.row) })) })
export const refused: SeenAnswer = { outcome: 'refused', reason: 'over-credit-limit' }

type Ledger = NonNullable<NumberedBook['ledger']>
export const ledger = (change: (ledger: Ledger) => Ledger): Forgery =>
  forged('platform', (book) => (book.ledger === undefined ? book : { ...book, ledger: change(book.ledger) }))
/** One fen more in an account and one less in suspense, in one write of the first payment that has postings. */
export const fenMoreIn = (account: string): Forgery =>
  ledger((own) => {
    const [of] = own.postings
    if (of === undefined) throw new Error('the slice has no postings')
    return { ...own, postings: [...own.postings, { ...of, account, amountFen: 1 }, { ...of, account: 'suspense', amountFen: -1 }] }
  })
export const payments = (change: (first: Ledger['payments'][number]) => Ledger['payments']): Forgery =>
  ledger((own) => ({ ...own, payments: own.payments.flatMap((one, index) => (index === 0 ? change(one) : [one])) }))

export const reconciliation = (...rows: readonly object[]): Forgery =>
  forged('platform', (book) => ({ ...book, reconciliation: rows.map((row, index) => ({ number: index + 1, text: JSON.stringify(row) })) }))
export const matchedDay = (party: string, ...differences: readonly object[]) => ({ does: 'match-day', party: { name: party }, differences })
export const dayEnded: Forgery = (input) => ({ ...input, dayEnded: true })

export const struck =
  (planted: Partial<StruckFault> | ((input: AuditInput) => Partial<StruckFault>)): Forgery =>
  (input) => {
    const usual = { name: 'wrong-amount', callsTouched: 1, leastCallsTouched: 1, plantedDifferences: [], plantedKeys: [] }
    return { ...input, faults: [{ ...usual, ...(typeof planted === 'function' ? planted(input) : planted) }] }
  }

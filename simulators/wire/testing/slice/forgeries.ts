/** One forgery of sound books for every rule of the auditor: the smallest change that breaks it. */
import { billNotShown, billQuery } from '../../../trace/seen-row.ts'
import type { AuditInput, NumberedBook, SeenAnswer } from '../../audit/audit-input.ts'
import { asEntry, type Entry } from '../../audit/entry-words.ts'
import type { RuleName } from '../../audit/rule-words.ts'
import { bank, channel } from '../small-wire.ts'

export type Forgery = (input: AuditInput) => AuditInput

const forged =
  (actor: string, change: (book: NumberedBook) => NumberedBook): Forgery =>
  (input) => ({
    ...input,
    books: input.books.map((book) => (book.actor === actor ? change(book) : book)),
  })
const numbered = (book: NumberedBook, entries: NumberedBook['entries']): NumberedBook => ({
  ...book,
  entries: entries.map((row, index) => ({ ...row, number: index + 1 })),
  written: entries.length,
})

/** The first entry of this kind, changed, left out (undefined) or followed by another. */
const first = (actor: string, does: string, change: (entry: Entry) => Entry | undefined | readonly [Entry, Entry]): Forgery =>
  forged(actor, (book) => {
    const at = book.entries.findIndex(({ entry }) => asEntry(entry)['does'] === does)
    const row = book.entries[at]
    if (row === undefined) throw new Error(`the slice has no entry ${does} at ${actor}`)
    const changed = change(asEntry(row.entry))
    const now: readonly Entry[] = changed === undefined ? [] : Array.isArray(changed) ? changed : [changed as Entry]
    return numbered(book, book.entries.toSpliced(at, 1, ...now.map((entry) => ({ ...row, entry }))))
  })
const splitWith = (entry: Entry, by: Readonly<Record<string, number>>): Entry => {
  const split = asEntry(entry['split'])
  return {
    ...entry,
    split: { ...split, ...Object.fromEntries(Object.entries(by).map(([name, fen]) => [name, Number(split[name]) + fen])) },
  }
}
const answers =
  (change: (all: readonly SeenAnswer[]) => readonly SeenAnswer[]): Forgery =>
  (input) => ({ ...input, seen: input.seen.map((row) => ({ ...row, answers: change(row.answers) })) })
const ledger = (change: (ledger: NonNullable<NumberedBook['ledger']>) => NonNullable<NumberedBook['ledger']>): Forgery =>
  forged('platform', (book) => (book.ledger === undefined ? book : { ...book, ledger: change(book.ledger) }))
const reconciliation = (row: object): Forgery =>
  forged('platform', (book) => ({ ...book, reconciliation: [{ number: 1, text: JSON.stringify(row) }] }))

/** Whoever compares found one bill that went another way. */
const differing =
  (beside: 'virtual' | 'twin'): Forgery =>
  (input) => ({
    ...input,
    compared: {
      [beside]: { looked: 1, findings: [{ id: input.planned[0]?.bill ?? '', expected: '1 + 0 + 0 + 2', found: '0 + 0 + 0 + 3' }] },
    },
  })

export const forgeries: Readonly<Record<RuleName, Forgery>> = {
  'book-numbers-without-gap': forged('his', (book) => ({ ...book, entries: book.entries.toSpliced(3, 1) })),
  'books-are-not-empty': forged('his', (book) => numbered(book, [])),
  'planned-equals-accounted': (input) => ({ ...input, seen: input.seen.slice(1) }),
  'there-are-samples': (input) => ({ ...input, seen: input.seen.map(({ row }) => ({ row, notSent: 'given-up', answers: [] })) }),
  'faults-took-effect': (input) => ({
    ...input,
    faults: [{ name: 'outage', callsTouched: 4, leastCallsTouched: 5, plantedDifferences: [], plantedKeys: [] }],
  }),
  'bill-paid-once': first(bank, 'capture', (entry) => [entry, { ...entry, key: `${String(entry['key'])}-2` }]),
  'no-double-settlement': first('bureau', 'settle', (entry) => [
    entry,
    { ...entry, settlement: `${String(entry['settlement'])}0`, message: `${String(entry['message'])}0` },
  ]),
  'parts-add-up': first('bureau', 'settle', (entry) => splitWith(entry, { fundFen: 1 })),
  'lines-add-up': first('bureau', 'upload', (entry) => ({ ...entry, lines: Number(entry['lines']) + 1 })),
  'three-way-match': first(bank, 'capture', (entry) => ({ ...entry, amountFen: Number(entry['amountFen']) - 1 })),
  'reversal-complete': first('bureau', 'reverse', () => undefined),
  'hospital-was-told': first('his', 'paid', () => undefined),
  'refund-by-original-route': (input) => {
    const captured = input.books.find(({ actor }) => actor === bank)?.entries.find(({ entry }) => asEntry(entry)['does'] === 'capture')
    return first(bank, 'refund', (entry) => ({ ...entry, capture: asEntry(captured?.entry)['key'] }))(input)
  },
  'invoice-per-payment': first('his', 'invoice', (entry) => [entry, entry]),
  'notice-after-settlement': first('his', 'paid', (entry) => ({ ...entry, settlement: 'none' })),
  'settled-for-own-person': first('bureau', 'settle', (entry) => ({ ...entry, person: Number(entry['person']) + 1 })),
  'paid-by-own-person': first(bank, 'open-agreement', (entry) => ({ ...entry, person: Number(entry['person']) + 1 })),
  'paid-the-way-asked': first(bank, 'open-agreement', (entry) => ({ ...entry, kind: entry['kind'] === 'credit' ? 'account' : 'credit' })),
  'split-as-policy': first('bureau', 'settle', (entry) => splitWith(entry, { fundFen: 1, cashFen: -1 })),
  'nothing-unknown-after-drain': first(bank, 'release', () => undefined),
  'one-effect-per-key': first(bank, 'capture', (entry) => [entry, entry]),
  'same-key-same-answer': answers((all) => (all.length === 2 && all[1]?.outcome === 'paid' ? [...all.slice(0, 1), refused] : all)),
  'said-paid-is-paid': answers((all) => all.map((answer) => (answer.outcome === 'refused' ? { ...answer, outcome: 'paid' } : answer))),
  'said-not-paid-is-not-paid': answers((all) => all.map(() => refused)),
  'said-done-is-done': (input) => {
    const row = input.planned.length
    const signIn = { row, errand: 'terminal-sign-in', site: 7, person: -1, bill: null, key: 'K-none', totalFen: 0 }
    return { ...input, planned: [...input.planned, signIn], seen: [...input.seen, { row, answers: [{ outcome: 'done' }] }] }
  },
  'bill-is-shown-as-billed': answers((all) =>
    all.map((answer) => ({ ...answer, reason: billNotShown, calls: [{ name: billQuery, status: 200 }] })),
  ),
  'told-how-it-ended': first(channel, 'notice', () => undefined),
  'ledger-zero': ledger((own) => ({ ...own, postings: own.postings.slice(1) })),
  'journal-rows-match': ledger((own) => ({
    ...own,
    postings: own.postings.map((row) => (row.payment === own.postings[0]?.payment ? { ...row, amountFen: 2 * row.amountFen } : row)),
  })),
  'saga-ran-once': ledger((own) => {
    const [payment] = own.payments
    const events = own.events.filter((event) => event.payment === payment?.number)
    const again = events.map(({ event, payment: number }, index) => ({ payment: number, number: events.length + index + 1, event }))
    return { ...own, events: [...own.events, ...again] }
  }),
  'planted-is-found': (input) => {
    const capture = input.books.find(({ actor }) => actor === bank)?.entries.find(({ entry }) => asEntry(entry)['does'] === 'capture')
    const plantedKeys = [String(asEntry(capture?.entry)['key'])]
    return { ...input, faults: [{ name: 'wrong-amount', callsTouched: 1, leastCallsTouched: 1, plantedDifferences: [], plantedKeys }] }
  },
  'closing-books-as-virtual': differing('virtual'),
  'after-heal-as-twin': differing('twin'),
  'day-is-matched': (input) => ({ ...reconciliation({ does: 'none' })(input), dayEnded: true }),
  'differences-are-the-planted': reconciliation({
    does: 'match-day',
    differences: [{ party: { name: bank }, does: 'pay', kind: 'missing-there', key: 'P1-C' }],
  }),
  'wrongdoing-is-found': first('bureau', 'upload', (entry) => ({ ...entry, rules: ['repeated-item'] })),
  'review-adds-up': forged('bureau', (book) => {
    const application = { application: 'QS1', settlements: [], appliedFen: 1, questioned: [], isWithdrawn: false }
    const entry = { does: 'message', effects: [{ does: 'put-application', application }] }
    return numbered(book, [...book.entries, { number: 0, atMs: book.entries.at(-1)?.atMs ?? 0, entry }])
  }),
  'paid-out-to-the-fen': reconciliation({ does: 'pay-out', leg: 'payer', payer: bank, site: 7, amountFen: 1 }),
}
const refused: SeenAnswer = { outcome: 'refused', reason: 'over-credit-limit' }

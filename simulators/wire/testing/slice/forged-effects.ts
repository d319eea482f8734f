/** Effects out of order, twice or without an end, at the wrong person, and what patients were told of them. */
import { billNotShown, billOfAnotherAmount, billQuery } from '../../../trace/seen-row.ts'
import type { AuditInput, PlannedRow } from '../../audit/audit-input.ts'
import { asEntry } from '../../audit/entry-words.ts'
import { bank } from '../small-wire.ts'
import { added, answers, type Forgeries, type Forgery, first, firstOf, forged, payments, refused, splitWith, together } from './forging.ts'

/** Errands about no bill, each told as done. */
const done =
  (...rows: readonly Partial<PlannedRow>[]): Forgery =>
  (input) => {
    const usual = { errand: 'terminal-sign-in', site: 7, person: -1, bill: null, key: 'K-none', totalFen: 0 }
    const planned = rows.map((row, index) => ({ ...usual, ...row, row: input.planned.length + index }))
    const seen = planned.map(({ row }) => ({ row, answers: [{ outcome: 'done' }] }))
    return { ...input, planned: [...input.planned, ...planned], seen: [...input.seen, ...seen] }
  }
const signIn = { does: 'act', effects: [{ does: 'sign-in', site: 7 }], site: 7 }

const shown = (reason: string): Forgery =>
  answers((all) => all.map((answer) => ({ ...answer, reason, calls: [{ name: billQuery, status: 200 }] })))
/** A fen more in one part of what patients were told they paid. */
const toldMore = (part: 'fundFen' | 'cashFen'): Forgery =>
  answers((all) =>
    all.map((answer) => (answer.split === undefined ? answer : { ...answer, split: { ...answer.split, [part]: answer.split[part] + 1 } })),
  )
const firstOnCredit = ({ planned, seen }: AuditInput) =>
  planned.find(({ mode, row }) => mode === 'credit' && seen.some((one) => one.row === row && one.answers.at(-1)?.outcome === 'paid'))

export const forgedEffects: Forgeries<
  | 'notice-after-settlement'
  | 'settled-for-own-person'
  | 'paid-by-own-person'
  | 'paid-the-way-asked'
  | 'split-as-policy'
  | 'nothing-unknown-after-drain'
  | 'one-effect-per-key'
  | 'same-key-same-answer'
  | 'said-paid-is-paid'
  | 'said-not-paid-is-not-paid'
  | 'said-done-is-done'
  | 'bill-is-shown-as-billed'
> = {
  'notice-after-settlement': {
    'of a settlement nobody made': first('his', 'paid', (entry) => ({ ...entry, settlement: 'none' })),
    'before it was made': forged('bureau', (book) => ({
      ...book,
      entries: book.entries.map((row) => (asEntry(row.entry)['does'] === 'settle' ? { ...row, atMs: row.atMs + 60_000 } : row)),
    })),
  },
  'settled-for-own-person': {
    'for another': first('bureau', 'settle', (entry) => ({ ...entry, person: Number(entry['person']) + 1 })),
  },
  'paid-by-own-person': {
    'by another': first(bank, 'open-agreement', (entry) => ({ ...entry, person: Number(entry['person']) + 1 })),
    'to another site': first(bank, 'authorize', (entry) => ({ ...entry, site: Number(entry['site']) + 1 })),
  },
  'paid-the-way-asked': {
    'by the own account instead of on credit': first(bank, 'open-agreement', (entry) => ({
      ...entry,
      kind: entry['kind'] === 'credit' ? 'account' : 'credit',
    })),
    'on credit by whoever turned to own money': (input) => {
      const row = firstOnCredit(input)
      return answers((all, number) => (number === row?.row ? all.map((answer) => ({ ...answer, key: `${row.key}-own` })) : all))(input)
    },
  },
  'split-as-policy': {
    'a fen of the fund for the patient’s': first('bureau', 'settle', (entry) => splitWith(entry, { fundFen: 1, cashFen: -1 })),
    'a fen of savings for the patient’s': first('bureau', 'settle', (entry) => splitWith(entry, { historyAccountFen: 1, cashFen: -1 })),
  },
  'nothing-unknown-after-drain': {
    'a hold': first(bank, 'release', () => undefined),
    'an order at a wallet': first('wechat', 'pay', () => undefined),
    'an attempt at the hospital': first('his', 'close-attempt', () => undefined),
    'a payment that goes on': payments((one) => [{ ...one, isOpen: true }]),
    'a payment whose end nobody knows': payments((one) => [{ ...one, state: 'in-doubt' }]),
  },
  'one-effect-per-key': {
    'captured twice under one key': first(bank, 'capture', (entry) => [entry, entry]),
    'given back what was never paid': added(bank, { does: 'refund', key: 'R', capture: 'of-nobody', amountFen: 0 }),
    'one message settles twice': first('bureau', 'settle', (entry) => [entry, { ...entry, settlement: 'a-second' }]),
    'two holds of one attempt': (input) => {
      const { hold } = firstOf(input, bank, 'release')
      return first(bank, 'authorize', (entry) => [entry, { ...entry, key: `${String(hold)}-2` }])(input)
    },
    'two payments of one attempt': first(bank, 'capture', (entry) => [entry, { ...entry, key: `${String(entry['key'])}-2`, amountFen: 0 }]),
    'two payments of one caller’s key': payments((one) => [one, { ...one, number: `${one.number}Z` }]),
    'a payment nobody asked for': payments((one) => [one, { ...one, number: `${one.number}Z`, idempotencyKey: 'made-up' }]),
  },
  'same-key-same-answer': {
    'paid, then refused': answers((all) => (all.length === 2 && all[1]?.outcome === 'paid' ? [...all.slice(0, 1), refused] : all)),
    'another payment': answers((all) =>
      all.length === 2 && all[1]?.outcome === 'paid' ? [...all.slice(0, 1), { outcome: 'paid', payment: 'P2' }] : all,
    ),
  },
  'said-paid-is-paid': {
    'told to who was refused': answers((all) =>
      all.map((answer) => (answer.outcome === 'refused' ? { ...answer, outcome: 'paid' } : answer)),
    ),
    'with another part of the insurer’s': toldMore('fundFen'),
    'with another part of their own': toldMore('cashFen'),
    'and everything was given back, which nobody asked for': answers((all) =>
      all.at(-1)?.outcome === 'refunded' ? all.slice(0, -1) : all,
    ),
    'told to who was sent away as paid, and nobody has paid': answers((all) =>
      all.map((answer) => (answer.outcome === 'refused' ? { ...answer, reason: 'bill-paid' } : answer)),
    ),
  },
  'said-not-paid-is-not-paid': {
    'told to who paid': answers((all) => all.map(() => refused)),
    'told to whom the hospital has as paid': (input) => {
      const { site, bill, attempt } = firstOf(input, 'his', 'close-attempt')
      return added('his', { ...firstOf(input, 'his', 'paid'), site, bill, attempt })(input)
    },
  },
  'said-done-is-done': {
    'no sign-in': done({}),
    'one sign-in for two errands': together(done({}, {}), added('bureau', signIn)),
    'no agreement': done({ errand: 'credit-signing', person: 1 }),
    'no refund': (input) => done({ errand: 'entry-refund', refunds: String(firstOf(input, 'his', 'paid')['bill']) })(input),
  },
  'bill-is-shown-as-billed': { 'not shown': shown(billNotShown), 'of another amount': shown(billOfAnotherAmount) },
}

/** What the target says of itself, and what its run is held beside: its journal, its notices, its day's end, a twin. */
import { bank, channel } from '../small-wire.ts'
import {
  dayEnded,
  type Forgeries,
  type Forgery,
  fenMoreIn,
  first,
  firstOf,
  ledger,
  matchedDay,
  reconciliation,
  struck,
  together,
} from './forging.ts'

/** Whoever compares found one bill that went another way. */
const differing =
  (beside: 'virtual' | 'twin'): Forgery =>
  (input) => ({
    ...input,
    compared: {
      [beside]: { looked: 1, findings: [{ id: input.planned[0]?.bill ?? '', expected: '1 + 0 + 0 + 2', found: '0 + 0 + 0 + 3' }] },
    },
  })
const matchedBut = (party: string) =>
  together(reconciliation(...['his', 'bureau', bank, 'wechat'].filter((one) => one !== party).map((one) => matchedDay(one))), dayEnded)
const planted = `${bank} pay missing-there P1-C`
const asDifference = { party: { name: bank }, does: 'pay', kind: 'missing-there', key: 'P1-C' }

export const forgedTarget: Forgeries<
  | 'told-how-it-ended'
  | 'ledger-zero'
  | 'journal-rows-match'
  | 'saga-ran-once'
  | 'planted-is-found'
  | 'closing-books-as-virtual'
  | 'after-heal-as-twin'
  | 'day-is-matched'
  | 'differences-are-the-planted'
  | 'paid-out-to-the-fen'
> = {
  'told-how-it-ended': {
    'not told': first(channel, 'notice', () => undefined),
    'told of another end': first(channel, 'notice', (entry) => ({ ...entry, state: 'undone' })),
  },
  'ledger-zero': {
    'half a write': ledger((own) => ({ ...own, postings: own.postings.slice(1) })),
    'a fen in suspense': fenMoreIn('fund'),
  },
  'journal-rows-match': {
    'twice of everything': ledger((own) => ({
      ...own,
      postings: own.postings.map((row) => (row.payment === own.postings[0]?.payment ? { ...row, amountFen: 2 * row.amountFen } : row)),
    })),
    'a fen more of the fund': fenMoreIn('fund'),
    'a fen more of an account': fenMoreIn('history-accounts'),
    'a fen more of the payer': fenMoreIn('advances'),
    'a fen less for the site': fenMoreIn('due-to-site'),
  },
  'saga-ran-once': {
    'every step twice': ledger((own) => {
      const [payment] = own.payments
      const events = own.events.filter((event) => event.payment === payment?.number)
      const again = events.map(({ event, payment: number }, index) => ({ payment: number, number: events.length + index + 1, event }))
      return { ...own, events: [...own.events, ...again] }
    }),
  },
  'planted-is-found': {
    'a payment that is right': struck((input) => ({ plantedKeys: [String(firstOf(input, bank, 'capture')['key'])] })),
  },
  'closing-books-as-virtual': { 'a bill is split otherwise': differing('virtual') },
  'after-heal-as-twin': { 'a bill ended otherwise': differing('twin') },
  'day-is-matched': {
    'with nobody': together(reconciliation({ does: 'none' }), dayEnded),
    'with all but the hospitals': matchedBut('his'),
    'with all but the insurer': matchedBut('bureau'),
    'with all but a bank': matchedBut(bank),
  },
  'differences-are-the-planted': {
    'one more': reconciliation(matchedDay(bank, asDifference)),
    'one fewer': together(reconciliation(matchedDay(bank)), struck({ plantedDifferences: [planted] })),
    another: together(reconciliation(matchedDay(bank, { ...asDifference, key: 'P2-C' })), struck({ plantedDifferences: [planted] })),
  },
  'paid-out-to-the-fen': {
    'a fen for nothing': reconciliation({ does: 'pay-out', leg: 'payer', payer: bank, site: 7, amountFen: 1 }),
    'a fen to a site at which nobody paid': reconciliation({ does: 'pay-out', leg: 'payer', payer: bank, site: 99, amountFen: 1 }),
    'nothing at all': together(reconciliation(matchedDay(bank)), dayEnded),
  },
}

/** Bills whose money does not fit: paid too often, split wrongly, told of to nobody, given back in part. */
import { asEntry, type Entry } from '../../audit/entry-words.ts'
import { bank } from '../small-wire.ts'
import { added, entriesOf, type Forgeries, type Forgery, first, firstOf, splitWith, struck, together } from './forging.ts'

/** A second attempt of the same bill, paid by somebody else. */
const paidBesides = (by: string): Forgery =>
  first('his', 'paid', (entry) => [
    entry,
    { ...entry, does: 'open-attempt', attempt: `${String(entry['attempt'])}Z`, by },
    { ...entry, attempt: `${String(entry['attempt'])}Z` },
  ])
/** Of the first refund: nothing of the settlement was the insurer's, and it stands. */
const emptySettlementStands: Forgery = (input) => {
  const { original } = firstOf(input, 'bureau', 'reverse')
  const emptied = entriesOf('bureau', 'settle', (entry) =>
    entry['settlement'] === original
      ? { ...entry, split: { ...asEntry(entry['split']), fundFen: 0, currentAccountFen: 0, historyAccountFen: 0 } }
      : entry,
  )
  return together(
    emptied,
    first('bureau', 'reverse', () => undefined),
  )(input)
}
const wholeByInsurer = (entry: Entry): Entry => {
  const [bill] = entry['bills'] as readonly Entry[]
  return { ...entry, split: { fundFen: bill?.['totalFen'], currentAccountFen: 0, historyAccountFen: 0, cashFen: 0 } }
}
const fenLess: Forgery = first(bank, 'capture', (entry) => ({ ...entry, amountFen: Number(entry['amountFen']) - 1 }))

export const forgedBills: Forgeries<
  | 'bill-paid-once'
  | 'no-double-settlement'
  | 'parts-add-up'
  | 'lines-add-up'
  | 'three-way-match'
  | 'reversal-complete'
  | 'hospital-was-told'
  | 'refund-by-original-route'
  | 'invoice-per-payment'
> = {
  'bill-paid-once': {
    'captured twice': first(bank, 'capture', (entry) => [entry, { ...entry, key: `${String(entry['key'])}-2` }]),
    'booked as paid for two attempts': paidBesides('platform'),
    'booked as paid twice for one attempt': first('his', 'paid', (entry) => [entry, entry]),
    'one attempt for two bills': first('his', 'open-attempt', (entry) => [entry, { ...entry, bill: 'MX-of-nobody' }]),
    'captured for an attempt that was given up, and collected at a till that keeps no drawer': (input) => {
      const { attempt } = firstOf(input, 'his', 'paid')
      return together(
        first('his', 'paid', (entry) => [
          { ...entry, does: 'close-attempt' },
          { ...entry, does: 'open-attempt', attempt: `${String(attempt)}Z`, by: 'window' },
          { ...entry, attempt: `${String(attempt)}Z` },
        ]),
        entriesOf('his', 'invoice', (entry) => (entry['attempt'] === attempt ? { ...entry, attempt: `${String(attempt)}Z` } : entry)),
      )(input)
    },
  },
  'no-double-settlement': {
    'settled twice': first('bureau', 'settle', (entry) => [
      entry,
      { ...entry, settlement: `${String(entry['settlement'])}0`, message: `${String(entry['message'])}0` },
    ]),
  },
  'parts-add-up': {
    'a fen too much at the insurer': first('bureau', 'settle', (entry) => splitWith(entry, { fundFen: 1 })),
    'a fen too much at the hospital': first('his', 'paid', (entry) => splitWith(entry, { fundFen: 1 })),
    'a part below zero': first('his', 'paid', (entry) => splitWith(entry, { fundFen: -10_000_000, cashFen: 10_000_000 })),
    'the insurer pays what is outside its scope': first('bureau', 'settle', wholeByInsurer),
  },
  'lines-add-up': {
    'the insurer heard of a line more': first('bureau', 'upload', (entry) => ({ ...entry, lines: Number(entry['lines']) + 1 })),
    'a line is a fen more': first('his', 'open-bill', (entry) => {
      const [line, ...rest] = entry['lines'] as readonly Entry[]
      return { ...entry, lines: [{ ...line, totalFen: Number(line?.['totalFen']) + 1 }, ...rest] }
    }),
  },
  'three-way-match': {
    'a fen less is captured': fenLess,
    'a fen less is captured while a fault plants another': together(
      fenLess,
      struck((input) => ({ plantedKeys: [String(firstOf(input, bank, 'refund')['capture'])] })),
    ),
    'a settlement that is not the bill’s': first('his', 'paid', (entry) => ({ ...entry, settlement: 'of-nobody' })),
    'money of no bill': added(bank, { does: 'debit', key: 'of-nobody', agreement: 'of-nobody', site: 7, amountFen: 1 }),
    'a settlement of no bill': first('bureau', 'settle', (entry) => [
      entry,
      { ...entry, settlement: 'of-nobody', message: 'of-nobody', bills: [{ bill: 'of-nobody', totalFen: 0, coveredFen: 0 }] },
    ]),
  },
  'reversal-complete': {
    'a settlement stands': first('bureau', 'reverse', () => undefined),
    'a settlement stands of which nothing was the insurer’s': emptySettlementStands,
    'money stays with the payer': first(bank, 'refund', () => undefined),
  },
  'hospital-was-told': {
    'nothing of insurer and payer': first('his', 'paid', () => undefined),
    'nothing of the insurer': together(
      first('his', 'paid', () => undefined),
      first(bank, 'capture', () => undefined),
    ),
    'nothing of the payer': together(
      first('his', 'paid', () => undefined),
      first('bureau', 'settle', () => undefined),
    ),
  },
  'refund-by-original-route': {
    'to somebody else’s payment': (input) =>
      first(bank, 'refund', (entry) => ({ ...entry, capture: firstOf(input, bank, 'capture')['key'] }))(input),
    'more than was paid': first(bank, 'refund', (entry) => ({ ...entry, amountFen: 2 * Number(entry['amountFen']) })),
  },
  'invoice-per-payment': {
    'two of one payment': first('his', 'invoice', (entry) => [entry, entry]),
    'one of an attempt that was given up': (input) => {
      const { site, bill, attempt } = firstOf(input, 'his', 'close-attempt')
      return added('his', { does: 'invoice', site, bill, attempt })(input)
    },
    'no red one of a refund': first('his', 'refund', ({ redInvoice: _, ...entry }) => entry),
  },
}

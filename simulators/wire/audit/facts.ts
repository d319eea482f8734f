/** Everything the books say, bill by bill, joined by business keys: what the rules look at. */
import type { AuditInput, ExportedLedger, NumberedBook, PlannedRow, SeenRow } from './audit-input.ts'
import { asEntry, textOf, type Written } from './entry-words.ts'
import { billKey, type HospitalAttempt, type HospitalBill, type HospitalFacts, hospitalFacts } from './hospital-facts.ts'
import { type InsurerFacts, insurerFacts, type Settlement } from './insurer-facts.ts'
import { netFenOf, type PayerFacts, type PayerPayment, payerFacts } from './payer-facts.ts'

export interface BillFacts {
  readonly bill: HospitalBill
  readonly settlements: Settlement[]
  readonly payments: PayerPayment[]
  readonly rows: { readonly planned: PlannedRow; readonly seen: SeenRow | undefined }[]
}

export interface Facts {
  readonly input: AuditInput
  readonly insurer: InsurerFacts
  readonly hospital: HospitalFacts
  readonly payers: PayerFacts
  /** By {@link billKey}. */
  readonly bills: ReadonlyMap<string, BillFacts>
  /** Payments of banks and wallets that belong to no bill. */
  readonly strayPayments: readonly PayerPayment[]
  /** Settlements of bills no hospital has. */
  readonly straySettlements: readonly Settlement[]
  readonly attemptOf: (key: string) => HospitalAttempt | undefined
  /** Payment and state of every notice an entry was given. */
  readonly notices: ReadonlySet<string>
  /** The target's book, where it shows its journal. */
  readonly target: NumberedBook | undefined
  /** Every journal that is shown: the target's, and that of the hospitals' own cashiers. */
  readonly journals: readonly ExportedLedger[]
}

/** Everybody who is no bank. */
const notBanks = /^(?:bureau|his|platform|identity|credit-score|channel-.*)$/
const wallets = new Set(['wechat', 'alipay'])
/** The merchant numbers that targets and hospitals are given at our wallets. */
const collectors = new Set(['1900000109', '1900000117'])

/** What is paid with: how the bill of a site was paid last, of what stands. Undefined: in no way a bank tells. */
export function kindsOf({ bills }: Pick<Facts, 'bills'>): (site: number, bill: string) => PayerPayment['kind'] {
  return (site, bill) => {
    const payments = bills.get(billKey(site, bill))?.payments.toSorted((a, b) => a.atMs - b.atMs) ?? []
    return (payments.findLast((payment) => netFenOf(payment) > 0) ?? payments.at(-1))?.kind
  }
}

export function factsOf<Given extends Pick<AuditInput, 'books' | 'planned' | 'seen'>>(
  input: Given,
): Omit<Facts, 'input'> & { readonly input: Given } {
  const entriesOf = (wanted: (actor: string) => boolean): Written[] =>
    input.books
      .filter(({ actor }) => wanted(actor))
      .flatMap(({ actor, entries }) => entries.map(({ number, atMs, entry }) => ({ actor, number, atMs, entry: asEntry(entry) })))
  const insurer = insurerFacts(entriesOf((actor) => actor === 'bureau'))
  const hospital = hospitalFacts(entriesOf((actor) => actor === 'his'))
  const payers = payerFacts(
    // Cash drawers are part of the hospitals' book.
    entriesOf((actor) => actor === 'his' || wallets.has(actor) || !notBanks.test(actor)),
    collectors,
  )
  const bills = new Map<string, BillFacts>(
    [...hospital.bills].map(([key, bill]) => [key, { bill, settlements: [], payments: [], rows: [] }]),
  )
  const attemptOf = attemptFinder(hospital)
  const strayPayments = payers.payments.filter((payment) => {
    const attempt = attemptOf(payment.key)
    const bill = attempt === undefined ? undefined : bills.get(billKey(attempt.site, attempt.bill))
    bill?.payments.push(payment)
    return bill === undefined
  })
  const straySettlements = [...insurer.settlements.values()].filter((settlement) => {
    const [first] = settlement.bills
    const bill = first === undefined ? undefined : bills.get(billKey(settlement.site, first.bill))
    bill?.settlements.push(settlement)
    return bill === undefined
  })
  const seenOf = new Map(input.seen.map((seen) => [seen.row, seen]))
  for (const planned of input.planned) {
    if (planned.bill === null) continue
    bills.get(billKey(planned.site, planned.bill))?.rows.push({ planned, seen: seenOf.get(planned.row) })
  }
  const notices = new Set(
    entriesOf((actor) => actor.startsWith('channel-')).flatMap(({ entry }) =>
      entry['does'] === 'notice' ? [`${textOf(entry, 'payment')} ${textOf(entry, 'state')}`] : [],
    ),
  )
  const target = input.books.find(({ actor, ledger }) => actor !== 'his' && ledger !== undefined)
  const journals = input.books.flatMap(({ ledger }) => (ledger === undefined ? [] : [ledger]))
  return { input, insurer, hospital, payers, bills, strayPayments, straySettlements, attemptOf, notices, target, journals }
}

/** A key given to a payer begins with the attempt it was made for: P1, P1-A, P1-C-2 are all of P1. */
function attemptFinder({ attempts }: HospitalFacts): Facts['attemptOf'] {
  return (key) => {
    for (let word = key; ; ) {
      const found = attempts.get(word)
      if (found !== undefined) return found
      const end = word.lastIndexOf('-')
      if (end <= 0) return undefined
      word = word.slice(0, end)
    }
  }
}

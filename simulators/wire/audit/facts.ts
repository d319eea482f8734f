/** Everything the books say, bill by bill, joined by business keys: what the rules look at. */
import type { AuditInput, ExportedLedger, NumberedBook, PlannedRow, SeenRow } from './audit-input.ts'
import { type CreditFacts, creditFacts } from './credit-facts.ts'
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
  readonly credit: CreditFacts
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

/** Whose books hold payments of patients; cash drawers are part of the hospitals' book. */
const payerKinds = ['bank', 'wallet', 'his'] as const
/** The sorts of party whose books can be read here. */
const knownKinds: ReadonlySet<string> = new Set<Kind>([...payerKinds, 'bureau', 'platform', 'channel', 'identity', 'credit-score'])
type Kind = (typeof payerKinds)[number] | 'bureau' | 'platform' | 'channel' | 'identity' | 'credit-score'
/** The merchant numbers that targets and hospitals are given at our wallets. */
const collectors = new Set(['1900000109', '1900000117'])

/** What is paid with: how the bill of a site was paid last, of what stands, and by a wallet, which one. Undefined: in no way a bank or wallet tells. */
export function kindsOf({ bills }: Pick<Facts, 'bills'>): (site: number, bill: string) => string | undefined {
  return (site, bill) => {
    const payments = bills.get(billKey(site, bill))?.payments.toSorted((a, b) => a.atMs - b.atMs) ?? []
    const last = payments.findLast((payment) => netFenOf(payment) > 0) ?? payments.at(-1)
    return last?.kind === 'wallet' ? last.payer : last?.kind
  }
}

export function factsOf<Given extends Pick<AuditInput, 'books' | 'planned' | 'seen'>>(
  input: Given,
): Omit<Facts, 'input'> & { readonly input: Given } {
  for (const { actor, kind } of input.books) if (!knownKinds.has(kind)) throw new UnknownKind(actor, kind)
  const entriesOf = (...kinds: readonly Kind[]): Written[] =>
    input.books
      .filter(({ kind }) => kinds.some((wanted) => wanted === kind))
      .flatMap(({ actor, entries }) => entries.map(({ number, atMs, entry }) => ({ actor, number, atMs, entry: asEntry(entry) })))
  const insurer = insurerFacts(entriesOf('bureau'))
  const hospital = hospitalFacts(entriesOf('his'))
  const payers = payerFacts(entriesOf(...payerKinds), collectors)
  const credit = creditFacts(entriesOf('bank', 'wallet', 'credit-score'))
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
    entriesOf('channel').flatMap(({ entry }) =>
      entry['does'] === 'notice' ? [`${textOf(entry, 'payment')} ${textOf(entry, 'state')}`] : [],
    ),
  )
  const target = input.books.find(({ kind, ledger }) => kind !== 'his' && ledger !== undefined)
  const journals = input.books.flatMap(({ ledger }) => (ledger === undefined ? [] : [ledger]))
  return { input, insurer, hospital, payers, credit, bills, strayPayments, straySettlements, attemptOf, notices, target, journals }
}

/** A party nobody taught the auditor: its money would be taken for somebody else's, or for nobody's. */
class UnknownKind extends Error {
  constructor(actor: string, kind: unknown) {
    super(
      `the book of ${actor} says ${kind === undefined ? 'nothing of what it is' : `that it is a ${String(kind)}`}; the auditor reads ${[...knownKinds].join(', ')}: ` +
        `name one of these in its startActor, or teach simulators/wire/audit/facts.ts · ` +
        `${actor} 的账簿${kind === undefined ? '未说明其种类' : `自称 ${String(kind)}`}，审计不识；请在其 startActor 中写明上述之一，或在 simulators/wire/audit/facts.ts 中补上`,
    )
  }
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

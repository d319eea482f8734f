/** The trace's opening book as each actor takes it. Who a person is on the wire follows from the seed and the person's number. */
import { createHmac } from 'node:crypto'
import type { WalletName } from '../../../scenarios/plan-wallets.ts'
import type { PersonToPlay } from '../../trace/play.ts'
import type { OpeningApplicant, OpeningPerson, Trace } from '../../trace/trace.ts'
import { momentMs } from '../desks/business-time.ts'
import { hospitalMerchant, platformMerchant } from '../desks/merchant-desk.ts'
import { type Identity, identityOf } from '../people/identity.ts'
import { linesOfBill } from './bill-lines.ts'
import { openingRows } from './site-counters.ts'
import { repaysFrom, termBooks } from './term-books.ts'

export interface OpeningBooks {
  /** By actor, in the order they are opened. */
  readonly books: ReadonlyMap<string, object>
  readonly persons: ReadonlyMap<number, PersonToPlay>
}

/**
 * A bill stands in the hospital's book so much earlier than its moment: a registration is billed as it is asked for, and the clocks of two
 * processes differ by the time it takes to set them.
 */
const raisedEarlyMs = 1000

/** Whoever pays at a kiosk, or repays through 云闪付, has an account with a bank card; where the trace names none it holds this much. */
const ownMoneyFen = 10_000_000

/** @param secret of the run: tokens of sessions are made from it, so that no table of them is needed */
export function openingBooks(trace: Trace, secret: string): OpeningBooks {
  const { opening, rows, rules } = trace
  const { seed, date } = opening
  const year = Number(date.slice(0, 4))
  const identities = new Map<number, Identity>(
    opening.persons.map(({ person, ageGroup }) => [person, identityOf({ seed, year }, person, ageGroup)]),
  )
  const banks = rules.banks.map((): Agreement[] => [])
  const customers = rules.banks.map((): Customer[] => [])
  const platform: object[] = []
  const accounts = new Map<number, { bank: string; account: string }>()
  const credits = new Map<number, { bank: string; agreement: string }>()
  const openAgreement = (person: number, kind: 'credit' | 'account', bank: number, limitFen: number, usedFen: number) => {
    const name = rules.banks[bank] as string
    const agreement = kind === 'credit' ? (identities.get(person) as Identity).agreement : `ZH${person}`
    banks[bank]?.push({ agreement, person, kind, limitFen, usedFen })
    for (const mode of kind === 'credit' ? ['credit', 'leaving'] : ['phone']) platform.push({ person, mode, bank: name, agreement })
    if (kind === 'account') accounts.set(person, { bank: name, account: agreement })
    else credits.set(person, { bank: name, agreement })
  }
  for (const { person, kind, bank, limitFen, usedFen, raisedFen } of opening.agreements) {
    openAgreement(person, kind, bank, limitFen, usedFen)
    if (raisedFen !== null) customers[bank]?.push({ person, assessedFen: 0, raisedFen })
  }
  for (const applicant of opening.applicants) customers[applicant.bank]?.push(customerOf(applicant))
  for (const { person, wallet } of trace.term?.repayments ?? []) {
    const bank = rules.banks.indexOf(credits.get(person)?.bank ?? '')
    if (wallet === 'unionpay')
      banks[bank]?.push({ agreement: repaysFrom(wallet, person), person, kind: 'account', limitFen: ownMoneyFen, usedFen: 0 })
  }
  const walletOf = new Map(rows.flatMap(({ person, wallet }) => (wallet === undefined ? [] : [[person, wallet] as const])))
  for (const { person, mode, ownBank } of rows) {
    if (mode === 'kiosk' && !walletOf.has(person) && !accounts.has(person))
      openAgreement(person, 'account', Math.max(0, ownBank), ownMoneyFen, 0)
  }

  const givesLeave = new Set(opening.applicants.flatMap(({ person, score }) => (score === undefined ? [] : [person])))
  const played = new Map(
    opening.persons.map((one) => [
      one.person,
      playedPerson(one, identities, secret, {
        ...(givesLeave.has(one.person) ? { givesLeave: true } : {}),
        ...{ account: accounts.get(one.person) ?? null, credit: credits.get(one.person) ?? null },
        wallet: payerAt(walletOf.get(one.person), one.person),
      }),
    ]),
  )
  const books = new Map<string, object>()
  books.set('bureau', {
    seed,
    year,
    sites: opening.sites.map(({ site, tier }) => ({ site, tier })),
    persons: opening.persons.map(({ person, insuredType, ageGroup, ...year }) => ({
      person,
      insuredType,
      ageGroup,
      yearSoFar: {
        currentAccountLeftFen: year.currentAccountLeftFen,
        historyAccountLeftFen: year.historyAccountLeftFen,
        deductiblePaidFen: year.deductiblePaidFen,
        fundPaidFen: year.fundPaidFen,
      },
    })),
  })
  const holding = openingRows(trace)
  const rowsOf = Map.groupBy(rows, ({ site }) => site)
  const beginMs = (momentMs(date) as number) + trace.window.fromSecond * 1000
  books.set('his', {
    settings: { inDoubtAtMostMs: rules.inDoubtAtMostMs },
    sites: opening.sites.map(({ site }) => ({ site, terminals: terminalsOf(rowsOf.get(site) ?? [], !holding.has(site)) })),
    bills: opening.bills
      .filter(({ mergedFrom, restOf }) => mergedFrom === undefined && restOf === undefined)
      .map((one) => {
        const { site, bill, visit, person, totalFen, coveredFen, raisedMs } = one
        return {
          site,
          bill,
          visit: `JZ${visit}`,
          person,
          totalFen,
          coveredFen,
          ...(raisedMs > raisedEarlyMs ? { raisedAtMs: beginMs + raisedMs - raisedEarlyMs } : {}),
          lines: linesOfBill(one, opening),
        }
      }),
  })
  for (const [index, agreements] of banks.entries()) books.set(rules.banks[index] as string, { customers: customers[index], agreements })
  for (const wallet of new Set(walletOf.values())) books.set(wallet, walletBook(wallet, walletOf))
  books.set('identity', identityBook(trace))
  for (const [actor, book] of termBooks(trace)) books.set(actor, togetherWith(books.get(actor), book))
  books.set('platform', { agreements: platform })
  for (const [entry, name] of rules.channels.entries()) {
    const holders = opening.persons.filter(({ heldEntries }) => ((heldEntries >> entry) & 1) === 1)
    const sessions = new Map<string, { token: string; person: number; children: number[] }>()
    for (const { person, guardian } of holders) {
      const who = guardian ?? person
      const token = tokenOf(secret, entry, who)
      const session = sessions.get(token) ?? { token, person: who, children: [] }
      if (who !== person) session.children.push(person)
      sessions.set(token, session)
    }
    const all = [...sessions.values()]
    books.set(`channel-${name}`, {
      sessions: all,
      accounts: all.map(({ token, person, children }) => ({ person, secret: token, children })),
    })
  }
  return { books, persons: played }
}

/** The person's name at a wallet. */
const payerAt = (wallet: WalletName | undefined, person: number): PersonToPlay['wallet'] =>
  wallet === undefined ? null : { wallet, payer: `${wallet}-${person}` }

/**
 * A wallet knows who collects and who pays, and of no balances: a payer's is the wallet's own affair, a merchant's begins the day at nothing.
 * No code asks for a password, since the virtual city has nobody wait for one.
 */
function walletBook(wallet: WalletName, walletOf: ReadonlyMap<number, WalletName>): object {
  const merchants = [
    { ...platformMerchant, checksBy: 'public-key' },
    { ...hospitalMerchant, checksBy: 'certificate' },
  ]
  return {
    // Alipay knows a merchant by its app alone.
    merchants: wallet === 'alipay' ? merchants.map((one) => ({ ...one, app: one.merchant })) : merchants,
    payers: [...walletOf].flatMap(([person, own]) => (own === wallet ? [payerAt(wallet, person)?.payer] : [])),
    settings: { passwordAboveFen: Number.MAX_SAFE_INTEGER },
  }
}

/** A wallet may collect for hospitals and be repaid for banks: it knows the merchants and payers of both. */
function togetherWith(known: object | undefined, more: object): object {
  if (known === undefined) return more
  const lists = (of: object) => of as { readonly merchants: readonly object[]; readonly payers: readonly string[] }
  const { merchants, payers } = lists(known)
  return { ...known, merchants: [...merchants, ...lists(more).merchants], payers: [...payers, ...lists(more).payers] }
}

interface Customer {
  readonly person: number
  readonly assessedFen: number
  readonly raisedFen?: number
  readonly cardFen?: number
}

/** What the bank thinks of somebody who applies, so that the wire's bank decides as the virtual city drew. */
function customerOf({ person, limitFen, result }: OpeningApplicant): Customer {
  if (result === 'refused') return { person, assessedFen: 0 }
  if (result === 'digital-card') return { person, assessedFen: limitFen, cardFen: limitFen }
  return { person, assessedFen: limitFen, ...(result === 'raised' ? { raisedFen: 2 * limitFen } : {}) }
}

const asksForIdentity = new Set(['family-code', 'credit-assessment'])

/** Whoever shows a child's code or applies for credit; applicants activate their credential on the way. */
function identityBook({ opening, rows }: Trace): object {
  const asked = new Set(rows.filter(({ errand }) => asksForIdentity.has(errand)).map(({ person }) => person))
  const families = opening.persons.flatMap(({ person, guardian }) =>
    guardian !== null && asked.has(person) ? [{ guardian, child: person }] : [],
  )
  for (const { guardian } of families) asked.add(guardian)
  const applicants = new Set(opening.applicants.map(({ person }) => person))
  return {
    seed: opening.seed,
    year: Number(opening.date.slice(0, 4)),
    persons: opening.persons
      .filter(({ person }) => asked.has(person))
      .map(({ person, ageGroup }) => ({ person, ageGroup, isActive: ageGroup !== 'child' && !applicants.has(person) })),
    families,
  }
}

interface Agreement {
  readonly agreement: string
  readonly person: number
  readonly kind: 'credit' | 'account'
  readonly limitFen: number
  readonly usedFen: number
}

function playedPerson(
  one: OpeningPerson,
  identities: ReadonlyMap<number, Identity>,
  secret: string,
  means: Pick<PersonToPlay, 'account' | 'credit' | 'wallet' | 'givesLeave'>,
): PersonToPlay {
  const { person, heldEntries, guardian } = one
  const { qr, cardNumber, name, idNumber } = identities.get(person) as Identity
  // A child's entries are its guardian's.
  const payer = guardian ?? person
  const sessions: Record<number, string> = {}
  for (let entry = 0; heldEntries >> entry > 0; entry++) if ((heldEntries >> entry) & 1) sessions[entry] = tokenOf(secret, entry, payer)
  return { person, payer, qr, card: cardNumber, name, idNumber, sessions, ...means }
}

const tokenOf = (secret: string, entry: number, person: number): string =>
  createHmac('sha256', secret).update(`session ${entry} ${person}`).digest('base64url').slice(0, 24)

/** One of each kind has somebody signed in, where the counters are open; so many stand there that nobody waits who did not wait in the virtual city. */
function terminalsOf(here: Trace['rows'], isOpen: boolean): readonly object[] {
  return (['window', 'kiosk'] as const).flatMap((kind) => {
    const most = Math.max(1, 2 * mostOpenAtOnce(here.filter(({ mode }) => mode === kind)))
    return Array.from({ length: most }, (_, place) => ({
      terminal: place === 0 ? kind : `${kind}-${place + 1}`,
      kind,
      ...(place === 0 && isOpen ? { operator: `${kind}-1` } : {}),
    }))
  })
}

/** Rows under way together in the virtual city. */
export function mostOpenAtOnce(rows: Trace['rows']): number {
  const turns = rows.flatMap(({ startMs, virtual }) => [
    [startMs, 1],
    [Math.max(startMs, virtual.endMs), -1],
  ])
  let open = 0
  let most = 0
  for (const [, change] of turns.sort(([a, x], [b, y]) => (a as number) - (b as number) || (x as number) - (y as number))) {
    open += change as number
    most = Math.max(most, open)
  }
  return most
}

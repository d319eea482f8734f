/**
 * The saga's promise: wherever the process dies, whatever message is lost, the bill ends paid once or not at all, and every book says
 * the same. Each boundary is found by running once and is then died at; each message is lost each way.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../banks/bank-book.ts'
import type { BureauEntry } from '../bureau/bureau-book.ts'
import { type PlatformMode, platformModes } from '../desks/payment-desk.ts'
import type { HisEntry } from '../his/his-book.ts'
import type { Actor } from '../server/actor.ts'
import type { BookEntry } from '../stores/kept-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { bill, identity, keys, openings, person, site, totalFen } from '../testing/small-wire.ts'

const plan = planOf('small-town')
const ledger = await openSqliteLedger(':memory:')
const city = await directCity(plan)
afterAll(async () => {
  await city.stop()
  await ledger.close()
})

const request = { idempotencyKey: 'K1', channel: 'channel-main-entry', person, site, bill, qr: identity.qr } as const
let mode: PlatformMode = 'credit'

interface Money {
  readonly state: string
  readonly isOpen: boolean
  readonly insurerFen: number
  readonly bankFen: number
  readonly hospitalFen: number
  readonly ledgerFen: number
  readonly heldFen: number
  readonly isLocked: boolean
}

/** What every book says of the one bill, netted. */
async function moneyOf(): Promise<Money> {
  const entries = async <Entry>(actor: Actor) => {
    const answer = await actor.app.inject({ url: '/control/books', headers: { 'x-medpay-control': keys.controlToken } })
    return (answer.json() as { entries: BookEntry<Entry>[] }).entries.map(({ entry }) => entry)
  }
  const bureau = await entries<BureauEntry>(city.bureau)
  const settled = bureau.flatMap((entry) => (entry.does === 'settle' ? [entry] : []))
  const reversed = new Set(bureau.flatMap((entry) => (entry.does === 'reverse' ? [entry.original] : [])))
  const standing = settled.filter(({ settlement }) => !reversed.has(settlement))
  const bank = await entries<BankEntry>(city.bank)
  const sum = (does: 'capture' | 'refund' | 'authorize') =>
    bank.reduce((total, entry) => total + (entry.does === does ? entry.amountFen : 0), 0)
  const gone = new Set(bank.flatMap((entry) => (entry.does === 'release' || entry.does === 'capture' ? [entry.hold] : [])))
  const heldFen = bank.reduce((total, entry) => total + (entry.does === 'authorize' && !gone.has(entry.key) ? entry.amountFen : 0), 0)
  const his = await entries<HisEntry>(city.his)
  const bills = await city.his.desk.bills({ site, visit: 'JZ0000000001' })
  const { payments, postings } = await ledger.books()
  return {
    state: payments.map(({ state }) => state).join(),
    isOpen: payments.some(({ isOpen }) => isOpen),
    insurerFen: standing.reduce((total, { split }) => total + split.fundFen + split.currentAccountFen + split.historyAccountFen, 0),
    bankFen: sum('capture') - sum('refund'),
    hospitalFen: his.reduce((total, entry) => total + (entry.does === 'paid' ? entry.totalFen : 0), 0),
    ledgerFen: 0 - postings.reduce((total, { account, amountFen }) => total + (account === 'due-to-site' ? amountFen : 0), 0),
    heldFen,
    isLocked: bills.outcome === 'bills' && bills.bills[0]?.state === 'in-doubt',
  }
}

const paid: Money = {
  state: 'paid',
  isOpen: false,
  insurerFen: 6000,
  bankFen: 6000,
  hospitalFen: totalFen,
  ledgerFen: totalFen,
  heldFen: 0,
  isLocked: false,
}
const notPaid = { isOpen: false, insurerFen: 0, bankFen: 0, hospitalFen: 0, ledgerFen: 0, heldFen: 0, isLocked: false }

/** One payment, perhaps with a death in it, and then fresh processes that resume; what the books say in the end. */
async function lived(fate: PlatformFate, secondFate: PlatformFate = {}): Promise<Money> {
  await city.reset()
  await ledger.clear()
  await ledger.sign(openings.platform.agreements)
  const first = city.platform(ledger, fate)
  await first.pay({ ...request, mode }).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error
  })
  await first.drain()
  for (const next of [secondFate, {}]) {
    const process = city.platform(ledger, next)
    await process.resume(Number.MAX_SAFE_INTEGER)
    await process.drain()
  }
  await city.deliverLate()
  return await moneyOf()
}

/** Every place at which the process may die in a payment that goes well. */
async function boundaries(fate: PlatformFate = {}): Promise<string[]> {
  const seen: string[] = []
  await lived({ ...fate, boundary: (where) => void seen.push(where) })
  return seen
}

const dieAt = (place: number): ((where: string) => void) => {
  let passed = 0
  return () => {
    passed += 1
    if (passed > place) throw new Crash()
  }
}

/** Paid once by everybody, or by nobody at all: nothing in between. */
function expectWhole(money: Money, what: string): void {
  const expected = money.state === 'paid' ? paid : { ...notPaid, state: money.state }
  expect(money, what).toEqual(expected)
  expect(['paid', 'refused', 'undone'], what).toContain(money.state)
}

describe.each(platformModes)('a payment of mode %s', (ofMode) => {
  beforeAll(() => {
    mode = ofMode
  })
  test('nothing lost, nothing crashed: paid, and all books agree', async () => {
    expect(await lived({})).toEqual(paid)
  })

  test('a process that dies at any boundary leaves a bill that ends paid once or not at all', async () => {
    const places = await boundaries()
    expect(places.length).toBeGreaterThan(12)
    const ends: string[] = []
    for (const [place, where] of places.entries()) {
      const money = await lived({ boundary: dieAt(place) })
      expectWhole(money, `died at ${place}: ${where}`)
      ends.push(money.state)
    }
    // Before the insurer may have settled it goes back, afterwards it goes forward.
    expect([...new Set(ends)]).toEqual(['refused', 'paid'])
  })

  test('the process that takes over finds nobody at home, and does not take that for an answer to what was sent before', async () => {
    const places = await boundaries()
    for (const [place, where] of places.entries()) {
      for (const fate of ['never-sent', 'lost-back'] as const) {
        const money = await lived({ boundary: dieAt(place) }, { fateOf: () => fate })
        expectWhole(money, `died at ${place}: ${where}; then everything ${fate}`)
      }
    }
  })

  test('each message lost in each way, for ever or once, leaves a bill that ends paid once or not at all', async () => {
    const operations: string[] = []
    await lived({
      fateOf: (_, operation) => {
        operations.push(operation)
        return 'arrives'
      },
    })
    for (const fate of ['never-sent', 'lost-there', 'lost-back', 'late'] as const satisfies readonly Fate[]) {
      for (const [index, operation] of operations.entries()) {
        const once = await lived({ fateOf: (number) => (number === index + 1 ? fate : 'arrives') })
        expectWhole(once, `message ${index + 1} ${operation} ${fate} once`)
        // Until the process is stopped; the next one hears again.
        const forEver = await lived({ fateOf: (number, name) => (number > index && name === operation ? fate : 'arrives') })
        expectWhole(forEver, `from message ${index + 1} on ${operation} ${fate}`)
      }
    }
  })

  test('a bill the hospital no longer takes money for is undone everywhere, the captured advance by the original route', async () => {
    const { notice } = city.his.desk
    city.his.desk.notice = async () => ({ outcome: 'refused', reason: 'already-paid' })
    const fate: PlatformFate = {}
    const places = await boundaries(fate)
    expect(places).toContain('written undone bank/capture')
    expect(await lived(fate)).toEqual({ ...notPaid, state: 'undone' })
    for (const [place, where] of places.entries()) expectWhole(await lived({ boundary: dieAt(place) }), `died at ${place}: ${where}`)
    city.his.desk.notice = notice
  })

  test('a process that dies at any boundary of a payment on its way back is taken over, and the way back goes on', async () => {
    // The bank cannot be reached for the capture: the settlement is known, so it is reversed, and the hold given back.
    const fate: PlatformFate = { fateOf: (_, operation) => (operation === 'capture' ? 'never-sent' : 'arrives') }
    const places = await boundaries(fate)
    expect(places.some((where) => where.startsWith('written undone bureau/settle'))).toBe(true)
    for (const [place, where] of places.entries()) {
      expectWhole(await lived({ ...fate, boundary: dieAt(place) }), `died at ${place}: ${where}`)
    }
  })
})

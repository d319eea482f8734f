/**
 * The saga's promise: wherever the process dies, whatever message is lost, the bill ends paid once or not at all, and every book says
 * the same. Each boundary is found by running once and is then died at; each message is lost each way.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { BankEntry } from '../banks/bank-book.ts'
import type { BureauEntry } from '../bureau/bureau-book.ts'
import { type PlatformMode, platformModes } from '../desks/payment-desk.ts'
import type { HisEntry } from '../his/his-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { bill, identity, openings, person, site, totalFen } from '../testing/small-wire.ts'
import type { WalletEntry } from '../wallets/wallet-book.ts'
import { sagaPlan } from './saga-plan.ts'

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
  /** What bank or wallet paid, less refunds. */
  readonly payerFen: number
  readonly hospitalFen: number
  readonly ledgerFen: number
  /** Held at the bank, or waiting in the patient's phone. */
  readonly heldFen: number
  readonly isLocked: boolean
}

/** What every book says of the one bill, netted. */
async function moneyOf(): Promise<Money> {
  const bureau = await city.entries<BureauEntry>(city.bureau)
  const settled = bureau.flatMap((entry) => (entry.does === 'settle' ? [entry] : []))
  const reversed = new Set(bureau.flatMap((entry) => (entry.does === 'reverse' ? [entry.original] : [])))
  const standing = settled.filter(({ settlement }) => !reversed.has(settlement))
  const bank = await city.entries<BankEntry>(city.bank)
  const sum = (does: 'capture' | 'refund' | 'authorize') =>
    bank.reduce((total, entry) => total + (entry.does === does ? entry.amountFen : 0), 0)
  const gone = new Set(bank.flatMap((entry) => (entry.does === 'release' || entry.does === 'capture' ? [entry.hold] : [])))
  const heldFen = bank.reduce((total, entry) => total + (entry.does === 'authorize' && !gone.has(entry.key) ? entry.amountFen : 0), 0)
  const wallet = await city.entries<WalletEntry>(city.wallet)
  const ended = new Set(wallet.flatMap((entry) => (entry.does === 'pay' || entry.does === 'end' ? [entry.order] : [])))
  const orders = wallet.flatMap((entry) => (entry.does === 'order' ? [entry] : []))
  const walletSum = (does: 'pay' | 'refund') =>
    wallet.reduce((total, entry) => {
      if (entry.does !== does) return total
      return total + (entry.does === 'refund' ? entry.amountFen : (orders.find(({ order }) => order === entry.order)?.amountFen ?? 0))
    }, 0)
  const waitingFen = orders.reduce((total, { order, amountFen }) => total + (ended.has(order) ? 0 : amountFen), 0)
  const his = await city.entries<HisEntry>(city.his)
  const bills = await city.his.desk.bills({ site, visit: 'JZ0000000001' })
  const { payments, postings } = await ledger.books()
  return {
    state: payments.map(({ state }) => state).join(),
    isOpen: payments.some(({ isOpen }) => isOpen),
    insurerFen: standing.reduce((total, { split }) => total + split.fundFen + split.currentAccountFen + split.historyAccountFen, 0),
    payerFen: sum('capture') - sum('refund') + walletSum('pay') - walletSum('refund'),
    hospitalFen: his.reduce((total, entry) => total + (entry.does === 'paid' ? entry.totalFen : 0), 0),
    ledgerFen: 0 - postings.reduce((total, { account, amountFen }) => total + (account === 'due-to-site' ? amountFen : 0), 0),
    heldFen: heldFen + waitingFen,
    isLocked: bills.outcome === 'bills' && bills.bills[0]?.state === 'in-doubt',
  }
}

const paid: Money = {
  state: 'paid',
  isOpen: false,
  insurerFen: 6000,
  payerFen: 6000,
  hospitalFen: totalFen,
  ledgerFen: totalFen,
  heldFen: 0,
  isLocked: false,
}
const notPaid = { isOpen: false, insurerFen: 0, payerFen: 0, hospitalFen: 0, ledgerFen: 0, heldFen: 0, isLocked: false }

/** One payment, perhaps with a death in it, and then fresh processes that resume; what the books say in the end. */
async function lived(fate: PlatformFate, secondFate: PlatformFate = {}, lastFate: PlatformFate = {}): Promise<Money> {
  await city.reset()
  await ledger.clear()
  await ledger.sign(openings.platform.agreements)
  const first = city.platform(ledger, fate)
  await first.pay({ ...request, mode, ...(mode === 'scan' ? { payCode: await city.showCode() } : {}) }).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error
  })
  await first.drain()
  for (const next of [secondFate, lastFate]) {
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
  const { steps } = sagaPlan(ofMode)
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

  test('a bill the hospital no longer takes money for is undone everywhere, what was paid by the original route', async () => {
    const { notice } = city.his.desk
    onTestFinished(() => {
      city.his.desk.notice = notice
    })
    city.his.desk.notice = async () => ({ outcome: 'refused', reason: 'already-paid' })
    const places = await boundaries()
    const undoable = steps.slice(0, -1).filter(({ undo, operation }) => undo !== undefined && operation !== 'his/notice')
    for (const { operation } of undoable) expect(places).toContain(`written undone ${operation}`)
    expect(await lived({})).toEqual({ ...notPaid, state: 'undone' })
    for (const [place, where] of places.entries()) expectWhole(await lived({ boundary: dieAt(place) }), `died at ${place}: ${where}`)
  })

  test('a process that dies at any boundary of a payment on its way back is taken over, and the way back goes on', async () => {
    const messages = new Set<string>()
    await lived({
      fateOf: (_, message) => {
        messages.add(message)
        return 'arrives'
      },
    })
    const undone = new Set<string>()
    for (const message of messages) {
      // One kind of message cannot be sent at all: every step before it is undone.
      const fate: PlatformFate = { fateOf: (_, name) => (name === message ? 'never-sent' : 'arrives') }
      const places = await boundaries(fate)
      for (const where of places) if (where.startsWith('written undone ')) undone.add(where.slice('written undone '.length))
      if (!places.some((where) => where.startsWith('written back from'))) continue
      for (const [place, where] of places.entries()) {
        expectWhole(await lived({ ...fate, boundary: dieAt(place) }), `no ${message}, died at ${place}: ${where}`)
      }
    }
    const lastToTurn = steps.findLastIndex(({ stored, onSilence }) => stored && onSilence === 'go-back')
    const undoable = steps.slice(0, lastToTurn).flatMap(({ undo, operation }) => (undo === undefined ? [] : [operation]))
    expect([...undone]).toEqual(expect.arrayContaining(undoable))
  })
})

const byWallet = platformModes.filter((one) => sagaPlan(one).steps.some(({ operation }) => operation === 'bank/debit'))
describe.each(byWallet)('a payment of mode %s', (ofMode) => {
  beforeAll(() => {
    mode = ofMode
  })
  test('a patient who gives up, has no money or never answers leaves nothing behind, wherever the process dies', async () => {
    for (const patient of ['give-up', 'cannot', 'nothing'] as const) {
      // The third process is patient no longer: its clock is past the payer's time.
      const places = await boundaries({ patient })
      for (const [place, where] of places.entries()) {
        const money = await lived({ patient, boundary: dieAt(place) }, { patient }, { patient, options: { realNowMs: () => 3_600_000 } })
        expectWhole(money, `${patient}, died at ${place}: ${where}`)
        expect(money.state, `${patient}, died at ${place}: ${where}`).toBe('refused')
      }
    }
  })
})

/** One bill in a city without sockets: one life of its payment with deaths and lost messages, and what every book says of it afterwards. */
import { expect } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import type { BankEntry } from '../banks/bank-entry.ts'
import { isRepaymentOrder } from '../banks/repayments.ts'
import type { BureauEntry, MessageEffect } from '../bureau/bureau-book.ts'
import { type CollectMode, cashierModes, platformModes } from '../desks/payment-desk.ts'
import type { HospitalEntry } from '../his/hospital-rules.ts'
import type { Payments } from '../sagas/payments.ts'
import type { Ledger, LedgerAccount } from '../stores/ledger.ts'
import type { WalletEntry } from '../wallets/wallet-book.ts'
import { Crash, type DirectCity, type PlatformFate } from './direct-city.ts'
import { bank, bill, identity, openings, ownAccount, person, site, totalFen } from './small-wire.ts'

export const request = { idempotencyKey: 'K1', channel: 'channel-main-entry', person, site, bill, qr: identity.qr } as const

/** Every way in which the one bill is paid: the platform's modes, and what is put down at a window or kiosk. */
export const ways = [...platformModes, 'window', 'window-card', 'window-code', 'kiosk', 'kiosk-code'] as const
export type Way = (typeof ways)[number]
export const modeOf = (way: Way): CollectMode =>
  [...platformModes, ...cashierModes].find((mode) => way === mode || way.startsWith(`${mode}-`)) ?? 'window'
/** Ways whose payer is asked by a wallet and may not answer. */
export const isByWallet = (way: Way): boolean => ['in-consult', 'scan', 'window-code', 'kiosk-code'].includes(way)

/** Its payment is asked for at the platform, or begins at the hospital's own cashier. */
export async function payBy(
  way: Way,
  desk: Payments,
  payCode: () => Promise<string>,
  of: { readonly idempotencyKey: string; readonly bill: string } = request,
): Promise<unknown> {
  const mode = modeOf(way)
  const { idempotencyKey, bill } = of
  if (mode !== 'window' && mode !== 'kiosk') {
    return desk.pay({ ...request, idempotencyKey, bill, mode, ...(mode === 'scan' ? { payCode: await payCode() } : {}) })
  }
  const { channel, person, site, qr } = request
  const payment = { idempotencyKey, channel, askedSha256: way, person, site, bill, mode }
  const terminal = `${mode}-1`
  if (way.endsWith('-code')) {
    return desk.begin({ payment, memory: { terminal, tender: 'code', bank: 'wechat' }, inHand: { qr, payCode: await payCode() } })
  }
  if (way === 'window') return desk.begin({ payment, memory: { terminal, tender: 'cash' }, inHand: { card: identity.cardNumber } })
  return desk.begin({ payment, memory: { terminal, tender: 'bank', bank, agreement: ownAccount }, inHand: { qr } })
}

export interface Money {
  readonly state: string
  readonly isOpen: boolean
  readonly insurerFen: number
  /** What bank or wallet paid or lies in a drawer, less what went back. */
  readonly payerFen: number
  readonly hospitalFen: number
  readonly ledgerFen: number
  /** Held at the bank, or waiting in the patient's phone. */
  readonly heldFen: number
  readonly suspenseFen: number
  readonly isLocked: boolean
}

export const paid: Money = {
  state: 'paid',
  isOpen: false,
  insurerFen: 6000,
  payerFen: 6000,
  hospitalFen: totalFen,
  ledgerFen: totalFen,
  heldFen: 0,
  suspenseFen: 0,
  isLocked: false,
}
export const notPaid = {
  isOpen: false,
  insurerFen: 0,
  payerFen: 0,
  hospitalFen: 0,
  ledgerFen: 0,
  heldFen: 0,
  suspenseFen: 0,
  isLocked: false,
}

export const dieAt = (place: number): ((where: string) => void) => {
  let passed = 0
  return () => {
    passed += 1
    if (passed > place) throw new Crash()
  }
}

/** Paid once by everybody, or by nobody at all: nothing in between. */
export function expectWhole(money: Money, what: string): void {
  const expected = money.state === 'paid' ? paid : { ...notPaid, state: money.state }
  expect(money, what).toEqual(expected)
  expect(['paid', 'refused', 'undone'], what).toContain(money.state)
}

/** Treated first: the visit holds 25 yuan at the bank already, less than the patient's part of 60, and leaves with one bill. */
async function standingHolds(city: DirectCity): Promise<void> {
  const { visit } = openings.his.bills[0] ?? { visit: '' }
  const { agreement } = identity
  const held = await city.bank.desk.authorize({ key: `${site}-${bill}-V`, agreement, site, visit, amountFen: fenOf(2500) })
  if (held.outcome !== 'authorized') throw new Error(held.outcome)
  await city.his.desk.leave({ site, visit })
}

export function oneBill(city: DirectCity, ledger: Ledger) {
  /** What every book says of the one bill, netted. */
  async function moneyOf(): Promise<Money> {
    const bureau = (await city.entries<BureauEntry>(city.bureau)).flatMap((entry): readonly (BureauEntry | MessageEffect)[] =>
      entry.does === 'message' ? entry.effects : [entry],
    )
    const settled = bureau.flatMap((entry) => (entry.does === 'settle' ? [entry] : []))
    const reversed = new Set(bureau.flatMap((entry) => (entry.does === 'reverse' ? [entry.original] : [])))
    const standing = settled.filter(({ settlement }) => !reversed.has(settlement))
    const bank = await city.entries<BankEntry>(city.bank)
    const sum = (does: 'debit' | 'reverse' | 'capture' | 'settle-visit' | 'refund') =>
      bank.reduce((total, entry) => total + (entry.does === does ? entry.amountFen : 0), 0)
    const gone = new Set(
      bank.flatMap((entry) =>
        entry.does === 'release' || entry.does === 'capture' ? [entry.hold] : entry.does === 'settle-visit' ? entry.holds : [],
      ),
    )
    const heldFen = bank.reduce(
      (total, entry) => total + (entry.does === 'authorize' && entry.key.endsWith('-A') && !gone.has(entry.key) ? entry.amountFen : 0),
      0,
    )
    // What a bank is repaid by is the bank's and the patient's affair.
    const wallet = (await city.entries<WalletEntry>(city.wallet)).filter((entry) => !('order' in entry && isRepaymentOrder(entry.order)))
    const ended = new Set(wallet.flatMap((entry) => (entry.does === 'pay' || entry.does === 'end' ? [entry.order] : [])))
    const orders = wallet.flatMap((entry) => (entry.does === 'order' ? [entry] : []))
    const walletSum = (does: 'pay' | 'refund') =>
      wallet.reduce((total, entry) => {
        if (entry.does !== does) return total
        return total + (entry.does === 'refund' ? entry.amountFen : (orders.find(({ order }) => order === entry.order)?.amountFen ?? 0))
      }, 0)
    const waitingFen = orders.reduce((total, { order, amountFen }) => total + (ended.has(order) ? 0 : amountFen), 0)
    const his = await city.entries<HospitalEntry>(city.his)
    const drawerFen = his.reduce((total, entry) => {
      return total + (entry.does === 'cash-in' ? entry.amountFen : entry.does === 'cash-out' ? 0 - entry.amountFen : 0)
    }, 0)
    const givenBack = new Set(his.flatMap((entry) => (entry.does === 'refund' ? [entry.attempt] : [])))
    const bills = await city.his.desk.bills({ site, visit: 'JZ0000000001' })
    const { payments, postings } = await ledger.books()
    const sumOf = (of: LedgerAccount) => postings.reduce((total, { account, amountFen }) => total + (account === of ? amountFen : 0), 0)
    return {
      state: payments.map(({ state }) => state).join(),
      isOpen: payments.some(({ isOpen }) => isOpen),
      insurerFen: standing.reduce((total, { split }) => total + split.fundFen + split.currentAccountFen + split.historyAccountFen, 0),
      payerFen:
        sum('capture') +
        sum('settle-visit') +
        sum('debit') -
        sum('reverse') -
        sum('refund') +
        walletSum('pay') -
        walletSum('refund') +
        drawerFen,
      hospitalFen: his.reduce((total, entry) => total + (entry.does === 'paid' && !givenBack.has(entry.attempt) ? entry.totalFen : 0), 0),
      ledgerFen: 0 - sumOf('due-to-site'),
      heldFen: heldFen + waitingFen,
      suspenseFen: sumOf('suspense'),
      isLocked: bills.outcome === 'bills' && bills.bills.some(({ state }) => state === 'in-doubt'),
    }
  }

  /** One payment, perhaps with a death in it, and then fresh processes that resume; what the books say in the end. */
  async function lived(way: Way, fate: PlatformFate, ...later: readonly PlatformFate[]): Promise<Money> {
    await city.reset()
    await ledger.clear()
    await ledger.sign(openings.platform.agreements)
    if (way === 'leaving') await standingHolds(city)
    const first = city.platform(ledger, fate)
    await payBy(way, first, city.showCode).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error
    })
    await first.drain()
    for (const next of [later[0] ?? {}, later[1] ?? {}]) {
      const process = city.platform(ledger, next)
      await process.resume(Number.MAX_SAFE_INTEGER)
      await process.drain()
    }
    await city.deliverLate()
    return await moneyOf()
  }

  /** Every place at which the process may die in a payment that goes well. */
  async function boundaries(way: Way, fate: PlatformFate = {}): Promise<string[]> {
    const seen: string[] = []
    await lived(way, { ...fate, boundary: (where) => void seen.push(where) })
    return seen
  }

  return { moneyOf, lived, boundaries }
}

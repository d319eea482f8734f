/** Refunds by the original route, and the dead ends that are left to people: whatever dies or is lost, money is here or there, never both. */
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { repaidCreditReturn } from '../../platform/errands.ts'
import type { BankEntry } from '../banks/bank-entry.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { dieAt, notPaid, oneBill, paid, payBy, request, ways } from '../testing/one-bill.ts'
import { bill, identity, openings, site } from '../testing/small-wire.ts'
import type { WalletEntry } from '../wallets/wallet-book.ts'
import { storyOfBill } from '../why/story-of-bill.ts'

const ledger = await openSqliteLedger(':memory:')
const city = await directCity(planOf('small-town'))
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const { lived, moneyOf } = oneBill(city, ledger)
const { channel } = request
const paymentNumber = async () => (await ledger.books()).payments[0]?.number ?? ''

describe.each(ways)('a refund of what was paid by way of %s', (way) => {
  /** Paid, then a refund with its fate, then fresh processes. */
  async function refunded(fate: PlatformFate = {}, lines?: readonly number[]) {
    expect(await lived(way, {})).toEqual(paid)
    const asked = { payment: await paymentNumber(), channel, idempotencyKey: 'T1', ...(lines === undefined ? {} : { lines }) }
    for (const next of [fate, {}]) {
      const process = city.platform(ledger, next)
      await process.resume(Number.MAX_SAFE_INTEGER)
      const reply = await process.refund(asked).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      })
      await process.drain()
      if (next !== fate) return { reply, money: await moneyOf() }
    }
    throw new Error('no process refunded')
  }

  test('gives everything back once, whoever asks again with the same key', async () => {
    const { reply, money } = await refunded()
    expect(money).toEqual({ ...notPaid, state: 'refunded' })
    expect(reply).toMatchObject({ outcome: 'payment', payment: { state: 'refunded' } })
    const desk = city.platform(ledger)
    const asked = { payment: await paymentNumber(), channel, idempotencyKey: 'T1' }
    expect(await desk.refund({ ...asked, lines: [1] })).toEqual({ outcome: 'refused', reason: 'key-reused' })
    expect(await desk.refund({ ...asked, idempotencyKey: 'T2' })).toEqual({ outcome: 'refused', reason: 'already-refunded' })
    expect(await desk.refund({ ...asked, channel: 'channel-b' })).toEqual({ outcome: 'unheard-of' })
  })

  test('survives a death at any boundary and the loss of any message', async () => {
    const places: string[] = []
    const messages: string[] = []
    await refunded({
      boundary: (where) => void places.push(where),
      fateOf: (_, operation) => {
        messages.push(operation)
        return 'arrives'
      },
    })
    expect(places.length).toBeGreaterThan(8)
    for (const [place, where] of places.entries()) {
      const { money } = await refunded({ boundary: dieAt(place) })
      expect(money, `died at ${place}: ${where}`).toEqual({ ...notPaid, state: 'refunded' })
    }
    for (const fate of ['never-sent', 'lost-there', 'lost-back', 'late'] as const satisfies readonly Fate[]) {
      for (const [index, operation] of messages.entries()) {
        const { money } = await refunded({ fateOf: (number, name) => (number > index && name === operation ? fate : 'arrives') })
        await city.deliverLate()
        expect(await moneyOf(), `${operation} ${fate}`).toEqual({ ...notPaid, state: 'refunded' })
        expect(money, `${operation} ${fate}`).toEqual({ ...notPaid, state: 'refunded' })
      }
    }
  })

  test('of some lines charges what stands anew, under a bill of its own that can be paid', async () => {
    const { reply } = await refunded({}, [2])
    expect(reply).toMatchObject({ payment: { state: 'refunded', restBill: `${bill}-T` } })
    const desk = city.platform(ledger)
    await payBy(way, desk, city.showCode, { idempotencyKey: 'K2', bill: `${bill}-T` })
    await desk.drain()
    // 100 of 120 yuan stand: 40 of the deductible, 30 of the fund, 30 of the history account.
    expect(await moneyOf()).toMatchObject({
      state: 'refunded,paid',
      insurerFen: 6000,
      payerFen: 4000,
      hospitalFen: 10_000,
      ledgerFen: 10_000,
    })
  })

  test('of performed lines is refused by the hospital, and the payment stands', async () => {
    expect(await lived(way, {})).toEqual(paid)
    await city.his.desk.perform({ site, bill, lines: [1] })
    const desk = city.platform(ledger)
    const reply = await desk.refund({ payment: await paymentNumber(), channel, idempotencyKey: 'T1' })
    expect(reply).toMatchObject({ payment: { state: 'paid', refundRefused: 'already-performed' } })
    expect(await moneyOf()).toEqual(paid)
    expect(await desk.refund({ payment: await paymentNumber(), channel, idempotencyKey: 'T2', lines: [2] })).toMatchObject({
      payment: { state: 'refunded' },
    })
  })
})

describe('a refund of credit that the patient has repaid by a wallet', () => {
  const walletEntries = () => city.entries<WalletEntry>(city.wallet)
  const back = async () => (await walletEntries()).flatMap((entry) => (entry.does === 'refund' ? [entry.amountFen] : []))
  /** Paid on credit, 50 of 60 yuan repaid, then a refund with its fate, then a fresh process. */
  async function refunded(fate: PlatformFate = {}) {
    expect(await lived('credit', {})).toEqual(paid)
    const asked = { key: 'HK-1', agreement: identity.agreement, wallet: 'wechat', payer: openings.payer, amountFen: fenOf(5000) } as const
    const first = await city.bank.desk.repay(asked)
    await city.wallet.desk.confirm({ payer: openings.payer, prepay: (first.outcome === 'asked' && first.prepay) || '', does: 'pay' })
    expect(await city.bank.desk.repay(asked)).toMatchObject({ outcome: 'repaid', owedFen: 1000 })
    for (const next of [fate, {}]) {
      const process = city.platform(ledger, next)
      await process.resume(Number.MAX_SAFE_INTEGER)
      await process.refund({ payment: await paymentNumber(), channel, idempotencyKey: 'T1' }).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      })
      await process.drain()
    }
    await expect.poll(async () => (await city.entries<BankEntry>(city.bank)).at(-1)?.does, { timeout: 20_000 }).toBe('paid-back')
    return moneyOf()
  }

  test('lessens what is owed and goes back by that wallet, once, wherever the platform dies', async () => {
    const places: string[] = []
    await refunded({ boundary: (where) => void places.push(where) })
    for (const [place, where] of places.entries()) {
      expect(await refunded({ boundary: dieAt(place) }), `died at ${place}: ${where}`).toEqual({ ...notPaid, state: 'refunded' })
      expect(await back(), `died at ${place}: ${where}`).toEqual([5000])
      expect(await city.bank.desk.line({ agreement: identity.agreement })).toMatchObject({ usedFen: 0, overpaidFen: 0 })
    }
    // The bank's messages of the table, each in its book under the payment's key.
    const deeds: Readonly<Record<string, BankEntry['does']>> = { 'bank/refund': 'refund', 'bank/pay-back': 'ask-payback' }
    const does = (await city.entries<BankEntry>(city.bank)).map((entry) => entry.does)
    expect(does.slice(-3)).toEqual([...repaidCreditReturn.messages.map(({ operation }) => deeds[operation]), 'paid-back'])
  })

  test('is told by the bill’s story as far as the wallet, and another bill repaid by the same order is not', async () => {
    await refunded()
    const shown = await Promise.all(
      (['his', 'bank', 'wallet'] as const).map(async (name) => {
        const entries = await city.entries<object>(city[name])
        return { actor: name, entries: entries.map((entry, index) => ({ number: index + 1, atMs: index, entry })) }
      }),
    )
    const books = [...shown, { actor: 'platform', entries: [], ledger: await ledger.books() }]
    const told = (of: string) => storyOfBill(of, books)?.rows.map(({ actor, does }) => `${actor} ${does}`) ?? []
    expect(told(bill)).toEqual(expect.arrayContaining(['bank refund', 'bank ask-payback', 'wallet refund', 'bank paid-back']))
    const other = { does: 'capture', key: 'P999999999-C', hold: 'P999999999-A', amountFen: 1 }
    const { repay, ...rest } = Object.groupBy(shown[1]?.entries ?? [], ({ entry }) =>
      (entry as BankEntry).does === 'repay' ? 'repay' : 'rest',
    )
    const joint = (repay ?? []).map((one) => ({
      ...one,
      entry: { ...one.entry, parts: [...(one.entry as { parts: object[] }).parts, { payment: other.key, amountFen: 1 }] },
    }))
    const withOther = [
      ...books.filter(({ actor }) => actor !== 'bank'),
      { actor: 'bank', entries: [...(rest.rest ?? []), ...joint, { number: 99, atMs: 99, entry: other }] },
    ]
    expect(storyOfBill(bill, withOther)?.rows.filter(({ does }) => does === 'capture')).toHaveLength(1)
  })
})

describe('a dead end', () => {
  /** The bank will not take its money back: the refund stops in the middle. */
  async function deadEnd() {
    await lived('credit', {})
    const { refund } = city.bank.desk
    const repair = () => {
      city.bank.desk.refund = refund
    }
    onTestFinished(repair)
    city.bank.desk.refund = async () => ({ outcome: 'refused', reason: 'over-refund' })
    const desk = city.platform(ledger)
    await desk.refund({ payment: await paymentNumber(), channel, idempotencyKey: 'T1' })
    return { desk, repair, payment: await paymentNumber() }
  }

  test('is listed with its step, and what hangs stands in suspense', async () => {
    const { desk, payment } = await deadEnd()
    expect(await desk.deadEnds({})).toMatchObject({
      deadEnds: [{ payment: { payment, state: 'in-doubt' }, step: 'bank/capture', reason: 'over-refund', hangingFen: 12_000 }],
    })
    expect(await moneyOf()).toMatchObject({ isOpen: false, ledgerFen: 0, suspenseFen: -12_000 })
    expect(await desk.pay({ ...request, mode: 'phone', idempotencyKey: 'K2' })).toEqual({ outcome: 'refused', reason: 'bill-in-doubt' })
  })

  test('ends when people have it tried again and the bank now agrees; suspense is empty', async () => {
    const { desk, payment, repair } = await deadEnd()
    expect(await desk.decide({ payment, does: 'try-again', by: 'clerk-1' })).toMatchObject({ payment: { state: 'in-doubt' } })
    await desk.drain()
    expect(await moneyOf()).toMatchObject({ isOpen: false, suspenseFen: -12_000 })
    repair()
    await desk.decide({ payment, does: 'try-again', by: 'clerk-1' })
    await desk.drain()
    expect(await moneyOf()).toEqual({ ...notPaid, state: 'refunded' })
    expect(await desk.decide({ payment, does: 'try-again', by: 'clerk-1' })).toEqual({ outcome: 'refused', reason: 'no-dead-end' })
  })

  test('ends when people have sent the money back by hand; the rest is undone by machine', async () => {
    const { desk, payment } = await deadEnd()
    await desk.decide({ payment, does: 'done-by-hand', by: 'clerk-1' })
    await desk.drain()
    // The bank's own book shows the advance still: the clerk's transfer is not in it, and reconciliation will say so.
    expect(await moneyOf()).toEqual({ ...notPaid, state: 'refunded', payerFen: 6000 })
  })
})

/** A refund of credit that was repaid goes back to the patient by the wallet of the repayment, once, whatever dies or is lost between. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memoryBookStore } from '../stores/book-store.ts'
import { payer, type Tianjin, tianjin } from '../testing/tianjin.ts'
import type { OnlineWallet, WalletPorts } from './repayments.ts'
import { fen, oneBank } from './testing/one-bank.ts'

const site = 7
const agreement = 'XY1'
const advances = ['C1', 'C2'] as const
let city: Tianjin
beforeAll(async () => {
  city = await tianjin({ 660: 660 })
})
/** Two advances of 100 yuan each. */
const opening = { agreements: [{ agreement, person: 660, limitFen: fen(500_000), usedFen: fen(0) }] }
beforeEach(async () => {
  await city.reset()
  await city.open(opening)
  for (const key of advances) await city.bank.desk.debit({ key, agreement, site, amountFen: fen(10_000) })
})
async function repay(key: string, amount: number, wallet: OnlineWallet) {
  const asked = await city.bank.desk.repay({ key, agreement, wallet, payer, amountFen: fen(amount) })
  await city.onPhone(wallet, asked.outcome === 'asked' ? (asked.prepay ?? '') : '', 'pay')
  return city.bank.desk.repay({ key, agreement, wallet, payer, amountFen: fen(amount) })
}
const refund = (key: string, capture: string, amount: number) => city.bank.desk.refund({ key, capture, amountFen: fen(amount) })
const backAt = async (wallet: OnlineWallet) =>
  (await city.walletEntries(wallet)).flatMap((entry) => (entry.does === 'refund' ? [entry.amountFen] : []))
const soon = { timeout: 20_000 }
const settled = (count: number) =>
  expect
    .poll(async () => (await city.entries()).filter(({ does }) => does === 'paid-back' || does === 'fail-payback').length, soon)
    .toBe(count)
const line = () => city.bank.desk.line({ agreement })

test('what is still owed is lessened first, the rest goes back by the latest repayment and then the one before, and never beyond them', async () => {
  await repay('W1', 8000, 'wechat')
  await repay('W2', 9000, 'alipay')
  expect(await line()).toMatchObject({ usedFen: 3000, debts: [{ payment: 'C2', owedFen: 3000 }] })
  // Of C1 80 yuan were repaid by WeChat and 20 by Alipay, of C2 70 by Alipay.
  await refund('R1', 'C2', 5000)
  await settled(1)
  expect([await backAt('wechat'), await backAt('alipay')]).toEqual([[], [2000]])
  expect(await line()).toMatchObject({ usedFen: 0, overpaidFen: 0, debts: [] })
  await refund('R2', 'C1', 9000)
  await settled(3)
  expect([await backAt('wechat'), await backAt('alipay')]).toEqual([[7000], [2000, 2000]])
  for (const [key, capture, amount] of [
    ['R2', 'C1', 9000],
    ['R3', 'C1', 1000],
    ['R4', 'C2', 5000],
  ] as const)
    await refund(key, capture, amount)
  await settled(5)
  expect([await backAt('wechat'), await backAt('alipay')]).toEqual([
    [7000, 1000],
    [2000, 2000, 5000],
  ])
  expect(await line()).toMatchObject({ usedFen: 0, overpaidFen: 0 })
})

test('a wallet that will not have it leaves it owed to the patient, the line cannot be closed, and the next advance is paid from it first', async () => {
  await repay('W1', 20_000, 'wechat')
  city.walletFate = (operation) => (operation === 'refund' ? { outcome: 'refused', reason: 'refund-too-late' } : undefined)
  await refund('R1', 'C1', 5000)
  await settled(1)
  expect(await line()).toMatchObject({ usedFen: 0, overpaidFen: 5000 })
  expect(await city.bank.desk.close({ agreement })).toEqual({ outcome: 'refused', reason: 'still-used' })
  await city.bank.desk.debit({ key: 'D1', agreement, site, amountFen: fen(7000) })
  expect(await line()).toMatchObject({ usedFen: 2000, overpaidFen: 0, debts: [{ payment: 'D1', owedFen: 2000 }] })
})

test('while it is on its way no advance is paid from it and the line cannot be closed', async () => {
  await repay('W1', 20_000, 'wechat')
  city.areWalletsUp = false
  await refund('R1', 'C1', 5000)
  expect(await city.bank.desk.close({ agreement })).toEqual({ outcome: 'refused', reason: 'still-used' })
  await city.bank.desk.debit({ key: 'D1', agreement, site, amountFen: fen(7000) })
  expect(await line()).toMatchObject({ usedFen: 7000, overpaidFen: 0 })
})

describe('the wallet’s bill of the day', () => {
  const bills = async () => (await city.entries()).flatMap((entry) => (entry.does === 'match-bill' ? [entry] : []))
  async function nextMorning() {
    city.setClock('2024-01-03 09:30:00')
    await expect.poll(async () => (await bills()).length, soon).toBe(1)
    return (await bills())[0]
  }

  test('has a row of the repayment and one of what went back, and both agree with the bank’s book', async () => {
    await repay('W1', 20_000, 'wechat')
    await refund('R1', 'C1', 5000)
    await settled(1)
    expect(await nextMorning()).toMatchObject({ wallet: 'wechat', day: '2024-01-02', rows: 2, matched: 2, differences: [] })
  })

  test('that lacks what went back, or has another amount, is a difference that is written down', async () => {
    await repay('W1', 20_000, 'wechat')
    await refund('R1', 'C1', 5000)
    await settled(1)
    city.billLines = (lines) => lines.flatMap((row) => (row.kind === 'refund' ? [] : [{ ...row, amountFen: fen(row.amountFen - 1) }]))
    expect(await nextMorning()).toMatchObject({
      rows: 1,
      matched: 0,
      differences: [
        { kind: 'amount-differs', does: 'pay', oursFen: 20_000, theirsFen: 19_999 },
        { kind: 'missing-there', does: 'refund', oursFen: 5000, theirsFen: 0 },
      ],
    })
  })
})

test('wherever the bank dies between the refund and the money’s arrival, the next process pays back once', async () => {
  await repay('W1', 20_000, 'wechat')
  const paid = await city.store.export()
  /** A bank on a copy of the book, which hears and writes nothing after its `deadAt`th boundary. @returns boundaries passed */
  async function life(number: number, store: ReturnType<typeof memoryBookStore>, deadAt: number) {
    const places: string[] = []
    const pass = async (where: string) => {
      places.push(where)
      if (places.length > deadAt) await new Promise(() => undefined)
    }
    const guarded =
      <Request, Reply>(name: string, ask: (request: Request) => Promise<Reply>) =>
      async (request: Request): Promise<Reply> => {
        await pass(`before ${name}`)
        const reply = await ask(request)
        await pass(`after ${name}`)
        return reply
      }
    const wallets: WalletPorts = (wallet) => {
      const port = city.wallets(wallet)
      return { ...port, refund: guarded('refund', port.refund), queryRefund: guarded('query', port.queryRefund) }
    }
    // Entries of one decision are one transaction on the disk, so no death comes between them.
    const oncePerTurn = (where: string) => {
      let turn: Promise<void> | undefined
      return () => {
        if (turn === undefined) {
          setImmediate(() => {
            turn = undefined
          })
        }
        turn ??= pass(where)
        return turn
      }
    }
    const [before, after] = [oncePerTurn('before append'), oncePerTurn('after append')]
    const append: typeof store.append = async (row) => {
      await before()
      await store.append(row)
      await after()
    }
    const bank = await oneBank({
      store: { ...store, append },
      wallets,
      now: '2024-01-02 09:00:00',
    })
    const asked = bank.bank.desk.refund({ key: `R${number}`, capture: 'C1', amountFen: fen(100) })
    return { bank, asked, places }
  }
  const wholeLife = await life(0, memoryBookStore(paid), Number.POSITIVE_INFINITY)
  await expect.poll(async () => (await wholeLife.bank.entries()).at(-1)?.does, soon).toBe('paid-back')
  const { places } = wholeLife
  expect(places.filter((place) => !place.endsWith('append'))).toEqual(['before query', 'after query', 'before refund', 'after refund'])
  for (const [place, where] of places.entries()) {
    const number = place + 1
    const store = memoryBookStore(paid)
    const dead = await life(number, store, place)
    await expect.poll(() => dead.places.length, soon).toBeGreaterThan(place)
    const next = await life(number, memoryBookStore(await store.export()), Number.POSITIVE_INFINITY)
    expect(await next.asked, `died ${where}`).toEqual({ outcome: 'refunded', refundedFen: 100 })
    await expect.poll(async () => (await next.bank.entries()).at(-1)?.does, { ...soon, message: `died ${where}` }).toBe('paid-back')
    const does = (await next.bank.entries()).slice(paid.length).map((entry) => entry.does)
    expect(does, `died ${where}`).toEqual(['refund', 'ask-payback', 'paid-back'])
    expect(await backAt('wechat'), `died ${where}`).toEqual(Array(number + 1).fill(100))
  }
})

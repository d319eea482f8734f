/** Refunds by the original route, and the dead ends that are left to people: whatever dies or is lost, money is here or there, never both. */
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { dieAt, notPaid, oneBill, paid, payBy, request, ways } from '../testing/one-bill.ts'
import { bill, site } from '../testing/small-wire.ts'

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

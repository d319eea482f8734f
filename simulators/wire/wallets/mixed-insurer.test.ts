/** 医保自费混合收款 on an order that was placed at the bureau (6201, 6202): the wallet has the insurer pay its part when the payer pays. */
import { expect, test } from 'vitest'
import { fenOf, noMoney } from '../../money/fen.ts'
import type { MixedRequest } from '../desks/mixed-payment-desk.ts'
import type { NoReply } from '../desks/port.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { amounts, mobileBureau } from '../testing/mobile-bureau.ts'
import { keys } from '../testing/small-wire.ts'
import type { InsurerPort } from './mixed-insurer.ts'
import { walletActor } from './wallet-actor.ts'
import { wechatWallet } from './wechat-wallet.ts'

const merchant = { merchant: '1900000109', app: 'wx-1' }
const payer = 'o-payer'
const silence: NoReply = { outcome: 'no-reply', sent: 'maybe', why: 'silence' }

async function stage() {
  const bureau = await mobileBureau()
  const { order, payAuthNo } = await bureau.placed()
  let asked = 0
  const heard = { is: 'heard' as 'heard' | 'silent' | 'lost' }
  const insurer: InsurerPort = {
    async payOrder(request) {
      asked += 1
      if (heard.is === 'silent') return silence
      const reply = await bureau.desk.payOrder(request)
      return heard.is === 'lost' ? silence : reply
    },
  }
  const store = memoryBookStore()
  const rows: (typeof store.rows)[number][] = []
  const append = store.append.bind(store)
  store.append = async (row) => {
    rows.push(row)
    await append(row)
  }
  const walletOver = (book: typeof store) =>
    walletActor(
      { version: 'test', ...clocksOf(bureau.clock, () => 0), keys, openBook: async () => book, originOf: () => '' },
      { ...wechatWallet, addRoutes: () => undefined },
      insurer,
    )
  const wallet = await walletOver(store)
  await wallet.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { 'x-medpay-control': keys.controlToken },
    payload: { merchants: [{ ...merchant, checksBy: 'certificate' }], payers: [payer], settings: { refundTakesMs: 0 } },
  })
  const ordered = await wallet.desk.order({
    ...merchant,
    order: 'M1',
    amountFen: amounts.cashFen,
    description: '自费',
    way: 'in-app',
    payer,
  })
  const prepay = ordered.outcome === 'order' ? ordered.order.prepay : ''
  const request: MixedRequest = {
    ...merchant,
    order: 'X1',
    type: 'both',
    orderKind: 'DIAG_PAY',
    payer,
    institution: { code: 'H31000000007', name: '合成医院', orderNumber: 'YW1', city: '310100' },
    amounts: {
      totalFen: amounts.totalFen,
      fundFen: amounts.fundFen,
      accountFen: amounts.accountFen,
      otherFen: noMoney,
      leftFen: amounts.cashFen,
      addedFen: noMoney,
      reducedFen: noMoney,
      collectedFen: amounts.cashFen,
    },
    payOrder: order,
    authorization: payAuthNo,
    prepay: prepay ?? '',
    noticeUrl: 'http://127.0.0.1:1/notices',
  }
  const settlements = async () => (await bureau.store.export()).filter(({ text }) => text.includes(`"does":"settle"`)).length
  const cashState = async () => {
    const said = await wallet.desk.query({ merchant: merchant.merchant, order: 'M1' })
    return said.outcome === 'order' ? said.order.state : said.reason
  }
  const again = () => walletOver({ ...memoryBookStore(), rows: [...rows] })
  return { wallet, request, heard, settlements, cashState, again, rows, payAuthNo, asked: () => asked }
}
const numberOf = (reply: Awaited<ReturnType<Awaited<ReturnType<typeof stage>>['wallet']['desk']['mix']>>) =>
  reply.outcome === 'mixed' ? reply.mixed.mixed : ''

test('the insurer pays its part and the wallet collects the rest, once, however often the payer confirms', async () => {
  const { wallet, request, settlements, cashState, asked, rows, payAuthNo } = await stage()
  const mixed = numberOf(await wallet.desk.mix(request))
  expect(await settlements()).toBe(0)
  const confirmed = await Promise.all([1, 2].map(() => wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })))
  for (const one of confirmed) expect(one).toMatchObject({ mixed: { whole: 'success', cash: 'success', insurance: 'success' } })
  await wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })
  expect([await settlements(), await cashState()]).toEqual([1, 'paid'])
  expect(asked()).toBeLessThanOrEqual(2)
  expect(JSON.stringify(rows)).not.toContain(payAuthNo)
  expect(await wallet.desk.mix({ ...request, order: 'X2' })).toEqual({ outcome: 'refused', reason: 'insurer-settled-before' })
})

test('an insurer that refuses leaves nothing paid: the order has failed and the cash went back', async () => {
  const { wallet, request, settlements, cashState } = await stage()
  const wrong = { ...request.amounts, fundFen: fenOf(request.amounts.fundFen - 100), accountFen: fenOf(request.amounts.accountFen + 100) }
  const mixed = numberOf(await wallet.desk.mix({ ...request, amounts: wrong }))
  expect(await wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })).toMatchObject({
    mixed: { whole: 'fail', cash: 'refund', insurance: 'fail', failReason: 'order-amounts-differ' },
  })
  expect([await settlements(), await cashState()]).toEqual([0, 'paid'])
})

test('an insurer that is silent leaves the order waiting, its cash neither collected nor closed; asked again it is paid once', async () => {
  for (const silent of ['silent', 'lost'] as const) {
    const { wallet, request, heard, settlements, cashState } = await stage()
    const mixed = numberOf(await wallet.desk.mix(request))
    heard.is = silent
    expect(await wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })).toEqual({ outcome: 'refused', reason: 'insurer-silent' })
    expect(await wallet.desk.close({ merchant: merchant.merchant, order: 'M1' })).toEqual({
      outcome: 'refused',
      reason: 'password-entered',
    })
    expect(await cashState()).toBe('unpaid')
    heard.is = 'heard'
    expect(await wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })).toMatchObject({ mixed: { whole: 'success' } })
    expect([await settlements(), await cashState()]).toEqual([1, 'paid'])
  }
})

test('a wallet that is started again has forgotten the authorization; the bureau still says what it paid', async () => {
  for (const [silent, whole] of [
    ['lost', 'success'],
    ['silent', 'fail'],
  ] as const) {
    const { wallet, request, heard, settlements, again } = await stage()
    const mixed = numberOf(await wallet.desk.mix(request))
    heard.is = silent
    await wallet.desk.confirmMixed({ payer, mixed, does: 'pay' })
    heard.is = 'heard'
    const next = await again()
    expect(await next.desk.confirmMixed({ payer, mixed, does: 'pay' })).toMatchObject({ mixed: { whole } })
    expect(await settlements()).toBe(whole === 'success' ? 1 : 0)
  }
})

/** 医保自费混合收款 by a stock client. */

import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { wireTestsPage, withBlock } from '../../../tools/page-block.ts'
import { sealField } from '../signing/rsa.ts'
import { keys } from '../testing/small-wire.ts'
import {
  appid,
  could,
  mchid,
  notice,
  noticeUrl,
  onWechatStage,
  openid,
  order,
  origin,
  otherOpenid,
  refusal,
  stock,
  wallet,
} from '../testing/wechat-stage.ts'
import { phone } from './testing/phone.ts'

onWechatStage(planOf('small-town'))

/** The parts of a mixed order; the payer's name and ID digest sealed for the wallet's public key. */
const mixed = (number: string, payOrder: string, prepay: string, more: object = {}) => ({
  mix_pay_type: 'CASH_AND_INSURANCE',
  order_type: 'DIAG_PAY',
  appid,
  openid,
  payer: {
    name: sealField(wallet.publicKey().publicKey, '张三'),
    id_digest: sealField(wallet.publicKey().publicKey, '0'.repeat(64)),
    card_type: 'ID_CARD',
  },
  out_trade_no: number,
  serial_no: 'HIS0001',
  pay_order_id: payOrder,
  pay_auth_no: 'AUTH-1',
  city_id: '310100',
  med_inst_name: '合成医院',
  med_inst_no: 'H31010000007',
  total_fee: 10_500,
  med_ins_gov_fee: 6000,
  med_ins_self_fee: 1000,
  med_ins_other_fee: 0,
  med_ins_cash_fee: 3000,
  wechat_pay_cash_fee: 3300,
  cash_add_detail: [{ cash_add_fee: 500, cash_add_type: 'FREIGHT' }],
  cash_reduce_detail: [{ cash_reduce_fee: 200, cash_reduce_type: 'DEFAULT_REDUCE_TYPE' }],
  callback_url: noticeUrl,
  prepay_id: prepay,
  ...more,
})
const prepayOf = async (number: string, total: number) =>
  ((await stock().request('v3/pay/transactions/jsapi', 'POST', order(number, total))).data as { prepay_id: string }).prepay_id
const confirms = (number: string) =>
  phone(origin, keys.between('phone', 'wechat'), '/phone/mixed-payments', { payer: openid, mixed: number, does: 'pay' })

test('a mixed order keeps its formulas, is paid in both parts at once, and both go back by their own ways', async () => {
  const client = stock()
  const prepay = await prepayOf('M20201012000040', 3300)
  const body = mixed('X1', 'ORD310100202010120000000001', prepay)
  const wrong = [
    [{ total_fee: 10_501 }, '268529477'],
    [{ wechat_pay_cash_fee: 3301, total_fee: 10_501 }, '268529477'],
    [{ mix_pay_type: 'INSURANCE_ONLY' }, '268529481'],
    [{ pay_auth_no: 'AUTH-9' }, '268547120'],
    [{ med_ins_gov_fee: 5900, med_ins_self_fee: 1100 }, '268510610'],
  ] as const
  for (const [change, number] of wrong) {
    expect(await refusal(client.request('v3/med-ins/orders', 'POST', { ...body, ...change }))).toMatchObject({
      status: 400,
      message: expect.stringContaining(number),
    })
  }
  expect(await refusal(client.request('v3/med-ins/orders/out-trade-no/X1', 'GET'))).toMatchObject({
    status: 404,
    message: expect.stringContaining('268529515'),
  })
  const { mix_trade_no: number } = (await client.request('v3/med-ins/orders', 'POST', body)).data as { mix_trade_no: string }
  // Once more with the same contents it is the same order; with others it exists already.
  const again = async (change: object) => refusal(client.request('v3/med-ins/orders', 'POST', { ...body, ...change }))
  expect(await again({})).toMatchObject({ code: 'NOT REFUSED' })
  for (const change of [
    { order_type: 'REG_PAY' },
    { openid: otherOpenid },
    { serial_no: 'HIS0002' },
    { city_id: '310200' },
    { med_inst_no: 'H31010000008' },
    { med_inst_name: '另一医院' },
    { callback_url: `${noticeUrl}/other` },
    { attach: 'other' },
    { pay_order_id: 'ORD310100202010120000000003' },
    { med_ins_gov_fee: 5900, med_ins_self_fee: 1100 },
    { cash_reduce_detail: [{ cash_reduce_fee: 100, cash_reduce_type: 'DISCOUNT' }], wechat_pay_cash_fee: 3400 },
    { total_fee: 10_501 },
  ]) {
    expect({ change, ...(await again(change)) }).toMatchObject({ change, message: expect.stringContaining('268512536') })
  }
  const state = async () => (await client.request(`v3/med-ins/orders/mix-trade-no/${number}`, 'GET')).data as Record<string, unknown>
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_CREATED',
    self_pay_status: 'SELF_PAY_CREATED',
    med_ins_pay_status: 'MED_INS_PAY_CREATED',
  })
  await confirms(number)
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_SUCCESS',
    self_pay_status: 'SELF_PAY_SUCCESS',
    med_ins_pay_status: 'MED_INS_PAY_SUCCESS',
  })
  const closed = client.request('v3/pay/transactions/out-trade-no/M20201012000040/close', 'POST', { mchid })
  expect(await refusal(closed)).toMatchObject({ status: 400, message: expect.stringContaining('268560650') })
  expect(await notice('X1')).toMatchObject({ event: 'MEDICAL_INSURANCE.SUCCESS', contents: { total_fee: 10_500 } })
  const back = { out_trade_no: 'M20201012000040', out_refund_no: 'RX1', amount: { refund: 3300, total: 3300, currency: 'CNY' } }
  await client.request('v3/refund/domestic/refunds', 'POST', back)
  const told = {
    med_refund_total_fee: 7000,
    med_refund_gov_fee: 6000,
    med_refund_self_fee: 1000,
    med_refund_other_fee: 0,
    refund_time: '2020-10-12T09:00:00+08:00',
    out_refund_no: 'RX1',
  }
  const notify = (body: object) => client.request('v3/med-ins/refunds/notify', 'POST', body, { params: { mix_trade_no: number } })
  expect(await refusal(notify({ ...told, med_refund_gov_fee: 5999 }))).toMatchObject({ message: expect.stringContaining('268529477') })
  expect(await notify(told)).toMatchObject({ status: 204 })
  expect(await state()).toMatchObject({
    mix_pay_status: 'MIX_PAY_REFUND',
    self_pay_status: 'SELF_PAY_REFUND',
    med_ins_pay_status: 'MED_INS_PAY_REFUND',
  })
})

test('when the insurer does not settle, the cash part goes back by itself', async () => {
  const client = stock()
  const prepay = await prepayOf('M20201012000041', 3000)
  const amounts = {
    total_fee: 8000,
    med_ins_gov_fee: 5000,
    med_ins_self_fee: 0,
    med_ins_cash_fee: 3000,
    wechat_pay_cash_fee: 3000,
    cash_add_detail: [],
    cash_reduce_detail: [],
  }
  const body = mixed('X2', 'ORD310100202010120000000002', prepay, { ...amounts, pay_auth_no: 'AUTH-2' })
  const { mix_trade_no: number } = (await client.request('v3/med-ins/orders', 'POST', body)).data as { mix_trade_no: string }
  await confirms(number)
  expect((await client.request('v3/med-ins/orders/out-trade-no/X2', 'GET')).data).toMatchObject({
    mix_pay_status: 'MIX_PAY_FAIL',
    self_pay_status: 'SELF_PAY_REFUND',
    med_ins_pay_status: 'MED_INS_PAY_FAIL',
    med_ins_fail_reason: '单边账',
  })
  expect(
    (await client.request('v3/pay/transactions/out-trade-no/M20201012000041', 'GET', undefined, { params: { mchid } })).data,
  ).toMatchObject({ trade_state: 'REFUND' })
})

test('an order of the insurer alone and one of cash alone have no other part', async () => {
  const client = stock()
  const amounts = {
    total_fee: 5000,
    med_ins_gov_fee: 5000,
    med_ins_self_fee: 0,
    med_ins_cash_fee: 0,
    wechat_pay_cash_fee: 0,
    cash_add_detail: [],
    cash_reduce_detail: [],
  }
  const { prepay_id: _, ...insured } = mixed('X3', 'ORD310100202010120000000003', '', {
    ...amounts,
    mix_pay_type: 'INSURANCE_ONLY',
    pay_auth_no: 'AUTH-3',
  })
  expect((await client.request('v3/med-ins/orders', 'POST', insured)).data).toMatchObject({
    self_pay_status: 'NO_SELF_PAY',
    med_ins_pay_status: 'MED_INS_PAY_CREATED',
  })
  const {
    pay_order_id: __,
    pay_auth_no: ___,
    ...cash
  } = mixed('X4', '', await prepayOf('M20201012000044', 800), {
    ...amounts,
    mix_pay_type: 'CASH_ONLY',
    total_fee: 800,
    med_ins_gov_fee: 0,
    med_ins_cash_fee: 800,
    wechat_pay_cash_fee: 800,
  })
  expect((await client.request('v3/med-ins/orders', 'POST', cash)).data).toMatchObject({
    self_pay_status: 'SELF_PAY_CREATED',
    med_ins_pay_status: 'NO_MED_INS_PAY',
  })
})

test('who pays, and for whom, is compared with the real names and relations the wallet knows', async () => {
  const client = stock()
  const sealed = (name: string, digest: string) => ({
    name: sealField(wallet.publicKey().publicKey, name),
    id_digest: sealField(wallet.publicKey().publicKey, digest.repeat(64)),
    card_type: 'ID_CARD',
  })
  const amounts = { total_fee: 900, med_ins_gov_fee: 0, med_ins_self_fee: 0, med_ins_cash_fee: 900, wechat_pay_cash_fee: 900 }
  const none = { cash_add_detail: [], cash_reduce_detail: [] }
  const prepay = await prepayOf('M20201012000050', 900)
  const { pay_order_id: _, pay_auth_no: __, ...body } = mixed('X5', '', prepay, { ...amounts, ...none, mix_pay_type: 'CASH_ONLY' })
  const asked = (change: object) => refusal(client.request('v3/med-ins/orders', 'POST', { ...body, ...change }))
  for (const [change, number] of [
    [{ payer: sealed('张三', '2') }, '268545961'],
    [{ payer: sealed('李四', '0') }, '268545962'],
    [{ pay_for_relatives: true, relative: sealed('张大宝', '3') }, '268545964'],
    [{ pay_for_relatives: true, relative: sealed('李小宝', '1') }, '268545962'],
    [{ pay_for_relatives: true }, 'relative'],
    [{ pay_for_relatives: true, relative: { ...sealed('张小宝', '1'), name: 'not sealed' } }, '加密'],
  ] as const)
    expect({ change, ...(await asked(change)) }).toMatchObject({ status: 400, message: expect.stringContaining(number) })
  expect(await asked({ pay_for_relatives: true, relative: sealed('张小宝', '1') })).toMatchObject({ code: 'NOT REFUSED' })
})

test('docs/wire-tests.md says what the stock client could do; renew it with npx vitest run wechat-mixed -u', async () => {
  await expect(
    withBlock(
      'wechat-mixed-client',
      [...could]
        .sort()
        .map((call) => `- \`${call}\``)
        .join('\n'),
    ),
  ).toMatchFileSnapshot(wireTestsPage)
})

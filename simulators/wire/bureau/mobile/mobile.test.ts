import { expect, test } from 'vitest'
import { fenOf } from '../../../money/fen.ts'
import { shownIdentity } from '../../dialects/mobile/example-orders.ts'
import { mobileMessages } from '../../dialects/mobile/messages.ts'
import { revokeOrder } from '../../dialects/mobile/upload.ts'
import { claim, insuredNumber, people, registration } from '../../dialects/national/example-messages.ts'
import { amounts, mobileBureau } from '../../testing/mobile-bureau.ts'
import { type ClaimRefusal, claimRefusals } from '../claims/refusals.ts'

const { employee, resident } = people
const told = (reason: ClaimRefusal) => ({ success: false, message: claimRefusals[reason] })
const refund = (order: string, change: object = {}) => ({
  payOrdId: order,
  appRefdSn: 'TK1',
  appRefdTime: '20201012110000',
  totlRefdAmt: '120.00',
  psnAcctRefdAmt: '30.00',
  fundRefdAmt: '36.00',
  cashRefdAmt: '54.00',
  refdType: 'ALL',
  ...change,
})

test('upload, order, payment, query, refund: each in form, the amounts those of a settlement at the window', async () => {
  const { upload, send, placing, desk, totals, authorize } = await mobileBureau()
  const { payAuthNo, answer } = await upload()
  expect(answer).toMatchObject({ success: true, data: { payOrdId: expect.stringMatching(/^ORD310100\d{21}$/) } })
  const order = answer['data']
  const placed = await send('6202', placing(order, payAuthNo))
  const split = { feeSumamt: '120.00', ownPayAmt: '54.00', psnAcctPay: '30.00', fundPay: '36.00' }
  expect(placed['data']).toMatchObject({ ordStas: '1', ...split })
  const reference = { payOrdId: order.payOrdId, payToken: order.payToken, orgCodg: 'H31000000007', ...shownIdentity }
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '1', revsToken: '' })
  expect(await totals()).toEqual([1460, 0])
  expect((await desk.payOrder({ order: order.payOrdId, authorization: payAuthNo, ...amounts })).outcome).toBe('insurer-paid')
  expect(await totals()).toEqual([1500, 36])
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '3', ...split, setlType: 'ALL', medOrgOrd: 'DD0000000001' })
  expect(await send('6401', reference)).toMatchObject(told('order-paid'))
  const back = await send('6203', refund(order.payOrdId, { payAuthNo: await authorize() }))
  expect(back).toMatchObject({ success: true, data: { refStatus: 'SUCC' } })
  expect(await totals()).toEqual([1460, 0])
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '8' })
})

test('an authorization is of one person, one order and ten minutes, and ends with the payment', async () => {
  const { upload, send, placing, authorize, desk, later } = await mobileBureau()
  const { answer, payAuthNo } = await upload()
  const order = answer['data']
  expect((await upload({ ecToken: 'x', medOrgOrd: 'DD2' })).answer).toMatchObject(told('one-credential-only'))
  expect((await upload({ payAuthNo: 'AUTH-never-given', medOrgOrd: 'DD2' })).answer).toMatchObject(told('unknown-authorization'))
  expect((await upload({ payAuthNo: await authorize(resident), medOrgOrd: 'DD2' })).answer).toMatchObject(told('wrong-person'))
  const second = { iptOtpNo: 'MZ0002', medOrgOrd: 'DD2', chrgBchno: 'B1' }
  expect((await upload({ ...second, payAuthNo })).answer).toMatchObject(told('authorization-of-another-order'))
  const other = (await upload({ ...second })).answer['data']
  expect(await send('6202', placing(other, payAuthNo))).toMatchObject(told('authorization-of-another-order'))
  const fresh = await authorize()
  later(600_000)
  expect(await send('6202', placing(order, fresh))).toMatchObject(told('unknown-authorization'))
  const own = await authorize()
  expect(await send('6202', placing(order, own))).toMatchObject({ success: true })
  expect((await desk.payOrder({ order: order.payOrdId, authorization: own, ...amounts })).outcome).toBe('insurer-paid')
  expect(await send('6203', refund(order.payOrdId, { payAuthNo: own }))).toMatchObject(told('unknown-authorization'))
})

test('the same upload again is answered alike, with other contents it is refused, and a wrong one leaves nothing', async () => {
  const { upload, send, entries, authorize } = await mobileBureau()
  const { data, answer } = await upload()
  const before = await entries()
  expect((await send('6201', { ...data, payAuthNo: await authorize() }))['data']).toEqual(answer['data'])
  expect(await send('6201', { ...data, caty: 'A04', deptCode: 'B02' })).toMatchObject({ data: answer['data'] })
  expect(await send('6201', { ...data, chrgBchno: 'B2' })).toMatchObject(told('message-number-reused'))
  const other = { medOrgOrd: 'DD2', iptOtpNo: 'MZ0002' }
  expect((await upload({ ...other, medfeeSumamt: '120.01' })).answer).toMatchObject(told('total-differs-from-lines'))
  expect((await upload({ ...other, inscpScpAmt: '99.99' })).answer).toMatchObject(told('parts-differ-from-trial'))
  expect((await upload({ ...other, insuCode: '320000' })).answer).toMatchObject(told('wrong-insured-place'))
  expect((await upload({ ...other, userName: '别人' })).answer).toMatchObject(told('wrong-identity'))
  expect((await upload({ ...other, iptOtpNo: 'MZ0001' })).answer).toMatchObject(told('visit-number-used'))
  expect((await upload({ ...other, orgCodg: 'H31000000099' })).answer).toMatchObject(told('unknown-site'))
  expect(await entries()).toBe(before)
})

test('a revoked order can be neither paid nor placed, its lines and its visit are gone', async () => {
  const { placed, send, desk, upload } = await mobileBureau()
  const { order, reference, payAuthNo, placing } = await placed()
  expect(await send('6401', { ...reference, payToken: '0'.repeat(40) })).toMatchObject(told('wrong-order-token'))
  expect(await send('6401', { ...reference, userName: '别人' })).toMatchObject(told('wrong-identity'))
  expect(await send('6401', { ...reference, orgCodg: 'H31000000008' })).toMatchObject(told('unknown-order'))
  expect(await send('6401', reference)).toMatchObject({ success: true })
  expect(await send('6401', reference)).toMatchObject({ success: true })
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '7' })
  expect(await desk.payOrder({ order, authorization: payAuthNo, ...amounts })).toEqual({ outcome: 'refused', reason: 'order-revoked' })
  expect(await send('6202', placing)).toMatchObject(told('order-revoked'))
  // The number of the visit is free again.
  expect((await upload({ medOrgOrd: 'DD2' })).answer).toMatchObject({ success: true })
})

test('an order is paid once, on its day, with its own amounts', async () => {
  const { placed, upload, desk, clock, authorize, send, placing } = await mobileBureau()
  const unplaced = await upload({ medOrgOrd: 'DD9', iptOtpNo: 'MZ0009' })
  const early = { order: unplaced.answer['data'].payOrdId, authorization: unplaced.payAuthNo, ...amounts }
  expect(await desk.payOrder(early)).toEqual({ outcome: 'refused', reason: 'order-not-placed' })
  const { order, payAuthNo: authorization } = await placed()
  const wrong = { order, authorization, ...amounts, fundFen: fenOf(3601), cashFen: fenOf(5399) }
  expect(await desk.payOrder(wrong)).toEqual({ outcome: 'refused', reason: 'order-amounts-differ' })
  const paid = await desk.payOrder({ order, authorization, ...amounts })
  expect(paid.outcome).toBe('insurer-paid')
  expect(await desk.payOrder({ order, authorization, ...amounts })).toEqual(paid)
  expect(await send('6202', placing(unplaced.answer['data'], unplaced.payAuthNo))).toMatchObject({
    success: true,
    data: { fundPay: '60.00' },
  })
  clock.set(clock.nowMs() + 86_400_000)
  const late = {
    order: early.order,
    authorization: await authorize(),
    totalFen: fenOf(12_000),
    fundFen: fenOf(6000),
    accountFen: fenOf(0),
    cashFen: fenOf(6000),
  }
  expect(await desk.payOrder(late)).toEqual({ outcome: 'refused', reason: 'order-expired' })
})

test('an order priced before another settlement of the person is priced anew, and a batch settled at the window is not paid twice', async () => {
  const { placed, desk, hospital, send } = await mobileBureau()
  const { order, payAuthNo: authorization, placing, visit } = await placed()
  const registered = (await hospital.send('2201', registration(employee, 'MZ0077'))).output.data.mdtrt_id
  const line = { feedetl_sn: 'W1', mdtrt_id: registered, psn_no: insuredNumber(employee), chrg_bchno: 'W1', rx_circ_flag: '0' }
  const fee = { ...line, fee_ocur_time: '2020-10-12 09:10:00', medins_list_codg: 'L', bilg_dept_codg: 'A', bilg_dr_codg: 'D' }
  await hospital.send('2204', { feedetail: [{ ...fee, med_list_codg: 'T101000001', det_item_fee_sumamt: 40, cnt: 1, pric: 40 }] })
  const window = claim(employee, registered, 'W1')
  expect(await hospital.send('2207', { data: { ...window.data, medfee_sumamt: 40 } })).toMatchObject({ infcode: 0 })
  expect(await desk.payOrder({ order, authorization, ...amounts })).toEqual({ outcome: 'refused', reason: 'order-amounts-differ' })
  expect((await send('6202', placing))['data']).toMatchObject({ fundPay: '60.00', psnAcctPay: '0.00', ownPayAmt: '60.00' })
  expect(await hospital.send('2207', claim(employee, visit, 'B1'))).toMatchObject({ infcode: 0 })
  const now = { totalFen: fenOf(12_000), fundFen: fenOf(6000), accountFen: fenOf(0), cashFen: fenOf(6000) }
  expect(await desk.payOrder({ order, authorization, ...now })).toEqual({ outcome: 'refused', reason: 'insurer-refused' })
})

test('cash goes back in parts, the insurer’s part whole and once, and the reversal right stands for the patient', async () => {
  const { paid, send, authorize, totals } = await mobileBureau()
  const { order, reference } = await paid()
  const { revsToken } = (await send('6301', reference))['data']
  const cash = (appRefdSn: string, amount: string) =>
    refund(order, {
      appRefdSn,
      refdType: 'CASH',
      totlRefdAmt: amount,
      cashRefdAmt: amount,
      fundRefdAmt: '0',
      psnAcctRefdAmt: '0',
      ecToken: revsToken,
    })
  expect(await send('6203', { ...cash('C0', '10.00'), ecToken: '0'.repeat(40) })).toMatchObject({
    success: false,
    data: { refStatus: 'FAIL' },
  })
  expect(await send('6203', { ...cash('C0', '10.00'), ecToken: undefined })).toMatchObject(told('one-credential-only'))
  expect(await send('6203', cash('C1', '10.00'))).toMatchObject({ success: true })
  expect(await send('6203', cash('C1', '10.00'))).toMatchObject({ success: true })
  expect(await send('6203', cash('C2', '44.01'))).toMatchObject(told('refund-exceeds-order'))
  const insurer = { refdType: 'HI', totlRefdAmt: '66.00', cashRefdAmt: '0', payAuthNo: await authorize() }
  expect(await send('6203', refund(order, { ...insurer, appRefdSn: 'H0', totlRefdAmt: '65.99', fundRefdAmt: '35.99' }))).toMatchObject(
    told('refund-parts-differ'),
  )
  expect(await send('6203', refund(order, { ...insurer, appRefdSn: 'H0', cashRefdAmt: '1.00', totlRefdAmt: '67.00' }))).toMatchObject(
    told('refund-parts-differ'),
  )
  expect(await send('6203', refund(order, { ...insurer, appRefdSn: 'H1' }))).toMatchObject({ success: true })
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '9' })
  expect(await send('6203', refund(order, { ...insurer, appRefdSn: 'H2' }))).toMatchObject(told('already-reversed'))
  expect(await totals()).toEqual([1460, 0])
  expect(await send('6203', cash('C3', '44.00'))).toMatchObject({ success: true })
  expect((await send('6301', reference))['data']).toMatchObject({ ordStas: '8' })
})

test('a payment that was refunded is not told that it stands', async () => {
  const { paid, send, desk, authorize } = await mobileBureau()
  const { order, payAuthNo } = await paid()
  expect(await send('6203', refund(order, { payAuthNo: await authorize() }))).toMatchObject({ success: true })
  expect(await desk.payOrder({ order, authorization: payAuthNo, ...amounts })).toEqual({ outcome: 'refused', reason: 'insurer-refused' })
  expect(await send('6203', refund('ORD-nobody', { payAuthNo: await authorize() }))).toMatchObject(told('unknown-order'))
})

test('no credential of the chain is written into the book', async () => {
  const { paid, store, send, authorize } = await mobileBureau()
  const { order, payAuthNo, reference } = await paid()
  const { revsToken } = (await send('6301', reference))['data']
  const second = await authorize()
  await send('6203', refund(order, { payAuthNo: second }))
  const book = JSON.stringify(await store.export())
  for (const word of [payAuthNo, second, reference.payToken, revsToken, shownIdentity.idNo]) expect(book).not.toContain(word)
  expect(book).toContain(order)
})

test('the worked request of 6401 is that of 6301', () => {
  expect(revokeOrder.example.request).toEqual(mobileMessages.find(({ code }) => code === '6301')?.example.request)
})

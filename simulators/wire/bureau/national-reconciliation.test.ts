import { strFromU8, unzipSync } from 'fflate'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { writeDetails } from '../dialects/national/detail-file.ts'
import { answerSchema } from '../dialects/national/envelope.ts'
import { claim, feeLines, insuredNumber, people } from '../dialects/national/example-messages.ts'
import { nationalMessages } from '../dialects/national/messages.ts'
import { nationalBureau, visitWithFees } from '../testing/national-bureau.ts'
import type { Institution } from '../testing/national-institution.ts'
import { claimRefusals } from './claims/refusals.ts'

const { employee } = people
const psn_no = insuredNumber(employee)
const told = (reason: keyof typeof claimRefusals) => ({ status: 200, infcode: -1, err_msg: claimRefusals[reason] })
const today = { stmt_begndate: '2020-10-12', stmt_enddate: '2020-10-12' }
const amounts = { medfee_sumamt: '120.00', fund_pay_sumamt: '36.00' }
const totals = { insutype: '310', clr_type: '11', setl_optins: '310000', ...today, ...amounts, acct_pay: 30, fixmedins_setl_cnt: 1 }

async function settled(hospital: Institution) {
  const visit = await visitWithFees(hospital)
  const answer = await hospital.send('2207', claim(employee, visit, 'B1'))
  return { visit, settlement: String(answer.output.setlinfo.setl_id), message: hospital.lastMessage }
}
const textOf = (base64: string) => strFromU8(Object.values(unzipSync(Buffer.from(base64, 'base64')))[0] as Uint8Array)

test('totals that agree are told so; one fen off is found, and the lines say in which settlement', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const { visit, settlement, message } = await settled(hospital)
  expect((await hospital.send('3201', { data: totals })).output.stmtinfo).toMatchObject({ stmt_rslt: '0', stmt_rslt_dscr: '' })
  const off = await hospital.send('3201', { data: { ...totals, fund_pay_sumamt: '36.01' } })
  expect(off.output.stmtinfo).toMatchObject({ stmt_rslt: '1', stmt_rslt_dscr: '不一致：基金支付总额' })
  const row = {
    personNumber: psn_no,
    visit,
    settlement,
    message,
    isReversed: false,
    totalFen: fenOf(12_000),
    fundFen: fenOf(3601),
    accountFen: fenOf(3000),
  }
  const unknown = { ...row, settlement: 'JS-nobody' }
  const sent = await hospital.send('9101', {
    fsUploadIn: { in: writeDetails([row, unknown]), filename: 'detail.zip', fixmedins_code: 'H31000000007' },
  })
  const lines = { clr_type: '11', setl_optins: '310000', ...today, ...amounts, cash_payamt: 54, fixmedins_setl_cnt: 1 }
  const compared = await hospital.send('3202', { data: { ...lines, file_qury_no: sent.output.file_qury_no } })
  const { file_qury_no, filename } = compared.output.fileinfo
  const file = { fsDownloadIn: { file_qury_no, filename, fixmedins_code: 'H31000000007' } }
  const result = textOf((await hospital.send('9102', file)).output.in).split('\n')
  expect(result.map((line) => line.split('\t').slice(2, 5))).toEqual([
    [settlement, message, '1'],
    ['JS-nobody', message, '2'],
  ])
  expect(await (await institution(8)).send('9102', file)).toMatchObject(told('unknown-file'))
})

test.each([
  ['includes the account', true, 66, 36],
  ['leaves the account out', false, 36, 66],
])('where the fund’s sum %s, 3201 and 3202 compare it in that form', async (_, fundIncludesAccount, right, wrong) => {
  const { institution } = await nationalBureau({ fundIncludesAccount })
  const hospital = await institution(7)
  const { visit, settlement, message } = await settled(hospital)
  const row = { personNumber: psn_no, visit, settlement, message, isReversed: false, totalFen: fenOf(12_000), accountFen: fenOf(3000) }
  const compared = async (fundYuan: number) => {
    const fund = { fund_pay_sumamt: fundYuan }
    const { stmtinfo } = (await hospital.send('3201', { data: { ...totals, ...fund } })).output
    const zip = writeDetails([{ ...row, fundFen: fenOf(fundYuan * 100) }])
    const sent = await hospital.send('9101', { fsUploadIn: { in: zip, filename: 'detail.zip', fixmedins_code: 'H31000000007' } })
    const lines = { clr_type: '11', setl_optins: '310000', ...today, ...amounts, ...fund, cash_payamt: 54, fixmedins_setl_cnt: 1 }
    const { fileinfo } = (await hospital.send('3202', { data: { ...lines, file_qury_no: sent.output.file_qury_no } })).output
    const file = await hospital.send('9102', { fsDownloadIn: { ...fileinfo, fixmedins_code: 'H31000000007' } })
    return { totals: stmtinfo.stmt_rslt, line: textOf(file.output.in).split('\t').slice(2, 5) }
  }
  expect(await compared(right)).toEqual({ totals: '0', line: [settlement, message, '0'] })
  expect(await compared(wrong)).toEqual({ totals: '1', line: [settlement, message, '1'] })
})

test('a file that is no zip with one text is refused, and a file is gone after its last day', async () => {
  const { institution, clock } = await nationalBureau()
  const hospital = await institution(7)
  const sent = await hospital.send('9101', { fsUploadIn: { in: 'AAAA', filename: 'detail.zip', fixmedins_code: 'H31000000007' } })
  const { file_qury_no } = sent.output
  const lines = { clr_type: '11', setl_optins: '310000', ...today, ...amounts, cash_payamt: 54, fixmedins_setl_cnt: 1, file_qury_no }
  expect(await hospital.send('3202', { data: lines })).toMatchObject(told('not-a-detail-file'))
  clock.set(clock.nowMs() + 8 * 86_400_000)
  const later = await institution(7)
  const file = { fsDownloadIn: { file_qury_no, filename: 'detail.zip', fixmedins_code: 'H31000000007' } }
  expect(await later.send('9102', file)).toMatchObject(told('file-expired'))
})

/** One settlement of 120 yuan. */
const october = {
  clr_type: '11',
  clr_way: '1',
  setlym: '202010',
  psntime: 1,
  medfee_sumamt: 120,
  med_sumfee: 100,
  cash_payamt: 54,
  acct_pay: 30,
  begndate: '2020-10-01',
  enddate: '2020-10-31',
}

test.each([
  ['includes the account', true, 66, 36],
  ['leaves the account out', false, 36, 66],
])('where the fund’s sum %s, 3203 applies for it in that form', async (_, fundIncludesAccount, right, wrong) => {
  const { institution, clock } = await nationalBureau({ fundIncludesAccount })
  await settled(await institution(7))
  clock.set(momentMs('2020-11-02 09:00:00') ?? 0)
  const hospital = await institution(7)
  const applying = (fund_appy_sum: number) => hospital.send('3203', { data: { ...october, fund_appy_sum } })
  expect(await applying(wrong)).toMatchObject(told('application-totals-differ'))
  expect(await applying(right)).toMatchObject({ infcode: 0 })
})

test('clearing is applied for once a month, when the month is over, with the bureau’s own totals, and can be withdrawn', async () => {
  const { institution, clock } = await nationalBureau()
  const earlier = await institution(7)
  const { visit, settlement, message } = await settled(earlier)
  const application = { ...october, fund_appy_sum: 36 }
  expect(await earlier.send('3203', { data: application })).toMatchObject(told('month-not-over'))
  clock.set(momentMs('2020-11-02 09:00:00') ?? 0)
  const hospital = await institution(7)
  expect(await hospital.send('3203', { data: { ...application, enddate: '2020-11-01' } })).toMatchObject(told('days-outside-month'))
  expect(await hospital.send('3203', { data: { ...application, cash_payamt: 54.01 } })).toMatchObject(told('application-totals-differ'))
  const applied = await hospital.send('3203', { data: application })
  expect(applied).toMatchObject({ infcode: 0 })
  expect(await hospital.send('3203', { data: application })).toMatchObject(told('month-applied'))
  const reference = { data: { setl_id: settlement, mdtrt_id: visit, psn_no } }
  expect(await hospital.send('2208', reference)).toMatchObject(told('already-cleared'))
  expect(await hospital.send('2601', { data: { psn_no, omsgid: message, oinfno: '2207' } })).toMatchObject(told('used-since'))
  expect(await hospital.send('3204', { data: applied.output })).toMatchObject({ infcode: 0 })
  expect(await hospital.send('3204', { data: applied.output })).toMatchObject(told('unknown-application'))
  expect(await hospital.send('3203', { data: application })).toMatchObject({ infcode: 0 })
  clock.set(momentMs('2020-11-22 09:00:00') ?? 0)
  const later = await institution(7)
  const again = await later.send('3204', { data: applied.output })
  expect(again).toMatchObject(told('unknown-application'))
})

test('a directory comes as a file of the same bytes for the same version, and only what is new since the version asked from', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const load = async (ver: string) => {
    const { output } = await hospital.send('1301', { data: { ver } })
    const { file_qury_no, filename } = output
    const file = { fsDownloadIn: { file_qury_no, filename, fixmedins_code: 'H31000000007' } }
    return { rows: output.data_cnt as number, base64: String((await hospital.send('9102', file)).output.in) }
  }
  const all = await load('0')
  expect(all.rows).toBe(290)
  expect(textOf(all.base64).split('\n')).toHaveLength(290)
  expect(textOf(all.base64).split('\n')[7]).toBe('T101000007\t示例西药000007\t02\t0.1000\t50.70\t202010\t1')
  expect((await load('0')).base64).toBe(all.base64)
  expect((await load('202008')).rows).toBe(20)
  expect(await hospital.send('1301', { data: { ver: '202013' } })).toMatchObject(told('unknown-version'))
  expect(await hospital.send('1301', { data: { ver: '202012' } })).toMatchObject(told('unknown-version'))
})

test('every list can be loaded, and the queries tell page by page what the lists hold', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  for (const code of ['1301', '1302', '1303', '1304', '1305', '1306', '1307', '1308', '1309', '1310', '1311', '1313', '1314', '1315']) {
    const { output } = await hospital.send(code, { data: { ver: '202009' } })
    const file = { fsDownloadIn: { file_qury_no: output.file_qury_no, filename: output.filename, fixmedins_code: 'H31000000007' } }
    const rows = textOf((await hospital.send('9102', file)).output.in).split('\n')
    expect([code, rows.length, new Set(rows.map((row) => row.split('\t')[0])).size]).toEqual([code, 10, 10])
  }
  const before = await entries()
  const asked = async (code: string, change: object = {}) => {
    const answer = await hospital.send(code, { data: { updt_time: '', page_num: 1, page_size: '100', ...change } })
    expect(answer).toMatchObject({ infcode: 0 })
    const message = nationalMessages.find((known) => known.code === code)
    expect([...Value.Errors(answerSchema(message?.output as never), answer)]).toEqual([])
    return answer.output
  }
  const first = await asked('1312', { list_type: '101' })
  expect(first).toMatchObject({ firstPage: 'true', lastPage: 'false', size: '100', recordCounts: '290', pages: '3' })
  const last = await asked('1312', { list_type: '101', page_num: '3' })
  expect(last).toMatchObject({ firstPage: 'false', lastPage: 'true', size: '90', startRow: '201' })
  const one = { hilist_code: 'T101000007' }
  expect((await asked('1312', one)).data).toMatchObject([{ ...one, chrgitm_lv: '02', begndate: '2020-01-01 00:00:00' }])
  expect((await asked('1312', { chrgitm_lv: '03', list_type: '201' })).recordCounts).toBe('29')
  // What came in September and October; as it stood at the end of August there was none of it.
  expect((await asked('1312', { list_type: '101', updt_time: '2020-09-01' })).recordCounts).toBe('20')
  expect((await asked('1312', { list_type: '101', updt_time: '2020-09-01', query_date: '2020-08-31' })).recordCounts).toBe('0')
  expect((await asked('1312', { vali_flag: '0' })).recordCounts).toBe('0')
  expect((await asked('1316', one)).data).toMatchObject([{ med_list_codg: 'T101000007', list_type: '101' }])
  expect((await asked('1317', { med_list_codg: 'T101000007' })).data).toMatchObject([{ fixmedins_code: 'H31000000007' }])
  expect((await asked('1318', one)).data).toMatchObject([{ ...one, hilist_pric_uplmt_amt: '50.70' }])
  expect((await asked('1318', { hilist_code: 'T101000001' })).recordCounts).toBe('0')
  expect((await asked('1319', one)).data).toMatchObject([{ ...one, selfpay_prop: '0.1000' }])
  expect(await hospital.send('1312', { data: { updt_time: '', page_num: 0, page_size: 100 } })).toMatchObject({ status: 400 })
  expect(await entries()).toBe(before)
})

test('a pharmacy settles in one message, or not at all', async () => {
  const { institution, entries } = await nationalBureau()
  const pharmacy = await institution(8)
  const { mdtrt_id: _, psn_setlway: __, chrg_bchno: ___, ...shown } = claim(employee, '', '').data
  const druginfo = { ...shown, med_type: '41', medfee_sumamt: 100, begntime: '2020-10-12 09:00:00' }
  const [line] = feeLines(employee, '', 'B1')
  const purchase = { druginfo, drugdetail: [line] }
  const before = await entries()
  expect(await pharmacy.send('2102', { ...purchase, druginfo: { ...druginfo, medfee_sumamt: 99 } })).toMatchObject(
    told('total-differs-from-lines'),
  )
  expect(await entries()).toBe(before)
  const bought = await pharmacy.send('2102', purchase)
  expect(bought.output.setlinfo).toMatchObject({ medfee_sumamt: 100, fund_pay_sumamt: 36, clr_type: '41' })
  expect(await entries()).toBe(before + 1)
  const { setl_id, mdtrt_id } = bought.output.setlinfo
  expect(await pharmacy.send('2103', { data: { setl_id, mdtrt_id, psn_no } })).toMatchObject({ infcode: 0 })
  expect(await pharmacy.send('2103', { data: { setl_id, mdtrt_id, psn_no } })).toMatchObject(told('already-reversed'))
})

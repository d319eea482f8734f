import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { answerSchema } from '../dialects/national/envelope.ts'
import { claim, feeLines, identities, insuredNumber, people, registration, seed } from '../dialects/national/example-messages.ts'
import { nationalMessages } from '../dialects/national/messages.ts'
import { contactOf } from '../people/contact.ts'
import { nationalBureau, visitWithFees } from '../testing/national-bureau.ts'
import { claimRefusals } from './claims/refusals.ts'

const { employee, resident, visitor } = people
const psn_no = insuredNumber(employee)
const told = (reason: keyof typeof claimRefusals) => ({ status: 200, infcode: -1, err_msg: claimRefusals[reason] })

test('the outpatient chain: sign in, find, register, describe, upload, trial, settlement, query; every answer is in form', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const heard = async (infno: string, input: object) => {
    const answer = await hospital.send(infno, input)
    expect(answer).toMatchObject({ status: 200, infcode: 0, err_msg: '' })
    const message = nationalMessages.find((known) => known.code === infno)
    expect([...Value.Errors(answerSchema(message?.output as never), answer)]).toEqual([])
    return answer.output
  }
  const found = await heard('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identities[employee]?.idNumber } })
  expect(found.insuinfo[0].emp_name).toBe(contactOf({ seed }, employee).employer)
  expect(found.baseinfo.psn_no).toBe(psn_no)
  expect(found.insuinfo[0]).toMatchObject({ balc: 30, insutype: '310', insuplc_admdvs: '310000' })
  const visit = (await heard('2201', registration(employee, 'MZ0001'))).data.mdtrt_id
  const diagnosis = { diag_type: '1', diag_srt_no: '1', diag_code: 'Z00.001', diag_name: '示例诊断', diag_dept: 'A01', dise_dor_no: 'D001' }
  await heard('2203A', {
    mdtrtinfo: { mdtrt_id: visit, psn_no, med_type: '11', begntime: '2020-10-12 09:00:00' },
    diseinfo: [{ ...diagnosis, dise_dor_name: '示例医师', diag_time: '2020-10-12 09:05:00', vali_flag: '1' }],
  })
  const fees = await heard('2204', { feedetail: feeLines(employee, visit, 'B1') })
  expect(
    fees.result.map((line: { inscp_scp_amt: number; fulamt_ownpay_amt: number }) => [line.inscp_scp_amt, line.fulamt_ownpay_amt]),
  ).toEqual([
    [100, 0],
    [0, 20],
  ])
  expect(fees.result.map(({ cnt, pric }: { cnt: number; pric: number }) => [cnt, pric])).toEqual([
    [2, 50],
    [1, 20],
  ])
  const trial = await heard('2206', claim(employee, visit, 'B1'))
  // 40 of the deductible left, 30 of it from the account; of the 60 above it the fund pays 36.
  const amounts = { medfee_sumamt: 120, fulamt_ownpay_amt: 20, inscp_scp_amt: 100, act_pay_dedc: 40, hifob_pay: 36, fund_pay_sumamt: 36 }
  expect(trial.setlinfo).toMatchObject({ ...amounts, psn_part_amt: 84, acct_pay: 30, psn_cash_pay: 54, balc: 0, setl_id: '' })
  const settled = await heard('2207', claim(employee, visit, 'B1'))
  expect(settled.setlinfo).toMatchObject({ ...amounts, medins_setl_id: hospital.lastMessage, clr_type: '11' })
  const query = { data: { setl_id: settled.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  expect(await heard('5203', query)).toMatchObject({ setlinfo: { ...settled.setlinfo, refd_setl_flag: '0' } })
  const totals = await heard('5206', { data: { psn_no } })
  expect(totals.cuminfo.map(({ cum }: { cum: number }) => cum)).toEqual([1500, 36])
  await heard('2208', query)
  expect((await heard('5203', query)).setlinfo.refd_setl_flag).toBe('1')
  expect((await heard('5206', { data: { psn_no } })).cuminfo.map(({ cum }: { cum: number }) => cum)).toEqual([1460, 0])
  await heard('2205', { data: { mdtrt_id: visit, psn_no, chrg_bchno: 'B1' } })
  await heard('2202', { data: { mdtrt_id: visit, psn_no } })
  await heard('9002', { signOut: { sign_no: hospital.signNumber, opter_no: 'C001' } })
  expect(await hospital.send('5206', { data: { psn_no } })).toMatchObject(told('not-signed-in'))
})

test('without a sign-in, or with yesterday’s, nothing is answered', async () => {
  const { institution, clock } = await nationalBureau()
  const hospital = await institution(7)
  expect(await hospital.send('5206', { data: { psn_no } }, { sign_no: '' })).toMatchObject(told('not-signed-in'))
  expect(await hospital.send('5206', { data: { psn_no } }, { opter: 'C002' })).toMatchObject(told('not-signed-in'))
  clock.set(clock.nowMs() + 86_400_000)
  expect(await hospital.send('5206', { data: { psn_no } })).toMatchObject(told('sign-in-of-another-day'))
})

test('a trial persists nothing', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const before = await entries()
  const trial = await hospital.send('2206', claim(employee, visit, 'B1'))
  const { medins_setl_id: _, ...amounts } = trial.output.setlinfo
  expect((await hospital.send('2206', claim(employee, visit, 'B1'))).output.setlinfo).toMatchObject(amounts)
  expect(await entries()).toBe(before)
})

test('a total that is not the sum of the lines is refused by trial and settlement', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const before = await entries()
  const wrong = { data: { ...claim(employee, visit, 'B1').data, medfee_sumamt: '120.01' } }
  expect(await hospital.send('2206', wrong)).toMatchObject(told('total-differs-from-lines'))
  expect(await hospital.send('2207', wrong)).toMatchObject(told('total-differs-from-lines'))
  const quoted = { data: { ...claim(employee, visit, 'B1').data, inscp_scp_amt: '99.99' } }
  expect(await hospital.send('2207', quoted)).toMatchObject(told('parts-differ-from-trial'))
  expect(await entries()).toBe(before)
})

test('a line whose number times price is not its amount refuses the whole upload', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = (await hospital.send('2201', registration(employee, 'MZ0001'))).output.data.mdtrt_id
  const before = await entries()
  const lines = feeLines(employee, visit, 'B1').map((line, index) => (index === 1 ? { ...line, pric: '20.01' } : line))
  expect(await hospital.send('2204', { feedetail: lines })).toMatchObject(told('line-does-not-multiply'))
  expect(await entries()).toBe(before)
})

test('a batch is settled once: the second settlement under another number is refused, the same message is answered alike', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const first = await hospital.send('2207', claim(employee, visit, 'B1'))
  const msgid = hospital.lastMessage
  const before = await entries()
  expect(await hospital.send('2207', claim(employee, visit, 'B1'))).toMatchObject(told('batch-already-settled'))
  expect((await hospital.send('2207', claim(employee, visit, 'B1'), { msgid })).output).toEqual(first.output)
  const other = { data: { ...claim(employee, visit, 'B1').data, acct_used_flag: '0' } }
  expect(await hospital.send('2207', other, { msgid })).toMatchObject(told('message-number-reused'))
  expect(await entries()).toBe(before)
})

test('a visit of another person or of another institution cannot be settled', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const community = await institution(8)
  const visit = await visitWithFees(hospital)
  const ofResident = { data: { ...claim(resident, visit, 'B1').data, insutype: '390' } }
  expect(await hospital.send('2207', ofResident)).toMatchObject(told('visit-of-another-person'))
  expect(await community.send('2207', claim(employee, visit, 'B1'))).toMatchObject(told('visit-of-another-site'))
  const stolen = { data: { ...claim(employee, visit, 'B1').data, mdtrt_cert_no: identities[resident]?.idNumber } }
  expect(await hospital.send('2207', stolen)).toMatchObject(told('wrong-person'))
})

test('a person’s number without the place of insurance, or with another place, is refused', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  expect(await hospital.send('2201', registration(employee, 'MZ1'), { insuplc_admdvs: '' })).toMatchObject(told('no-insured-place'))
  expect(await hospital.send('2201', registration(employee, 'MZ1'), { insuplc_admdvs: '320000' })).toMatchObject(
    told('wrong-insured-place'),
  )
  expect(await hospital.send('5206', { data: { psn_no: '31000000000000099999' } })).toMatchObject(told('unknown-person'))
  expect(insuredNumber(visitor).slice(0, 6)).not.toBe('310000')
  expect(await hospital.send('2201', registration(visitor, 'MZ2'))).toMatchObject({ infcode: 0 })
})

test('a person from out of town is found with their own place of insurance and pays all of it here', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const found = await hospital.send('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identities[visitor]?.idNumber } })
  const place = insuredNumber(visitor).slice(0, 6)
  expect(found.output.insuinfo.map((row: { insuplc_admdvs: string }) => row.insuplc_admdvs)).toEqual([place, place])
  const visit = (await hospital.send('2201', registration(visitor, 'MZ1'))).output.data.mdtrt_id
  await hospital.send('2204', { feedetail: feeLines(visitor, visit, 'B1') })
  const settled = await hospital.send('2207', claim(visitor, visit, 'B1'))
  expect(settled.output.setlinfo).toMatchObject({ fund_pay_sumamt: 0, acct_pay: 0, psn_cash_pay: 120, medfee_sumamt: 120 })
})

test('a settlement is reversed once, and its message cannot come back', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const settled = await hospital.send('2207', claim(employee, visit, 'B1'))
  const msgid = hospital.lastMessage
  const reference = { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  expect((await hospital.send('2208', reference)).output.setlinfo).toMatchObject({ medfee_sumamt: 120, fund_pay_sumamt: 36 })
  const before = await entries()
  expect(await hospital.send('2208', reference)).toMatchObject(told('already-reversed'))
  expect(await hospital.send('2207', claim(employee, visit, 'B1'), { msgid })).toMatchObject(told('reversed-before-it-came'))
  expect(await entries()).toBe(before)
  expect(await hospital.send('2207', claim(employee, visit, 'B1'))).toMatchObject({ infcode: 0 })
})

test('2601 undoes a settlement of unknown outcome, and a settlement that never came is refused when it comes', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const omsgid = 'H310000000072020101209000099'.padEnd(30, '9')
  expect(await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2207' } })).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2207', claim(employee, visit, 'B1'), { msgid: omsgid })).toMatchObject(told('reversed-before-it-came'))
  await hospital.send('2207', claim(employee, visit, 'B1'))
  const msgid = hospital.lastMessage
  const unsure = { data: { psn_no, omsgid: msgid, oinfno: '2207' } }
  expect(await hospital.send('2601', unsure)).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2601', unsure)).toMatchObject({ infcode: 0 })
  const totals = await hospital.send('5206', { data: { psn_no } })
  expect(totals.output.cuminfo.map(({ cum }: { cum: number }) => cum)).toEqual([1460, 0])
  expect(await hospital.send('2207', claim(employee, visit, 'B1'), { msgid })).toMatchObject(told('reversed-before-it-came'))
})

test('2601 of a reversal lets the settlement stand again', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const settled = await hospital.send('2207', claim(employee, visit, 'B1'))
  const reference = { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  await hospital.send('2208', reference)
  expect(await hospital.send('2601', { data: { psn_no, omsgid: hospital.lastMessage, oinfno: '2208' } })).toMatchObject({ infcode: 0 })
  expect((await hospital.send('5203', reference)).output.setlinfo.refd_setl_flag).toBe('0')
  const totals = await hospital.send('5206', { data: { psn_no } })
  expect(totals.output.cuminfo.map(({ cum }: { cum: number }) => cum)).toEqual([1500, 36])
  expect(await hospital.send('2207', claim(employee, visit, 'B1'))).toMatchObject(told('batch-already-settled'))
})

test('2601 of a reversal is refused once the fees were settled anew, and nothing moves', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const settled = await hospital.send('2207', claim(employee, visit, 'B1'))
  await hospital.send('2208', { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } })
  const omsgid = hospital.lastMessage
  expect(await hospital.send('2207', claim(employee, visit, 'B1'))).toMatchObject({ infcode: 0 })
  const before = await entries()
  expect(await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2208' } })).toMatchObject(told('used-since'))
  expect(await entries()).toBe(before)
})

test('2601 of a message that is not reversible, or under another name, is refused', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  expect(await hospital.send('2601', { data: { psn_no, omsgid: hospital.lastMessage, oinfno: '2204' } })).toMatchObject(
    told('not-reversible'),
  )
  await hospital.send('2207', claim(employee, visit, 'B1'))
  expect(await hospital.send('2601', { data: { psn_no, omsgid: hospital.lastMessage, oinfno: '2208' } })).toMatchObject(told('other-name'))
})

test('where the fund’s sum includes the account, the identities hold in that form', async () => {
  const { institution } = await nationalBureau({ fundIncludesAccount: true })
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const settled = await hospital.send('2207', claim(employee, visit, 'B1'))
  expect(settled.output.setlinfo).toMatchObject({ fund_pay_sumamt: 66, acct_pay: 30, psn_part_amt: 54, psn_cash_pay: 54 })
})

/** Nothing is written to it but sign-ins. */
const shared = nationalBureau()

test.each<[string, object, RegExp]>([
  ['another infno than the address', { infno: '2207' }, /交易编号 2207 与接口 2206 不符/],
  ['a well-formed number of another institution', { msgid: 'H31000000008202010120900000001' }, /应以定点医药机构编号开头/],
  ['a number of 29 characters', { msgid: 'H3100000000720201012090000001' }, /msgid/],
  ['a number without a moment in it', { msgid: 'H31000000007202013990900000001' }, /第13至26位应为时间/],
  ['no such second', { inf_time: '2020-10-12 09:61:00' }, /没有这个时刻/],
  ['an encryption it does not speak', { enc_type: 'SM4' }, /enc_type/],
  ['a negative amount', { input: { data: { ...claim(employee, 'x', 'B').data, medfee_sumamt: -1 } } }, /medfee_sumamt/],
  ['a negative amount in digits', { input: { data: { ...claim(employee, 'x', 'B').data, medfee_sumamt: '-1.00' } } }, /medfee_sumamt/],
  ['an over-precise amount', { input: { data: { ...claim(employee, 'x', 'B').data, medfee_sumamt: '1.001' } } }, /medfee_sumamt/],
  [
    'an input of more than 40000 characters',
    { input: { data: { ...claim(employee, 'x', 'B').data, more: 'x'.repeat(40_001) } } },
    /超过 40000/,
  ],
  ['a body without input', { input: undefined }, /input/],
])('%s is refused in the dialect’s own form and nothing is written', async (_, changed, words) => {
  const { institution, entries } = await shared
  const hospital = await institution(7)
  const before = await entries()
  const answer = await hospital.send('2206', claim(employee, 'x', 'B1'), changed as Record<string, unknown>)
  expect(answer).toMatchObject({ status: 400, infcode: -1, err_msg: expect.stringMatching(words) })
  expect(answer.err_msg.length).toBeLessThanOrEqual(200)
  expect(answer.inf_refmsgid).toMatch(/^310000\d{24}$/)
  expect(await entries()).toBe(before)
})

test('an unknown infno, an unknown institution and an oversized body are answered in the dialect’s own form', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  expect(await hospital.send('9999', {})).toMatchObject({ status: 404, infcode: -1 })
  expect(await hospital.send('2206', { data: 'x'.repeat(1 << 20) })).toMatchObject({ status: 413, infcode: -1 })
  const stranger = await institution(9)
  expect(stranger.signNumber).toBe('')
})

test('the book holds no ID number and no name', async () => {
  const { institution, store } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  await hospital.send('2207', claim(employee, visit, 'B1'))
  const text = JSON.stringify(await store.export())
  const { idNumber = '-', name = '-' } = identities[employee] ?? {}
  expect(text).not.toContain(idNumber)
  expect(text).not.toContain(name)
})

test('2205 of batch 0000 takes back every line that is not settled, and leaves those that are', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  await hospital.send('2207', claim(employee, visit, 'B1'))
  await hospital.send('2204', { feedetail: feeLines(employee, visit, 'B2') })
  const drop = (chrg_bchno: string) => hospital.send('2205', { data: { mdtrt_id: visit, psn_no, chrg_bchno } })
  expect(await drop('B1')).toMatchObject(told('lines-settled'))
  expect(await drop('0000')).toMatchObject({ infcode: 0 })
  expect(await drop('B2')).toMatchObject(told('unknown-line'))
  expect(await drop('0000')).toMatchObject(told('unknown-line'))
  expect(await drop('B1')).toMatchObject(told('lines-settled'))
})

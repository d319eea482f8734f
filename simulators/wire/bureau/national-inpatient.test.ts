import { expect, test } from 'vitest'
import { claim, feeLines, identities, insuredNumber, people } from '../dialects/national/example-messages.ts'
import { type Institution, nationalBureau } from '../testing/national-bureau.ts'
import { claimRefusals } from './claims/refusals.ts'

const { employee } = people
const psn_no = insuredNumber(employee)
const told = (reason: keyof typeof claimRefusals) => ({ status: 200, infcode: -1, err_msg: claimRefusals[reason] })
const diagnosis = {
  diag_type: '1',
  maindiag_flag: '1',
  diag_srt_no: '1',
  diag_code: 'J18.900',
  diag_name: '示例诊断',
  diag_dept: 'A03',
  dise_dor_no: 'D001',
  dise_dor_name: '示例医师',
  diag_time: '2020-10-12 09:05:00',
}
const admission = (number: string) => ({
  mdtrtinfo: {
    psn_no,
    insutype: '310',
    begntime: '2020-10-12 09:00:00',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identities[employee]?.idNumber,
    med_type: '21',
    ipt_no: number,
    atddr_no: 'D001',
    chfpdr_name: '示例医师',
    adm_diag_dscr: '示例',
    adm_dept_codg: 'A03',
    adm_dept_name: '示例科室',
    adm_bed: '12',
    dscg_maindiag_code: 'J18.900',
    dscg_maindiag_name: '示例诊断',
  },
  diseinfo: [diagnosis],
})
const discharge = (visit: string) => ({
  dscginfo: {
    mdtrt_id: visit,
    psn_no,
    insutype: '310',
    endtime: '2020-10-12 16:00:00',
    dscg_dept_codg: 'A03',
    dscg_dept_name: '示例科室',
    dscg_way: '1',
  },
  diseinfo: [diagnosis],
})
/** 4,000 yuan in scope. */
const stayFees = (visit: string) => ({
  feedetail: feeLines(employee, visit, 'unused')
    .slice(0, 1)
    .map(({ chrg_bchno: _, rx_circ_flag: __, ...line }) => ({ ...line, med_type: '21', det_item_fee_sumamt: 4000, cnt: 80, pric: 50 })),
})
const stayClaim = (visit: string) => ({ data: { ...claim(employee, visit, '').data, med_type: '21', medfee_sumamt: 4000 } })

async function admitted(hospital: Institution): Promise<string> {
  return (await hospital.send('2401', admission('ZY0001'))).output.result.mdtrt_id
}

test('a stay: admission, fees, discharge, trial, settlement with the deductible of the stay, reversal', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  expect(await hospital.send('2301', stayFees(visit))).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2304', stayClaim(visit))).toMatchObject(told('still-in-hospital'))
  expect(await hospital.send('2402', discharge(visit))).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2402', discharge(visit))).toMatchObject(told('already-discharged'))
  const trial = await hospital.send('2303', stayClaim(visit))
  // 1,500 of the stay, then 85 % of 2,500.
  expect(trial.output.setlinfo).toMatchObject({
    act_pay_dedc: 1500,
    hifp_pay: 2125,
    fund_pay_sumamt: 2125,
    acct_pay: 30,
    psn_cash_pay: 1845,
  })
  const settled = await hospital.send('2304', stayClaim(visit))
  expect(settled.output.setlinfo).toMatchObject({ hifp_pay: 2125, clr_type: '21' })
  const cumulated = async () => (await hospital.send('5206', { data: { psn_no } })).output.cuminfo.map(({ cum }: { cum: number }) => cum)
  expect(await cumulated()).toEqual([1460, 2125])
  const reference = { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  expect(await hospital.send('2208', reference)).toMatchObject(told('visit-of-another-kind'))
  expect(await hospital.send('2305', reference)).toMatchObject({ infcode: 0 })
  expect(await cumulated()).toEqual([1460, 0])
  expect(await hospital.send('2305', reference)).toMatchObject(told('already-reversed'))
})

test('nobody is in two beds, and an admission without fees can be taken back by 2601', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  await admitted(hospital)
  const omsgid = hospital.lastMessage
  expect(await hospital.send('2401', admission('ZY0002'))).toMatchObject(told('already-in-hospital'))
  expect(await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2401' } })).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2401', admission('ZY0002'))).toMatchObject({ infcode: 0 })
})

test('lines of a stay are taken back by their numbers until they are settled', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  await hospital.send('2301', stayFees(visit))
  const lines = { data: [{ feedetl_sn: 'unused-1', mdtrt_id: visit, psn_no }] }
  expect(await hospital.send('2302', lines)).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2302', lines)).toMatchObject(told('unknown-line'))
  await hospital.send('2301', stayFees(visit))
  await hospital.send('2402', discharge(visit))
  await hospital.send('2304', stayClaim(visit))
  expect(await hospital.send('2302', lines)).toMatchObject(told('lines-settled'))
})

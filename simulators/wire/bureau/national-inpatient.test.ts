import { expect, test } from 'vitest'
import { admission, discharge, identities, insuredNumber, people, stayClaim, stayFees } from '../dialects/national/example-messages.ts'
import { nationalBureau } from '../testing/national-bureau.ts'
import type { Institution } from '../testing/national-institution.ts'
import { claimRefusals } from './claims/refusals.ts'

const { employee } = people
const psn_no = insuredNumber(employee)
const told = (reason: keyof typeof claimRefusals) => ({ status: 200, infcode: -1, err_msg: claimRefusals[reason] })
async function admitted(hospital: Institution): Promise<string> {
  return (await hospital.send('2401', admission(employee, 'ZY0001'))).output.result.mdtrt_id
}

test('a stay: admission, fees, discharge, trial, settlement with the deductible of the stay, reversal', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  expect(await hospital.send('2301', stayFees(employee, visit))).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2304', stayClaim(employee, visit))).toMatchObject(told('still-in-hospital'))
  expect(await hospital.send('2402', discharge(employee, visit))).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2402', discharge(employee, visit))).toMatchObject(told('already-discharged'))
  const trial = await hospital.send('2303', stayClaim(employee, visit))
  // 1,500 of the stay, then 85 % of 2,500.
  expect(trial.output.setlinfo).toMatchObject({
    act_pay_dedc: 1500,
    hifp_pay: 2125,
    fund_pay_sumamt: 2125,
    acct_pay: 30,
    psn_cash_pay: 1845,
  })
  const settled = await hospital.send('2304', stayClaim(employee, visit))
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
  expect(await hospital.send('2401', admission(employee, 'ZY0002'))).toMatchObject(told('already-in-hospital'))
  expect(await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2401' } })).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2401', admission(employee, 'ZY0002'))).toMatchObject({ infcode: 0 })
})

test('an admission with fees on it is used, and 2601 does not take it back', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  const omsgid = hospital.lastMessage
  await hospital.send('2301', stayFees(employee, visit))
  expect(await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2401' } })).toMatchObject(told('used-since'))
  expect(await hospital.send('2401', admission(employee, 'ZY0002'))).toMatchObject(told('already-in-hospital'))
})

test('2601 of 2304 undoes the settlement of a stay, and 2601 of 2305 lets it stand again', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  await hospital.send('2301', stayFees(employee, visit))
  await hospital.send('2402', discharge(employee, visit))
  const money = async () => {
    const found = await hospital.send('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identities[employee]?.idNumber } })
    const { cuminfo } = (await hospital.send('5206', { data: { psn_no } })).output
    return { account: found.output.insuinfo[0].balc, fund: cuminfo[1].cum }
  }
  const [untouched, paid] = [
    { account: 30, fund: 0 },
    { account: 0, fund: 2125 },
  ]
  expect(await money()).toEqual(untouched)
  const first = await hospital.send('2304', stayClaim(employee, visit))
  const firstMessage = hospital.lastMessage
  expect(await money()).toEqual(paid)
  const takeBack = (omsgid: string, oinfno: string) => hospital.send('2601', { data: { psn_no, omsgid, oinfno } })
  const isReversed = async (setl_id: string) =>
    (await hospital.send('5203', { data: { setl_id, mdtrt_id: visit, psn_no } })).output.setlinfo.refd_setl_flag
  expect(await takeBack(firstMessage, '2304')).toMatchObject({ infcode: 0 })
  expect(await money()).toEqual(untouched)
  expect(await isReversed(first.output.setlinfo.setl_id)).toBe('1')

  const settled = await hospital.send('2304', stayClaim(employee, visit))
  const reference = { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  expect(await hospital.send('2305', reference)).toMatchObject({ infcode: 0 })
  const reversal = hospital.lastMessage
  expect(await money()).toEqual(untouched)
  expect(await takeBack(reversal, '2304')).toMatchObject(told('other-name'))
  expect(await money()).toEqual(untouched)
  expect(await takeBack(reversal, '2305')).toMatchObject({ infcode: 0 })
  expect(await money()).toEqual(paid)
  expect(await isReversed(reference.data.setl_id)).toBe('0')
  expect(await hospital.send('2304', stayClaim(employee, visit))).toMatchObject(told('batch-already-settled'))
  expect(await hospital.send('2305', reference)).toMatchObject({ infcode: 0 })
  expect(await money()).toEqual(untouched)
})

test('lines of a stay are taken back by their numbers until they are settled', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await admitted(hospital)
  await hospital.send('2301', stayFees(employee, visit))
  const lines = { data: [{ feedetl_sn: 'unused-1', mdtrt_id: visit, psn_no }] }
  expect(await hospital.send('2302', lines)).toMatchObject({ infcode: 0 })
  expect(await hospital.send('2302', lines)).toMatchObject(told('unknown-line'))
  await hospital.send('2301', stayFees(employee, visit))
  await hospital.send('2402', discharge(employee, visit))
  await hospital.send('2304', stayClaim(employee, visit))
  expect(await hospital.send('2302', lines)).toMatchObject(told('lines-settled'))
})

import { expect, test } from 'vitest'
import { claim, people } from '../dialects/national/example-messages.ts'
import { uploadSettlementList } from '../dialects/national/settlement-list.ts'
import { nationalBureau, visitWithFees } from '../testing/national-bureau.ts'
import { claimRefusals } from './claims/refusals.ts'

test('a settlement has one list, with its own account and cash', async () => {
  const { institution } = await nationalBureau()
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  const settled = await hospital.send('2207', claim(people.employee, visit, 'B1'))
  const plain = Object.fromEntries(Object.keys(uploadSettlementList.input.properties.setlinfo.properties).map((name) => [name, '1']))
  const numbers = { mdtrt_id: visit, setl_id: settled.output.setlinfo.setl_id, acct_pay: 30, psn_cashpay: '54.00' }
  const listed = (change: object) => hospital.send('4101', { setlinfo: { ...plain, ...numbers, ...change } })
  const told = (reason: keyof typeof claimRefusals) => ({ infcode: -1, err_msg: claimRefusals[reason] })
  expect(await listed({ psn_cashpay: '54.01' })).toMatchObject(told('amounts-differ-from-settlement'))
  expect(await listed({ setl_id: 'JS-nobody' })).toMatchObject(told('unknown-settlement'))
  expect(await listed({})).toMatchObject({ infcode: 0 })
  expect(await listed({})).toMatchObject(told('list-exists'))
})

import { expect, test, vi } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { claim, feeLines, identities, insuredNumber, people, registration, visitNumberOf } from '../dialects/national/example-messages.ts'
import { nationalBureau } from '../testing/national-bureau.ts'
import type { Institution } from '../testing/national-institution.ts'
import { type BureauEntry, bureauRules } from './bureau-book.ts'

const { employee } = people
const psn_no = insuredNumber(employee)
const credential = { kind: 'card', value: identities[employee]?.cardNumber ?? '' } as const

/** Both days of a turn of the year; opened in October before it, with 30 yuan on the history account and 1,460 of the deductible paid. */
async function turn() {
  const empty = vi.spyOn(bureauRules, 'empty')
  const { bureau, clock, institution, store } = await nationalBureau()
  const kept = empty.mock.results[0]?.value as ReturnType<typeof bureauRules.empty>
  empty.mockRestore()
  const at = async (moment: string): Promise<Institution> => {
    clock.set(momentMs(moment) ?? Number.NaN)
    return institution(7)
  }
  const account = async () => {
    const reply = await bureau.desk.account({ site: 7, message: { sequence: 1, atMs: clock.nowMs() }, credential })
    if (reply.outcome !== 'account') throw new Error(reply.reason)
    const { currentAccountLeftFen, historyAccountLeftFen, deductiblePaidFen } = reply
    return [currentAccountLeftFen, historyAccountLeftFen, deductiblePaidFen]
  }
  const totals = async (hospital: Institution) =>
    (await hospital.send('5206', { data: { psn_no } })).output.cuminfo.map(({ cum }: { cum: number }) => cum)
  const withFees = async (hospital: Institution) => {
    const visit = visitNumberOf((await hospital.send('2201', registration(employee, 'MZ0001'))).output)
    await hospital.send('2204', { feedetail: feeLines(employee, visit, 'B1') })
    return visit
  }
  return { bureau, clock, at, account, totals, withFees, kept, store }
}

test('a visit that begins in one insurance year and is settled in the next counts for the next', async () => {
  const { at, account, totals, withFees } = await turn()
  const visit = await withFees(await at('2021-06-30 23:50:00'))
  expect(await account()).toEqual([0, 3000, 146_000])
  const morning = await at('2021-07-01 00:10:00')
  expect(await account()).toEqual([90_000, 3000, 0])
  const settled = await morning.send('2207', claim(employee, visit, 'B1'))
  // The year's account pays the 100 yuan in scope; nothing is left for the deductible.
  expect(settled.output.setlinfo).toMatchObject({ act_pay_dedc: 0, fund_pay_sumamt: 0, acct_pay: 100, psn_cash_pay: 20, balc: 830 })
  expect(await totals(morning)).toEqual([0, 0])
  expect(await account()).toEqual([80_000, 3000, 0])
})

test('a settlement of the old year, reversed in the new one, gives the account its money back and leaves the new counts alone', async () => {
  const { at, account, totals, withFees } = await turn()
  const evening = await at('2021-06-30 22:00:00')
  const visit = await withFees(evening)
  const settled = await evening.send('2207', claim(employee, visit, 'B1'))
  expect(await totals(evening)).toEqual([1500, 36])
  const morning = await at('2021-07-01 08:00:00')
  expect(await account()).toEqual([90_000, 0, 0])
  const reference = { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  expect(await morning.send('2208', reference)).toMatchObject({ infcode: 0 })
  const omsgid = morning.lastMessage
  expect(await account()).toEqual([90_000, 3000, 0])
  expect(await totals(morning)).toEqual([0, 0])
  // The reversal itself is taken back: the settlement stands again, still of the old year.
  expect(await morning.send('2601', { data: { psn_no, omsgid, oinfno: '2208' } })).toMatchObject({ infcode: 0 })
  expect(await account()).toEqual([90_000, 0, 0])
  expect(await totals(morning)).toEqual([0, 0])
})

test('years that pass without a message add up on the history account, and asking alone writes nothing', async () => {
  const { at, account, store } = await turn()
  const before = (await store.export()).length
  await at('2022-07-02 08:00:00')
  expect(await account()).toEqual([90_000, 93_000, 0])
  expect(await account()).toEqual([90_000, 93_000, 0])
  // One sign-in.
  expect((await store.export()).length).toBe(before + 1)
})

test('五期: a trial of the last evening of the year is no trial in the morning', async () => {
  const { bureau, clock, at } = await turn()
  await at('2021-06-30 23:59:00')
  const from = (sequence: number) => ({ site: 7, message: { sequence, atMs: clock.nowMs() } })
  const bill = { bill: 'MX1', totalFen: fenOf(6000), coveredFen: fenOf(6000) }
  const line = { number: 1, prescription: 'RX', code: 'Y1', name: '示例', priceFen: bill.totalFen, count: 1, ...bill }
  await bureau.desk.upload({ ...from(2), bill: 'MX1', visit: 'JZ1', lines: [line] })
  const settle = async () => {
    const trial = await bureau.desk.presettle({ ...from(3), credential, bills: [bill] })
    return { trial: trial.outcome === 'presettled' ? trial.trial : '', bills: [bill] }
  }
  const late = await settle()
  await at('2021-07-01 00:01:00')
  expect(await bureau.desk.settle({ ...from(4), ...late })).toEqual({ outcome: 'refused', reason: 'trial-expired' })
  const settled = await bureau.desk.settle({ ...from(5), ...(await settle()) })
  expect(settled).toMatchObject({ outcome: 'settled', split: { currentAccountFen: 6000, deductibleFen: 0 } })
})

test('a book read back gives the very state that was kept, across the turn of the year', async () => {
  const { at, withFees, kept, store } = await turn()
  const evening = await at('2021-06-30 22:00:00')
  const visit = await withFees(evening)
  const settled = await evening.send('2207', claim(employee, visit, 'B1'))
  const morning = await at('2021-07-01 08:00:00')
  await morning.send('2208', { data: { setl_id: settled.output.setlinfo.setl_id, mdtrt_id: visit, psn_no } })
  await morning.send('2207', claim(employee, visit, 'B1'))
  const read = bureauRules.empty()
  for (const { text, atMs } of await store.export()) bureauRules.apply(read, JSON.parse(text) as BureauEntry, atMs)
  expect(read).toEqual(kept)
})

/**
 * A platform under test has the real date on its clock, the city its own business day: messages stamped with another date are accepted in
 * both dialects, and what they settle is booked on the business day.
 */
import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import type { BillLine, ClaimedBill } from '../desks/bureau-desk.ts'
import { dateOf, momentMs } from '../desks/business-time.ts'
import { claim, feeLines, identities, insuredNumber, people, registration, visitNumberOf } from '../dialects/national/example-messages.ts'
import { nationalBureau } from '../testing/national-bureau.ts'
import { institutionsOver } from '../testing/national-institution.ts'
import { shanghaiSite } from '../testing/shanghai-site.ts'
import type { BureauEntry } from './bureau-book.ts'

const { employee } = people
/** The platform's own clock, years after the business day 2020-10-12. */
const itsMs = momentMs('2026-11-27 15:30:00') ?? Number.NaN

/** Business days on which the bureau's book has settlements and reversals. */
async function daysOfMoney({ store }: Pick<Awaited<ReturnType<typeof nationalBureau>>, 'store'>): Promise<readonly string[]> {
  return (await store.export()).flatMap(({ atMs, text }) => {
    const entry = JSON.parse(text) as BureauEntry
    const effects = entry.does === 'message' ? entry.effects : [entry]
    return effects.flatMap(({ does }) => (does === 'settle' || does === 'reverse' ? [`${does} ${dateOf(atMs)}`] : []))
  })
}

test('national: a day’s chain stamped with another date is accepted, and booked on the business day', async () => {
  const bureau = await nationalBureau()
  const hospital = await institutionsOver(bureau.post, { nowMs: () => itsMs })(7)
  const send = async (code: string, input: object) => {
    const answer = await hospital.send(code, input)
    expect([code, answer['infcode'], answer['err_msg'] ?? '']).toEqual([code, 0, ''])
    return answer['output']
  }
  const visit = visitNumberOf(await send('2201', registration(employee, 'MZ0001')))
  await send('2204', { feedetail: feeLines(employee, visit, 'B1') })
  await send('2206', claim(employee, visit, 'B1'))
  const { setl_id } = (await send('2207', claim(employee, visit, 'B1'))).setlinfo
  const settled = { data: { setl_id, mdtrt_id: visit, psn_no: insuredNumber(employee) } }
  await send('5203', settled)
  await send('2208', settled)
  expect(await daysOfMoney(bureau)).toEqual(['settle 2020-10-12', 'reverse 2020-10-12'])
})

test('五期: a day’s chain stamped with another date is accepted, and booked on the business day', async () => {
  const bureau = await nationalBureau()
  const send = shanghaiSite(bureau.post, 7, () => itsMs)
  const { token } = await send('decode', { qr: identities[employee]?.qr ?? '' })
  const credential = { kind: 'token', value: token } as const
  const bill: ClaimedBill = { bill: 'MX0000000001', totalFen: fenOf(12_000), coveredFen: fenOf(10_000) }
  const { totalFen, coveredFen } = bill
  const line: BillLine = {
    number: 1,
    prescription: 'RX1',
    code: 'T101000001',
    name: '示例药品',
    priceFen: totalFen,
    count: 1,
    totalFen,
    coveredFen,
  }
  await send('upload', { bill: bill.bill, visit: 'JZ0000000001', lines: [line] })
  const { trial } = await send('presettle', { credential, bills: [bill] })
  const { settlement } = await send('settle', { trial, bills: [bill] })
  await send('reverse', { settlement, totalFen })
  expect(await daysOfMoney(bureau)).toEqual(['settle 2020-10-12', 'reverse 2020-10-12'])
})

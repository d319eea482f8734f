import { expect, test, vi } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { claim, feeLines, identities, insuredNumber, people, registration } from '../dialects/national/example-messages.ts'
import { nationalBureau, visitWithFees } from '../testing/national-bureau.ts'
import { type BureauState, bureauRules } from './bureau-book.ts'

/** From now on, whoever walks through one of these maps is stopped. */
function forbidWalking(maps: object): void {
  for (const map of Object.values(maps)) {
    if (!(map instanceof Map)) continue
    for (const name of ['keys', 'values', 'entries', 'forEach', Symbol.iterator] as const) {
      Object.defineProperty(map, name, {
        value: () => {
          throw new Error('no answer of the bureau walks through the city')
        },
      })
    }
  }
}

test('no message walks through all persons, bills, visits, settlements, enrolments or messages, so a large city answers as a small one', async () => {
  const empty = vi.spyOn(bureauRules, 'empty')
  const { bureau, institution, clock } = await nationalBureau()
  const kept = empty.mock.results[0]?.value as BureauState
  empty.mockRestore()
  const hospital = await institution(7)
  const { days: _, clearing: __, ...state } = kept
  forbidWalking(state)
  forbidWalking(state.claims)
  forbidWalking(kept.clearing)
  expect(() => [...kept.persons]).toThrow('walks')
  const psn_no = insuredNumber(people.employee)
  const heard = async (code: string, input: object) => {
    const answer = await hospital.send(code, input)
    expect(answer).toMatchObject({ status: 200, infcode: 0 })
    return answer.output
  }
  const visit = await visitWithFees(hospital)
  await heard('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identities[people.employee]?.idNumber } })
  await heard('2206', claim(people.employee, visit, 'B1'))
  const settled = await heard('2207', claim(people.employee, visit, 'B1'))
  const reference = { data: { setl_id: settled.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  await heard('5203', reference)
  await heard('5206', { data: { psn_no } })
  const today = { stmt_begndate: '2020-10-12', stmt_enddate: '2020-10-12' }
  const amounts = { medfee_sumamt: 120, fund_pay_sumamt: 36, acct_pay: 30, fixmedins_setl_cnt: 1 }
  const totals = await heard('3201', { data: { insutype: '310', clr_type: '11', setl_optins: '310000', ...today, ...amounts } })
  expect(totals.stmtinfo.stmt_rslt).toBe('0')
  await heard('2208', reference)
  await heard('2205', { data: { mdtrt_id: visit, psn_no, chrg_bchno: 'B1' } })
  await heard('2601', { data: { psn_no, omsgid: 'H310000000072020101209000099'.padEnd(30, '9'), oinfno: '2207' } })
  const second = (await heard('2201', registration(people.employee, 'MZ0002'))).data.mdtrt_id
  await heard('2204', { feedetail: feeLines(people.employee, second, 'B2') })
  await heard('2207', claim(people.employee, second, 'B2'))

  const credential = { kind: 'card', value: identities[people.employee]?.cardNumber ?? '' } as const
  const { desk } = bureau
  let sequence = 0
  const from = () => {
    sequence += 1
    return { site: 7, message: { sequence, atMs: clock.nowMs() } }
  }
  const bill = { bill: 'MX1', totalFen: fenOf(6000), coveredFen: fenOf(6000) }
  const line = { number: 1, prescription: 'RX', code: 'Y1', name: '示例', priceFen: bill.totalFen, count: 1, ...bill }
  const outcomes = async (...replies: readonly Promise<{ readonly outcome: string }>[]) =>
    (await Promise.all(replies)).map(({ outcome }) => outcome)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'ZY1', lines: [line] })
  await desk.enrol({ ...from(), credential, type: '3', number: 'ZY1', from: '20201012', until: '' })
  const trial = await desk.presettleStay({ ...from(), credential, stay: 'ZY1', bills: [bill] })
  const number = trial.outcome === 'presettled' ? trial.trial : ''
  const stay = await desk.settleStay({ ...from(), trial: number, stay: 'ZY1', bills: [bill] })
  const day = { count: 1, currentAccountFen: 0, historyAccountFen: 0, cashFen: 6000, pooledFen: 0, additionalFen: 0, uncoveredFen: 0 }
  expect(
    await outcomes(
      desk.account({ ...from(), credential }),
      desk.enrolments({ ...from(), credential, type: '3' }),
      desk.compareDay({ ...from(), day: '2020-10-12', totals: day }),
      desk.reverse({ ...from(), settlement: stay.outcome === 'settled' ? stay.settlement : '', totalFen: bill.totalFen }),
    ),
  ).toEqual(['account', 'enrolments', 'compared', 'reversed'])
  clock.set(momentMs('2020-11-02 09:00:00') ?? 0)
  const month = await desk.clearingMonth({ site: 7, month: '202010' })
  const [type] = month.outcome === 'month' ? month.types : []
  if (type === undefined) throw new Error('one settlement stands')
  const applied = await desk.applyForMonth({ key: 'A1', site: 7, month: '202010', ...type })
  const application = applied.outcome === 'applied' ? applied.application : ''
  expect(await outcomes(desk.clearing({ site: 7, application }), desk.payouts({ site: 7 }))).toEqual(['clearing', 'payouts'])
})

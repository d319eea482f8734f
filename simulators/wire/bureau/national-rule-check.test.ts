import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { answerSchema } from '../dialects/national/envelope.ts'
import { check, order } from '../dialects/national/example-messages.ts'
import { checkAhead } from '../dialects/national/rule-check.ts'
import { nationalBureau } from '../testing/national-bureau.ts'

test('3101 and 3102 find an item charged twice and one outside the directory charged to insurance, and keep nothing', async () => {
  const { institution, entries } = await nationalBureau()
  const hospital = await institution(7)
  const before = await entries()
  const good = { ...order, rx_id: '1', hilist_code: 'T101000001' }
  expect((await hospital.send('3101', check([good]))).output).toEqual({ result: [] })
  const orders = [good, { ...good, rx_id: '2' }, { ...order, rx_id: '3', hilist_code: 'T201000009', ownpay_amt: '4.00' }]
  for (const code of ['3101', '3102']) {
    const answer = await hospital.send(code, check(orders))
    expect([...Value.Errors(answerSchema(checkAhead.output), answer)]).toEqual([])
    expect(answer.output.result).toMatchObject([
      { rule_id: 'R001', vola_amt: 10, judge_result_detail_dtos: [{ rx_id: '2' }] },
      { rule_id: 'R002', vola_amt: 6, judge_result_detail_dtos: [{ rx_id: '3' }] },
    ])
  }
  const paidByPatient = { ...order, rx_id: '3', hilist_code: 'T201000009', ownpay_amt: '10.00' }
  expect((await hospital.send('3101', check([paidByPatient]))).output).toEqual({ result: [] })
  expect(await entries()).toBe(before)
})

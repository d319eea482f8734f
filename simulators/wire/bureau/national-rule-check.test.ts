import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { answerSchema } from '../dialects/national/envelope.ts'
import { checkAhead } from '../dialects/national/rule-check.ts'
import { nationalBureau } from '../testing/national-bureau.ts'

const order = { rxno: 'RX1', cnt: 1, pric: 10, sumamt: '10.00', ownpay_amt: 0, selfpay_amt: 0 }
const check = (orders: readonly object[]) => ({
  data: {
    syscode: 'HIS',
    trig_scen: '1',
    patient_dtos: [
      {
        patn_id: 'P1',
        patn_name: '示例患者',
        gend: '1',
        brdy: '1980-01-01',
        poolarea: '310000',
        curr_mdtrt_id: 'MT1',
        fsi_encounter_dtos: [
          {
            mdtrt_id: 'MT1',
            medins_id: 'H31000000007',
            medins_lv: '3',
            med_type: '11',
            medfee_sumamt: 30,
            insutype: '310',
            fsi_order_dtos: orders,
          },
        ],
      },
    ],
  },
})

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

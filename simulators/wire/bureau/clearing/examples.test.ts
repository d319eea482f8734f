/** The worked pairs of clearing on the bureau's OpenAPI page are true: asked in this order over the signed route, the bureau answers so. */
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { fenOf } from '../../../money/fen.ts'
import { momentMs } from '../../desks/business-time.ts'
import { clearingOperations } from '../../dialects/clearing.ts'
import { identities, people } from '../../dialects/national/example-messages.ts'
import type { PlainOperation } from '../../dialects/plain.ts'
import { nationalBureau } from '../../testing/national-bureau.ts'

test('every message of clearing has a pair in the form of its schemas', () => {
  for (const { path, request, reply, example } of Object.values<PlainOperation>(clearingOperations)) {
    expect([path, [...Value.Errors(request, example?.request)], [...Value.Errors(reply, example?.reply)]]).toEqual([path, [], []])
    expect(JSON.stringify(example?.reply)).not.toContain('refused')
  }
})

test('the bureau answers the pairs of clearing to the letter: a month with one sound settlement and one that a rule finds', async () => {
  const { bureau, clock, post } = await nationalBureau({}, { clearing: { ...terms, mostSettlements: 5 } })
  const credential = { kind: 'card', value: identities[people.employee]?.cardNumber ?? '' } as const
  let sequence = 0
  const from = () => {
    sequence += 1
    return { site: 7, message: { sequence, atMs: clock.nowMs() } }
  }
  // The second has an item of 丙类 in the scope of insurance.
  for (const [bill, code] of [
    ['MX0000000001', 'T101000001'],
    ['MX0000000002', 'T101000009'],
  ] as const) {
    const claimed = { bill, totalFen: fenOf(12_000), coveredFen: fenOf(12_000) }
    const line = { number: 1, prescription: 'RX', code, name: '示例', priceFen: fenOf(12_000), count: 1, ...claimed }
    await bureau.desk.upload({ ...from(), bill, visit: 'JZ0000000001', lines: [line] })
    const trial = await bureau.desk.presettle({ ...from(), credential, bills: [claimed] })
    await bureau.desk.settle({ ...from(), trial: trial.outcome === 'presettled' ? trial.trial : '', bills: [claimed] })
  }
  const ask = async ({ path, example }: PlainOperation) => {
    const { status, ...said } = await post(path, example?.request)
    expect({ path, status, said }).toEqual({ path, status: 200, said: example?.reply })
  }
  const on = (day: string) => clock.set(momentMs(`${day} 09:00:00`) ?? Number.NaN)
  const { dayLines, settlement, clearingMonth, applyForMonth, appeal, clearing, payouts, ...more } = clearingOperations
  expect(more).toEqual({})
  on('2020-11-02')
  for (const one of [dayLines, settlement, clearingMonth, applyForMonth]) await ask(one)
  on('2020-11-05')
  await ask(appeal)
  on('2020-11-22')
  for (const one of [clearing, payouts]) await ask(one)
})

const terms = { upheldBasisPoints: 5000, payoutDays: 20, appealDays: 10, decisionDays: 15 }

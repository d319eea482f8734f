import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { settingsOf, TooManyOpen, usersFor } from './play-of-trace.ts'
import { madeTrace } from './testing/made-trace.ts'

test('patients who are to know together which entry is down are played by one user, who alone has such a memory', () => {
  const plan = planOf('small-town')
  const trace = madeTrace(plan, 80, 2)
  const origins = { target: null, entries: [], his: '', bureau: '', wallets: { wechat: '', alipay: '' }, platform: '' }
  const parts = { leadMs: 0, origins, secret: 's' }
  expect(settingsOf(trace, parts, 1000).vus).toBeGreaterThan(1)
  expect(settingsOf(trace, { ...parts, health: plan.city.parties.health }, 1000)).toMatchObject({ vus: 1, health: { minimumCalls: 20 } })
})

test('half as many again as were foretold under faults must fit into one generator, or the command says which wait to shorten', () => {
  const trace = madeTrace(planOf('small-town'), 80, 2)
  expect(usersFor(trace, 1333)).toBeGreaterThan(0)
  expect(() => usersFor(trace, 1334)).toThrow(expect.objectContaining({ openAtOnce: 2001, longestLeg: 'bureau' }))
  expect(() => usersFor(trace, 1334)).toThrow(TooManyOpen)
})

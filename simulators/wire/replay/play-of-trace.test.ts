import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { settingsOf } from './play-of-trace.ts'
import { madeTrace } from './testing/made-trace.ts'

test('patients who are to know together which entry is down are played by one user, who alone has such a memory', () => {
  const plan = planOf('small-town')
  const trace = madeTrace(plan, 80, 2)
  const origins = { target: null, entries: [], his: '', bureau: '', platform: '' }
  const parts = { leadMs: 0, origins, secret: 's' }
  expect(settingsOf(trace, parts, 1000).vus).toBeGreaterThan(1)
  expect(settingsOf(trace, { ...parts, health: plan.city.parties.health }, 1000)).toMatchObject({ vus: 1, health: { minimumCalls: 20 } })
})

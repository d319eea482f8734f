import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { servicePlans } from './service-plans.ts'
import { madeTrace } from './testing/made-trace.ts'

test('an entry is busy once for a payment, as in the virtual city: by phone with opening the app, on credit with the session', () => {
  const { city } = planOf('small-town')
  const made = madeTrace(planOf('small-town'), 80, 2)
  const entryOf = (mode: string) => ({ leg: 'entry', operation: mode === 'credit' ? 'entry/session' : 'entry/open', ms: 30 }) as const
  const trace = { ...made, rows: made.rows.map((row) => ({ ...row, services: row.entry < 0 ? [] : [entryOf(row.mode)] })) }
  const plans = servicePlans(city, trace, 1)
  const paying = trace.rows.filter(({ bill, entry }) => bill !== null && entry >= 0)
  const sums = paying.map((row) => {
    const times = plans.get(`channel-${trace.rules.channels[row.entry]}`)?.times ?? []
    const msOf = (operation: string, key: string | null) =>
      times.find((one) => one.operation === operation && one.businessKey === key)?.serviceMs
    return [row.mode, row.mode === 'credit' ? undefined : msOf('entry/open', String(row.person)), msOf('entry/session', row.bill)].join(' ')
  })
  expect(new Set(sums)).toEqual(new Set(['phone 30 0', 'credit  30']))
})

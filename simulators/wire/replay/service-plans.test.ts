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

test('a wallet takes the mean of what was drawn for it, has no line, and a bank is given none of it', () => {
  const plan = planOf('small-town')
  const made = madeTrace(plan, 80, 2, 'alipay')
  const services = made.rows.map(({ wallet }, row) =>
    wallet === undefined ? [] : [{ leg: 'bank', operation: 'wallet/code-pay', ms: row } as const],
  )
  const trace = { ...made, rows: made.rows.map((row, at) => ({ ...row, services: services[at] ?? [] })) }
  const drawn = services.flat().map(({ ms }) => ms)
  const plans = servicePlans(plan.city, trace, 1)
  const meanMs = drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length
  expect(plans.get('alipay')).toEqual({ times: [{ operation: 'alipay.trade.pay', businessKey: '*', serviceMs: meanMs }] })
  expect(plans.has('wechat')).toBe(false)
  for (const bank of trace.rules.banks) expect(plans.get(bank)?.times).toEqual([])
})

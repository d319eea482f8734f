/** What a counter answers while its site is not ready, and what the patient at it does then. */
import { expect, test } from 'vitest'
import type { Heard, Try } from '../adapter.ts'
import { adapter } from './hospital.ts'

const atWindow = {
  ...{ sends: 'errand', payment: undefined, mode: 'window', key: 'K1', entry: -1, entryName: 'hospital', sentTo: 'hospital', earlier: [] },
  row: { row: 1, visit: 4, site: 7, bill: 'MX1', totalFen: 500, errand: 'window-payment' },
  person: { person: 3, payer: 3, card: 'C3', account: null, sessions: {}, name: '', idNumber: '' },
  ...{ origin: 'http://his', businessDate: '20201214' },
} as unknown as Try
const heard = (status: number, body: object): Heard => ({ status, body: JSON.stringify(body), headers: {}, neverArrived: false })
const shut = heard(200, { outcome: 'refused', reason: 'not-signed-in' })
const paid = heard(200, { outcome: 'payment', payment: { payment: 'C1', state: 'paid' } })

test('who stands at a counter that is not open yet keeps the place: the same payment is asked for again in a moment, and served once it opens', () => {
  const first = adapter.next(atWindow, [])
  const again = adapter.next(atWindow, [shut, shut])
  if (first.does !== 'send' || again.does !== 'send') throw new Error('the patient does not ask')
  expect(again.request).toEqual(first.request)
  expect([first.afterMs, again.afterMs]).toEqual([undefined, 250])
  expect(adapter.next(atWindow, [shut, shut, paid])).toMatchObject({ does: 'end', outcome: { is: 'paid' } })
})

test('a counter that does not open for more than a minute failed at the hospital, and no money moved', () => {
  const step = adapter.next(
    atWindow,
    Array.from({ length: 96 }, () => shut),
  )
  expect(step).toMatchObject({ does: 'end', outcome: { is: 'failed', at: 'hospital', mayHaveArrived: false } })
})

test('money that is to go back at a counter that is not open, and any other refusal, is an end at once', () => {
  const back = { ...atWindow, payment: 'C1', row: { ...atWindow.row, refunds: 'C1' } } as unknown as Try
  expect(adapter.next(back, [shut])).toMatchObject({ does: 'end', outcome: { is: 'failed' } })
  expect(adapter.next(atWindow, [heard(200, { outcome: 'refused', reason: 'key-reused' })])).toMatchObject({
    does: 'end',
    outcome: { is: 'refused' },
  })
})

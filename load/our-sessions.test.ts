/** What a phone asks of an entry on its first try and on the next ones, as the reference platform's adapter says it. */
import { expect, test } from 'vitest'
import { errands } from '../simulators/platform/errands.ts'
import type { Heard, Try } from './adapter.ts'
import { adapter } from './adapters/medpay.ts'

const phone = {
  ...{ sends: 'errand', payment: undefined, mode: 'phone', key: 'K1', entry: 0, entryName: 'main-entry', sentTo: 'entry', earlier: [] },
  row: { row: 1, visit: 4, site: 7, bill: 'MX1', totalFen: 500, errand: 'phone-payment' },
  person: { person: 3, payer: 3, sessions: { 0: 'secret' }, name: '', idNumber: '' },
  origin: 'http://entry',
} as unknown as Try

const heard = (status: number, body: object): Heard => ({
  status,
  body: JSON.stringify(body),
  headers: { 'retry-after': '1' },
  neverArrived: false,
})
const signedIn = heard(200, { token: 'T1', expiresInSeconds: 900 })
const shown = heard(200, { outcome: 'bills', bills: [{ bill: 'MX1', totalFen: 500 }] })
const busy = (code: string) => heard(429, { error: { code } })

/** Names of what is asked when each answer is as given, and the bearer of the last. */
function asks(one: Try, answers: readonly Heard[]): string {
  const names: string[] = []
  let bearer = ''
  for (let count = 0; count <= answers.length; count++) {
    const step = adapter.next(one, answers.slice(0, count))
    if (step.does !== 'send') return `${names.join(' ')} ${step.does}`
    names.push(step.request.name)
    bearer = step.request.headers?.['authorization'] ?? ''
  }
  return `${names.join(' ')} ${bearer}`
}

test('a phone opens the app, looks at its bills and pays, which alone the entry hands on', () => {
  expect(asks(phone, [signedIn, shown])).toBe('open bills pay Bearer T1')
  const handsOn = [[], [signedIn], [signedIn, shown]].map((heard) => {
    const step = adapter.next(phone, heard)
    return step.does === 'send' && step.request.handsOn === true
  })
  expect(handsOn).toEqual([false, false, true])
})

test('an entry is asked as often for a payment as the message table says of its one message', () => {
  const requestsOf = (errand: string) => {
    const { before = 0, after = 0 } = errands.find(({ name }) => name === errand)?.messages[0]?.besides ?? {}
    return before + 1 + after
  }
  const inSession = { ...phone, mode: 'credit', row: { ...phone.row, errand: 'credit-payment' } } as Try
  expect(asks(phone, [signedIn, shown]).split(' ').slice(0, -2)).toHaveLength(requestsOf('phone-payment'))
  expect(asks(inSession, [shown]).split(' ').slice(0, -2)).toHaveLength(requestsOf('credit-payment'))
})

test('a phone that the platform told to come back does so in its session, again and again, and looks at its bills once', () => {
  const earlier = [signedIn, shown, busy('platform-busy')]
  expect(asks({ ...phone, earlier }, [])).toBe('pay Bearer T1')
  expect(asks({ ...phone, earlier: [...earlier, busy('platform-busy')] }, [])).toBe('pay Bearer T1')
  expect(asks({ ...phone, earlier: [signedIn, busy('platform-busy')] }, [shown])).toBe('bills pay Bearer T1')
})

test('one that the entry itself refused, heard nothing or never was let in begins anew', () => {
  const anew = 'open bills pay Bearer T1'
  expect(asks({ ...phone, earlier: [signedIn, shown, busy('too-busy')] }, [signedIn, shown])).toBe(anew)
  expect(asks({ ...phone, earlier: [signedIn, shown, { ...busy(''), status: 0, body: '' }] }, [signedIn, shown])).toBe(anew)
  expect(asks({ ...phone, earlier: [busy('platform-busy')] }, [signedIn, shown])).toBe(anew)
})

test('who pays in an open session notices a silent entry as soon as who opens the app: both wait for their first answer as for an entry', () => {
  const firstOf = (errand: string) => {
    const step = adapter.next({ ...phone, row: { ...phone.row, errand } }, [])
    return step.does === 'send' ? [step.request.name, step.request.patience] : []
  }
  expect([firstOf('phone-payment'), firstOf('credit-payment')]).toEqual([
    ['open', 'entry'],
    ['bills', 'entry'],
  ])
})

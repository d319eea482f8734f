/** 6201, 6202 and 6401 from the hospital's side: a terminal places a bill at the payment centre, and takes the order back. */
import { expect, test } from 'vitest'
import { signedSender } from '../client/signed-sender.ts'
import type { Transport } from '../client/transport.ts'
import type { CashierPayRequest } from '../desks/cashier-desk.ts'
import type { MobileOrderDesk } from '../desks/mobile-order-desk.ts'
import type { TillDesk } from '../desks/till-desk.ts'
import { mobileOrderOperations } from '../dialects/mobile-orders.ts'
import { insuredNumber } from '../dialects/national/example-messages.ts'
import { plainPort } from '../dialects/plain.ts'
import { tillOperations } from '../dialects/tills.ts'
import { directTransport } from '../testing/direct-transport.ts'
import { loneHospital } from '../testing/lone-hospital.ts'
import { mobileBureau } from '../testing/mobile-bureau.ts'
import { bill, identity, person, site } from '../testing/small-wire.ts'

const terminals = ['consult', 'window'].map((kind) => ({ terminal: `${kind}-1`, kind, operator: kind }))
const room = { site, terminal: 'consult-1', signIn: 'QD7-20201012-000001', bill }
const window = { site, terminal: 'window-1', signIn: 'QD7-20201012-000002', bill } satisfies Partial<CashierPayRequest>
const { name, idNumber } = identity
const insured = { insuredNumber: insuredNumber(person), insurance: '310', insuredPlace: '310000', name, idNumber }

async function stage(mobileChain: 'off' | 'signed' | 'sealed', between = (direct: Transport): Transport => direct) {
  const centre = await mobileBureau()
  const transport = between(directTransport(centre.bureau.app))
  const hospital = await loneHospital(transport, centre.keys, centre.realNowMs, { settings: { mobileChain }, sites: [{ site, terminals }] })
  const key = centre.keys.between(`site-${site}`, 'his')
  const send = signedSender({ transport: directTransport(hospital.app), caller: `site-${site}`, key, nowMs: centre.realNowMs })
  const orders = plainPort<MobileOrderDesk>(mobileOrderOperations, send)
  const till = plainPort<TillDesk>(tillOperations, send)
  const place = async (change: object = {}) =>
    orders.place({ ...room, person, insured, authorization: await centre.authorize(), ...change } as Parameters<
      MobileOrderDesk['place']
    >[0])
  return { ...centre, hospital, orders, till, place }
}
const amounts = { totalFen: 12_000, fundFen: 3600, accountFen: 3000, cashFen: 5400 }

test.each(['signed', 'sealed'] as const)('%s: the centre prices the bill, and asked again it is the same order', async (how) => {
  const { place, hospital } = await stage(how)
  const first = await place()
  expect(first).toMatchObject({ outcome: 'order-placed', ...amounts })
  expect(await place()).toEqual(first)
  expect((await hospital.book()).filter(({ does }) => does === 'open-attempt')).toHaveLength(1)
  expect(JSON.stringify(await hospital.book())).not.toContain(idNumber)
})

test('a hospital whose chain is off asks nobody, and a terminal needs its own sign-in', async () => {
  const off = await stage('off', () => ({ send: () => Promise.reject(new Error('asked')), close: async () => undefined }))
  expect(await off.place()).toEqual({ outcome: 'refused', reason: 'mobile-chain-off' })
  const { place } = await stage('signed')
  expect(await place({ signIn: window.signIn })).toEqual({ outcome: 'refused', reason: 'not-signed-in' })
})

test('while the order stands no window collects; taken back, its bill is free, and paid no more by phone', async () => {
  const { place, till, orders, hospital, authorize } = await stage('signed')
  await place()
  expect(await till.hold({ ...window, attempt: 'S1', person })).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  expect(await orders.revoke({ ...room, name, idNumber: 'X' })).toEqual({ outcome: 'refused', reason: 'insurer-refused' })
  expect(await hospital.state()).toBe('in-doubt')
  expect(await orders.revoke({ ...room, name, idNumber })).toEqual({ outcome: 'order-revoked' })
  expect(await till.hold({ ...window, attempt: 'S1', person })).toMatchObject({ outcome: 'open' })
  expect(await place({ authorization: await authorize() })).toEqual({ outcome: 'refused', reason: 'attempt-closed' })
})

test('what somebody else has is not placed, and the order that was uploaded for it is taken back', async () => {
  const { place, till, store } = await stage('signed')
  await till.hold({ ...window, attempt: 'S1', person })
  expect(await place()).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  const states = (await store.export()).flatMap(({ text }) => /"state":"(\w+)"/.exec(text)?.[1] ?? [])
  expect(states).toEqual(['uploaded', 'revoked'])
})

test('the centre’s refusal and its silence leave the bill as it was', async () => {
  const refusing = await stage('signed')
  expect(await refusing.place({ insured: { ...insured, name: '他人' } })).toEqual({ outcome: 'refused', reason: 'insurer-refused' })
  expect(await refusing.hospital.state()).toBe('unpaid')
  const silent = await stage('sealed', (direct) => ({
    ...direct,
    send: async () => ({ outcome: 'no-reply', sent: 'maybe', why: 'silent' }),
  }))
  expect(await silent.place()).toMatchObject({ outcome: 'no-reply', why: 'status 504: party-silent' })
  expect(await silent.hospital.state()).toBe('unpaid')
})

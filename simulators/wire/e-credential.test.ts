/** A credential from activation to payment: the phone shows a code, the bureau has it decoded by the centre, once, and the bill is paid. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport } from './client/transport.ts'
import type { IdentityDesk } from './desks/identity-desk.ts'
import type { Port } from './desks/port.ts'
import { identityOperations } from './dialects/identity.ts'
import { plainPort } from './dialects/plain.ts'
import { shanghaiBureauPort } from './dialects/shanghai/port.ts'
import type { Served } from './serve.ts'
import {
  bank,
  channel,
  control,
  identity,
  keys,
  payFromPhone,
  person,
  provision,
  seed,
  serveSmallWire,
  site,
} from './testing/small-wire.ts'

let served: Served
let phone: Port<IdentityDesk>
let bureau: ReturnType<typeof shanghaiBureauPort>
const closing: (() => Promise<void>)[] = []
const sender = (callee: string, caller: string) => {
  const transport = httpTransport({ origin: served.originOf(callee), timeoutMs: 5000 })
  closing.push(() => transport.close())
  return signedSender({ transport, caller, key: keys.between(caller, callee), nowMs: Date.now })
}
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { only: ['bureau', 'his', bank, 'platform', channel, 'identity'] })
  await provision(served)
  await control(served, 'identity', 'POST', '/control/opening', {
    seed,
    year: 2020,
    persons: [{ person, ageGroup: 'young-adult', isActive: false }],
    families: [],
  })
  phone = plainPort<IdentityDesk>(identityOperations, sender('identity', channel))
  bureau = shanghaiBureauPort(sender('bureau', 'platform'))
})
afterAll(async () => {
  await Promise.all(closing.map((close) => close()))
  await served.stop()
})
const from = () => ({ site, message: { sequence: 900_000 + closing.length, atMs: Date.parse('2020-10-12T00:00:00Z') } })
async function shown(): Promise<string> {
  const heard = await phone.show({ person, by: person })
  return heard.outcome === 'code' ? heard.code : ''
}

test('before it is activated there is nothing to show; activated, its code opens the account at the bureau once', async () => {
  expect(await phone.show({ person, by: person })).toEqual({ outcome: 'refused', reason: 'not-activated' })
  expect(await phone.activate({ key: 'J1', name: identity.name, idNumber: identity.idNumber })).toMatchObject({ outcome: 'activated' })
  const qr = await shown()
  const decoded = await bureau.decode({ ...from(), qr })
  expect(decoded).toMatchObject({ outcome: 'decoded', name: identity.name, idNumber: identity.idNumber })
  const value = decoded.outcome === 'decoded' ? decoded.token : ''
  expect(await bureau.account({ ...from(), credential: { kind: 'token', value } })).toMatchObject({
    outcome: 'account',
    name: identity.name,
  })
  expect(await bureau.decode({ ...from(), qr })).toEqual({ outcome: 'refused', reason: 'unknown-credential' })
  expect(await bureau.decode({ ...from(), qr: '1234567890123456789012345678' })).toEqual({
    outcome: 'refused',
    reason: 'unknown-credential',
  })
})

test('a bill is paid with the code that the phone shows', async () => {
  expect((await payFromPhone(served, { qr: await shown() })).body).toMatchObject({ payment: { state: 'paid' } })
})

test('a centre that is away says nothing of a code: the bureau is silent too, and refuses nobody', async () => {
  const qr = await shown()
  const centre = served.actors.find(({ actor }) => actor.name === 'identity')
  await centre?.actor.stop()
  expect(await bureau.decode({ ...from(), qr })).toMatchObject({ outcome: 'no-reply' })
  expect(await bureau.decode({ ...from(), qr: identity.qr })).toMatchObject({ outcome: 'decoded' })
})

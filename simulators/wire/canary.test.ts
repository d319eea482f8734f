/**
 * Credentials that must be nowhere after a whole run: every file of every book, every log line, metrics, spans and what control shows are
 * searched for them as they are, in hexadecimal and in base64. ID numbers are credentials here too: no book of the city declares one.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { IdentityDesk } from './desks/identity-desk.ts'
import type { MobilePayerDesk } from './desks/mobile-desk.ts'
import { identityOperations } from './dialects/identity.ts'
import { mobilePayerOperations } from './dialects/mobile-payer.ts'
import { plainPort } from './dialects/plain.ts'
import type { Served } from './serve.ts'
import { keyRing } from './signing/key-ring.ts'
import { walletKeys } from './signing/wallet-keys.ts'
import {
  bank,
  channel,
  control,
  identity,
  openings,
  payFromPhone,
  person,
  provision,
  seed,
  serveSmallWire,
  sessionToken,
  site,
} from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'

const secret = 'a root secret that is a canary'
const keys = keyRing(secret)
const actors = ['bureau', 'his', bank, 'platform', channel, 'wechat', 'identity']
const folder = mkdtempSync(join(tmpdir(), 'medpay-canary-'))
const logged: string[] = []
const transports: Transport[] = []
/** What it is → the word itself. */
const canaries = new Map<string, string>()
let served: Served

const senderTo = (actor: string, caller: string) => {
  const transport = httpTransport({ origin: served.originOf(actor), timeoutMs: 5000, connections: 1 })
  transports.push(transport)
  return signedSender({ transport, caller, key: keys.between(caller, actor), nowMs: Date.now })
}

beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), {
    only: actors,
    keys,
    booksFolder: folder,
    logStream: { write: (line) => void logged.push(line) },
    platform: { payerPollMs: 50 },
  })
  await provision(served, keys)
  await control(served, 'wechat', 'POST', '/control/opening', openings.wallet, keys)
  const persons = [{ person, ageGroup: 'young-adult', isActive: false }]
  await control(served, 'identity', 'POST', '/control/opening', { seed, year: 2020, persons, families: [] }, keys)

  canaries.set('root secret', secret)
  canaries.set('control token', keys.controlToken)
  canaries.set('key between platform and bureau', keys.between('platform', 'bureau').export().toString('latin1'))
  canaries.set('session token', sessionToken)
  canaries.set('ID number', identity.idNumber)
  canaries.set('e-credential of the 五期 payment', identity.qr)
  const merchant = walletKeys(keys, 'wechat').merchant('1900000001')
  canaries.set('API v3 key of a merchant', merchant.apiV3Key)

  // A card-free payment, one that is refused, and a scanned one.
  expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'paid' } })
  await payFromPhone(served, { idempotencyKey: 'K9', bill: 'MX-unknown', qr: `9${identity.qr.slice(1)}` })
  canaries.set('e-credential of a refused payment', `9${identity.qr.slice(1)}`)
  const { code } = (await phone(served.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/codes', { payer: openings.payer })) as {
    code: string
  }
  canaries.set('付款码', code)
  await payFromPhone(served, { idempotencyKey: 'K10', mode: 'scan', payCode: code })

  // The e-credential of the identity centre: activated, shown, decoded; then a payment allowed in the mobile chain.
  const phones = plainPort<IdentityDesk>(identityOperations, senderTo('identity', channel))
  const sites = plainPort<IdentityDesk>(identityOperations, senderTo('identity', `site-${site}`))
  const papers = { name: identity.name, idNumber: identity.idNumber }
  expect(await phones.activate({ key: 'A1', ...papers })).toMatchObject({ outcome: 'activated' })
  const shown = await phones.show({ person, by: person })
  if (shown.outcome !== 'code') throw new Error(shown.outcome)
  canaries.set('code of the e-credential', shown.code)
  const decoded = await sites.decode({ site, code: shown.code })
  if (decoded.outcome !== 'decoded') throw new Error(decoded.outcome)
  canaries.set('ecToken', decoded.token)
  const payers = plainPort<MobilePayerDesk>(mobilePayerOperations, senderTo('bureau', channel))
  const allowed = await payers.authorizePayment({ qr: identity.qr })
  if (allowed.outcome !== 'payment-authorized') throw new Error(allowed.outcome)
  canaries.set('payAuthNo', allowed.authorization)

  // Refusals are logged and counted too: a forged request, one without a session, nonsense.
  await fetch(`${served.originOf('platform')}/v1/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-medpay-caller': channel, 'x-medpay-signature': keys.controlToken },
    body: JSON.stringify({ qr: identity.qr, idNumber: identity.idNumber }),
  })
  await payFromPhone(served, {}, `${sessionToken}-of-nobody`)
})
afterAll(async () => {
  for (const transport of transports) await transport.close()
  rmSync(folder, { recursive: true })
})

test('after the run none of them is found in any database, log line or answer to an operator', async () => {
  const places = new Map<string, string>()
  for (const actor of actors) {
    places.set(`books of ${actor}, as shown`, JSON.stringify(await control(served, actor, 'GET', '/control/books', undefined, keys)))
    places.set(`spans of ${actor}`, JSON.stringify(await control(served, actor, 'POST', '/control/spans/take', undefined, keys)))
    places.set(`metrics of ${actor}`, await (await fetch(`${served.originOf(actor)}/metrics`)).text())
  }
  await served.stop()
  for (const file of readdirSync(folder)) places.set(`file ${file}`, readFileSync(join(folder, file)).toString('latin1'))
  places.set('log', logged.join('\n'))
  expect([...places.keys()].filter((name) => name.startsWith('file ')).length).toBeGreaterThanOrEqual(actors.length)

  const found = [...places].flatMap(([place, contents]) =>
    [...canaries].filter(([, word]) => spellings(word).some((spelt) => contents.includes(spelt))).map(([what]) => `${what} in ${place}`),
  )
  expect(found).toEqual([])
  // The search finds what is there: the bill's number stands in these books.
  expect(places.get('file his.sqlite')).toContain('MX0000000001')
})

const spellings = (word: string): readonly string[] => {
  const bytes = Buffer.from(word, 'latin1')
  return [word, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]
}

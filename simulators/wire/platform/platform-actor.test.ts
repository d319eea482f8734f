/** The platform's door over its socket: who is sent away while it is full, and how little is done for them. */
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { aggregationOperations } from '../dialects/aggregation.ts'
import { signUpOperations } from '../dialects/sign-up.ts'
import { signatureHeaders, signHmac } from '../signing/hmac.ts'
import { bank, bill, channel, control, identity, keys, person, provision, serveSmallWire, site } from '../testing/small-wire.ts'

const { pay, query } = aggregationOperations
const payment = { channel, person, site, bill, mode: 'credit', qr: identity.qr }

test('a full platform sends payers away before their signature is checked, says when to come back, and writes nothing of them', async () => {
  const asked = Promise.withResolvers<void>()
  const room = Promise.withResolvers<void>()
  onTestFinished(() => room.resolve())
  const served = await serveSmallWire(planOf('small-town'), {
    only: ['bureau', 'his', bank, 'platform', channel],
    platform: {
      mostUnderWay: 1,
      seams: {
        ports: (ports) => ({
          ...ports,
          his: Object.assign(Object.create(ports.his) as typeof ports.his, {
            open: async (request: Parameters<typeof ports.his.open>[0]) => {
              asked.resolve()
              await room.promise
              return ports.his.open(request)
            },
          }),
        }),
      },
    },
  })
  onTestFinished(() => served.stop())
  await provision(served)
  const post = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(served.originOf('platform') + path, {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as unknown }
  }
  const signed = (path: string, body: string) => {
    const parts = { caller: channel, method: 'POST', path, body: Buffer.from(body) }
    const fresh = { timestamp: Math.floor(Date.now() / 1000), nonce: randomUUID() }
    return {
      [signatureHeaders.caller]: channel,
      [signatureHeaders.timestamp]: String(fresh.timestamp),
      [signatureHeaders.nonce]: fresh.nonce,
      [signatureHeaders.signature]: signHmac(keys.between(channel, 'platform'), { ...parts, ...fresh }),
    }
  }
  const books = async () => ((await control(served, 'platform', 'GET', '/control/books')) as { ledger: { payments: unknown[] } }).ledger

  const firstBody = JSON.stringify({ ...payment, idempotencyKey: 'K1' })
  const first = post(pay.path, firstBody, signed(pay.path, firstBody))
  await asked.promise
  const before = await books()
  expect(before.payments).toHaveLength(1)
  const sentAway = { status: 429, retryAfter: '1', body: { error: { code: 'too-busy' } } }
  const secondBody = JSON.stringify({ ...payment, idempotencyKey: 'K2' })
  const seal = signed(pay.path, secondBody)
  expect(await post(pay.path, secondBody, seal)).toMatchObject(sentAway)
  // Neither the signature nor the body was looked at.
  expect(await post(pay.path, secondBody)).toMatchObject(sentAway)
  expect(await post(pay.path, '{not JSON')).toMatchObject(sentAway)
  expect(await post(signUpOperations.bills.path, '{}')).toMatchObject(sentAway)
  // Whoever asks what became of a payment is never sent away.
  expect(await post(query.path, '{}')).toMatchObject({ status: 401 })
  expect(await books()).toEqual(before)

  room.resolve()
  expect(await first).toMatchObject({ status: 200, body: { payment: { state: 'paid' } } })
  // Paid and told, it makes room when its invoice is issued.
  await expect.poll(() => post(pay.path, secondBody), { timeout: 10_000 }).toMatchObject({ status: 401 })
  // The very request that was sent away is no replay: its nonce was not taken.
  expect(await post(pay.path, secondBody, seal)).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'bill-paid' } })
})

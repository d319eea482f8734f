/** The worked pairs on the OpenAPI pages are true: asked in their order over the signed routes, the actors answer so. */
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { gatewayOperations } from '../dialects/gateway.ts'
import { gatewayCreditOperations } from '../dialects/gateway-credit.ts'
import type { PlainOperation } from '../dialects/plain.ts'
import { signatureHeaders, signHmac } from '../signing/hmac.ts'
import { bankName, fen, keys, oneBank } from './testing/one-bank.ts'

const tables: Readonly<Record<string, Readonly<Record<string, PlainOperation>>>> = {
  gateway: gatewayOperations,
  credit: gatewayCreditOperations,
}

test.each(Object.entries(tables))('every message of %s has a pair in the form of its schemas', (_, operations) => {
  for (const { path, request, reply, example } of Object.values(operations)) {
    expect([path, [...Value.Errors(request, example?.request)], [...Value.Errors(reply, example?.reply)]]).toEqual([path, [], []])
    expect(JSON.stringify(example?.reply)).not.toContain('refused')
  }
})

test('a bank answers the pairs of its gateway to the letter', async () => {
  const city = await oneBank()
  let nonce = 0
  const ask = async (path: string, body: object) => {
    nonce += 1
    const bytes = Buffer.from(JSON.stringify(body))
    const parts = { caller: 'platform', method: 'POST', path, body: bytes, timestamp: 1_800_000_000, nonce: String(nonce) }
    const answer = await city.bank.app.inject({
      method: 'POST',
      url: path,
      payload: bytes,
      headers: {
        'content-type': 'application/json',
        [signatureHeaders.caller]: parts.caller,
        [signatureHeaders.timestamp]: String(parts.timestamp),
        [signatureHeaders.nonce]: parts.nonce,
        [signatureHeaders.signature]: signHmac(keys.between('platform', bankName), parts),
      },
    })
    return { path, status: answer.statusCode, body: answer.json() as unknown }
  }
  await city.open({
    customers: [{ person: 42, assessedFen: fen(100_000), raisedFen: fen(200_000), cardFen: fen(300_000) }],
    agreements: [
      { agreement: 'XYEXAMPLE0042', person: 41, limitFen: fen(100_000), usedFen: fen(0) },
      { agreement: 'ZHEXAMPLE0042', person: 42, kind: 'account', limitFen: fen(100_000), usedFen: fen(0) },
    ],
  })
  await city.bank.desk.authorize({ key: 'P1-A', agreement: 'XYEXAMPLE0042', site: 7, amountFen: fen(6000) })
  for (const [name, { path, example }] of Object.entries<PlainOperation>(gatewayOperations)) {
    if (name === 'statement') city.setClock('2020-10-13 09:00:00')
    expect(await ask(path, example?.request ?? {})).toEqual({ path, status: 200, body: example?.reply })
  }
  city.setClock('2020-10-12 09:00:00')
  for (const [name, { path, example }] of Object.entries<PlainOperation>(gatewayCreditOperations)) {
    if (name === 'line') {
      const { agreement } = (example?.request ?? {}) as { readonly agreement: string }
      await city.bank.desk.debit({ key: 'D9', agreement, site: 7, amountFen: fen(5000) })
    }
    expect(await ask(path, example?.request ?? {})).toEqual({ path, status: 200, body: example?.reply })
  }
  const pages = (await city.bank.app.inject({ method: 'GET', url: '/openapi.json' })).body
  expect(pages).toContain('XYEXAMPLE0042')
})

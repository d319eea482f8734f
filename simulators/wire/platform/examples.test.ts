/** The worked pairs on the platform's OpenAPI page are true: asked in this order over its signed routes, it answers so. */

import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { bucketOf } from '../../measures/statistics/histogram.ts'
import { fenOf } from '../../money/fen.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import { aggregationOperations } from '../dialects/aggregation.ts'
import type { PlainOperation } from '../dialects/plain.ts'
import { reconciliationOperations, reconciliationOperatorOperations } from '../dialects/reconciliation.ts'
import { signUpOperations } from '../dialects/sign-up.ts'
import { identityOf } from '../people/identity.ts'
import type { Served } from '../serve.ts'
import { bank, control, keys, openings, seed, serveSmallWire } from '../testing/small-wire.ts'

const plan = planOf('small-town')
const person = 43
const { qr } = identityOf({ seed, year: 2020 }, person, 'young-adult')
const actors = ['identity', 'bureau', 'his', bank, 'platform'] as const
const [billOfPerson] = openings.his.bills
const [insured] = openings.bureau.persons
let served: Served
let transport: Transport
beforeAll(async () => {
  served = await serveSmallWire(plan, {
    only: actors,
    platform: {
      banks: plan.city.parties.banks.filter(({ name }) => name === bank),
      wallets: [],
      reconcileEveryMs: 3_600_000,
      matchLiveEveryMs: 3_600_000,
    },
  })
  transport = httpTransport({ origin: served.originOf('platform'), timeoutMs: 10_000 })
  for (const [actor, opening] of [
    ['identity', { seed, year: 2020, persons: [{ person, ageGroup: 'young-adult', isActive: true }], families: [] }],
    ['bureau', { ...openings.bureau, persons: [{ ...insured, person }] }],
    ['his', { bills: [{ ...billOfPerson, person }] }],
    [bank, { customers: [{ person, assessedFen: fenOf(100_000) }], agreements: [] }],
  ] as const)
    await control(served, actor, 'POST', '/control/opening', opening)
})
afterAll(async () => {
  await transport.close()
  await served.stop()
})
const on = async (now: string) => {
  for (const actor of actors) await control(served, actor, 'PUT', '/control/clock', { now })
}

/** Clocks run with real seconds; moments and ages of the pairs are told to the hour. */
function toTheHour(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTheHour)
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d{2}-\d{2} \d{2}):\d{2}:\d{2}$/, '$1:00:00')
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name.endsWith('AgeSeconds')
        ? Math.round((inner as number) / 3600) * 3600
        : name === 'waitedMsBuckets'
          ? (inner as number[][]).map(([bucket = 0, sums]) => [bucket < bucketOf(60_000) ? 0 : bucket, sums])
          : toTheHour(inner),
    ]),
  )
}

const tables = {
  aggregation: aggregationOperations,
  'sign-up': signUpOperations,
  reconciliation: reconciliationOperations,
  'reconciliation for operators': reconciliationOperatorOperations,
} as const
test.each(Object.entries(tables))('every message of %s has a pair in the form of its schemas', (_, operations) => {
  for (const { path, request, reply, example } of Object.values<PlainOperation>(operations)) {
    expect([path, [...Value.Errors(request, example?.request)], [...Value.Errors(reply, example?.reply)]]).toEqual([path, [], []])
    expect(JSON.stringify(example?.reply)).not.toContain('refused')
  }
})

test('the platform answers the pairs to the letter', async () => {
  /** Stands in the pairs for the number the platform made, and for the code the phone showed. */
  let payment = 'none yet'
  const ask = async ({ path, example }: PlainOperation, caller = 'channel-main-entry') => {
    const body = JSON.parse(
      JSON.stringify(example?.request ?? {})
        .replaceAll('PEXAMPLE', payment)
        .replaceAll('QR-EXAMPLE', qr),
    ) as object
    const key = keys.between(caller, 'platform')
    const heard = await signedSender({ transport, caller, key, nowMs: Date.now })('POST', path, body)
    if (heard.outcome !== 'answered') throw new Error(`${path}: ${heard.why}`)
    payment = (heard.body as { payment?: { payment?: string } }).payment?.payment ?? payment
    const said = JSON.parse(JSON.stringify(heard.body).replaceAll(payment, 'PEXAMPLE')) as object
    expect({ path, said: toTheHour(said) }).toEqual({ path, said: example?.reply })
  }
  await on('2020-10-12 10:00:00')
  const { pay, query, hold, visit, refund } = aggregationOperations
  for (const one of [signUpOperations.bills, signUpOperations.assess, signUpOperations.signUp, hold, visit, pay, query]) await ask(one)
  await on('2020-10-13 09:00:00')
  await ask(reconciliationOperatorOperations.reconcile, 'operator')
  await ask(reconciliationOperations.reconciliationOf)
  await ask(reconciliationOperations.siteReconciliation)
  await ask(reconciliationOperatorOperations.money, 'operator')
  await ask(refund)
})

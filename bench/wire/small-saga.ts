/**
 * The benchmark's small payment: an intent in the ledger, three hops (bureau, bank, hospital), postings, an
 * answer; two durable commits. The parts are the house's own: app factory, client, ledger. Unsigned, since signatures have their own
 * price list. The full payment of the reference platform is measured beside it.
 */
import { Type } from 'typebox'
import type { Transport } from '../../simulators/wire/client/transport.ts'
import { type ActorApp, actorApp } from '../../simulators/wire/server/actor-app.ts'
import { businessClock } from '../../simulators/wire/server/business-clock.ts'
import { clocksOf } from '../../simulators/wire/server/failure-switch.ts'
import { serviceLine } from '../../simulators/wire/server/service-line.ts'
import type { Ledger } from '../../simulators/wire/stores/ledger.ts'
import { hopAnswer, hopBody } from './hop-words.ts'
import { advanceToPaid, openPayment } from './ledger-price.ts'

const hopSchema = Type.Object(
  {
    payment: Type.String({ maxLength: 40 }),
    person: Type.Integer(),
    site: Type.Integer(),
    bill: Type.String({ maxLength: 40 }),
    mode: Type.String({ maxLength: 20 }),
    totalFen: Type.Integer(),
    coveredFen: Type.Integer(),
    lines: Type.Array(Type.Object({ code: Type.String(), priceFen: Type.Integer(), count: Type.Integer() })),
    note: Type.String({ maxLength: 100 }),
  },
  { additionalProperties: false },
)
const answerSchema = Type.Object({
  outcome: Type.String(),
  payment: Type.String(),
  fundFen: Type.Integer(),
  historyAccountFen: Type.Integer(),
  cashFen: Type.Integer(),
  settlement: Type.String(),
  note: Type.String(),
})

/** What a counterparty of the small payment does. */
export type Hop = (payment: string) => Promise<{ readonly outcome: string }>
export const parties = ['bureau', 'bank', 'his'] as const

const appNamed = (name: string): Promise<{ readonly app: ActorApp }> =>
  actorApp({
    name,
    title: { zh: name, en: name },
    version: 'bench',
    controlToken: 'bench',
    isReady: () => true,
    log: { tell: () => undefined },
    control: {
      ...clocksOf(businessClock(0, Date.now), Date.now),
      line: serviceLine(Date.now, () => Promise.resolve()),
      openingSchema: Type.Object({}),
      open: async () => undefined,
      export: async () => ({}),
      reset: async () => undefined,
    },
  })

/** One app that answers for all three counterparties. */
export async function partyApp(): Promise<ActorApp> {
  const { app } = await appNamed('party')
  for (const party of parties) {
    app.post(
      `/${party}`,
      { config: { operation: party }, schema: { summary: party, body: hopSchema, response: { 200: answerSchema } } },
      async ({ body }) => hopAnswer(body.payment),
    )
  }
  await app.ready()
  return app
}

/** @param hops by socket or by plain call */
export async function smallPlatform(ledger: Ledger, hops: Readonly<Record<(typeof parties)[number], Hop>>): Promise<ActorApp> {
  const { app } = await appNamed('platform')
  const pay = async (payment: string) => {
    const opened = await openPayment(ledger, payment)
    for (const party of parties) if ((await hops[party](payment)).outcome !== 'done') throw new Error(`${party} did not answer`)
    await advanceToPaid(ledger, opened, 0)
    return hopAnswer(payment)
  }
  app.post(
    '/pay',
    { config: { operation: 'pay' }, schema: { summary: 'pay', body: hopSchema, response: { 200: answerSchema } } },
    async ({ body }) => pay(body.payment),
  )
  await app.ready()
  return app
}

/** A hop over a socket. */
export const hopBy =
  (transport: Transport, party: string): Hop =>
  async (payment) => {
    const heard = await transport.send({
      method: 'POST',
      path: `/${party}`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(hopBody(payment))),
    })
    if (heard.outcome !== 'answered' || heard.status !== 200) return { outcome: 'silence' }
    return JSON.parse(heard.body.toString('utf8')) as { outcome: string }
  }

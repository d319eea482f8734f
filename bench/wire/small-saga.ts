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

/** About 260 bytes of JSON, as a settlement's request has. */
export const hopBody = (payment: string) => ({
  payment,
  person: 310_100_123,
  site: 1234,
  bill: `MX${payment}`,
  mode: 'credit',
  totalFen: 12_000,
  coveredFen: 10_000,
  lines: [{ code: 'Y00001', priceFen: 12_000, count: 1 }],
  note: 'x'.repeat(80),
})
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
export const hopAnswer = (payment: string) => ({
  outcome: 'done',
  payment,
  fundFen: 3000,
  historyAccountFen: 3000,
  cashFen: 6000,
  settlement: '3100202010120000000001',
  note: 'y'.repeat(60),
})
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
    const asked = {
      number: payment,
      channel: 'bench',
      idempotencyKey: payment,
      askedSha256: payment,
      person: 1,
      site: 1,
      bill: `MX${payment}`,
    }
    const opened = await ledger.open({ ...asked, mode: 'credit' }, '{}', { owner: 'bench', untilMs: Date.now() + 60_000 }, Date.now())
    if (opened.outcome !== 'opened') throw new Error(opened.outcome)
    for (const party of parties) if ((await hops[party](payment)).outcome !== 'done') throw new Error(`${party} did not answer`)
    const postings = [
      { account: 'advances', amountFen: 6000 },
      { account: 'history-accounts', amountFen: 3000 },
      { account: 'fund', amountFen: 3000 },
      { account: 'due-to-site', amountFen: -12_000 },
    ] as const
    await ledger.advance({
      number: payment,
      fence: opened.payment.fence,
      leaseUntilMs: Date.now() + 60_000,
      atMs: Date.now(),
      state: 'paid',
      isOpen: false,
      memory: '{}',
      event: 'paid',
      eventNumber: 2,
      postings,
    })
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

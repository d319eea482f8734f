/** What a phone asks of an entry: sign in and out, pay, ask what became of a payment. Who it is stands in the session, not in the body. */
import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { PaymentDesk } from '../desks/payment-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { entryMessages, entrySummary } from '../dialects/entry.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { WireFailure } from '../server/failures.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import { type ChannelEntry, type ChannelState, digestOf, isOf, type Session } from './channel-book.ts'
import type { PartyHealth } from './party-health.ts'

export interface EntryParts {
  readonly channel: string
  readonly platform: Port<PaymentDesk & SignUpDesk>
  /** Spoken to the first time somebody lets a bank ask. */
  readonly score: () => Pick<Port<ScoreDesk>, 'grantLeave'>
  readonly line: FailingLine
  readonly book: KeptBook<ChannelState, ChannelEntry>
  readonly health: PartyHealth
  readonly ask: <Reply extends { readonly outcome: string }>(work: () => Promise<Reply | NoReply>) => Promise<Reply>
  readonly sessionOf: (request: FastifyRequest) => Session & { readonly tokenSha256: string }
  readonly protocolMs: () => number
  readonly ownOrigin: () => string
  /** Of what the platform tells by itself. */
  readonly gate: (request: FastifyRequest) => Promise<void>
}

/** ASSUMPTION: a session ends two hours after signing in; tried 15 min – 24 h. */
const sessionMs = 7_200_000
const tags = ['入口']
const security = [{ session: [] }]
const { signIn, signOut, health: seen, pay, query, bills, assess, signUp, notice } = entryMessages
export function addEntryRoutes(
  app: ActorApp,
  { channel, platform, line, book, health, ask, sessionOf, protocolMs, ownOrigin, gate }: EntryParts,
): void {
  /** The entry's own part, on its own servers. It is over before the platform is asked, as in the city's message table. */
  const inTurn = <T>(request: FastifyRequest, operation: 'entry/open' | 'entry/session', businessKey: string, work: () => T | Promise<T>) =>
    line.serve(operation, businessKey, async () => work(), request)

  const personOf = (request: FastifyRequest, forPerson?: number) => personFor(sessionOf(request), forPerson)

  app.post(
    signIn.path,
    {
      config: { operation: 'entry/open' },
      schema: { summary: entrySummary(signIn), tags, body: signIn.body, response: { 200: signIn.reply } },
    },
    (request) =>
      inTurn(request, 'entry/open', String(request.body.person), () =>
        book.answer((state) => {
          const { body } = request
          const account = state.accounts.get(body.person)
          if (account === undefined || account.secretSha256 !== digestOf(body.secret))
            throw new WireFailure('unsigned', { en: 'no such account, or another secret', zh: '账户不存在或密码不正确' })
          const token = randomBytes(32).toString('base64url')
          const { children } = account
          const session = { person: body.person, children, untilMs: protocolMs() + sessionMs }
          return {
            entries: [{ does: 'sign-in', tokenSha256: digestOf(token), ...session }],
            reply: { token, expiresInSeconds: sessionMs / 1000 },
          }
        }),
      ),
  )
  app.post(
    signOut.path,
    { config: { operation: 'entry/open' }, schema: { summary: entrySummary(signOut), tags, security } },
    async (request, reply) => {
      const { tokenSha256 } = sessionOf(request)
      await book.answer(() => ({ entries: [{ does: 'sign-out', tokenSha256 }], reply: undefined }))
      return reply.code(204).send()
    },
  )
  app.get(
    seen.path,
    { schema: { summary: entrySummary(seen), tags, response: { 200: seen.reply } } },
    async () => ({ entry: 'open', platform: health.isDown ? 'down' : 'up' }) as const,
  )
  app.post(
    pay.path,
    {
      config: { operation: 'entry/session' },
      schema: { summary: entrySummary(pay), tags, body: pay.body, response: { 200: pay.reply }, security },
    },
    async (request) => {
      const { forPerson, ...body } = request.body
      const who = await inTurn(request, 'entry/session', body.bill, () => personOf(request, forPerson))
      return (await ask(() => platform.pay({ ...body, channel, person: who, noticeUrl: ownOrigin() + notice.path }))) as never
    },
  )
  app.post(
    notice.path,
    {
      preValidation: gate,
      config: { operation: 'entry/notice' },
      schema: { summary: entrySummary(notice), tags, body: notice.body, response: { 200: notice.reply } },
    },
    (request) => {
      const { notice: number, payment } = request.body
      const hear = () =>
        book.answer((state) => ({
          // The same notice again was heard already.
          entries: state.notices.has(number)
            ? []
            : [{ does: 'notice', notice: number, payment: payment.payment, person: payment.person, state: payment.state }],
          reply: { outcome: 'heard' as const },
        }))
      return line.beside('entry/notice', payment.payment, hear, request)
    },
  )
  app.post(
    bills.path,
    {
      config: { operation: 'entry/bills' },
      schema: { summary: entrySummary(bills), tags, body: bills.body, response: { 200: bills.reply }, security },
    },
    async (request) => {
      const { forPerson, ...body } = request.body
      // No message of the city's table, so that it takes none of the entry's planned servers.
      const who = await line.beside('entry/bills', body.visit, async () => personOf(request, forPerson), request)
      return (await ask(() => platform.bills({ ...body, channel, person: who }))) as never
    },
  )
  app.post(
    assess.path,
    {
      config: { operation: 'entry/open' },
      schema: { summary: entrySummary(assess), tags, body: assess.body, response: { 200: assess.reply }, security },
    },
    async (request) => {
      // Nobody signs up for somebody else, a child included.
      const who = await inTurn(request, 'entry/open', request.body.idempotencyKey, () => personOf(request))
      return (await ask(() => platform.assess({ ...request.body, channel, person: who }))) as never
    },
  )
  app.post(
    signUp.path,
    {
      config: { operation: 'entry/session' },
      schema: { summary: entrySummary(signUp), tags, body: signUp.body, response: { 200: signUp.reply }, security },
    },
    async (request) => {
      const who = await inTurn(request, 'entry/session', request.body.assessment, () => personOf(request))
      return (await ask(() => platform.signUp({ ...request.body, channel, person: who }))) as never
    },
  )
  app.get(
    query.path,
    {
      config: { operation: 'entry/query' },
      schema: { summary: entrySummary(query), tags, params: query.params, response: { 200: query.reply }, security },
    },
    async (request) => {
      const session = await inTurn(request, 'entry/session', request.params.payment, () => sessionOf(request))
      const reply = await ask(() => platform.query({ payment: request.params.payment, channel }))
      // Somebody else's payment is as if there were none.
      return (reply.outcome === 'payment' && !isOf(session, reply.payment.person) ? { outcome: 'unheard-of' } : reply) as never
    },
  )
}

/** Whom a session asks for: its own person, or the child it names, if that is registered with it. */
export function personFor(session: Session, named: number | undefined): number {
  const who = named ?? session.person
  if (!isOf(session, who)) throw new WireFailure('forbidden')
  return who
}

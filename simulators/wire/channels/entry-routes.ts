/** What a phone asks of an entry: sign in and out, pay, ask what became of a payment. Who it is stands in the session, not in the body. */
import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type PaymentDesk, platformModes } from '../desks/payment-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { aggregationOperations } from '../dialects/aggregation.ts'
import { paymentNoticeSchema } from '../dialects/payment-notice.ts'
import { key, person, site, strict } from '../dialects/plain-fields.ts'
import { papers, scoreAuthorizations, signUpOperations } from '../dialects/sign-up.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { WireFailure } from '../server/failures.ts'
import { choice } from '../server/opening-schema.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import { type ChannelEntry, type ChannelState, digestOf, isOf, type Session } from './channel-book.ts'
import type { PartyHealth } from './party-health.ts'

export interface EntryParts {
  readonly channel: string
  readonly platform: Port<PaymentDesk & SignUpDesk>
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

/** Where the platform tells an entry of its payments. */
const noticePath = '/entry/v1/notices'

/** ASSUMPTION: a session ends two hours after signing in; tried 15 min – 24 h. */
const sessionMs = 7_200_000
const tags = ['入口']
const security = [{ session: [] }]
const payBody = Type.Object(
  {
    idempotencyKey: key('幂等键'),
    /** Absent: the bill of the person signed in. */
    forPerson: Type.Optional(person()),
    site: site(),
    bill: key('明细账单号'),
    mode: choice(platformModes),
    qr: Type.String({ minLength: 1, maxLength: 64, title: '电子凭证二维码' }),
    payCode: Type.Optional(Type.String({ minLength: 16, maxLength: 24, pattern: '^[0-9]+$', title: '付款码' })),
  },
  strict,
)

export function addEntryRoutes(
  app: ActorApp,
  { channel, platform, line, book, health, ask, sessionOf, protocolMs, ownOrigin, gate }: EntryParts,
): void {
  /** The entry's own part, on its own servers. It is over before the platform is asked, as in the city's message table. */
  const inTurn = <T>(request: FastifyRequest, operation: 'entry/open' | 'entry/session', businessKey: string, work: () => T | Promise<T>) =>
    line.serve(operation, businessKey, async () => work(), request)

  const personOf = (request: FastifyRequest, forPerson?: number) => personFor(sessionOf(request), forPerson)

  app.post(
    '/entry/v1/sessions',
    {
      config: { operation: 'entry/open' },
      schema: {
        summary: '登录 · Sign in',
        tags,
        body: Type.Object({ person: person(), secret: Type.String({ minLength: 1, maxLength: 200 }) }, strict),
        response: { 200: Type.Object({ token: Type.String(), expiresInSeconds: Type.Integer() }) },
      },
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
    '/entry/v1/sessions/end',
    { config: { operation: 'entry/open' }, schema: { summary: '退出 · Sign out', tags, security } },
    async (request, reply) => {
      const { tokenSha256 } = sessionOf(request)
      await book.answer(() => ({ entries: [{ does: 'sign-out', tokenSha256 }], reply: undefined }))
      return reply.code(204).send()
    },
  )
  app.get(
    '/entry/v1/health',
    {
      schema: {
        summary: '入口与其后平台的状态 · This entry, and the platform as it sees it',
        tags,
        response: { 200: Type.Object({ entry: Type.Literal('open'), platform: choice(['up', 'down'] as const) }) },
      },
    },
    async () => ({ entry: 'open', platform: health.isDown ? 'down' : 'up' }) as const,
  )
  app.post(
    '/entry/v1/payments',
    {
      config: { operation: 'entry/session' },
      schema: { summary: '支付 · Pay a bill', tags, body: payBody, response: { 200: aggregationOperations.pay.reply }, security },
    },
    async (request) => {
      const { forPerson, ...body } = request.body
      const who = await inTurn(request, 'entry/session', body.bill, () => personOf(request, forPerson))
      return (await ask(() => platform.pay({ ...body, channel, person: who, noticeUrl: ownOrigin() + noticePath }))) as never
    },
  )
  app.post(
    noticePath,
    {
      preValidation: gate,
      config: { operation: 'entry/notice' },
      schema: {
        summary: '支付结果通知 · The platform tells of a payment',
        tags,
        body: paymentNoticeSchema,
        response: { 200: Type.Object({ outcome: Type.Literal('heard') }) },
      },
    },
    (request) => {
      const { notice, payment } = request.body
      const hear = () =>
        book.answer((state) => ({
          // The same notice again was heard already.
          entries: state.notices.has(notice)
            ? []
            : [{ does: 'notice', notice, payment: payment.payment, person: payment.person, state: payment.state }],
          reply: { outcome: 'heard' as const },
        }))
      return line.beside('entry/notice', payment.payment, hear, request)
    },
  )
  app.post(
    '/entry/v1/bills/query',
    {
      config: { operation: 'entry/bills' },
      schema: {
        summary: '查询就诊账单 · Bills of a visit',
        tags,
        body: Type.Object({ forPerson: Type.Optional(person()), site: site(), visit: key('就诊单元号') }, strict),
        response: { 200: signUpOperations.bills.reply },
        security,
      },
    },
    async (request) => {
      const { forPerson, ...body } = request.body
      // No message of the city's table, so that it takes none of the entry's planned servers.
      const who = await line.beside('entry/bills', body.visit, async () => personOf(request, forPerson), request)
      return (await ask(() => platform.bills({ ...body, channel, person: who }))) as never
    },
  )
  app.post(
    '/entry/v1/credit/assessments',
    {
      config: { operation: 'entry/open' },
      schema: {
        summary: '信用评估 · What the banks offer',
        tags,
        body: Type.Object({ idempotencyKey: key('评估键'), ...papers, scoreAuthorizations: scoreAuthorizations() }, strict),
        response: { 200: signUpOperations.assess.reply },
        security,
      },
    },
    async (request) => {
      // Nobody signs up for somebody else, a child included.
      const who = await inTurn(request, 'entry/open', request.body.idempotencyKey, () => personOf(request))
      return (await ask(() => platform.assess({ ...request.body, channel, person: who }))) as never
    },
  )
  app.post(
    '/entry/v1/credit/agreements',
    {
      config: { operation: 'entry/session' },
      schema: {
        summary: '一键签约 · Accept one bank’s offer',
        tags,
        body: Type.Object({ assessment: key('评估键'), bank: key('银行') }, strict),
        response: { 200: signUpOperations.signUp.reply },
        security,
      },
    },
    async (request) => {
      const who = await inTurn(request, 'entry/session', request.body.assessment, () => personOf(request))
      return (await ask(() => platform.signUp({ ...request.body, channel, person: who }))) as never
    },
  )
  app.get(
    '/entry/v1/payments/:payment',
    {
      config: { operation: 'entry/query' },
      schema: {
        summary: '查询支付 · What became of a payment',
        tags,
        params: Type.Object({ payment: key('支付号') }, strict),
        response: { 200: aggregationOperations.query.reply },
        security,
      },
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

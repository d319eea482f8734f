/** What a phone asks of an entry: the testbed's own interface. Who asks stands in the session, never in the body. */
import { type TObject, type TSchema, Type } from 'typebox'
import { type PlatformMode, platformModes } from '../desks/payment-desk.ts'
import { aggregationOperations } from './aggregation.ts'
import { scoreOperations } from './credit-score.ts'
import { paymentNoticeSchema } from './payment-notice.ts'
import { fen, key, person, site, strict } from './plain-fields.ts'
import { papers, scoreAuthorizations, signUpOperations } from './sign-up.ts'

interface EntryMessage<Body extends TObject = TObject, Params extends TObject = TObject> {
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly body: Body
  /** Parts of the path. */
  readonly params: Params
  readonly reply: TSchema
}

const nothing = Type.Object({}, strict)
const ofPayment = Type.Object({ payment: key('支付号') }, strict)
/** Absent: the person signed in. */
const forPerson = Type.Optional(person())
const visit = { forPerson, site: site(), visit: key('就诊单元号') }
const lines = Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200 })

export const entryMessages = {
  signIn: {
    path: '/entry/v1/sessions',
    zh: '登录',
    en: 'Sign in',
    body: Type.Object({ person: person(), secret: Type.String({ minLength: 1, maxLength: 200 }) }, strict),
    params: nothing,
    reply: Type.Object({ token: Type.String(), expiresInSeconds: Type.Integer() }),
  },
  signOut: { path: '/entry/v1/sessions/end', zh: '退出', en: 'Sign out', body: nothing, params: nothing, reply: nothing },
  health: {
    path: '/entry/v1/health',
    zh: '入口与其后平台的状态',
    en: 'This entry, and the platform as it sees it',
    body: nothing,
    params: nothing,
    reply: Type.Object({ entry: Type.Literal('open'), platform: Type.Unsafe<'up' | 'down'>({ type: 'string', enum: ['up', 'down'] }) }),
  },
  pay: {
    path: '/entry/v1/payments',
    zh: '支付',
    en: 'Pay a bill',
    body: Type.Object(
      {
        idempotencyKey: key('幂等键'),
        forPerson,
        site: site(),
        bill: key('明细账单号'),
        mode: Type.Unsafe<PlatformMode>({ type: 'string', enum: [...platformModes] }),
        qr: Type.String({ minLength: 1, maxLength: 64, title: '电子凭证二维码' }),
        payCode: Type.Optional(Type.String({ minLength: 16, maxLength: 24, pattern: '^[0-9]+$', title: '付款码' })),
      },
      strict,
    ),
    params: nothing,
    reply: aggregationOperations.pay.reply,
  },
  query: {
    path: '/entry/v1/payments/:payment',
    zh: '查询支付',
    en: 'What became of a payment',
    body: nothing,
    params: ofPayment,
    reply: aggregationOperations.query.reply,
  },
  refund: {
    path: '/entry/v1/payments/:payment/refunds',
    zh: '申请退费',
    en: 'Ask for a refund of what was not performed',
    body: Type.Object({ idempotencyKey: key('幂等键'), lines: Type.Optional(lines) }, strict),
    params: ofPayment,
    reply: aggregationOperations.refund.reply,
  },
  bills: {
    path: '/entry/v1/bills/query',
    zh: '查询就诊账单',
    en: 'Bills of a visit',
    body: Type.Object(visit, strict),
    params: nothing,
    reply: signUpOperations.bills.reply,
  },
  hold: {
    path: '/entry/v1/holds',
    zh: '先诊疗后付费：占用额度',
    en: 'Hold an amount, to be settled on leaving',
    body: Type.Object({ ...visit, bill: key('明细账单号'), amountFen: fen() }, strict),
    params: nothing,
    reply: aggregationOperations.hold.reply,
  },
  visit: {
    path: '/entry/v1/visits/query',
    zh: '查询就诊占用的额度',
    en: 'What a visit holds',
    body: Type.Object(visit, strict),
    params: nothing,
    reply: aggregationOperations.visit.reply,
  },
  grantLeave: {
    path: '/entry/v1/credit/score-authorizations',
    zh: '授权银行查询信用分',
    en: 'Let a bank ask for the credit score',
    body: Type.Object({ idempotencyKey: key('授权键'), bank: key('银行') }, strict),
    params: nothing,
    reply: scoreOperations.grantLeave.reply,
  },
  assess: {
    path: '/entry/v1/credit/assessments',
    zh: '信用评估',
    en: 'What the banks offer',
    body: Type.Object({ idempotencyKey: key('评估键'), ...papers, scoreAuthorizations: scoreAuthorizations() }, strict),
    params: nothing,
    reply: signUpOperations.assess.reply,
  },
  signUp: {
    path: '/entry/v1/credit/agreements',
    zh: '一键签约',
    en: 'Accept one bank’s offer',
    body: Type.Object({ assessment: key('评估键'), bank: key('银行') }, strict),
    params: nothing,
    reply: signUpOperations.signUp.reply,
  },
  activate: {
    path: '/entry/v1/credentials',
    zh: '激活电子凭证',
    en: 'Activate the e-credential',
    body: Type.Object({ idempotencyKey: key('幂等键'), ...papers }, strict),
    params: nothing,
    reply: signUpOperations.activate.reply,
  },
  familyCode: {
    path: '/entry/v1/family-codes',
    zh: '亲属随申码',
    en: 'Show a child’s code',
    body: Type.Object({ idempotencyKey: key('幂等键'), ...papers }, strict),
    params: nothing,
    reply: signUpOperations.familyCode.reply,
  },
  raiseLimit: {
    path: '/entry/v1/credit/raises',
    zh: '提额',
    en: 'Raise the limit',
    body: Type.Object({ idempotencyKey: key('幂等键') }, strict),
    params: nothing,
    reply: signUpOperations.raiseLimit.reply,
  },
  issueCard: {
    path: '/entry/v1/credit/cards',
    zh: '申请数字卡',
    en: 'Apply for a digital card',
    body: Type.Object({ idempotencyKey: key('幂等键'), bank: key('银行') }, strict),
    params: nothing,
    reply: signUpOperations.issueCard.reply,
  },
  notice: {
    path: '/entry/v1/notices',
    zh: '支付结果通知',
    en: 'The platform tells of a payment',
    body: paymentNoticeSchema,
    params: nothing,
    reply: Type.Object({ outcome: Type.Literal('heard') }),
  },
} as const satisfies Readonly<Record<string, EntryMessage>>

/** Of its page. */
export const entrySummary = ({ zh, en }: Pick<EntryMessage, 'zh' | 'en'>) => `${zh} · ${en}`

/** For the coverage page, as the house's own interfaces are shown. */
export const entryOperations = Object.fromEntries(
  Object.entries<EntryMessage>(entryMessages).map(([name, { path, zh, en, body, params, reply }]) => {
    const request = Type.Object({ ...params.properties, ...body.properties }, strict)
    return [name, { path, zh, en, request, reply }]
  }),
)

/** The aggregation API of the platform, as entry channels call it. A platform under test that is not ours is adapted to this. */
import { Type } from 'typebox'
import { type PaymentDesk, platformModes } from '../desks/payment-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, person, site, split, strict } from './plain-fields.ts'

const mode = () => Type.Unsafe<(typeof platformModes)[number]>({ type: 'string', enum: [...platformModes] })
export const paymentSchema = Type.Object({
  payment: key('支付号'),
  person: person(),
  site: site(),
  bill: key('明细账单号'),
  mode: mode(),
  state: Type.Unsafe<string>({ type: 'string', enum: ['under-way', 'in-doubt', 'paid', 'refused', 'undone'] }),
  reason: Type.Optional(Type.String()),
  totalFen: Type.Optional(fen()),
  split: Type.Optional(split()),
  confirm: Type.Optional(Type.Object({ wallet: Type.String(), prepay: Type.String() })),
})
const replied = Type.Object({ outcome: Type.Literal('payment'), payment: paymentSchema })
const refused = refusal(['key-reused', 'bill-in-doubt', 'bill-paid', 'no-pay-code', 'notice-url-not-allowed'])

export const aggregationOperations: PlainOperations<PaymentDesk> = {
  pay: {
    path: '/v1/payments',
    zh: '支付',
    en: 'Pay a bill',
    request: Type.Object(
      {
        idempotencyKey: key('幂等键'),
        channel: key('入口'),
        person: person(),
        site: site(),
        bill: key('明细账单号'),
        mode: mode(),
        qr: Type.String({ minLength: 1, maxLength: 64, title: '电子凭证二维码' }),
        payCode: Type.Optional(Type.String({ minLength: 16, maxLength: 24, pattern: '^[0-9]+$', title: '付款码' })),
        noticeUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 200, title: '结果通知地址' })),
      },
      strict,
    ),
    reply: Type.Union([replied, refused]),
    businessKey: 'bill',
    operation: 'platform/order',
  },
  query: {
    path: '/v1/payments/query',
    zh: '查询支付',
    en: 'What became of a payment',
    request: Type.Object({ payment: key('支付号'), channel: key('入口') }, strict),
    reply: Type.Union([replied, refused, Type.Object({ outcome: Type.Literal('unheard-of') })]),
    businessKey: 'payment',
    operation: 'platform/query',
  },
}

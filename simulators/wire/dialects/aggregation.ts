/** The aggregation API of the platform, as entry channels call it. A platform under test that is not ours is adapted to this. */
import { Type } from 'typebox'
import type { OperatorDesk } from '../desks/operator-desk.ts'
import { type CollectMode, cashierModes, type PaymentDesk, platformModes } from '../desks/payment-desk.ts'
import { visitSplit } from './example-bill.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, person, site, split, strict } from './plain-fields.ts'

const choice = (words: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: [...words] })
const modeOf = <Mode extends CollectMode>(modes: readonly Mode[]) => Type.Unsafe<Mode>({ type: 'string', enum: [...modes] })
const mode = () => modeOf(platformModes)
/** A payment as its caller may know it, whoever collects. */
export const paymentView = (modes: readonly CollectMode[]) =>
  Type.Object({
    payment: key('支付号'),
    person: person(),
    site: site(),
    bill: key('明细账单号'),
    mode: modeOf(modes),
    state: choice(['under-way', 'in-doubt', 'given-up', 'paid', 'refused', 'undone', 'refunding', 'refunded']),
    reason: Type.Optional(Type.String()),
    totalFen: Type.Optional(fen()),
    split: Type.Optional(split()),
    refundRefused: Type.Optional(Type.String()),
    restBill: Type.Optional(key('续收账单号')),
    confirm: Type.Optional(Type.Object({ wallet: Type.String(), prepay: Type.String() })),
  })
export const paymentSchema = paymentView(platformModes)
const replied = Type.Object({ outcome: Type.Literal('payment'), payment: paymentSchema })
const refused = refusal(['key-reused', 'bill-in-doubt', 'bill-paid', 'no-pay-code', 'notice-url-not-allowed'])

const examplePayment = {
  payment: 'PEXAMPLE',
  person: 43,
  site: 7,
  bill: 'MX0000000001',
  mode: 'credit',
  state: 'paid',
  totalFen: 12000,
  split: visitSplit,
}

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
    example: {
      request: {
        idempotencyKey: 'K1',
        channel: 'channel-main-entry',
        person: 43,
        site: 7,
        bill: 'MX0000000001',
        mode: 'credit',
        qr: 'QR-EXAMPLE',
      },
      reply: {
        outcome: 'payment',
        payment: examplePayment,
      },
    },
  },
  hold: {
    path: '/v1/holds',
    zh: '先诊疗后付费：占用额度',
    en: 'Hold an amount for a visit, to be settled on leaving',
    request: Type.Object(
      { channel: key('入口'), person: person(), site: site(), visit: key('就诊单元号'), bill: key('明细账单号'), amountFen: fen() },
      strict,
    ),
    reply: Type.Union([
      Type.Object({ outcome: Type.Literal('held'), heldFen: fen() }),
      Type.Object({ outcome: Type.Literal('refused'), reason: Type.String() }),
      Type.Object({ outcome: Type.Literal('unknown') }),
    ]),
    businessKey: 'bill',
    operation: 'platform/hold',
    example: {
      request: { channel: 'channel-main-entry', person: 43, site: 7, visit: 'JZ0000000002', bill: 'MX0000000002', amountFen: 8000 },
      reply: { outcome: 'held', heldFen: 8000 },
    },
  },
  visit: {
    path: '/v1/visits/query',
    zh: '查询就诊占用的额度',
    en: 'What a visit holds',
    request: Type.Object({ channel: key('入口'), person: person(), site: site(), visit: key('就诊单元号') }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('visit'),
        state: Type.Unsafe<string>({ type: 'string', enum: ['open', 'settled', 'left-unsettled', 'unheard-of'] }),
        heldFen: fen(),
      }),
      Type.Object({ outcome: Type.Literal('refused'), reason: Type.String() }),
      Type.Object({ outcome: Type.Literal('unknown') }),
    ]),
    businessKey: 'visit',
    operation: 'platform/query',
    example: {
      request: { channel: 'channel-main-entry', person: 43, site: 7, visit: 'JZ0000000002' },
      reply: { outcome: 'visit', state: 'open', heldFen: 8000 },
    },
  },
  refund: {
    path: '/v1/payments/refund',
    zh: '退费（原路退回）',
    en: 'Refund by the original route',
    request: Type.Object(
      {
        payment: key('支付号'),
        channel: key('入口'),
        idempotencyKey: key('幂等键'),
        lines: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200 })),
      },
      strict,
    ),
    reply: Type.Union([
      replied,
      refusal(['key-reused', 'not-paid', 'under-way', 'already-refunded']),
      Type.Object({ outcome: Type.Literal('unheard-of') }),
    ]),
    businessKey: 'payment',
    operation: 'platform/refund',
    example: {
      request: { payment: 'PEXAMPLE', channel: 'channel-main-entry', idempotencyKey: 'R1' },
      reply: {
        outcome: 'payment',
        payment: { ...examplePayment, state: 'refunded', reason: 'refund' },
      },
    },
  },
  query: {
    path: '/v1/payments/query',
    zh: '查询支付',
    en: 'What became of a payment',
    request: Type.Object({ payment: key('支付号'), channel: key('入口') }, strict),
    reply: Type.Union([replied, refused, Type.Object({ outcome: Type.Literal('unheard-of') })]),
    businessKey: 'payment',
    operation: 'platform/query',
    example: {
      request: { payment: 'PEXAMPLE', channel: 'channel-main-entry' },
      reply: {
        outcome: 'payment',
        payment: examplePayment,
      },
    },
  },
}

/** Collectors have people who decide: the platform's, and the hospitals'. */
const anyPayment = paymentView([...platformModes, ...cashierModes])

/** For people; an entry is refused. */
export const operatorOperations: PlainOperations<OperatorDesk> = {
  deadEnds: {
    path: '/v1/dead-ends/query',
    zh: '待人工处理的支付',
    en: 'Payments left to people',
    request: Type.Object({}, strict),
    reply: Type.Object({
      outcome: Type.Literal('dead-ends'),
      deadEnds: Type.Array(Type.Object({ payment: anyPayment, step: Type.String(), reason: Type.String(), hangingFen: Type.Integer() })),
    }),
    businessKey: 'payment',
    operation: 'platform/dead-ends',
  },
  decide: {
    path: '/v1/dead-ends/decide',
    zh: '人工处理',
    en: 'What people decided',
    request: Type.Object({ payment: key('支付号'), does: choice(['try-again', 'done-by-hand']), by: key('经办人') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('payment'), payment: anyPayment }), refusal(['no-dead-end'])]),
    businessKey: 'payment',
    operation: 'platform/dead-ends',
  },
}

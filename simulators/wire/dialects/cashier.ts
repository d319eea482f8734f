/** The interface of a hospital's cashier to its windows and kiosks: the testbed's own, no public document describes one. */
import { Type } from 'typebox'
import { type CashierDesk, cashierRefusals } from '../desks/cashier-desk.ts'
import { cashierModes } from '../desks/payment-desk.ts'
import { paymentView } from './aggregation.ts'
import { atWindow, visitSplit } from './example-bill.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { key, person, site, strict } from './plain-fields.ts'
import { terminalRefusals } from './terminals.ts'

const at = { site: site(), terminal: key('终端'), signIn: key('签到号') }
const reply = Type.Union([
  Type.Object({ outcome: Type.Literal('payment'), payment: paymentView(cashierModes) }),
  refusal([...terminalRefusals, ...cashierRefusals]),
  Type.Object({ outcome: Type.Literal('unheard-of') }),
])
const examplePayment = {
  payment: 'CEXAMPLE',
  person: 42,
  site: 7,
  bill: 'MX0000000005',
  mode: 'window',
  state: 'paid',
  totalFen: 12000,
  split: visitSplit,
}
const means = <const Means extends string>(word: Means) => Type.Literal(word)

export const cashierOperations: PlainOperations<CashierDesk> = {
  pay: {
    path: '/his/v1/window-payments',
    zh: '窗口或自助机缴费：医保结算、收取余款、开票',
    en: 'Pay a bill at a window or kiosk: the insurer settles, the rest is collected, the invoice follows',
    request: Type.Object(
      {
        ...at,
        idempotencyKey: key('幂等键'),
        person: person(),
        bill: key('明细账单号'),
        credential: Type.Optional(
          Type.Object(
            {
              kind: Type.Unsafe<'qr' | 'card'>({ type: 'string', enum: ['qr', 'card'], title: '电子凭证二维码或社保卡号' }),
              value: Type.String({ minLength: 1, maxLength: 500 }),
            },
            { ...strict, description: '不给即自费 · absent: the patient pays all of it' },
          ),
        ),
        tender: Type.Union([
          Type.Object({ means: means('cash') }, strict),
          Type.Object({ means: means('bank'), bank: key('银行'), account: key('账户') }, strict),
          Type.Object({ means: means('code'), payCode: Type.String({ minLength: 16, maxLength: 24, title: '付款码' }) }, strict),
        ]),
      },
      strict,
    ),
    reply,
    businessKey: 'bill',
    operation: 'his/window-payment',
    example: {
      request: {
        ...atWindow,
        idempotencyKey: 'S20201012-0001',
        person: 42,
        bill: 'MX0000000005',
        credential: { kind: 'card', value: 'CARD-EXAMPLE' },
        tender: { means: 'cash' },
      },
      reply: {
        outcome: 'payment',
        payment: examplePayment,
      },
    },
  },
  refund: {
    path: '/his/v1/window-payments/refund',
    zh: '窗口退费（原路退回）',
    en: 'Give back what was paid at a window or kiosk, the way it came',
    request: Type.Object(
      {
        ...at,
        payment: key('支付号'),
        idempotencyKey: key('幂等键'),
        lines: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200, title: '明细序号' })),
      },
      strict,
    ),
    reply,
    businessKey: 'payment',
    operation: 'his/window-refund',
    example: {
      request: { ...atWindow, payment: 'CEXAMPLE', idempotencyKey: 'T20201012-0001' },
      reply: {
        outcome: 'payment',
        payment: { ...examplePayment, state: 'refunded', reason: 'refund' },
      },
    },
  },
  query: {
    path: '/his/v1/window-payments/query',
    zh: '查询窗口缴费',
    en: 'What became of a payment at a window or kiosk',
    request: Type.Object({ ...at, payment: key('支付号') }, strict),
    reply,
    businessKey: 'payment',
    operation: 'his/window-query',
    example: {
      request: { ...atWindow, payment: 'CEXAMPLE' },
      reply: {
        outcome: 'payment',
        payment: examplePayment,
      },
    },
  },
}

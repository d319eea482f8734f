/** The UnionPay-style gateway in front of a bank. The real interface is not public: form and names are the testbed's (domain.md §7). */
import { Type } from 'typebox'
import type { BankDesk, BankRefusal } from '../desks/bank-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, site, strict } from './plain-fields.ts'

const reasons = [
  'no-agreement',
  'over-credit-limit',
  'key-reused',
  'unknown-hold',
  'hold-released',
  'hold-captured',
  'over-hold',
  'unknown-capture',
  'over-refund',
  'released-before-it-came',
] as const satisfies readonly BankRefusal[]
const refused = refusal(reasons)
const authorized = Type.Object({ outcome: Type.Literal('authorized'), heldFen: fen() })
const captured = Type.Object({ outcome: Type.Literal('captured'), paidFen: fen() })
const released = Type.Object({ outcome: Type.Literal('released') })
const refunded = Type.Object({ outcome: Type.Literal('refunded'), refundedFen: fen() })
const unheard = Type.Object({ outcome: Type.Literal('unheard-of') })

export const gatewayOperations: PlainOperations<BankDesk> = {
  authorize: {
    path: '/gateway/v1/authorizations',
    zh: '信用就医预授权',
    en: 'Hold an amount of a line of credit',
    request: Type.Object({ key: key('预授权键'), agreement: key('协议号'), site: site(), amountFen: fen() }, strict),
    reply: Type.Union([authorized, refused]),
    businessKey: 'key',
    operation: 'bank/authorize',
  },
  capture: {
    path: '/gateway/v1/captures',
    zh: '预授权完成',
    en: 'Pay a held amount to the site',
    request: Type.Object({ key: key('完成键'), hold: key('预授权键'), amountFen: fen() }, strict),
    reply: Type.Union([captured, refused]),
    businessKey: 'hold',
    operation: 'bank/capture',
  },
  release: {
    path: '/gateway/v1/releases',
    zh: '预授权撤销',
    en: 'Give a hold back',
    request: Type.Object({ hold: key('预授权键') }, strict),
    reply: Type.Union([released, refused]),
    businessKey: 'hold',
    operation: 'bank/refund',
  },
  refund: {
    path: '/gateway/v1/refunds',
    zh: '退费',
    en: 'Refund by the original route',
    request: Type.Object({ key: key('退费键'), capture: key('完成键'), amountFen: fen() }, strict),
    reply: Type.Union([refunded, refused]),
    businessKey: 'capture',
    operation: 'bank/refund',
  },
  query: {
    path: '/gateway/v1/queries',
    zh: '交易查询',
    en: 'What became of a key',
    request: Type.Object({ key: key() }, strict),
    reply: Type.Union([authorized, captured, released, refunded, refused, unheard]),
    businessKey: 'key',
    operation: 'bank/query',
  },
}

/**
 * The UnionPay-style gateway in front of a bank: what moves or holds money. Form and names are the testbed's. Of UnionPay's own only the
 * field names of 云闪付代扣 (deduction by agreement) are public, in a wrapper's description (apifox share b38a22d6); no document of holds or
 * of credit was found. Most likely, by name alone: `key` reqTxTraceNo (20–32 characters) or subMerOrderNo, `agreement` token under a planId,
 * `site` subMerId, `amountFen` amount, `debited` code 0000; reqTime has no counterpart here. Lines of credit are in gateway-credit.ts.
 */
import { Type } from 'typebox'
import { type BankDesk, bankRefusals } from '../desks/bank-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { day, fen, key, site, strict } from './plain-fields.ts'

const refused = refusal(bankRefusals)
const authorized = Type.Object({ outcome: Type.Literal('authorized'), heldFen: fen() })
const captured = Type.Object({ outcome: Type.Literal('captured'), paidFen: fen() })
const debited = Type.Object({ outcome: Type.Literal('debited'), paidFen: fen() })
const released = Type.Object({ outcome: Type.Literal('released') })
const refunded = Type.Object({ outcome: Type.Literal('refunded'), refundedFen: fen() })
const reversed = Type.Object({ outcome: Type.Literal('reversed') })
const known = Type.Object({ outcome: Type.Literal('known') })
const unheard = Type.Object({ outcome: Type.Literal('unheard-of') })
const visit = () => key('就诊号')
const ofVisit = { agreement: key('协议号'), site: site(), visit: visit() }

export const gatewayOperations: PlainOperations<BankDesk> = {
  authorize: {
    path: '/gateway/v1/authorizations',
    zh: '预授权',
    en: 'Hold an amount of a line of credit or an account',
    request: Type.Object(
      { key: key('预授权键'), agreement: key('协议号'), site: site(), amountFen: fen(), visit: Type.Optional(visit()) },
      strict,
    ),
    reply: Type.Union([authorized, refused]),
    businessKey: 'key',
    operation: 'bank/authorize',
    example: {
      request: { key: 'V1-A', agreement: 'XYEXAMPLE0042', site: 7, visit: 'JZ0001', amountFen: 8000 },
      reply: { outcome: 'authorized', heldFen: 8000 },
    },
  },
  capture: {
    path: '/gateway/v1/captures',
    zh: '预授权完成',
    en: 'Pay a held amount to the site',
    request: Type.Object({ key: key('完成键'), hold: key('预授权键'), amountFen: fen() }, strict),
    reply: Type.Union([captured, refused]),
    businessKey: 'hold',
    operation: 'bank/capture',
    example: { request: { key: 'P1-C', hold: 'P1-A', amountFen: 6000 }, reply: { outcome: 'captured', paidFen: 6000 } },
  },
  release: {
    path: '/gateway/v1/releases',
    zh: '预授权撤销',
    en: 'Give a hold back',
    request: Type.Object({ hold: key('预授权键') }, strict),
    reply: Type.Union([released, refused]),
    businessKey: 'hold',
    operation: 'bank/refund',
    example: { request: { hold: 'P2-A' }, reply: { outcome: 'released' } },
  },
  settleVisit: {
    path: '/gateway/v1/visits/settle',
    zh: '离院结算',
    en: 'Pay everything a visit holds, on leaving',
    request: Type.Object({ key: key('完成键'), ...ofVisit, amountFen: fen() }, strict),
    reply: Type.Union([captured, refused]),
    businessKey: 'visit',
    operation: 'bank/capture',
    example: {
      request: { key: 'V1-C', agreement: 'XYEXAMPLE0042', site: 7, visit: 'JZ0001', amountFen: 5000 },
      reply: { outcome: 'captured', paidFen: 5000 },
    },
  },
  visit: {
    path: '/gateway/v1/visits/query',
    zh: '查询就诊占用额度',
    en: 'What a visit holds, and what became of it',
    request: Type.Object(ofVisit, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('visit'),
        state: Type.Unsafe<'open'>({ type: 'string', enum: ['open', 'settled', 'left-unsettled', 'unheard-of'] }),
        heldFen: fen(),
        holds: Type.Array(Type.Object({ key: key('预授权键'), amountFen: fen() })),
        paidFen: fen(),
      }),
      refused,
    ]),
    businessKey: 'visit',
    operation: 'bank/query',
    example: {
      request: { agreement: 'XYEXAMPLE0042', site: 7, visit: 'JZ0001' },
      reply: { outcome: 'visit', state: 'settled', heldFen: 0, holds: [], paidFen: 5000 },
    },
  },
  debit: {
    path: '/gateway/v1/debits',
    zh: '消费',
    en: 'Pay at once',
    request: Type.Object({ key: key('消费键'), agreement: key('协议号或账户号'), site: site(), amountFen: fen() }, strict),
    reply: Type.Union([debited, refused]),
    businessKey: 'key',
    operation: 'bank/debit',
    example: { request: { key: 'D1', agreement: 'ZHEXAMPLE0042', site: 7, amountFen: 1200 }, reply: { outcome: 'debited', paidFen: 1200 } },
  },
  refund: {
    path: '/gateway/v1/refunds',
    zh: '退费',
    en: 'Refund by the original route, whole or in part',
    request: Type.Object({ key: key('退费键'), capture: key('完成键'), amountFen: fen() }, strict),
    reply: Type.Union([refunded, refused]),
    businessKey: 'capture',
    operation: 'bank/refund',
    example: { request: { key: 'P1-R', capture: 'P1-C', amountFen: 2000 }, reply: { outcome: 'refunded', refundedFen: 2000 } },
  },
  reverse: {
    path: '/gateway/v1/reversals',
    zh: '冲正',
    en: 'Undo an effect of the open accounting day',
    request: Type.Object({ key: key('原交易键') }, strict),
    reply: Type.Union([reversed, refused]),
    businessKey: 'key',
    operation: 'bank/refund',
    example: { request: { key: 'D1' }, reply: { outcome: 'reversed' } },
  },
  query: {
    path: '/gateway/v1/queries',
    zh: '交易查询',
    en: 'What became of a key',
    request: Type.Object({ key: key() }, strict),
    reply: Type.Union([authorized, captured, debited, released, refunded, reversed, known, unheard]),
    businessKey: 'key',
    operation: 'bank/query',
    example: { request: { key: 'P1-C' }, reply: { outcome: 'captured', paidFen: 6000 } },
  },
  statement: {
    path: '/gateway/v1/statements',
    zh: '日对账单',
    en: 'Statement of an accounting day',
    request: Type.Object({ date: day('会计日') }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('statement'),
        bank: Type.String(),
        date: day('会计日'),
        csv: Type.String({ description: 'H 文件头 · D 明细 · T 分类合计 · N 净额' }),
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      }),
      refused,
    ]),
    businessKey: 'date',
    operation: 'bank/statement',
    example: {
      request: { date: '2020-10-12' },
      reply: {
        outcome: 'statement',
        bank: 'bank-a',
        date: '2020-10-12',
        csv: [
          'H,bank-a,2020-10-12',
          'D,1,2020-10-12 09:00:00,advance,7,P1-C,P1-C,60.00',
          'D,2,2020-10-12 09:00:00,advance,7,V1-C,V1-C,50.00',
          'D,3,2020-10-12 09:00:00,debit,7,D1,D1,12.00',
          'D,4,2020-10-12 09:00:00,refund,7,P1-R,P1-C,20.00',
          'D,5,2020-10-12 09:00:00,reversal,7,D1,D1,12.00',
          'T,advance,2,110.00',
          'T,debit,1,12.00',
          'T,refund,1,20.00',
          'T,reversal,1,12.00',
          'N,5,90.00',
          '',
        ].join('\n'),
        sha256: '7a508ffbc16f897ad42dbcbc3d78bdd5579663d206ef9c7b893bd5cd84bc6c29',
      },
    },
  },
}

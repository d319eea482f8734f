/** The gateway's other half: lines of credit for care. Form and names are the testbed's, like those of gateway.ts. */
import { Type } from 'typebox'
import { repaymentWallets } from '../../../scenarios/plan-credit.ts'
import { type CreditDesk, creditRefusals } from '../desks/credit-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { day, fen, key, person, strict } from './plain-fields.ts'

const refused = refusal(creditRefusals)
const agreement = () => key('协议号')
const authorization = () => Type.Optional(key('信用分查询授权号'))

export const gatewayCreditOperations: PlainOperations<CreditDesk> = {
  assess: {
    path: '/gateway/v1/credit/assessments',
    zh: '信用评估',
    en: 'What the bank would grant',
    request: Type.Object({ key: key('评估键'), person: person(), scoreAuthorization: authorization() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('offer'), limitFen: fen(), validThrough: day('有效期至') }), refused]),
    businessKey: 'person',
    operation: 'bank/assess',
    example: { request: { key: 'E1', person: 42 }, reply: { outcome: 'offer', limitFen: 100_000, validThrough: '2020-10-19' } },
  },
  sign: {
    path: '/gateway/v1/credit/agreements',
    zh: '一键签约',
    en: 'Accept an offer',
    request: Type.Object({ key: key('签约键'), offer: key('评估键') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('signed'), agreement: agreement(), limitFen: fen() }), refused]),
    businessKey: 'offer',
    operation: 'bank/sign',
    example: { request: { key: 'E2', offer: 'E1' }, reply: { outcome: 'signed', agreement: 'XY90F4B42F2B0200000042', limitFen: 100_000 } },
  },
  raiseLimit: {
    path: '/gateway/v1/credit/raises',
    zh: '提额',
    en: 'Raise a limit',
    request: Type.Object({ key: key('提额键'), agreement: agreement(), scoreAuthorization: authorization() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('raised'), limitFen: fen() }), refused]),
    businessKey: 'agreement',
    operation: 'bank/raise-limit',
    example: { request: { key: 'E3', agreement: 'XY90F4B42F2B0200000042' }, reply: { outcome: 'raised', limitFen: 200_000 } },
  },
  issueCard: {
    path: '/gateway/v1/credit/cards',
    zh: '申请数字卡',
    en: 'Apply for a digital card',
    request: Type.Object({ key: key('申请键'), person: person() }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('card'),
        cardNumber: Type.String({ pattern: '^0\\d{18}$', title: '卡号' }),
        agreement: agreement(),
        limitFen: fen(),
      }),
      refused,
    ]),
    businessKey: 'person',
    operation: 'bank/sign',
    example: {
      request: { key: 'E4', person: 42 },
      reply: { outcome: 'card', cardNumber: '0935350000000000425', agreement: 'XY90F4B42F2B0200000042', limitFen: 300_000 },
    },
  },
  line: {
    path: '/gateway/v1/credit/lines',
    zh: '额度与账单查询',
    en: 'A line of credit and what is owed',
    request: Type.Object({ agreement: agreement() }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('line'),
        standing: Type.Unsafe<'good'>({ type: 'string', enum: ['good', 'overdue', 'closed'] }),
        limitFen: fen(),
        usedFen: fen(),
        heldFen: fen(),
        leftFen: fen(),
        overpaidFen: fen(),
        debts: Type.Array(Type.Object({ payment: key('完成键'), owedFen: fen(), usedOn: day('用款日'), repayThrough: day('还款到期日') })),
      }),
      refused,
    ]),
    businessKey: 'agreement',
    operation: 'bank/query',
    example: {
      request: { agreement: 'XY90F4B42F2B0200000042' },
      reply: {
        outcome: 'line',
        standing: 'good',
        limitFen: 300_000,
        usedFen: 5000,
        heldFen: 0,
        leftFen: 295_000,
        overpaidFen: 0,
        debts: [{ payment: 'D9', owedFen: 5000, usedOn: '2020-10-12', repayThrough: '2020-12-10' }],
      },
    },
  },
  repay: {
    path: '/gateway/v1/credit/repayments',
    zh: '还款',
    en: 'Repay through a wallet',
    request: Type.Object(
      {
        key: key('还款键'),
        agreement: agreement(),
        wallet: Type.Unsafe<(typeof repaymentWallets)[number]>({
          type: 'string',
          enum: [...repaymentWallets],
          title: '还款渠道',
          description: 'wechat 微信 · alipay 支付宝 · unionpay 云闪付',
        }),
        payer: key('付款人（钱包用户或本行账户）'),
        amountFen: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: '分' }),
      },
      strict,
    ),
    reply: Type.Union([
      Type.Object({ outcome: Type.Literal('repaid'), repaidFen: fen(), owedFen: fen() }),
      Type.Object({ outcome: Type.Literal('asked'), prepay: Type.Optional(Type.String({ title: '预支付交易会话' })) }),
      refused,
    ]),
    businessKey: 'agreement',
    operation: 'bank/repay',
    example: {
      request: { key: 'W1', agreement: 'XY90F4B42F2B0200000042', wallet: 'unionpay', payer: 'ZHEXAMPLE0042', amountFen: 5000 },
      reply: { outcome: 'repaid', repaidFen: 5000, owedFen: 0 },
    },
  },
  close: {
    path: '/gateway/v1/credit/closures',
    zh: '解约',
    en: 'End an agreement',
    request: Type.Object({ agreement: agreement() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('closed') }), refused]),
    businessKey: 'agreement',
    operation: 'bank/sign',
    example: { request: { agreement: 'XY90F4B42F2B0200000042' }, reply: { outcome: 'closed' } },
  },
}

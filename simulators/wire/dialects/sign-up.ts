/** Bills and sign-up as entries ask them of the platform. */
import { Type } from 'typebox'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { visitBill } from './example-bill.ts'
import { hisBillSchema } from './hospital.ts'
import type { PlainOperations } from './plain.ts'
import { day, fen, key, person, site, strict } from './plain-fields.ts'

const refused = Type.Object({ outcome: Type.Literal('refused'), reason: Type.String() })
const bank = () => key('银行')
/** Name and number of the identity card, as the identity desk takes them. */
export const papers = {
  name: Type.String({ minLength: 1, maxLength: 50, title: '姓名' }),
  idNumber: Type.String({ pattern: '^\\d{17}[\\dX]$', title: '公民身份号码' }),
}
export const scoreAuthorizations = () =>
  Type.Optional(Type.Array(Type.Object({ bank: bank(), authorization: key('信用分查询授权号') }, strict), { maxItems: 20 }))

export const signUpOperations: PlainOperations<SignUpDesk> = {
  bills: {
    path: '/v1/bills/query',
    zh: '查询就诊账单',
    en: 'Bills of a visit',
    request: Type.Object({ channel: key('入口'), person: person(), site: site(), visit: key('就诊单元号') }, strict),
    reply: Type.Object({ outcome: Type.Literal('bills'), bills: Type.Array(hisBillSchema) }),
    businessKey: 'visit',
    operation: 'platform/bills',
    example: {
      request: { channel: 'channel-main-entry', person: 43, site: 7, visit: 'JZ0000000001' },
      reply: {
        outcome: 'bills',
        bills: [{ ...visitBill, person: 43 }],
      },
    },
  },
  assess: {
    path: '/v1/credit/assessments',
    zh: '信用评估',
    en: 'What the banks offer',
    request: Type.Object(
      { idempotencyKey: key('评估键'), channel: key('入口'), person: person(), ...papers, scoreAuthorizations: scoreAuthorizations() },
      strict,
    ),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('offers'),
        offers: Type.Array(Type.Object({ bank: bank(), limitFen: fen(), validThrough: day('有效期至') })),
        without: Type.Array(Type.Object({ bank: bank(), reason: Type.String() })),
      }),
      refused,
    ]),
    businessKey: 'person',
    operation: 'platform/assess',
    example: {
      request: { idempotencyKey: 'E1', channel: 'channel-main-entry', person: 43, name: '章熠彤', idNumber: '310300198011297010' },
      reply: { outcome: 'offers', offers: [{ bank: 'bank-a', limitFen: 100000, validThrough: '2020-10-19' }], without: [] },
    },
  },
  signUp: {
    path: '/v1/credit/agreements',
    zh: '一键签约',
    en: 'Accept one bank’s offer',
    request: Type.Object({ channel: key('入口'), person: person(), assessment: key('评估键'), bank: bank() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('signed-up'), bank: bank(), limitFen: fen() }), refused]),
    businessKey: 'person',
    operation: 'platform/sign-up',
    example: {
      request: { channel: 'channel-main-entry', person: 43, assessment: 'E1', bank: 'bank-a' },
      reply: { outcome: 'signed-up', bank: 'bank-a', limitFen: 100000 },
    },
  },
  activate: {
    path: '/v1/credentials',
    zh: '激活电子凭证',
    en: 'Activate the e-credential',
    request: Type.Object({ idempotencyKey: key('激活键'), channel: key('入口'), person: person(), ...papers }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('activated') }), refused]),
    businessKey: 'person',
    operation: 'platform/identity',
    example: {
      request: { idempotencyKey: 'J1', channel: 'channel-main-entry', person: 43, name: '章熠彤', idNumber: '310300198011297010' },
      reply: { outcome: 'activated' },
    },
  },
  familyCode: {
    path: '/v1/family-codes',
    zh: '亲属随申码',
    en: 'Show a child’s credential',
    request: Type.Object({ idempotencyKey: key('绑定键'), channel: key('入口'), person: person(), ...papers }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('code'),
        child: person(),
        code: Type.String({ pattern: '^\\d{28}$', title: '电子凭证二维码' }),
        validSeconds: Type.Integer({ minimum: 1, title: '有效秒数' }),
      }),
      refused,
    ]),
    businessKey: 'person',
    operation: 'platform/family-code',
    example: {
      request: { idempotencyKey: 'B1', channel: 'channel-main-entry', person: 43, name: '示例儿童', idNumber: '310300201501010012' },
      reply: { outcome: 'code', child: 44, code: '1234567890123456789012345678', validSeconds: 60 },
    },
  },
  raiseLimit: {
    path: '/v1/credit/raises',
    zh: '提额',
    en: 'Raise the limit',
    request: Type.Object({ idempotencyKey: key('提额键'), channel: key('入口'), person: person() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('raised'), bank: bank(), limitFen: fen() }), refused]),
    businessKey: 'person',
    operation: 'platform/raise-limit',
    example: {
      request: { idempotencyKey: 'T1', channel: 'channel-main-entry', person: 43 },
      reply: { outcome: 'raised', bank: 'bank-a', limitFen: 200000 },
    },
  },
  issueCard: {
    path: '/v1/credit/cards',
    zh: '申请数字卡',
    en: 'Apply for a digital card',
    request: Type.Object({ idempotencyKey: key('申请键'), channel: key('入口'), person: person(), bank: bank() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('card'), bank: bank(), limitFen: fen() }), refused]),
    businessKey: 'person',
    operation: 'platform/issue-card',
    example: {
      request: { idempotencyKey: 'S1', channel: 'channel-main-entry', person: 43, bank: 'bank-a' },
      reply: { outcome: 'card', bank: 'bank-a', limitFen: 300000 },
    },
  },
}

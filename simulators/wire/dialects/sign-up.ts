/** Bills and sign-up as entries ask them of the platform. */
import { Type } from 'typebox'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
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
  },
  signUp: {
    path: '/v1/credit/agreements',
    zh: '一键签约',
    en: 'Accept one bank’s offer',
    request: Type.Object({ channel: key('入口'), person: person(), assessment: key('评估键'), bank: bank() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('signed-up'), bank: bank(), limitFen: fen() }), refused]),
    businessKey: 'person',
    operation: 'platform/sign-up',
  },
}

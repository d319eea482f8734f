/**
 * Identity and e-credential as the testbed speaks of them: the national centre's interface to phones is not public.
 * Persons of the pairs are those of seed 20201012: people/identity.ts makes them, nobody bears their numbers.
 */
import { Type } from 'typebox'
import { type IdentityDesk, identityRefusals } from '../desks/identity-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { key, person, site, strict } from './plain-fields.ts'

const refused = refusal(identityRefusals)
const name = () => Type.String({ minLength: 1, maxLength: 50, title: '姓名' })
const idNumber = () => Type.String({ pattern: '^\\d{17}[\\dX]$', title: '公民身份号码' })
const code = () => Type.String({ pattern: '^\\d{28}$', title: '电子凭证二维码' })
const token = (title: string) => Type.String({ pattern: '^[\\w-]{16,64}$', title })
const validSeconds = () => Type.Integer({ minimum: 1, title: '有效秒数' })
const papers = { name: name(), idNumber: idNumber() }
const holder = Type.Object({ outcome: Type.Literal('holder'), person: person(), ...papers })
const phone = { person: person(), by: person() }

export const identityOperations: PlainOperations<IdentityDesk> = {
  verify: {
    path: '/identity/v1/verifications',
    zh: '实名认证',
    en: 'Check a name against its number',
    request: Type.Object(papers, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('verified'), person: person() }), refused]),
    // An ID number would be the only one, and spans are no place for it.
    businessKey: '',
    operation: 'identity/verify',
    example: { request: { name: '龚沐宸', idNumber: '310305197709276251' }, reply: { outcome: 'verified', person: 42 } },
  },
  activate: {
    path: '/identity/v1/credentials',
    zh: '激活电子凭证',
    en: 'Activate an e-credential',
    request: Type.Object({ key: key('激活键'), ...papers }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('activated'), person: person() }), refused]),
    businessKey: 'key',
    operation: 'identity/activate',
    example: { request: { key: 'J1', name: '龚沐宸', idNumber: '310305197709276251' }, reply: { outcome: 'activated', person: 42 } },
  },
  bindChild: {
    path: '/identity/v1/children',
    zh: '绑定子女（亲属随申码）',
    en: 'Bind a child to the family code',
    request: Type.Object({ key: key('绑定键'), guardian: person(), ...papers }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('bound'), child: person() }), refused]),
    businessKey: 'guardian',
    operation: 'identity/bind',
    example: {
      request: { key: 'B1', guardian: 42, name: '章熠彤', idNumber: '310300200711307013' },
      reply: { outcome: 'bound', child: 43 },
    },
  },
  show: {
    path: '/identity/v1/codes',
    zh: '出示电子凭证',
    en: 'Show a credential',
    request: Type.Object(phone, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('code'), code: code(), validSeconds: validSeconds() }), refused]),
    businessKey: 'person',
    operation: 'identity/show',
    example: { request: { person: 42, by: 42 }, reply: { outcome: 'code', code: '1234567890123456789012345678', validSeconds: 60 } },
  },
  decode: {
    path: '/identity/v1/codes/decode',
    zh: '电子凭证解码',
    en: 'Decode a shown credential',
    request: Type.Object({ site: site(), code: code() }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('decoded'),
        token: token('电子凭证令牌'),
        person: person(),
        ...papers,
        validSeconds: validSeconds(),
      }),
      refused,
    ]),
    businessKey: 'site',
    operation: 'identity/decode',
    example: {
      request: { site: 7, code: '1234567890123456789012345678' },
      reply: {
        outcome: 'decoded',
        token: 'synthetic-token-of-an-example-01',
        person: 42,
        name: '龚沐宸',
        idNumber: '310305197709276251',
        validSeconds: 1800,
      },
    },
  },
  holder: {
    path: '/identity/v1/tokens/holder',
    zh: '令牌核验',
    en: 'Whose token it is',
    request: Type.Object({ site: site(), token: token('电子凭证令牌') }, strict),
    reply: Type.Union([holder, refused]),
    businessKey: 'site',
    operation: 'identity/holder',
    example: {
      request: { site: 7, token: 'synthetic-token-of-an-example-01' },
      reply: { outcome: 'holder', person: 42, name: '龚沐宸', idNumber: '310305197709276251' },
    },
  },
  allowPayment: {
    path: '/identity/v1/payment-authorizations',
    zh: '支付授权',
    en: 'Allow one payment',
    request: Type.Object({ ...phone, site: site() }, strict),
    reply: Type.Union([
      Type.Object({ outcome: Type.Literal('allowed'), token: token('支付授权码'), validSeconds: validSeconds() }),
      refused,
    ]),
    businessKey: 'person',
    operation: 'identity/allow',
    example: {
      request: { person: 42, by: 42, site: 7 },
      reply: { outcome: 'allowed', token: 'synthetic-payment-token-of-example', validSeconds: 600 },
    },
  },
  takePayment: {
    path: '/identity/v1/payment-authorizations/take',
    zh: '支付授权核销',
    en: 'Take a payment authorisation, once',
    request: Type.Object({ site: site(), token: token('支付授权码') }, strict),
    reply: Type.Union([holder, refused]),
    businessKey: 'site',
    operation: 'identity/take',
    example: {
      request: { site: 7, token: 'synthetic-payment-token-of-example' },
      reply: { outcome: 'holder', person: 42, name: '龚沐宸', idNumber: '310305197709276251' },
    },
  },
}

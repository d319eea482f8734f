/** How phones and wallets speak to the insurer's payment centre; no public document has it, so form and names are the testbed's. */
import { Type } from 'typebox'
import { type MobilePayerDesk, type MobileRefused, mobileReasons } from '../desks/mobile-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, strict } from './plain-fields.ts'

const reasons = [...mobileReasons, 'unknown-credential', 'insurer-refused'] as const satisfies readonly MobileRefused['reason'][]
const refused = refusal(reasons)

export const mobilePayerOperations: PlainOperations<MobilePayerDesk> = {
  authorizePayment: {
    path: '/mobile/v1/authorizations',
    zh: '支付授权',
    en: 'The person allows one payment',
    request: Type.Object({ qr: key('电子凭证二维码') }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('payment-authorized'),
        authorization: Type.String(),
        validSeconds: Type.Integer({ minimum: 1, maximum: 3600 }),
      }),
      refused,
    ]),
    businessKey: '',
    operation: 'bureau/credential',
  },
  payOrder: {
    path: '/mobile/v1/payments',
    zh: '医保部分支付',
    en: 'The insurer pays its part of an order',
    request: Type.Object(
      { order: key('支付订单号'), authorization: key('支付授权码'), totalFen: fen(), fundFen: fen(), accountFen: fen(), cashFen: fen() },
      strict,
    ),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('insurer-paid'), settlement: Type.String() }), refused]),
    businessKey: 'order',
    operation: 'bureau/settle',
  },
}

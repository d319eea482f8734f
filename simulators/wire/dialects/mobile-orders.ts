/** Bills that a hospital's terminals have placed at the insurer's mobile payment centre: the testbed's own interface. */
import { Type } from 'typebox'
import { type MobileOrderDesk, type MobileOrderRefused, mobileOrderReasons } from '../desks/mobile-order-desk.ts'
import { hisRefusals } from './hospital.ts'
import { insuranceTypes } from './national/dictionaries.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, person, site, strict } from './plain-fields.ts'
import { terminalRefusals } from './terminals.ts'

/** `unknown-site` stands in both lists. */
const refused = refusal([...new Set<MobileOrderRefused['reason']>([...terminalRefusals, ...hisRefusals, ...mobileOrderReasons])])
const ofBill = { site: site(), terminal: key('终端'), signIn: key('签到号'), bill: key('明细账单号') }
const shown = { name: Type.String({ minLength: 1, maxLength: 50, title: '姓名' }), idNumber: key('证件号码') }
const example = { site: 7, terminal: 'consult-1', signIn: 'QD7-20201012-000002', bill: 'MX0000000006' }
const shownExample = { name: '龚沐宸', idNumber: '310305197709276251' }

export const mobileOrderOperations: PlainOperations<MobileOrderDesk> = {
  place: {
    path: '/his/v1/mobile-orders',
    zh: '移动支付下单：费用明细上传（6201）与支付下单（6202），锁定账单',
    en: 'Place a bill at the mobile payment centre (6201, 6202) and hold it for the patient’s phone',
    request: Type.Object(
      {
        ...ofBill,
        person: person(),
        insured: Type.Object(
          {
            insuredNumber: key('人员编号'),
            insurance: Type.Unsafe<string>({ type: 'string', enum: Object.keys(insuranceTypes), title: '险种类型' }),
            insuredPlace: Type.String({ pattern: '^\\d{6}$', title: '参保地医保区划' }),
            ...shown,
          },
          { ...strict, description: '读卡或解码所得（1101），医院不保存 · as the card or code was read; not kept' },
        ),
        authorization: key('支付授权码'),
      },
      strict,
    ),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('order-placed'),
        order: Type.String(),
        visit: Type.String(),
        totalFen: fen(),
        fundFen: fen(),
        accountFen: fen(),
        cashFen: fen(),
      }),
      refused,
    ]),
    businessKey: 'bill',
    operation: 'his/mobile-order',
    example: {
      request: {
        ...example,
        person: 42,
        insured: { insuredNumber: '31000000000000000042', insurance: '310', insuredPlace: '310000', ...shownExample },
        authorization: 'AUTH-EXAMPLE',
      },
      reply: {
        outcome: 'order-placed',
        order: 'ORDER-EXAMPLE',
        visit: 'VISIT-EXAMPLE',
        totalFen: 12_000,
        fundFen: 3000,
        accountFen: 3000,
        cashFen: 6000,
      },
    },
  },
  revoke: {
    path: '/his/v1/mobile-orders/revoke',
    zh: '撤回移动支付订单（6401），释放账单',
    en: 'Take an order back that is not paid (6401), and free its bill',
    request: Type.Object({ ...ofBill, ...shown }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('order-revoked') }), refused]),
    businessKey: 'bill',
    operation: 'his/mobile-order',
    example: { request: { ...example, ...shownExample }, reply: { outcome: 'order-revoked' } },
  },
}

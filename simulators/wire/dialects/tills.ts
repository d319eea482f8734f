/** Bills at a hospital's terminals: the testbed's own interface. */
import { Type } from 'typebox'
import type { TillDesk, TillRefusal } from '../desks/till-desk.ts'
import { atConsult, atWindow, orderedBill, visitSplit, withoutItem } from './example-bill.ts'
import { hisRefusals, hospitalOperations } from './hospital.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, site, split, strict } from './plain-fields.ts'
import { terminalRefusals } from './terminals.ts'

/** `unknown-site` stands in both lists. */
const refused = refusal([...new Set<TillRefusal>([...terminalRefusals, ...hisRefusals, 'paid-elsewhere'])])
const ofBill = { site: site(), terminal: key('终端'), signIn: key('签到号'), bill: key('明细账单号') }
const ofAttempt = { ...ofBill, attempt: key('收费号') }
const person = Type.Integer({ minimum: 0, maximum: 999_999_999, title: '人员' })
const lines = Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200, title: '明细序号' })
/** What the hospital answers to the platform, with the refusals of a terminal beside its own. */
const asThere = (name: keyof typeof hospitalOperations) => Type.Union([hospitalOperations[name].reply, refused])

export const tillOperations: PlainOperations<TillDesk> = {
  hold: {
    path: '/his/v1/tills/hold',
    zh: '收费锁单',
    en: 'Lock a bill to collect it here',
    request: Type.Object({ ...ofAttempt, person }, strict),
    reply: asThere('open'),
    businessKey: 'bill',
    operation: 'his/lock',
    example: {
      request: { ...atWindow, bill: 'MX0000000002', attempt: 'S0002', person: 42 },
      reply: {
        outcome: 'open',
        bill: orderedBill,
      },
    },
  },
  collect: {
    path: '/his/v1/tills/collect',
    zh: '窗口或自助机收费',
    en: 'Collected here',
    request: Type.Object(
      {
        ...ofAttempt,
        totalFen: fen(),
        split: split(),
        settlement: key('中心流水号'),
        payer: Type.Unsafe<'cash'>({ type: 'string', enum: ['wallet', 'bank', 'cash'] }),
      },
      strict,
    ),
    reply: asThere('notice'),
    businessKey: 'bill',
    operation: 'his/notice',
    example: {
      request: {
        ...atWindow,
        bill: 'MX0000000002',
        attempt: 'S0002',
        totalFen: 35000,
        split: { ...visitSplit, fundFen: 6000, cashFen: 26000, uncoveredFen: 25000, deductibleFen: 0 },
        settlement: '310020201012000000009',
        payer: 'cash',
      },
      reply: { outcome: 'noted' },
    },
  },
  release: {
    path: '/his/v1/tills/release',
    zh: '收费解锁',
    en: 'Nothing was collected',
    request: Type.Object(ofAttempt, strict),
    reply: asThere('close'),
    businessKey: 'bill',
    operation: 'his/lock',
    example: {
      request: { ...atWindow, bill: 'MX0000000002', attempt: 'S0001' },
      reply: { outcome: 'closed' },
    },
  },
  perform: {
    path: '/his/v1/tills/performed',
    zh: '终端执行医嘱',
    en: 'Lines are performed, at a terminal',
    request: Type.Object({ ...ofBill, lines }, strict),
    reply: asThere('perform'),
    businessKey: 'bill',
    operation: 'his/perform',
    example: {
      request: { ...atConsult, bill: 'MX0000000002', lines: [1] },
      reply: { outcome: 'performed' },
    },
  },
  giveBack: {
    path: '/his/v1/tills/refunds',
    zh: '终端退费（未执行项目）',
    en: 'Give back what was collected here and not performed',
    request: Type.Object({ ...ofAttempt, refund: key('退费键'), lines: Type.Optional(lines) }, strict),
    reply: asThere('refund'),
    businessKey: 'bill',
    operation: 'his/notice',
    example: {
      request: {
        ...atWindow,
        bill: 'MX0000000002',
        attempt: 'S0002',
        refund: 'T0001',
        lines: [2],
      },
      reply: {
        outcome: 'refunded',
        redInvoice: '0000000002',
        rest: withoutItem(orderedBill),
      },
    },
  },
  printInvoice: {
    path: '/his/v1/tills/invoices',
    zh: '终端打印电子票据',
    en: 'Issue or print the e-invoice',
    request: Type.Object(ofAttempt, strict),
    reply: asThere('invoice'),
    businessKey: 'bill',
    operation: 'his/invoice',
    example: {
      request: { ...atWindow, bill: 'MX0000000002', attempt: 'S0002' },
      reply: { outcome: 'invoiced', batchCode: '31062020', number: '0000000001', checkCode: '007926' },
    },
  },
}

/**
 * The interface of a hospital's HIS to platform and terminals. Its names are the testbed's, those of the e-invoice too: `batchCode` is
 * billBatchCode (票据代码) in 博思's invoiceEBillOutpatient, `number` billNo (票据号码), `checkCode` random (校验码). What a HIS sends there
 * (busNo, placeCode, busType, billName, totalAmt, busDate, busTime) is between it and its vendor and is not modelled.
 */
import { Type } from 'typebox'
import type { HisBill, HisDesk, HisRefusal } from '../desks/his-desk.ts'
import { hospitalExamples } from './hospital-examples.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { billLine, fen, key, person, site, split, strict } from './plain-fields.ts'

export const hisRefusals = [
  'unknown-site',
  'unknown-bill',
  'bill-of-another-person',
  'already-paid',
  'in-doubt',
  'attempt-closed',
  'unknown-attempt',
  'amounts-do-not-add-up',
  'already-refunded',
  'already-performed',
  'unknown-line',
  'part-of-another-bill',
  'nothing-to-pay',
  'day-not-over',
] as const satisfies readonly HisRefusal[]
const refused = refusal(hisRefusals)
export const hisBillSchema = Type.Object({
  bill: key('明细账单号'),
  visit: key('就诊单元号'),
  person: person(),
  totalFen: fen(),
  coveredFen: fen(),
  lines: Type.Array(billLine()),
  state: Type.Unsafe<HisBill['state']>({ type: 'string', enum: ['unpaid', 'in-doubt', 'paid', 'refunded', 'merged'] }),
})
const lineNumbers = () => Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { minItems: 1, maxItems: 200, title: '明细序号' })
const attempt = { site: site(), bill: key('明细账单号'), attempt: key('支付尝试') }

export const hospitalOperations: PlainOperations<HisDesk> = {
  bills: {
    path: '/his/v1/bills/query',
    zh: '查询就诊账单',
    en: 'Bills of a visit',
    request: Type.Object({ site: site(), visit: key('就诊单元号') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('bills'), bills: Type.Array(hisBillSchema) }), refused]),
    businessKey: 'visit',
    operation: 'his/bills',
    example: hospitalExamples.bills,
  },
  dayLines: {
    path: '/his/v1/days/query',
    zh: '日结明细',
    en: 'Payments of a day',
    request: Type.Object({ site: site(), date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title: '日结日期' }) }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('day'),
        lines: Type.Array(
          Type.Object({
            attempt: key('支付尝试'),
            bill: key('明细账单号'),
            does: Type.Unsafe<'pay' | 'refund'>({ type: 'string', enum: ['pay', 'refund'] }),
            atMs: Type.Integer(),
            totalFen: fen(),
            fundFen: fen(),
            currentAccountFen: fen(),
            historyAccountFen: fen(),
            cashFen: fen(),
          }),
        ),
        paidCount: Type.Integer({ minimum: 0 }),
        refundedCount: Type.Integer({ minimum: 0 }),
        totalFen: Type.Integer(),
      }),
      refused,
    ]),
    businessKey: 'site',
    operation: 'his/day-lines',
    example: hospitalExamples.dayLines,
  },
  open: {
    path: '/his/v1/attempts/open',
    zh: '锁定账单',
    en: 'Open a bill’s one attempt',
    request: Type.Object(
      { ...attempt, person: person(), by: Type.Unsafe<'platform'>({ type: 'string', enum: ['platform', 'window', 'kiosk'] }) },
      strict,
    ),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('open'), bill: hisBillSchema }), refused]),
    businessKey: 'bill',
    operation: 'his/lock',
    example: hospitalExamples.open,
  },
  close: {
    path: '/his/v1/attempts/close',
    zh: '释放账单',
    en: 'Give up an attempt',
    request: Type.Object(attempt, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('closed') }), refused]),
    businessKey: 'bill',
    operation: 'his/lock',
    example: { request: { site: 7, bill: 'MX0000000001', attempt: 'P0001' }, reply: { outcome: 'closed' } },
  },
  notice: {
    path: '/his/v1/payments/notice',
    zh: '缴费通知',
    en: 'An attempt was paid',
    request: Type.Object(
      {
        ...attempt,
        totalFen: fen(),
        split: split(),
        settlement: Type.Optional(key('中心流水号')),
        terminal: Type.Optional(key('终端')),
        payer: Type.Unsafe<'credit'>({ type: 'string', enum: ['credit', 'wallet', 'bank', 'cash'] }),
      },
      strict,
    ),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('noted') }), refused]),
    businessKey: 'bill',
    operation: 'his/notice',
    example: hospitalExamples.notice,
  },
  leave: {
    path: '/his/v1/visits/leave',
    zh: '离院：合并未付账单',
    en: 'The unpaid bills of a visit become one',
    request: Type.Object({ site: site(), visit: key('就诊单元号') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('leaving'), bill: hisBillSchema }), refused]),
    businessKey: 'visit',
    operation: 'his/bills',
    example: hospitalExamples.leave,
  },
  perform: {
    path: '/his/v1/lines/performed',
    zh: '医嘱执行',
    en: 'Lines of a bill are performed',
    request: Type.Object({ site: site(), bill: key('明细账单号'), lines: lineNumbers() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('performed') }), refused]),
    businessKey: 'bill',
    operation: 'his/perform',
    example: { request: { site: 7, bill: 'MX0000000001', lines: [1] }, reply: { outcome: 'performed' } },
  },
  refund: {
    path: '/his/v1/refunds',
    zh: '退费（未执行项目）',
    en: 'Give back what was charged and not performed',
    request: Type.Object({ ...attempt, refund: key('退费键'), lines: Type.Optional(lineNumbers()) }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('refunded'),
        redInvoice: Type.Optional(Type.String({ title: '红票号码' })),
        rest: Type.Optional(hisBillSchema),
      }),
      refused,
    ]),
    businessKey: 'bill',
    operation: 'his/notice',
    example: hospitalExamples.refund,
  },
  invoice: {
    path: '/his/v1/invoices/issue',
    zh: '开具医疗电子票据',
    en: 'Issue the e-invoice of a paid bill',
    request: Type.Object(attempt, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('invoiced'),
        batchCode: Type.String({ title: '票据代码' }),
        number: Type.String({ title: '票据号码' }),
        checkCode: Type.String({ title: '校验码' }),
      }),
      refused,
    ]),
    businessKey: 'bill',
    operation: 'his/invoice',
    example: hospitalExamples.invoice,
  },
}

/** The interface of a hospital's terminals to its HIS: the testbed's own, no public document describes one. */
import { Type } from 'typebox'
import { type TerminalDesk, type TerminalRefusal, terminalKinds, visitKinds } from '../desks/terminal-desk.ts'
import { atConsult, atWindow, orderedBill } from './example-bill.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { billLine, fen, key, person, site, strict } from './plain-fields.ts'

export const terminalRefusals = [
  'unknown-site',
  'unknown-terminal',
  'not-signed-in',
  'sign-in-of-another-day',
  'not-at-this-terminal',
  'unknown-visit',
  'unknown-order',
  'known-with-other-contents',
  'already-charged',
  'cancelled',
  'lines-do-not-add-up',
  'consent-missing',
  'nothing-to-agree-to',
] as const satisfies readonly TerminalRefusal[]
const refused = refusal(terminalRefusals)
const choice = <const Words extends readonly string[]>(words: Words) => Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] })
const at = { site: site(), terminal: key('终端'), signIn: key('签到号') }
const visit = key('就诊单元号')
const order = key('医嘱号')
const orders = Type.Array(order, { minItems: 1, maxItems: 100, title: '医嘱号' })
const money = () => Type.Integer({ description: '分' })
const saying = <Word extends string>(outcome: Word) => Type.Union([Type.Object({ outcome: Type.Literal(outcome) }), refused])

export const terminalOperations: PlainOperations<TerminalDesk> = {
  signIn: {
    path: '/his/v1/terminals/sign-in',
    zh: '终端签到',
    en: 'Sign in for the day',
    request: Type.Object({ site: site(), terminal: key('终端'), operator: key('操作员') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('signed-in'), signIn: Type.String(), kind: choice(terminalKinds) }), refused]),
    businessKey: 'terminal',
    operation: 'his/sign-in',
    example: {
      request: { site: 7, terminal: 'consult-1', operator: 'D001' },
      reply: { outcome: 'signed-in', signIn: 'QD7-20201012-000002', kind: 'consult' },
    },
  },
  signOut: {
    path: '/his/v1/terminals/sign-out',
    zh: '终端签退',
    en: 'Sign out',
    request: Type.Object(at, strict),
    reply: saying('signed-out'),
    businessKey: 'terminal',
    operation: 'his/sign-in',
    example: { request: { ...atConsult }, reply: { outcome: 'signed-out' } },
  },
  register: {
    path: '/his/v1/visits',
    zh: '挂号或入院登记',
    en: 'Register a visit',
    request: Type.Object({ ...at, visit, person: person(), kind: choice(visitKinds) }, strict),
    reply: saying('registered'),
    businessKey: 'visit',
    operation: 'his/visit',
    example: {
      request: { ...atConsult, visit: 'JZ0000000002', person: 42, kind: 'outpatient' },
      reply: { outcome: 'registered' },
    },
  },
  order: {
    path: '/his/v1/orders',
    zh: '开立医嘱',
    en: 'Order',
    request: Type.Object({ ...at, visit, order, lines: Type.Array(billLine(), { minItems: 1, maxItems: 200 }) }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('ordered'), uncoveredFen: money(), consentNeeded: Type.Boolean() }), refused]),
    businessKey: 'order',
    operation: 'his/order',
    example: {
      request: {
        ...atConsult,
        visit: 'JZ0000000002',
        order: 'YZ0001',
        lines: orderedBill.lines,
      },
      reply: { outcome: 'ordered', uncoveredFen: 25000, consentNeeded: true },
    },
  },
  cancelOrder: {
    path: '/his/v1/orders/cancel',
    zh: '作废医嘱',
    en: 'Take back an order that is not charged',
    request: Type.Object({ ...at, order }, strict),
    reply: saying('cancelled'),
    businessKey: 'order',
    operation: 'his/order',
    example: {
      request: { ...atConsult, order: 'YZ0002' },
      reply: { outcome: 'cancelled' },
    },
  },
  consent: {
    path: '/his/v1/consents',
    zh: '自费项目知情同意',
    en: 'Agree to what insurance does not cover',
    request: Type.Object({ ...at, visit, orders, by: choice(['patient', 'guardian'] as const), document: key('同意书编号') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('agreed'), uncoveredFen: money() }), refused]),
    businessKey: 'visit',
    operation: 'his/consent',
    example: {
      request: {
        ...atConsult,
        visit: 'JZ0000000002',
        orders: ['YZ0001'],
        by: 'patient',
        document: 'TYS0001',
      },
      reply: { outcome: 'agreed', uncoveredFen: 25000 },
    },
  },
  charge: {
    path: '/his/v1/bills',
    zh: '划价生成账单',
    en: 'Orders become a bill',
    request: Type.Object({ ...at, visit, bill: key('明细账单号'), orders }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('charged'), totalFen: fen(), coveredFen: fen() }), refused]),
    businessKey: 'bill',
    operation: 'his/bill',
    example: {
      request: {
        ...atConsult,
        visit: 'JZ0000000002',
        bill: 'MX0000000002',
        orders: ['YZ0001'],
      },
      reply: { outcome: 'charged', totalFen: 35000, coveredFen: 10000 },
    },
  },
  dayTotals: {
    path: '/his/v1/day-totals',
    zh: '日结汇总',
    en: 'Totals of a site’s day',
    request: Type.Object({ ...at, date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title: '日期' }) }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('totals'),
        paidCount: Type.Integer(),
        refundedCount: Type.Integer(),
        totalFen: money(),
        fundFen: money(),
        currentAccountFen: money(),
        historyAccountFen: money(),
        cashFenBy: Type.Object({ credit: money(), wallet: money(), bank: money(), cash: money() }),
        invoices: Type.Integer(),
        redInvoices: Type.Integer(),
        drawers: Type.Array(Type.Object({ terminal: key('终端'), inFen: fen(), outFen: fen() }), { title: '各终端钱箱' }),
      }),
      refused,
    ]),
    businessKey: 'site',
    operation: 'his/day-totals',
    example: {
      request: { ...atWindow, date: '2020-10-12' },
      reply: {
        outcome: 'totals',
        paidCount: 3,
        refundedCount: 2,
        totalFen: 12000,
        fundFen: 3000,
        currentAccountFen: 0,
        historyAccountFen: 3000,
        cashFenBy: { credit: 0, wallet: 0, bank: 0, cash: 6000 },
        invoices: 3,
        redInvoices: 2,
        drawers: [{ terminal: 'window-1', inFen: 6000, outFen: 0 }],
      },
    },
  },
}

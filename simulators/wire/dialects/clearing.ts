/** Clearing beyond the application (3203). No public document says how deductions and appeals are told: form and names are the testbed's. */
import { Type } from 'typebox'
import { type ReviewRule, reviewRules } from '../desks/claim-desk.ts'
import type { ClearingDesk, ClearingRefusal } from '../desks/clearing-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { fen, key, site, strict } from './plain-fields.ts'

const reasons = [
  'unknown-site',
  'unknown-application',
  'month-applied',
  'month-not-over',
  'application-totals-differ',
  'appeal-too-late',
  'appealed-before',
  'not-questioned',
  'application-paid',
  'message-number-reused',
  'day-not-over',
  'unknown-settlement',
] as const satisfies readonly ClearingRefusal[]
const refused = refusal(reasons)
const month = () => Type.String({ pattern: '^20\\d{2}(?:0[1-9]|1[0-2])$', title: '清算年月' })
const day = (title: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title })
const clearingType = () => Type.Unsafe<string>({ type: 'string', enum: ['11', '21', '41'], title: '清算类别' })
const amounts = () => ({
  count: Type.Integer({ minimum: 0, maximum: 9_999_999, title: '结算笔数' }),
  totalFen: fen(),
  fundFen: fen(),
  accountFen: fen(),
  cashFen: fen(),
})

const dayLine = Type.Object({
  settlement: Type.String({ title: '中心流水号' }),
  does: Type.Unsafe<'pay' | 'refund'>({ type: 'string', enum: ['pay', 'refund'] }),
  atMs: Type.Integer(),
  sequence: Type.Integer({ minimum: 0, title: '报文顺序号' }),
  bill: Type.String({ title: '明细账单号' }),
  fundFen: fen(),
  currentAccountFen: fen(),
  historyAccountFen: fen(),
  cashFen: fen(),
  uncoveredFen: fen(),
  segment: Type.Unsafe<'pooled' | 'additional'>({ type: 'string', enum: ['pooled', 'additional'], title: '统筹或附加基金' }),
})

/** Of the worked pairs. */
const exampleLine = {
  settlement: '3100202010120000000001',
  does: 'pay',
  atMs: 1602464400000,
  sequence: 3,
  bill: 'MX0000000001',
  fundFen: 4800,
  currentAccountFen: 0,
  historyAccountFen: 3000,
  cashFen: 4200,
  uncoveredFen: 0,
  segment: 'additional',
}

export const clearingOperations: PlainOperations<ClearingDesk> = {
  dayLines: {
    path: '/clearing/v1/day-lines',
    zh: '日对账明细',
    en: 'Lines of a day',
    request: Type.Object({ site: site(), day: day('对账日') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('day'), lines: Type.Array(dayLine) }), refused]),
    businessKey: 'site',
    operation: 'bureau/day-lines',
    example: {
      request: { site: 7, day: '2020-10-12' },
      reply: {
        outcome: 'day',
        lines: [
          exampleLine,
          {
            settlement: '3100202010120000000002',
            does: 'pay',
            atMs: 1602464400000,
            sequence: 6,
            bill: 'MX0000000002',
            fundFen: 7200,
            currentAccountFen: 0,
            historyAccountFen: 0,
            cashFen: 4800,
            uncoveredFen: 0,
            segment: 'additional',
          },
        ],
      },
    },
  },
  settlement: {
    path: '/clearing/v1/settlements',
    zh: '结算查询',
    en: 'What became of a settlement',
    request: Type.Object({ site: site(), settlement: key('中心流水号') }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('settlement'), line: dayLine, isReversed: Type.Boolean() }), refused]),
    businessKey: 'settlement',
    operation: 'bureau/settlement',
    example: {
      request: { site: 7, settlement: '3100202010120000000001' },
      reply: {
        outcome: 'settlement',
        line: exampleLine,
        isReversed: false,
      },
    },
  },
  clearingMonth: {
    path: '/clearing/v1/months',
    zh: '清算月份合计',
    en: 'Sums of a month that can be applied for',
    request: Type.Object({ site: site(), month: month() }, strict),
    reply: Type.Union([
      Type.Object({ outcome: Type.Literal('month'), types: Type.Array(Type.Object({ clearingType: clearingType(), ...amounts() })) }),
      refused,
    ]),
    businessKey: 'site',
    operation: 'bureau/clearing-month',
    example: {
      request: { site: 7, month: '202010' },
      reply: {
        outcome: 'month',
        types: [{ clearingType: '11', count: 2, totalFen: 24000, fundFen: 12000, accountFen: 3000, cashFen: 9000 }],
      },
    },
  },
  applyForMonth: {
    path: '/clearing/v1/applications',
    zh: '清算申请',
    en: 'Apply for a month',
    request: Type.Object({ key: key('申请键'), site: site(), month: month(), clearingType: clearingType(), ...amounts() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('applied'), application: Type.String() }), refused]),
    businessKey: 'key',
    operation: 'bureau/apply-for-month',
    example: {
      request: {
        key: 'A202010-1',
        site: 7,
        month: '202010',
        clearingType: '11',
        count: 2,
        totalFen: 24000,
        fundFen: 12000,
        accountFen: 3000,
        cashFen: 9000,
      },
      reply: { outcome: 'applied', application: 'QS2020100000000013' },
    },
  },
  appeal: {
    path: '/clearing/v1/appeals',
    zh: '预扣申诉',
    en: 'Appeal for settlements held back',
    request: Type.Object(
      {
        key: key('申诉键'),
        site: site(),
        application: key('清算申请'),
        settlements: Type.Array(
          Type.Object({ settlement: key('结算号'), evidence: Type.String({ minLength: 1, maxLength: 500, title: '申诉依据' }) }, strict),
          { minItems: 1, maxItems: 10_000 },
        ),
      },
      strict,
    ),
    reply: Type.Union([
      Type.Object({ outcome: Type.Literal('appealed'), application: Type.String(), decidedOn: day('答复日期') }),
      refused,
    ]),
    businessKey: 'application',
    operation: 'bureau/appeal',
    example: {
      request: {
        key: 'S202010-1',
        site: 7,
        application: 'QS2020100000000013',
        settlements: [{ settlement: '3100202010120000000002', evidence: '处方 RX2 与病历第 3 页' }],
      },
      reply: { outcome: 'appealed', application: 'QS2020100000000013', decidedOn: '2020-11-20' },
    },
  },
  clearing: {
    path: '/clearing/v1/queries',
    zh: '清算进度查询',
    en: 'How an application stands',
    request: Type.Object({ site: site(), application: key('清算申请') }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('clearing'),
        application: Type.String(),
        month: month(),
        clearingType: clearingType(),
        state: Type.Unsafe<'open' | 'closed' | 'withdrawn'>({ type: 'string', enum: ['open', 'closed', 'withdrawn'] }),
        appliedFen: fen(),
        withheldFen: fen(),
        paidFen: fen(),
        deductedFen: fen(),
        questioned: Type.Array(
          Type.Object({
            settlement: Type.String(),
            rules: Type.Array(Type.Unsafe<ReviewRule>({ type: 'string', enum: [...reviewRules], title: '命中规则' })),
            amountFen: fen(),
            state: Type.Unsafe<'withheld' | 'appealed' | 'upheld' | 'deducted'>({
              type: 'string',
              enum: ['withheld', 'appealed', 'upheld', 'deducted'],
            }),
          }),
        ),
        appealUntil: day('申诉截止日期'),
        payoutOn: day('拨付日期'),
      }),
      refused,
    ]),
    businessKey: 'application',
    operation: 'bureau/clearing',
    example: {
      request: { site: 7, application: 'QS2020100000000013' },
      reply: {
        outcome: 'clearing',
        application: 'QS2020100000000013',
        month: '202010',
        clearingType: '11',
        state: 'closed',
        appliedFen: 15000,
        withheldFen: 7200,
        paidFen: 7800,
        deductedFen: 7200,
        questioned: [{ settlement: '3100202010120000000002', rules: ['outside-directory'], amountFen: 7200, state: 'deducted' }],
        appealUntil: '2020-11-12',
        payoutOn: '2020-11-22',
      },
    },
  },
  payouts: {
    path: '/clearing/v1/payouts',
    zh: '拨付查询',
    en: 'What was paid out to a site',
    request: Type.Object({ site: site() }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('payouts'),
        payouts: Type.Array(
          Type.Object({
            payout: Type.String(),
            application: Type.String(),
            day: day('拨付日期'),
            kind: Type.Unsafe<'clearing' | 'appeal'>({ type: 'string', enum: ['clearing', 'appeal'] }),
            amountFen: fen(),
          }),
        ),
      }),
      refused,
    ]),
    businessKey: 'site',
    operation: 'bureau/payouts',
    example: {
      request: { site: 7 },
      reply: {
        outcome: 'payouts',
        payouts: [{ payout: 'BF00000000001500', application: 'QS2020100000000013', day: '2020-11-22', kind: 'clearing', amountFen: 7800 }],
      },
    },
  },
}

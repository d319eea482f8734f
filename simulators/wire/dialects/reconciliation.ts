/** Reconciliation as the platform tells it, in its own form. */
import { Type } from 'typebox'
import type { ReconciliationDesk, ReconciliationOperatorDesk } from '../desks/reconciliation-desk.ts'
import type { PlainOperations } from './plain.ts'
import { fen, key, site, strict } from './plain-fields.ts'

const moment = (title: string) => Type.Optional(Type.String({ title, description: 'yyyy-MM-dd HH:mm:ss' }))
const count = () => Type.Integer({ minimum: 0 })
const difference = Type.Object({
  difference: Type.String(),
  site: site(),
  oursFen: fen(),
  theirsFen: fen(),
  ending: Type.Optional(Type.String()),
  bearer: Type.Optional(Type.String()),
})
const payout = Type.Object({ payout: count(), payer: Type.String(), site: site(), amountFen: fen(), payments: count(), at: Type.String() })

const money = {
  stages: Type.Array(
    Type.Object({
      stage: Type.String(),
      count: count(),
      amountFen: Type.Integer(),
      meanAgeSeconds: Type.Optional(Type.Number()),
      oldestAgeSeconds: Type.Optional(Type.Number()),
      standingFen: Type.Integer(),
      standingMeanAgeSeconds: Type.Optional(Type.Number()),
      waitedMsBuckets: Type.Optional(
        Type.Unsafe<readonly (readonly [number, number])[]>({
          type: 'array',
          items: { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 2, maxItems: 2 },
        }),
      ),
    }),
  ),
  live: Type.Object({
    matched: count(),
    differing: Type.Array(Type.Object({ movement: Type.String(), parties: Type.Array(Type.String()) })),
    until: moment('已核对至'),
  }),
}

export const reconciliationOperations: PlainOperations<ReconciliationDesk> = {
  reconciliationOf: {
    path: '/v1/payments/reconciliation',
    zh: '对账状态',
    en: 'How a payment stands in reconciliation',
    request: Type.Object({ channel: key('入口'), payment: key('支付号') }, strict),
    reply: Type.Union([
      Type.Object({
        outcome: Type.Literal('reconciliation'),
        payment: key('支付号'),
        state: Type.Unsafe<'open'>({ type: 'string', enum: ['open', 'difference', 'reconciled', 'paid-out'] }),
        agreed: Type.Array(Type.String()),
        live: Type.Object({
          state: Type.Unsafe<'not-yet'>({ type: 'string', enum: ['not-yet', 'matched', 'differs', 'left-to-day-end'] }),
          differing: Type.Array(Type.String()),
          matchedAt: moment('实时核对一致时刻'),
        }),
        reconciledAt: moment('对平时刻'),
        paidOutAt: moment('拨付时刻'),
      }),
      Type.Object({ outcome: Type.Literal('unheard-of') }),
    ]),
    businessKey: 'payment',
    operation: 'platform/reconciliation',
    example: {
      request: { channel: 'channel-main-entry', payment: 'PEXAMPLE' },
      reply: {
        outcome: 'reconciliation',
        payment: 'PEXAMPLE',
        state: 'reconciled',
        agreed: ['bureau', 'his', 'bank-a'],
        live: { state: 'not-yet', differing: [] },
        reconciledAt: '2020-10-13 09:00:00',
      },
    },
  },
  siteReconciliation: {
    path: '/v1/sites/reconciliation',
    zh: '执业点对账与拨付',
    en: 'Differences and payouts of a site',
    request: Type.Object({ channel: key('入口'), site: site() }, strict),
    reply: Type.Object({
      outcome: Type.Literal('site'),
      differences: Type.Array(difference),
      payouts: Type.Array(payout),
      dueFen: Type.Integer(),
    }),
    businessKey: 'site',
    operation: 'platform/reconciliation',
    example: {
      request: { channel: 'channel-main-entry', site: 7 },
      reply: {
        outcome: 'site',
        differences: [],
        payouts: [{ payout: 1, payer: 'bank-a', site: 7, amountFen: 6000, payments: 1, at: '2020-10-13 09:00:00' }],
        dueFen: 6000,
      },
    },
  },
}

const exampleMoney = {
  stages: [
    { stage: 'intended', count: 2, amountFen: 12000, standingFen: 0, meanAgeSeconds: 0, oldestAgeSeconds: 0 },
    { stage: 'authorised', count: 2, amountFen: 12000, standingFen: 0, meanAgeSeconds: 0, oldestAgeSeconds: 0 },
    { stage: 'settled', count: 2, amountFen: 12000, standingFen: 0, meanAgeSeconds: 0, oldestAgeSeconds: 0 },
    { stage: 'confirmed', count: 2, amountFen: 12000, standingFen: 0, meanAgeSeconds: 0, oldestAgeSeconds: 0 },
    { stage: 'matched', count: 0, amountFen: 0, standingFen: 0 },
    {
      stage: 'reconciled',
      count: 2,
      amountFen: 12000,
      standingFen: 6000,
      meanAgeSeconds: 82800,
      oldestAgeSeconds: 82800,
      standingMeanAgeSeconds: 82800,
      waitedMsBuckets: [[711, 2]],
    },
    {
      stage: 'paid-out',
      count: 1,
      amountFen: 6000,
      standingFen: 6000,
      meanAgeSeconds: 82800,
      oldestAgeSeconds: 82800,
      standingMeanAgeSeconds: 82800,
      waitedMsBuckets: [[0, 1]],
    },
  ],
  live: { matched: 0, differing: [] },
}

export const reconciliationOperatorOperations: PlainOperations<ReconciliationOperatorDesk> = {
  money: {
    path: '/v1/operator/money',
    zh: '资金在途与账龄',
    en: 'Where money stands and how old it is',
    request: Type.Object({}, strict),
    reply: Type.Object({ outcome: Type.Literal('money'), ...money }),
    businessKey: '',
    operation: 'platform/money',
    example: {
      request: {},
      reply: {
        outcome: 'money',
        ...exampleMoney,
      },
    },
  },
  reconcile: {
    path: '/v1/operator/reconciliation',
    zh: '执行对账并查看结果',
    en: 'Reconcile now, and how everything stands',
    request: Type.Object({}, strict),
    reply: Type.Object({
      outcome: Type.Literal('report'),
      days: Type.Array(
        Type.Object({
          party: Type.String(),
          day: Type.String(),
          rows: count(),
          matched: count(),
          inTransit: count(),
          differences: count(),
        }),
      ),
      differences: Type.Array(difference),
      payouts: Type.Array(payout),
      balances: Type.Record(Type.String(), Type.Integer()),
      ...money,
      waiting: Type.Array(Type.Object({ of: Type.String(), why: Type.String() })),
    }),
    businessKey: '',
    operation: 'platform/reconcile',
    example: {
      request: {},
      reply: {
        outcome: 'report',
        days: [
          { party: 'bureau', day: '2020-10-12', rows: 1, matched: 1, inTransit: 0, differences: 0 },
          { party: 'his', day: '2020-10-12', rows: 1, matched: 1, inTransit: 0, differences: 0 },
          { party: 'bank-a', day: '2020-10-12', rows: 1, matched: 1, inTransit: 0, differences: 0 },
        ],
        differences: [],
        payouts: [{ payout: 1, payer: 'bank-a', site: 7, amountFen: 6000, payments: 1, at: '2020-10-13 09:00:00' }],
        balances: { advances: 0, 'due-to-site': -6000, fund: 3000, 'history-accounts': 3000 },
        ...exampleMoney,
        waiting: [],
      },
    },
  },
}

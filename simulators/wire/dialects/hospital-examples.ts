/** A worked pair of every message of a hospital's HIS, synthetic, in the order of the interface; his/examples.test.ts plays them. */
import { twice, visitBill, visitSplit, withoutItem } from './example-bill.ts'

/** Lines of a bill that is paid and given back within the day. */
function paidAndBack(attempt: string, bill: string, { fundFen, currentAccountFen, historyAccountFen, cashFen }: typeof visitSplit) {
  const totalFen = fundFen + currentAccountFen + historyAccountFen + cashFen
  const amounts = { totalFen, fundFen, currentAccountFen, historyAccountFen, cashFen }
  return ['pay', 'refund'].map((does) => ({ attempt, bill, does, atMs: 1602464400000, ...amounts }))
}
/** As the notice tells it: of the 60 yuan above the deductible the fund pays 60 %. */
const noticedSplit = { ...visitSplit, fundFen: 3600, cashFen: 5400 }

export const hospitalExamples = {
  bills: {
    request: { site: 7, visit: 'JZ0000000001' },
    reply: {
      outcome: 'bills',
      bills: [visitBill],
    },
  },
  dayLines: {
    request: { site: 7, date: '2020-10-12' },
    reply: {
      outcome: 'day',
      lines: [
        ...paidAndBack('S0002', 'MX0000000002', { ...visitSplit, fundFen: 6000, cashFen: 26000 }),
        ...paidAndBack('P0002', 'MX0000000001', noticedSplit),
        ...paidAndBack('CEXAMPLE', 'MX0000000005', visitSplit),
      ],
      paidCount: 3,
      refundedCount: 3,
      totalFen: 0,
    },
  },
  open: {
    request: { site: 7, bill: 'MX0000000001', attempt: 'P0002', person: 42, by: 'platform' },
    reply: {
      outcome: 'open',
      bill: visitBill,
    },
  },
  notice: {
    request: {
      site: 7,
      bill: 'MX0000000001',
      attempt: 'P0002',
      totalFen: 12000,
      split: noticedSplit,
      settlement: '310020201012000000001',
      payer: 'credit',
    },
    reply: { outcome: 'noted' },
  },
  leave: {
    request: { site: 7, visit: 'JZ0000000003' },
    reply: {
      outcome: 'leaving',
      bill: {
        ...visitBill,
        bill: 'JZ0000000003-L1',
        visit: 'JZ0000000003',
        totalFen: 2 * visitBill.totalFen,
        coveredFen: 2 * visitBill.coveredFen,
        lines: twice(visitBill),
      },
    },
  },
  refund: {
    request: { site: 7, bill: 'MX0000000001', attempt: 'P0002', refund: 'T0002', lines: [2] },
    reply: {
      outcome: 'refunded',
      redInvoice: '0000000004',
      rest: withoutItem(visitBill),
    },
  },
  invoice: {
    request: { site: 7, bill: 'MX0000000001', attempt: 'P0002' },
    reply: { outcome: 'invoiced', batchCode: '31062020', number: '0000000003', checkCode: '023764' },
  },
}

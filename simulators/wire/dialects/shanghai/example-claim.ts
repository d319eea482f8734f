/** The one synthetic bill of the worked examples: 100 yuan, 90 of them in scope. */
import { type Fen, fenOf } from '../../../money/fen.ts'
import type { BillSplit } from '../../../policy/split-bill.ts'
import type { BillLine, ClaimedBill, FromSite } from '../../desks/bureau-desk.ts'

/** Sender and message of an example: site 42 on 2020-10-12 at nine. */
export const basisOf = (sequence: number): FromSite => ({ site: 42, message: { sequence, atMs: 1_602_464_400_000 } })

export const exampleLines: readonly BillLine[] = [
  {
    number: 1,
    prescription: 'RX0001',
    code: 'Y00001',
    name: '示例药品',
    priceFen: fenOf(4000),
    count: 2,
    totalFen: fenOf(8000),
    coveredFen: fenOf(8000),
  },
  {
    number: 2,
    prescription: 'RX0001',
    code: 'F00002',
    name: '示例项目',
    priceFen: fenOf(2000),
    count: 1,
    totalFen: fenOf(2000),
    coveredFen: fenOf(1000),
  },
]
export const exampleBill: ClaimedBill = { bill: 'MX0000000001', totalFen: fenOf(10_000), coveredFen: fenOf(9000) }
const fen = (amount: number): Fen => fenOf(amount)
/** 30 yuan of the deductible from the history account, then 60 % of 60 yuan by the fund. */
export const exampleSplit: BillSplit = {
  fundFen: fen(3600),
  currentAccountFen: fen(0),
  historyAccountFen: fen(3000),
  cashFen: fen(3400),
  uncoveredFen: fen(1000),
  deductibleFen: fen(3000),
}

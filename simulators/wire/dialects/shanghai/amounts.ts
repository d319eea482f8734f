/**
 * The amounts of a settlement in the segments of 五期: 当年账户 → 自负段 → 统筹段 or 附加段. Cash is zfdxjzfs + tcdxjzfs + fjdxjzfs +
 * fybjsfwfyze, the insurer's side curaccountpay + hisaccountpay + tczfs + fjzfs (OH; the last cash term is likely).
 */
import type { Static } from 'typebox'
import { assertBooks, type Fen, fenOf, fenOfYuan, noMoney, sumFen, yuanOf } from '../../../money/fen.ts'
import type { BillSplit } from '../../../policy/split-bill.ts'
import type { FundSegment } from '../../desks/bureau-desk.ts'
import { fields, optional, seenIn, yuan } from '../field.ts'

const sharedFields = {
  totalexpense: yuan('总费用'),
  ybjsfwfyze: yuan('医保结算范围费用总额'),
  fybjsfwfyze: yuan('非医保结算范围费用总额'),
  curaccountpay: yuan('当年账户支付'),
  hisaccountpay: yuan('历年账户支付'),
  tcdzhzfs: yuan('统筹段账户支付'),
  tcdxjzfs: yuan('统筹段现金支付'),
  tczfs: yuan('统筹支付'),
  fjdzhzfs: yuan('附加段账户支付'),
  fjdxjzfs: yuan('附加段现金支付'),
  fjzfs: yuan('附加基金支付'),
  jfje: optional(yuan('减负金额', { standing: 'ignored' })),
  // 共济账户, a later addition: what a relative's account pays, in all and by segment. The testbed's bureau has none and leaves them out.
  gjzhzfs: optional(yuan('共济账户支付')),
  tcdgjzhzfs: optional(yuan('统筹段共济账户支付')),
  fjdgjzhzfs: optional(yuan('附加段共济账户支付')),
}
export const splitFields = {
  ...sharedFields,
  zfdxjzfs: yuan('自负段现金支付'),
  zfdlnzhzfs: yuan('自负段历年账户支付'),
  zfdgjzhzfs: optional(yuan('自负段共济账户支付')),
}
const split = fields(splitFields)

/** A stay has 起付段 in the place of 自负段. */
export const staySplitFields = {
  ...sharedFields,
  ...seenIn('OH', {
    qfdxjzfs: yuan('起付段现金支付'),
    qfdzhzfs: yuan('起付段账户支付'),
    qfdgjzhzfs: optional(yuan('起付段共济账户支付')),
  }),
}
const staySplit = fields(staySplitFields)

/** Yuan as the wire's number: at most two decimals, exact in its shortest form. */
export const yuanNumber = (amount: Fen): number => Number(yuanOf(amount))

export function writeSplit(parts: BillSplit, segment: FundSegment): Static<typeof split> {
  const totalFen = sumFen(parts.fundFen, parts.currentAccountFen, parts.historyAccountFen, parts.cashFen)
  const uncoveredFen = parts.uncoveredFen
  // The history account pays the deductible first; both shares draw on it alike, so the sums do not show the order.
  const deductibleByAccountFen = fenOf(Math.min(parts.historyAccountFen, parts.deductibleFen))
  const deductibleCashFen = fenOf(parts.deductibleFen - deductibleByAccountFen)
  const shareByAccountFen = fenOf(parts.historyAccountFen - deductibleByAccountFen)
  const shareCashFen = fenOf(parts.cashFen - uncoveredFen - deductibleCashFen)
  const pooled = segment === 'pooled'
  const of = (here: boolean, amount: Fen) => yuanNumber(here ? amount : noMoney)
  return {
    totalexpense: yuanNumber(totalFen),
    ybjsfwfyze: yuanNumber(fenOf(totalFen - uncoveredFen)),
    fybjsfwfyze: yuanNumber(uncoveredFen),
    curaccountpay: yuanNumber(parts.currentAccountFen),
    hisaccountpay: yuanNumber(parts.historyAccountFen),
    zfdxjzfs: yuanNumber(deductibleCashFen),
    zfdlnzhzfs: yuanNumber(deductibleByAccountFen),
    tcdzhzfs: of(pooled, shareByAccountFen),
    tcdxjzfs: of(pooled, shareCashFen),
    tczfs: of(pooled, parts.fundFen),
    fjdzhzfs: of(!pooled, shareByAccountFen),
    fjdxjzfs: of(!pooled, shareCashFen),
    fjzfs: of(!pooled, parts.fundFen),
  }
}

export function writeStaySplit(parts: BillSplit, segment: FundSegment): Static<typeof staySplit> {
  const { zfdxjzfs: qfdxjzfs, zfdlnzhzfs: qfdzhzfs, ...shared } = writeSplit(parts, segment)
  return { ...shared, qfdxjzfs, qfdzhzfs }
}

export function hearStaySplit({ qfdxjzfs, qfdzhzfs, qfdgjzhzfs, ...shared }: Static<typeof staySplit>): ReturnType<typeof hearSplit> {
  const byRelative = qfdgjzhzfs === undefined ? {} : { zfdgjzhzfs: qfdgjzhzfs }
  return hearSplit({ ...shared, zfdxjzfs: qfdxjzfs, zfdlnzhzfs: qfdzhzfs, ...byRelative })
}

/** Throws where the segments do not add up to the total: such an answer is no answer. */
export function hearSplit(amounts: Static<typeof split>): { readonly split: BillSplit; readonly segment: FundSegment } {
  const fen = (name: keyof Static<typeof split>) => fenOfYuan(amounts[name] ?? 0)
  const parts: BillSplit = {
    fundFen: sumFen(fen('tczfs'), fen('fjzfs')),
    currentAccountFen: fen('curaccountpay'),
    // A relative's account is savings of earlier years as well; nobody here tells the two apart.
    historyAccountFen: sumFen(fen('hisaccountpay'), fen('gjzhzfs')),
    cashFen: sumFen(fen('zfdxjzfs'), fen('tcdxjzfs'), fen('fjdxjzfs'), fen('fybjsfwfyze')),
    uncoveredFen: fen('fybjsfwfyze'),
    deductibleFen: sumFen(fen('zfdxjzfs'), fen('zfdlnzhzfs'), fen('zfdgjzhzfs')),
  }
  const paidFen = sumFen(parts.fundFen, parts.currentAccountFen, parts.historyAccountFen, parts.cashFen)
  assertBooks(paidFen === fen('totalexpense'), `the segments make ${paidFen} fen of ${fen('totalexpense')}`)
  const additional = sumFen(fen('fjzfs'), fen('fjdzhzfs'), fen('fjdxjzfs'), fen('fjdgjzhzfs')) > 0
  return { split: parts, segment: additional ? 'additional' : 'pooled' }
}

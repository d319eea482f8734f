/** What happens to a difference, in the reader's words: for the page of the rules and for `medpay why`. */
import type { Words } from '../../../scenarios/plan.ts'
import type { Ending, Heard, Move } from './difference-rules.ts'
import type { DifferenceKind, Direction } from './records.ts'

export const directionWords: Readonly<Record<Direction, Words>> = {
  pay: { zh: '支付', en: 'payment' },
  refund: { zh: '退费', en: 'refund' },
}
export const kindWords: Readonly<Record<DifferenceKind, Words>> = {
  'missing-there': { zh: '对方无记录', en: 'missing there' },
  'missing-here': { zh: '平台无记录', en: 'missing here' },
  'amount-differs': { zh: '金额不符', en: 'amount differs' },
  'twice-there': { zh: '对方重复', en: 'there twice' },
}
export const moveWords: Readonly<Record<Move, Words>> = {
  ask: { zh: '向对方查询', en: 'ask the party' },
  'give-back': { zh: '多出部分原路退回', en: 'give the excess back by the original route' },
  collect: { zh: '以同一业务键重新扣收', en: 'collect again under the same key' },
  'refund-again': { zh: '以同一业务键重新退费', en: 'refund again under the same key' },
  reverse: { zh: '按中心流水号反交易', en: 'reverse by its settlement number' },
  tell: { zh: '重发缴费通知', en: 'send the pay notice again' },
}
export const endingWords: Readonly<Record<Ending, Words>> = {
  'corrected-there': { zh: '对方更正其账', en: 'the party corrects its books' },
  'given-back': { zh: '已退回', en: 'given back' },
  collected: { zh: '已收到', en: 'collected' },
  told: { zh: '已入账', en: 'booked there' },
  'written-off': { zh: '核销', en: 'written off' },
}
export const heardWords: Readonly<Record<Heard, Words>> = {
  ours: { zh: '对方实与平台一致', en: 'its books say what ours say' },
  theirs: { zh: '对方实与对账单一致', en: 'its books say what its statement says' },
  nothing: { zh: '对方查无此笔', en: 'it knows of none' },
  done: { zh: '成功', en: 'done' },
  refused: { zh: '被拒', en: 'refused' },
}

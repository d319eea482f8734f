/** 明细审核, before and during a visit. It finds and keeps nothing. ASSUMPTION: the bureau's rule book is not public; these two rules are our own. */
import { fenOf } from '../../../money/fen.ts'
import type { CheckedOrder, CheckRulesRequest, Finding } from '../../desks/claim-desk.ts'
import { itemOf } from '../../desks/directory-item.ts'
import { type ClaimContext, done, type Outcome } from './claim-context.ts'

export function decideCheckRules(
  { sender }: ClaimContext,
  { patient, encounters }: CheckRulesRequest,
): Outcome<{ readonly patient: string; readonly message: string; readonly findings: readonly Finding[] }> {
  const findings = encounters.flatMap(({ visit, orders }) => [...repeated(visit, orders), ...outside(visit, orders)])
  return done({ patient, message: sender.message, findings })
}

/** 重复收费: the same item twice on one prescription; what comes after the first is questioned (S3 §6.2.2). */
function repeated(visit: string, orders: readonly CheckedOrder[]): Finding[] {
  const byItem = Map.groupBy(orders, ({ prescription, code }) => `${prescription}\n${code}`)
  return [...byItem.values()]
    .filter((same) => same.length > 1)
    .map((same) => found('repeated-item', visit, same.slice(1), ({ totalFen }) => totalFen))
}

/** 目录外项目纳入医保: what the directory does not cover is the patient's. */
function outside(visit: string, orders: readonly CheckedOrder[]): Finding[] {
  const wrong = orders.filter(({ code, totalFen, ownPayFen }) => (itemOf(code)?.level ?? '03') === '03' && ownPayFen < totalFen)
  return wrong.length === 0 ? [] : [found('outside-directory', visit, wrong, ({ totalFen, ownPayFen }) => totalFen - ownPayFen)]
}

const found = (
  rule: Finding['rule'],
  visit: string,
  orders: readonly CheckedOrder[],
  amount: (order: CheckedOrder) => number,
): Finding => ({
  rule,
  visit,
  orders: orders.map(({ order }) => order),
  amountFen: fenOf(orders.reduce((sum, order) => sum + amount(order), 0)),
})

import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { repaymentDraw } from './repayment.ts'

const plan = planOf('tianjin-leaving').scenario.creditTerm
if (plan === undefined) throw new Error('the pilot has a credit term')
const many = Array.from({ length: 40_000 }, (_, visit) => repaymentDraw(plan)(11, 12, visit))
const shareOf = (count: number) => count / many.length

test('as many repay nothing, on each day and through each wallet as the scenario says', () => {
  expect(shareOf(many.filter(({ afterDays }) => afterDays === null).length)).toBeCloseTo(plan.overdueShare, 2)
  const repaid = 1 - plan.overdueShare
  for (const [index, day] of plan.repaidAfterDays.entries())
    expect(shareOf(many.filter(({ afterDays }) => afterDays === day).length)).toBeCloseTo(repaid * (plan.repaidAfterShare[index] ?? 0), 2)
  for (const [wallet, share] of Object.entries(plan.walletShare))
    expect(shareOf(many.filter((one) => one.wallet === wallet).length)).toBeCloseTo(share, 2)
})

test('a visit draws by itself: whoever repays nothing at a share repays nothing at a higher one, and nobody’s wallet moves', () => {
  const stricter = repaymentDraw({ ...plan, overdueShare: 0.3 })
  for (const [visit, { afterDays, wallet }] of many.slice(0, 2000).entries()) {
    const then = stricter(11, 12, visit)
    expect(then.wallet).toBe(wallet)
    if (afterDays === null) expect(then.afterDays).toBeNull()
  }
  expect(many.slice(0, 50).map((_, visit) => repaymentDraw(plan)(13, 12, visit))).not.toEqual(many.slice(0, 50))
})

test('at the ends everybody repays, or nobody does', () => {
  const visits = Array.from({ length: 500 }, (_, visit) => visit)
  const overdue = (overdueShare: number) =>
    visits.filter((visit) => repaymentDraw({ ...plan, overdueShare })(1, 2, visit).afterDays === null).length
  expect([overdue(0), overdue(1)]).toEqual([0, visits.length])
})

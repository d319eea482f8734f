/** `creditTerm:` of a scenario file: what becomes of the banks' advances once the visit is over, each number with its warrant. */
import { z } from 'zod'
import { repaymentWallets } from './plan-credit.ts'
import { byKey, column, share } from './warranted.ts'

export const creditTermSchema = z.strictObject({
  overdueShare: share().describe('Of patients with an advance, those who repay nothing within the interest-free days.'),
  repaidAfterDays: column('factor', { min: 1, integer: true }).describe('Days after the visit on which the others repay all of it.'),
  repaidAfterShare: column('sharpness', { max: 1 }).describe('Share of them on each of these days, in their order.'),
  walletShare: byKey(repaymentWallets, 'sharpness', { max: 1 }).describe('Through which wallet they repay.'),
  scorePoints: byKey(['overdue', 'settled-late', 'left-unsettled'], 'factor', { min: -1000, max: 1000, total: 'free' }).describe(
    'What a report of the bank does to the score (海河分); of no effect where the policy has no creditBands.',
  ),
})

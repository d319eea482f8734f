/** When and how a patient repays what the bank advanced for a visit: a draw of the visit's own, alike in every arm and in both worlds. */
import { type CreditTermPlan, type RepaymentWallet, repaymentWallets } from '../../scenarios/plan-credit.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import { REPAYMENT } from './draws.ts'
import { drawnIndex, sharesOf } from './shares.ts'

export interface Repayment {
  /** Days after the visit on which all of it is repaid; null: nothing is, within the interest-free days. */
  readonly afterDays: number | null
  readonly wallet: RepaymentWallet
}

/** @returns the draw by the keys of the visit's stream and the visit's draw number */
export function repaymentDraw(plan: CreditTermPlan): (key0: number, key1: number, drawId: number) => Repayment {
  const { overdueShare, repaidAfterDays, repaidAfterShare, walletShare } = plan
  const days = sharesOf(repaidAfterShare)
  const wallets = sharesOf(repaymentWallets.map((wallet) => walletShare[wallet]))
  return (key0, key1, drawId) => {
    const when = uniformOf(drawWord(key0, key1, drawId, REPAYMENT))
    const wallet = repaymentWallets[drawnIndex(wallets, uniformOf(secondWord()))] ?? 'wechat'
    if (when < overdueShare) return { afterDays: null, wallet }
    const day = drawnIndex(days, (when - overdueShare) / (1 - overdueShare))
    return { afterDays: repaidAfterDays[day] ?? null, wallet }
  }
}

/** What goes back to the patient of a payment that was repaid already: by the repayments' own wallets, the latest first. Pure. */
import { type Fen, fenOf } from '../../money/fen.ts'
import type { BankEntry } from './bank-entry.ts'
import { agreementOf, type BankState, type Payment } from './bank-state.ts'
import { paybackNumber } from './repayments.ts'

/**
 * Decided together with the refund or reversal that gives rise to it, so that no death comes between them.
 *
 * @param of key of the refund or of the payment reversed; the paybacks' own keys begin with it
 * @param amountFen what comes back of the payment; what is still owed for it is lessened first
 */
export function decidePaybacks(state: BankState, key: string, payment: Payment, of: string, amountFen: Fen): readonly BankEntry[] {
  const { agreement, owedFen, repaidBy } = payment
  if (agreementOf(state, agreement).kind !== 'credit') return []
  let leftFen: number = amountFen - Math.min(amountFen, owedFen)
  const entries: BankEntry[] = []
  let number = 0
  for (const { repayment, amountFen: repaidFen } of repaidBy.toReversed()) {
    const by = state.effects.get(repayment)
    const partFen = fenOf(Math.min(leftFen, repaidFen))
    if (partFen === 0 || by?.does !== 'repayment') continue
    do number += 1
    while (state.effects.has(`${of}-B${number}`))
    leftFen -= partFen
    const own = `${of}-B${number}`
    const { wallet, account } = by
    const asked = { key: own, payment: key, agreement, repayment, wallet, refund: paybackNumber(own), amountFen: partFen }
    entries.push({ does: 'ask-payback', ...asked })
    // The patient's own account is at this bank: nobody else has to be asked.
    if (account !== undefined) entries.push({ does: 'paid-back', key: own })
  }
  return entries
}

/** The wallet says what became of it. */
export const decidePaybackEnd = (state: BankState, key: string, does: 'paid-back' | 'fail-payback'): readonly BankEntry[] =>
  state.payingBack.has(key) ? [{ does, key }] : []

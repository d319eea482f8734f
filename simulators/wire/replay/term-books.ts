/** What wallets and credit score are opened with, so that advances can be repaid and what is overdue be told after the window. */
import { type RepaymentWallet, repaymentWallets } from '../../../scenarios/plan-credit.ts'
import type { Trace } from '../../trace/trace.ts'
import { bankMerchant } from '../banks/repayments.ts'

/** Number of the payer a person repays as: a user of the wallet, or at 云闪付 an account at the bank itself. */
export const repaysFrom = (wallet: RepaymentWallet, person: number): string => `${wallet === 'unionpay' ? 'YL' : 'o-payer-'}${person}`

const noPoints = { overdue: 0, 'settled-late': 0, 'left-unsettled': 0 }

/** By actor; empty where nobody repays and no score is asked. */
export function termBooks({ opening, rules, term }: Pick<Trace, 'opening' | 'rules' | 'term'>): ReadonlyMap<string, object> {
  const books = new Map<string, object>()
  const persons = [...opening.agreements, ...opening.applicants].flatMap(({ person, score }) =>
    score === undefined ? [] : [{ person, score }],
  )
  if (persons.length > 0) books.set('credit-score', { persons, points: term?.scorePoints ?? noPoints })
  for (const wallet of repaymentWallets) {
    if (term === undefined || wallet === 'unionpay') continue
    books.set(wallet, {
      merchants: rules.banks.map((bank) => ({ ...bankMerchant(bank, wallet), checksBy: 'public-key' })),
      payers: term.repayments.flatMap((one) => (one.wallet === wallet ? [repaysFrom(wallet, one.person)] : [])),
    })
  }
  return books
}

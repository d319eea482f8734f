/** What a bank decides about repayments. Pure; who is asked and what the wallet says is for repayments.ts. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import { type Fen, fenOf, noMoney, sumFen } from '../../money/fen.ts'
import { authorize } from '../../policy/credit-line.ts'
import type { Repaid, RepaymentAsked, RepayRequest } from '../desks/credit-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry } from './bank-entry.ts'
import { agreementOf, type BankState, paymentOf, type Repayment } from './bank-state.ts'
import { reportOf } from './due-decisions.ts'
import { answer, type CreditDecision, effectUnder, refuse } from './effects.ts'

type Bands = Pick<PolicyPlan, 'creditBands'>

/** The first word on a repayment: refused, taken from the own account at once, or asked of the wallet. */
export function decideRepay(state: BankState, request: RepayRequest, terms: Bands, nowMs: number): CreditDecision<Repaid | RepaymentAsked> {
  const { key, agreement: agreementKey, wallet, payer, amountFen } = request
  const known = effectUnder(state, key, 'repayment')
  if (typeof known === 'string') return refuse(known)
  if (known !== undefined) {
    const isSame = known.agreement === agreementKey && known.wallet === wallet && known.amountFen === amountFen
    return isSame && (known.account ?? payer) === payer ? standing(state, known) : refuse('key-reused')
  }
  const agreement = state.agreements.get(agreementKey)
  if (agreement === undefined || agreement.kind !== 'credit') return refuse('no-agreement')
  if (amountFen > agreement.line.usedFen) return refuse('over-repayment')
  if (wallet !== 'unionpay') {
    return { entries: [{ does: 'ask-repayment', key, agreement: agreementKey, wallet, amountFen }], reply: { outcome: 'asked' } }
  }
  const account = state.agreements.get(payer)
  if (account?.kind !== 'account' || account.person !== agreement.person) return refuse('unknown-payer')
  if (authorize(account.line, fenOf(amountFen)).outcome === 'refused') return refuse('not-enough-money')
  return taken(state, key, { agreement: agreementKey, wallet, amountFen, account: payer }, terms, nowMs)
}

/** The wallet says that it was paid. */
export function decidePaid(state: BankState, key: string, terms: Bands, nowMs: number): CreditDecision<Repaid | RepaymentAsked> {
  const known = effectUnder(state, key, 'repayment')
  if (known === undefined || typeof known === 'string') return refuse('repayment-failed')
  if (known.state !== 'asked') return standing(state, known)
  const { agreement, wallet, amountFen } = known
  return taken(state, key, { agreement, wallet, amountFen }, terms, nowMs)
}

/** The wallet says that nobody will pay it. */
export function decideFailed(state: BankState, key: string): Decision<BankEntry, undefined> {
  return { entries: state.asked.has(key) ? [{ does: 'fail-repayment', key }] : [], reply: undefined }
}

function taken(
  state: BankState,
  key: string,
  repayment: Omit<Extract<BankEntry, { readonly does: 'repay' }>, 'does' | 'key' | 'parts'>,
  terms: Bands,
  nowMs: number,
): CreditDecision<Repaid> {
  const { person, line, debts } = agreementOf(state, repayment.agreement)
  const owed = debts.map((payment) => ({ payment, ...paymentOf(state, payment) }))
  let leftFen: Fen = repayment.amountFen
  const parts = owed.flatMap(({ payment, owedFen }) => {
    const part = fenOf(Math.min(leftFen, owedFen))
    leftFen = fenOf(leftFen - part)
    return part > 0 ? [{ payment, amountFen: part }] : []
  })
  const isWhole = ({ payment, owedFen }: (typeof owed)[number]) =>
    parts.some((part) => part.payment === payment && part.amountFen === owedFen)
  const reports = owed
    .filter((debt) => debt.isOverdue && isWhole(debt))
    .map(({ payment, owedFen }): BankEntry => {
      const report = reportOf(`settled-late-${payment}`, person, 'settled-late', owedFen, nowMs)
      return { does: 'report', report }
    })
  const owedFen = fenOf(line.usedFen - sumFen(noMoney, ...parts.map((part) => part.amountFen)))
  return {
    entries: [{ does: 'repay', key, ...repayment, parts }, ...(terms.creditBands.length > 0 ? reports : [])],
    reply: { outcome: 'repaid', repaidFen: repayment.amountFen, owedFen },
  }
}

function standing(state: BankState, { agreement, amountFen, state: now }: Repayment): CreditDecision<Repaid | RepaymentAsked> {
  if (now === 'failed') return refuse('repayment-failed')
  return answer(
    now === 'asked'
      ? { outcome: 'asked' }
      : { outcome: 'repaid', repaidFen: amountFen, owedFen: agreementOf(state, agreement).line.usedFen },
  )
}

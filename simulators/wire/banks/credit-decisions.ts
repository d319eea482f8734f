/** What a bank decides about lines of credit. Pure; who may be granted how much is the virtual city's rule (policy/credit-line.ts). */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import { dateOf } from '../../engine/civil-date.ts'
import { type Fen, fenOf, noMoney } from '../../money/fen.ts'
import { grantedLimit } from '../../policy/credit-line.ts'
import type {
  AssessRequest,
  CardIssued,
  CardRequest,
  Closed,
  LineReport,
  OfAgreement,
  Offer,
  Raised,
  RaiseRequest,
  Signed,
  SignRequest,
} from '../desks/credit-desk.ts'
import { agreementOf, type BankState, paymentOf } from './bank-state.ts'
import type { BankTerms } from './bank-terms.ts'
import { dayOf } from './day-of.ts'
import { answer, type CreditDecision, effectUnder, fitAgreement, refuse } from './effects.ts'

type Bands = Pick<PolicyPlan, 'creditBands'>

/** @param score undefined where the bank asks for none */
export function decideAssess(
  state: BankState,
  { key, person }: AssessRequest,
  score: number | undefined,
  terms: Bands & Pick<BankTerms, 'offerDays'>,
  nowMs: number,
): CreditDecision<Offer> {
  const known = effectUnder(state, key, 'offer')
  if (typeof known === 'string') return refuse(known)
  if (known !== undefined) return known.person === person ? answer(offered(known)) : refuse('key-reused')
  const customer = state.customers.get(person)
  if (customer === undefined) return refuse('unknown-applicant')
  if (isOverdue(state, person)) return refuse('overdue')
  const limitFen = grantedLimit(terms, customer.assessedFen, score)
  if (limitFen === 0) return refuse('not-granted')
  const offer = { limitFen, throughDay: dayOf(nowMs) + terms.offerDays }
  return { entries: [{ does: 'offer', key, person, ...offer }], reply: offered(offer) }
}

/** @param newAgreement a number nobody has, for a person */
export function decideSign(
  state: BankState,
  { key, offer: offerKey }: SignRequest,
  newAgreement: (person: number) => string,
  nowMs: number,
): CreditDecision<Signed> {
  const known = effectUnder(state, key, 'signed')
  if (typeof known === 'string') return refuse(known)
  if (known !== undefined) return known.offer === offerKey ? answer(signed(known)) : refuse('key-reused')
  const offer = effectUnder(state, offerKey, 'offer')
  if (offer === undefined || typeof offer === 'string') return refuse('unknown-offer')
  if (dayOf(nowMs) > offer.throughDay) return refuse('offer-expired')
  if (state.agreementOf.has(offer.person)) return refuse('signed-already')
  const { person, limitFen } = offer
  const agreement = newAgreement(person)
  return { entries: [{ does: 'sign', key, offer: offerKey, agreement, person, limitFen }], reply: signed({ agreement, limitFen }) }
}

export function decideRaise(
  state: BankState,
  { key, agreement }: RaiseRequest,
  score: number | undefined,
  terms: Bands,
): CreditDecision<Raised> {
  const known = effectUnder(state, key, 'raised')
  if (typeof known === 'string') return refuse(known)
  if (known !== undefined) {
    return known.agreement === agreement ? answer({ outcome: 'raised', limitFen: known.limitFen }) : refuse('key-reused')
  }
  const fit = fitAgreement(state, agreement)
  if (typeof fit === 'string') return refuse(fit)
  if (fit.kind !== 'credit') return refuse('no-agreement')
  const limitFen = grantedLimit(terms, state.customers.get(fit.person)?.raisedFen ?? noMoney, score)
  if (limitFen <= fit.line.limitFen) return refuse('not-granted')
  return { entries: [{ does: 'raise', key, agreement, limitFen }], reply: { outcome: 'raised', limitFen } }
}

/** @param newAgreement a number nobody has, for who has no line yet */
export function decideIssueCard(
  state: BankState,
  { key, person }: CardRequest,
  terms: Bands,
  newAgreement: string,
  cardNumber: string,
): CreditDecision<CardIssued> {
  const known = effectUnder(state, key, 'card')
  if (typeof known === 'string') return refuse(known)
  const issued = (agreement: string, limitFen: Fen): CardIssued => ({ outcome: 'card', cardNumber, agreement, limitFen })
  if (known !== undefined) {
    const isSame = agreementOf(state, known.agreement).person === person
    return isSame ? answer(issued(known.agreement, known.limitFen)) : refuse('key-reused')
  }
  const customer = state.customers.get(person)
  if (customer === undefined) return refuse('unknown-applicant')
  if (customer.cardFen === 0) return refuse('not-granted')
  const open = state.agreementOf.get(person)
  if (open === undefined) {
    if (terms.creditBands.length > 0) return refuse('not-granted')
    const line = { limitFen: customer.cardFen, usedFen: noMoney, heldFen: noMoney }
    return {
      entries: [
        { does: 'open-agreement', agreement: newAgreement, person, kind: 'credit', line },
        { does: 'issue-card', key, agreement: newAgreement, limitFen: customer.cardFen },
      ],
      reply: issued(newAgreement, customer.cardFen),
    }
  }
  const agreement = agreementOf(state, open)
  if (agreement.overdue > 0) return refuse('overdue')
  if (agreement.hasCard) return refuse('card-issued-already')
  const lifted = Math.max(agreement.line.limitFen, customer.cardFen)
  const limitFen = terms.creditBands.length > 0 ? agreement.line.limitFen : fenOf(lifted)
  return { entries: [{ does: 'issue-card', key, agreement: open, limitFen }], reply: issued(open, limitFen) }
}

export function decideLine(state: BankState, { agreement: key }: OfAgreement): CreditDecision<LineReport> {
  const agreement = state.agreements.get(key)
  if (agreement === undefined) return refuse('no-agreement')
  const { line, overpaidFen, debts, isClosed, overdue } = agreement
  return answer({
    outcome: 'line',
    standing: isClosed ? 'closed' : overdue > 0 ? 'overdue' : 'good',
    ...line,
    leftFen: isClosed ? noMoney : fenOf(Math.max(0, line.limitFen - line.usedFen - line.heldFen)),
    overpaidFen,
    debts: debts.map((payment) => {
      const { owedFen, usedOnDay, lastDay } = paymentOf(state, payment)
      return { payment, owedFen, usedOn: dateOf(usedOnDay), repayThrough: dateOf(lastDay) }
    }),
  })
}

export function decideClose(state: BankState, { agreement: key }: OfAgreement): CreditDecision<Closed> {
  const agreement = state.agreements.get(key)
  if (agreement === undefined || agreement.kind !== 'credit') return refuse('no-agreement')
  if (agreement.isClosed) return answer({ outcome: 'closed' })
  const { line, overpaidFen } = agreement
  if (line.usedFen > 0 || line.heldFen > 0 || overpaidFen > 0 || isPayingBack(state, key)) return refuse('still-used')
  return { entries: [{ does: 'close-agreement', agreement: key }], reply: { outcome: 'closed' } }
}

const isPayingBack = (state: BankState, agreement: string): boolean =>
  [...state.payingBack].some((key) => {
    const payback = state.effects.get(key)
    return payback?.does === 'payback' && payback.agreement === agreement
  })

function isOverdue(state: BankState, person: number): boolean {
  const open = state.agreementOf.get(person)
  return open !== undefined && agreementOf(state, open).overdue > 0
}

const offered = ({ limitFen, throughDay }: { readonly limitFen: Fen; readonly throughDay: number }): Offer => ({
  outcome: 'offer',
  limitFen,
  validThrough: dateOf(throughDay),
})
const signed = ({ agreement, limitFen }: { readonly agreement: string; readonly limitFen: Fen }): Signed => ({
  outcome: 'signed',
  agreement,
  limitFen,
})

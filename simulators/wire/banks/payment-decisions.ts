/** What a bank decides about money. Pure; the arithmetic of a line of credit is the virtual city's (policy/credit-line.ts). */

import { type Fen, fenOf, noMoney, sumFen } from '../../money/fen.ts'
import { authorize } from '../../policy/credit-line.ts'
import type {
  Authorized,
  AuthorizeRequest,
  BankQuery,
  BankRefusal,
  Captured,
  CaptureRequest,
  Debited,
  DebitRequest,
  Known,
  OfVisit,
  Refunded,
  RefundRequest,
  Released,
  ReleaseRequest,
  Reversed,
  ReverseRequest,
  SettleVisitRequest,
  Unheard,
  VisitAtBank,
} from '../desks/bank-desk.ts'
import { accountingDayOf, type CutOff } from '../reconciliation/accounting-day.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type BankState, type Hold, type Payment, visitKey } from './bank-state.ts'
import { answer, type BankDecision, effectUnder, fitAgreement, refuse } from './effects.ts'
import { decidePaybacks } from './payback-decisions.ts'

export function decideAuthorize(state: BankState, request: AuthorizeRequest): BankDecision<Authorized> {
  const { key, agreement, site, amountFen, visit } = request
  const known = effectUnder(state, key, 'hold')
  if (typeof known === 'string') return refuse(known)
  const reply = { outcome: 'authorized', heldFen: amountFen } as const
  if (known !== undefined) {
    const isSame = known.agreement === agreement && known.site === site && known.amountFen === amountFen && known.visit === visit
    if (!isSame) return refuse('key-reused')
    return known.state === 'released' ? refuse('hold-released') : known.state === 'lapsed' ? refuse('hold-lapsed') : answer(reply)
  }
  const unfit = whyNot(state, agreement, amountFen)
  if (unfit !== undefined) return refuse(unfit)
  return { entries: [{ does: 'authorize', key, agreement, site, amountFen, ...(visit === undefined ? {} : { visit }) }], reply }
}

export function decideCapture(state: BankState, { key, hold: holdKey, amountFen }: CaptureRequest): BankDecision<Captured> {
  const known = effectUnder(state, key, 'payment')
  if (typeof known === 'string') return refuse(known)
  const reply = { outcome: 'captured', paidFen: amountFen } as const
  if (known !== undefined) {
    const isSame = known.way === 'capture' && known.holds[0] === holdKey && known.amountFen === amountFen
    return againIfSame(known, isSame, reply)
  }
  const hold = effectUnder(state, holdKey, 'hold')
  if (hold === undefined || typeof hold === 'string') return refuse('unknown-hold')
  if (hold.state !== 'held') return refuse(`hold-${hold.state}`)
  if (amountFen > hold.amountFen) return refuse('over-hold')
  return { entries: [{ does: 'capture', key, hold: holdKey, amountFen }], reply }
}

export function decideSettleVisit(state: BankState, request: SettleVisitRequest): BankDecision<Captured> {
  const { key, agreement, site, visit, amountFen } = request
  const known = effectUnder(state, key, 'payment')
  if (typeof known === 'string') return refuse(known)
  const reply = { outcome: 'captured', paidFen: amountFen } as const
  if (known !== undefined) {
    const isPlace = known.agreement === agreement && known.site === site && known.visit === visit
    return againIfSame(known, known.way === 'visit' && isPlace && known.amountFen === amountFen, reply)
  }
  if (!state.agreements.has(agreement)) return refuse('no-agreement')
  const holds = standingHolds(state, request)
  if (holds.length === 0) return refuse('no-holds')
  if (amountFen > heldOf(holds)) return refuse('over-hold')
  return { entries: [{ does: 'settle-visit', key, agreement, site, visit, holds: holds.map(({ key: hold }) => hold), amountFen }], reply }
}

export function decideVisit(state: BankState, request: OfVisit): BankDecision<VisitAtBank> {
  const { agreement, site, visit } = request
  if (!state.agreements.has(agreement)) return refuse('no-agreement')
  const known = state.visits.get(visitKey(agreement, site, visit))
  const holds = standingHolds(state, request)
  const payment = known?.payment === undefined ? undefined : state.effects.get(known.payment)
  const paid = payment?.does === 'payment' && !payment.isReversed ? payment : undefined
  const isLeft = known?.holds.some((key) => holdUnder(state, key)?.state === 'lapsed') === true
  return answer({
    outcome: 'visit',
    state: known === undefined ? 'unheard-of' : paid !== undefined ? 'settled' : isLeft ? 'left-unsettled' : 'open',
    heldFen: heldOf(holds),
    holds: holds.map(({ key, hold: { amountFen } }) => ({ key, amountFen })),
    paidFen: paid?.amountFen ?? noMoney,
  })
}

export function decideDebit(state: BankState, { key, agreement, site, amountFen }: DebitRequest): BankDecision<Debited> {
  const known = effectUnder(state, key, 'payment')
  if (typeof known === 'string') return refuse(known)
  const reply = { outcome: 'debited', paidFen: amountFen } as const
  if (known !== undefined) {
    const isSame = known.way === 'debit' && known.agreement === agreement && known.site === site && known.amountFen === amountFen
    return againIfSame(known, isSame, reply)
  }
  const unfit = whyNot(state, agreement, amountFen)
  return unfit === undefined ? { entries: [{ does: 'debit', key, agreement, site, amountFen }], reply } : refuse(unfit)
}

export function decideRelease(state: BankState, { hold: key }: ReleaseRequest): BankDecision<Released> {
  const hold = effectUnder(state, key, 'hold')
  const reply: Released = { outcome: 'released' }
  if (hold === undefined) return { entries: [{ does: 'tombstone', key }], reply }
  if (hold === 'undone-before-it-came') return answer(reply)
  if (hold === 'key-reused') return refuse('unknown-hold')
  if (hold.state === 'captured') return refuse('hold-captured')
  return { entries: hold.state === 'held' ? [{ does: 'release', hold: key }] : [], reply }
}

export function decideRefund(state: BankState, { key, capture, amountFen }: RefundRequest): BankDecision<Refunded> {
  const known = effectUnder(state, key, 'refund')
  if (typeof known === 'string') return refuse(known)
  const reply = { outcome: 'refunded', refundedFen: amountFen } as const
  if (known !== undefined) return known.payment === capture && known.amountFen === amountFen ? answer(reply) : refuse('key-reused')
  const payment = effectUnder(state, capture, 'payment')
  if (payment === undefined || typeof payment === 'string') return refuse('unknown-capture')
  if (payment.isReversed) return refuse('capture-reversed')
  if (amountFen > payment.amountFen - payment.refundedFen) return refuse('over-refund')
  return {
    entries: [{ does: 'refund', key, capture, amountFen }, ...decidePaybacks(state, capture, payment, key, fenOf(amountFen))],
    reply,
  }
}

export function decideReverse(state: BankState, { key }: ReverseRequest, nowMs: number, cutOff: CutOff): BankDecision<Reversed> {
  const reply: Reversed = { outcome: 'reversed' }
  const effect = state.effects.get(key)
  switch (effect?.does) {
    case undefined:
      return { entries: state.tombstones.has(key) ? [] : [{ does: 'tombstone', key }], reply }
    case 'hold':
      if (effect.state === 'captured') return refuse('hold-captured')
      return { entries: effect.state === 'held' ? [{ does: 'release', hold: key }] : [], reply }
    case 'payment':
      if (effect.isReversed) return answer(reply)
      if (effect.accountedOn !== accountingDayOf(nowMs, cutOff)) return refuse('too-late-to-reverse')
      if (effect.refundedFen > 0) return refuse('refunded-already')
      return {
        entries: [
          { does: 'reverse', payment: key, amountFen: effect.amountFen },
          ...decidePaybacks(state, key, effect, key, effect.amountFen),
        ],
        reply,
      }
    default:
      return refuse('not-reversible')
  }
}

export function decideQuery(
  state: BankState,
  { key }: BankQuery,
): Decision<never, Authorized | Captured | Debited | Released | Refunded | Reversed | Known | Unheard> {
  const effect = state.effects.get(key)
  switch (effect?.does) {
    case undefined:
      return answer({ outcome: state.tombstones.has(key) ? 'reversed' : 'unheard-of' })
    case 'hold':
      return answer(
        effect.state === 'held' || effect.state === 'captured'
          ? { outcome: 'authorized', heldFen: effect.amountFen }
          : { outcome: 'released' },
      )
    case 'payment':
      if (effect.isReversed) return answer({ outcome: 'reversed' })
      return answer({ outcome: effect.way === 'debit' ? 'debited' : 'captured', paidFen: effect.amountFen })
    case 'refund':
      return answer({ outcome: 'refunded', refundedFen: effect.amountFen })
    default:
      return answer({ outcome: 'known' })
  }
}

/** Why this amount may not be held or paid on the agreement; undefined: it may. */
function whyNot(state: BankState, agreementKey: string, amountFen: Fen): BankRefusal | undefined {
  const agreement = fitAgreement(state, agreementKey)
  if (typeof agreement === 'string') return agreement
  const reply = authorize(agreement.line, fenOf(amountFen))
  return reply.outcome === 'refused' ? reply.reason : undefined
}

function againIfSame<Reply>(known: Payment, isSame: boolean, reply: Reply): BankDecision<Reply> {
  if (!isSame) return refuse('key-reused')
  return known.isReversed ? refuse('capture-reversed') : answer(reply)
}

/** Holds of a visit that stand. */
export function standingHolds(
  state: BankState,
  { agreement, site, visit }: OfVisit,
): readonly { readonly key: string; readonly hold: Hold }[] {
  const keys = state.visits.get(visitKey(agreement, site, visit))?.holds ?? []
  return keys.flatMap((key) => {
    const hold = holdUnder(state, key)
    return hold?.state === 'held' ? [{ key, hold }] : []
  })
}

function holdUnder(state: BankState, key: string): Hold | undefined {
  const effect = state.effects.get(key)
  return effect?.does === 'hold' ? effect : undefined
}

const heldOf = (holds: readonly { readonly hold: Hold }[]): Fen => sumFen(...holds.map(({ hold }) => hold.amountFen))

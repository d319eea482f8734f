/** What a bank decides on its book. Pure; the arithmetic of a line of credit is the virtual city's (policy/credit-line.ts). */
import { fenOf } from '../../money/fen.ts'
import { authorize } from '../../policy/credit-line.ts'
import type {
  Authorized,
  AuthorizeRequest,
  BankQuery,
  BankRefusal,
  BankRefused,
  Captured,
  CaptureRequest,
  Refunded,
  RefundRequest,
  Released,
  ReleaseRequest,
  Unheard,
} from '../desks/bank-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry, BankState } from './bank-book.ts'

type BankDecision<Reply> = Decision<BankEntry, Reply | BankRefused>

const refuse = (reason: BankRefusal): Decision<never, BankRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

export function decideAuthorize(state: BankState, { key, agreement, site, amountFen }: AuthorizeRequest): BankDecision<Authorized> {
  const known = state.holds.get(key)
  if (known !== undefined) {
    const isSame = known.agreement === agreement && known.site === site && known.amountFen === amountFen
    if (!isSame) return refuse('key-reused')
    return known.state === 'released'
      ? refuse('hold-released')
      : { entries: [], reply: { outcome: 'authorized', heldFen: known.amountFen } }
  }
  if (state.tombstones.has(key)) return refuse('released-before-it-came')
  const line = state.lines.get(agreement)
  if (line === undefined) return refuse('no-agreement')
  const reply = authorize(line, fenOf(amountFen))
  if (reply.outcome === 'refused') return refuse(reply.reason)
  return { entries: [{ does: 'authorize', key, agreement, site, amountFen }], reply: { outcome: 'authorized', heldFen: amountFen } }
}

export function decideCapture(state: BankState, { key, hold: holdKey, amountFen }: CaptureRequest): BankDecision<Captured> {
  const known = state.captures.get(key)
  if (known !== undefined) {
    return known.hold === holdKey && known.amountFen === amountFen
      ? { entries: [], reply: { outcome: 'captured', paidFen: known.amountFen } }
      : refuse('key-reused')
  }
  const hold = state.holds.get(holdKey)
  if (hold === undefined) return refuse('unknown-hold')
  if (hold.state === 'released') return refuse('hold-released')
  if (hold.state === 'captured') return refuse('hold-captured')
  if (amountFen > hold.amountFen) return refuse('over-hold')
  return { entries: [{ does: 'capture', key, hold: holdKey, amountFen }], reply: { outcome: 'captured', paidFen: amountFen } }
}

export function decideRelease(state: BankState, { hold: holdKey }: ReleaseRequest): BankDecision<Released> {
  const hold = state.holds.get(holdKey)
  const reply: Released = { outcome: 'released' }
  if (hold === undefined) return { entries: state.tombstones.has(holdKey) ? [] : [{ does: 'tombstone', hold: holdKey }], reply }
  if (hold.state === 'captured') return refuse('hold-captured')
  return { entries: hold.state === 'released' ? [] : [{ does: 'release', hold: holdKey }], reply }
}

export function decideRefund(state: BankState, { key, capture: captureKey, amountFen }: RefundRequest): BankDecision<Refunded> {
  const known = state.refunds.get(key)
  if (known !== undefined) {
    return known.capture === captureKey && known.amountFen === amountFen
      ? { entries: [], reply: { outcome: 'refunded', refundedFen: known.amountFen } }
      : refuse('key-reused')
  }
  const capture = state.captures.get(captureKey)
  if (capture === undefined) return refuse('unknown-capture')
  if (amountFen > capture.amountFen - capture.refundedFen) return refuse('over-refund')
  return { entries: [{ does: 'refund', key, capture: captureKey, amountFen }], reply: { outcome: 'refunded', refundedFen: amountFen } }
}

export function decideQuery(state: BankState, { key }: BankQuery): Decision<never, Authorized | Captured | Released | Refunded | Unheard> {
  const reply = () => {
    const refund = state.refunds.get(key)
    if (refund !== undefined) return { outcome: 'refunded', refundedFen: refund.amountFen } as const
    const capture = state.captures.get(key)
    if (capture !== undefined) return { outcome: 'captured', paidFen: capture.amountFen } as const
    const hold = state.holds.get(key)
    if (hold === undefined) return { outcome: state.tombstones.has(key) ? 'released' : 'unheard-of' } as const
    return hold.state === 'released' ? ({ outcome: 'released' } as const) : ({ outcome: 'authorized', heldFen: hold.amountFen } as const)
  }
  return { entries: [], reply: reply() }
}

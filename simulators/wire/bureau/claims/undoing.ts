/** 结算撤销 of a known settlement, 冲正 of a message whose outcome its sender never learned, and what can be asked afterwards. */
import type { OfVisit, ReverseClaimRequest, ReversedClaim, SettlementView, TakeBackRequest } from '../../desks/claim-desk.ts'
import type { MessageEffect, SettledEntry } from '../bureau-book.ts'
import { yearWith, yearWithout } from '../insurance-year.ts'
import { type ClaimContext, done, type Outcome, personNumbered, refuse, settlementOf, viewOf, visitOf } from './claim-context.ts'
import type { MessageRecord } from './claim-state.ts'

export function decideReverseClaim(context: ClaimContext, request: ReverseClaimRequest): Outcome<ReversedClaim> {
  const settlement = settlementOf(context, request.settlement)
  if (settlement === undefined || settlement.claim.visit !== request.visit) return refuse('unknown-settlement')
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return refuse(visit)
  if (settlement.reversedBy !== undefined) return refuse('already-reversed')
  if (context.state.clearing.clearedBy.has(request.settlement)) return refuse('already-cleared')
  const number = `CX${String(context.lastNumber + 1).padStart(14, '0')}`
  return done({ ...viewOf(settlement), settlement: number, reverses: request.settlement }, reversal(context, number, settlement))
}

/**
 * 冲正. A message that never came leaves a mark: should it come later, it is refused. ASSUMPTION: that is told as success, because the
 * sender has what it wanted; so is taking back a second time.
 */
export function decideTakeBack(context: ClaimContext, request: TakeBackRequest): Outcome<object> {
  const { state, sender } = context
  if (!request.isReversible) return refuse('not-reversible')
  if (!state.persons.has(request.person)) return refuse('unknown-person')
  const mark: MessageEffect = { does: 'take-back', message: request.message, site: sender.site, name: request.name }
  const known = state.claims.messages.get(request.message)
  if (known === undefined) return done({}, [mark])
  if (known.name !== request.name) return refuse('other-name')
  if (known.isTakenBack) return done({})
  const undone = undoing(context, known)
  return typeof undone === 'string' ? refuse(undone) : done({}, [...undone, mark])
}

function undoing(context: ClaimContext, { reply }: MessageRecord): readonly MessageEffect[] | 'used-since' {
  const { state } = context
  const { settlement, reverses, visit } = reply as { readonly settlement?: string; readonly reverses?: string; readonly visit?: string }
  if (reverses !== undefined) {
    const original = state.settlements.get(reverses)
    const person = original === undefined ? 'unknown-person' : personNumbered(context, original.person)
    const isFree =
      original?.claim !== undefined && state.claims.visits.get(original.claim.visit)?.settled[original.claim.batch] === undefined
    if (original === undefined || typeof person === 'string' || !isFree) return 'used-since'
    const year = yearWith(person, original)
    return year === undefined ? 'used-since' : [{ does: 'reinstate', settlement: reverses, ...year }]
  }
  if (settlement !== undefined) {
    const known = state.settlements.get(settlement)
    if (state.clearing.clearedBy.has(settlement)) return 'used-since'
    if (known === undefined || known.reversedBy !== undefined) return []
    return reversal(context, `CZ${String(context.lastNumber + 1).padStart(14, '0')}`, known)
  }
  const opened = state.claims.visits.get(visit ?? '')
  if (opened === undefined || opened.isCancelled) return []
  return opened.lines.length > 0 || opened.end !== undefined ? 'used-since' : [{ does: 'cancel-visit', visit: opened.visit }]
}

export function reversal(context: ClaimContext, number: string, settlement: SettledEntry): readonly MessageEffect[] {
  const person = personNumbered(context, settlement.person)
  if (typeof person === 'string') return []
  const { message } = context.sender
  return [{ does: 'reverse', message, asked: '', settlement: number, original: settlement.settlement, ...yearWithout(person, settlement) }]
}

/** 结算信息查询, also of a reversed one. */
export function decideFindSettlement(
  context: ClaimContext,
  request: OfVisit & { readonly settlement: string },
): Outcome<SettlementView & { readonly isReversed: boolean }> {
  const settlement = settlementOf(context, request.settlement)
  if (settlement === undefined || settlement.claim.visit !== request.visit || settlement.person !== request.person)
    return refuse('unknown-settlement')
  return done({ ...viewOf(settlement), isReversed: settlement.reversedBy !== undefined })
}

/** 人员累计信息查询. */
export function decideFindTotals(
  context: ClaimContext,
  request: { readonly person: number },
): Outcome<{
  readonly insuredType: string
  readonly deductiblePaidFen: number
  readonly fundPaidFen: number
}> {
  const known = personNumbered(context, request.person)
  if (typeof known === 'string') return refuse(known)
  const { deductiblePaidFen, fundPaidFen } = known.yearSoFar
  return done({ insuredType: known.insuredType, deductiblePaidFen, fundPaidFen })
}

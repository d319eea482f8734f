/** 结算撤销 of a known settlement, 冲正 of a message whose outcome its sender never learned, and what can be asked afterwards. */
import type { OfVisit, ReverseClaimRequest, ReversedClaim, SettlementView, TakeBackRequest } from '../../desks/claim-desk.ts'
import type { MessageEffect } from '../bureau-book.ts'
import { type ClaimContext, done, type Outcome, refuse, settlementOf, viewOf, visitOf } from './claim-context.ts'
import type { MessageRecord } from './claim-state.ts'

export function decideReverseClaim(context: ClaimContext, request: ReverseClaimRequest): Outcome<ReversedClaim> {
  const settlement = settlementOf(context, request.settlement)
  if (settlement === undefined || settlement.claim.visit !== request.visit) return refuse('unknown-settlement')
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return refuse(visit)
  if (settlement.reversedBy !== undefined) return refuse('already-reversed')
  if (context.state.clearing.clearedBy.has(request.settlement)) return refuse('already-cleared')
  const number = `CX${String(context.lastNumber + 1).padStart(14, '0')}`
  return done({ ...viewOf(settlement), settlement: number, reverses: request.settlement }, [reversal(context, number, request.settlement)])
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
    const year = original === undefined ? undefined : state.persons.get(original.person)?.yearSoFar
    const isFree =
      original?.claim !== undefined && state.claims.visits.get(original.claim.visit)?.settled[original.claim.batch] === undefined
    if (original === undefined || year === undefined || !isFree) return 'used-since'
    const { currentAccountFen, historyAccountFen } = original.split
    if (year.currentAccountLeftFen < currentAccountFen || year.historyAccountLeftFen < historyAccountFen) return 'used-since'
    return [{ does: 'reinstate', settlement: reverses }]
  }
  if (settlement !== undefined) {
    const isReversed = state.settlements.get(settlement)?.reversedBy !== undefined
    if (state.clearing.clearedBy.has(settlement)) return 'used-since'
    return isReversed ? [] : [reversal(context, `CZ${String(context.lastNumber + 1).padStart(14, '0')}`, settlement)]
  }
  const opened = state.claims.visits.get(visit ?? '')
  if (opened === undefined || opened.isCancelled) return []
  return opened.lines.length > 0 || opened.end !== undefined ? 'used-since' : [{ does: 'cancel-visit', visit: opened.visit }]
}

const reversal = ({ sender }: ClaimContext, settlement: string, original: string) =>
  ({ does: 'reverse', message: sender.message, asked: '', settlement, original }) as const

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
  { state }: ClaimContext,
  { person }: { readonly person: number },
): Outcome<{
  readonly insuredType: string
  readonly deductiblePaidFen: number
  readonly fundPaidFen: number
}> {
  const known = state.persons.get(person)
  if (known === undefined) return refuse('unknown-person')
  const { deductiblePaidFen, fundPaidFen } = known.yearSoFar
  return done({ insuredType: known.insuredType, deductiblePaidFen, fundPaidFen })
}

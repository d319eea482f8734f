/** How a decision on claims is asked and answered. Pure: context and request in, effects and reply out. */

import type { Fen } from '../../../money/fen.ts'
import type { Credential } from '../../desks/bureau-desk.ts'
import type { ClaimFacts, SettlementView, VisitKind } from '../../desks/claim-desk.ts'
import type { InsuredPlaces } from '../../people/insured-number.ts'
import type { BureauState, MessageEffect, Person, SettledEntry } from '../bureau-book.ts'
import type { Policy, Tokens } from '../bureau-decisions.ts'
import { personOf } from '../bureau-decisions.ts'
import { personToday } from '../insurance-year.ts'
import type { Visit } from './claim-state.ts'
import type { ClaimRefusal } from './refusals.ts'

/** What a bureau may set for itself. */
export interface BureauParameters extends InsuredPlaces {
  /** Provinces differ on whether 基金支付总额 holds the personal account (HH: Hunan no, Guangdong yes). */
  readonly fundIncludesAccount: boolean
}

/** Who sends which message. */
export interface ClaimSender {
  readonly site: number
  /** 报文ID. */
  readonly message: string
  readonly operator: string
}

export interface ClaimContext {
  readonly state: BureauState
  readonly nowMs: number
  readonly policy: Policy
  readonly tokens: Tokens
  readonly parameters: BureauParameters
  readonly sender: ClaimSender
  /** Count of entries so far: numbers given out are made from it. */
  readonly lastNumber: number
}

export interface ClaimRefused {
  readonly outcome: 'refused'
  readonly reason: ClaimRefusal
}
export interface Done<Reply> {
  readonly outcome: 'done'
  readonly effects: readonly MessageEffect[]
  readonly reply: Reply
}
export type Outcome<Reply> = Done<Reply> | ClaimRefused

export const refuse = (reason: ClaimRefusal): ClaimRefused => ({ outcome: 'refused', reason })
export const done = <Reply>(reply: Reply, effects: readonly MessageEffect[] = []): Done<Reply> => ({ outcome: 'done', effects, reply })

/** Person of a request that names them by number. */
export const personNumbered = ({ state, policy, nowMs }: ClaimContext, person: number): Person | ClaimRefusal =>
  personToday(state, policy, nowMs, person) ?? 'unknown-person'

/** The credential shown must be the person's. */
export function personShowing(context: ClaimContext, credential: Credential, person: number): Person | ClaimRefusal {
  const shown = personShown(context, credential)
  if (typeof shown === 'string') return shown
  return shown.person === person ? shown : 'wrong-person'
}

export function personShown({ state, policy, tokens, nowMs }: ClaimContext, credential: Credential): Person | ClaimRefusal {
  const shown = personOf(state, policy, credential, tokens, nowMs)
  if (typeof shown !== 'string') return shown
  return shown === 'unknown-person' ? 'unknown-person' : 'unknown-credential'
}

/** A visit as its own site and person may use it. */
export function visitOf(
  { state, sender }: ClaimContext,
  request: { readonly visit: string; readonly person: number },
  ...kinds: readonly VisitKind[]
): Visit | ClaimRefusal {
  const visit = state.claims.visits.get(request.visit)
  if (visit === undefined) return 'unknown-visit'
  if (visit.site !== sender.site) return 'visit-of-another-site'
  if (visit.person !== request.person) return 'visit-of-another-person'
  if (visit.isCancelled) return 'visit-cancelled'
  return kinds.length === 0 || kinds.includes(visit.kind) ? visit : 'visit-of-another-kind'
}

/** A settlement that came through a visit, as its own site may see it. */
export function settlementOf(
  { state, sender }: ClaimContext,
  settlement: string,
): (SettledEntry & { readonly claim: ClaimFacts; readonly reversedBy?: string | undefined }) | undefined {
  const known = state.settlements.get(settlement)
  return known?.claim === undefined || known.site !== sender.site ? undefined : { ...known, claim: known.claim }
}

export function viewOf({
  settlement,
  person,
  site,
  split,
  segment,
  claim,
  settledAtMs,
}: SettledEntry & { readonly claim: ClaimFacts }): SettlementView {
  const totalFen = (claim.ownPayFen + claim.overLimitFen + claim.preSelfPayFen + claim.inScopeFen) as Fen
  return { settlement, person, site, atMs: settledAtMs ?? 0, totalFen, split, segment, claim }
}

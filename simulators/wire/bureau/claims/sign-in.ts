/** 签到 and 签退: once per operator and calendar day; every other message quotes the number. */

import { compactDateOf, dateOf } from '../../desks/business-time.ts'
import type { SignInRequest } from '../../desks/claim-desk.ts'
import type { BureauState } from '../bureau-book.ts'
import { type ClaimContext, type ClaimSender, done, type Outcome, refuse } from './claim-context.ts'
import type { ClaimRefusal } from './refusals.ts'

export function decideSignIn(
  context: ClaimContext,
  { operator }: SignInRequest,
): Outcome<{ readonly signIn: string; readonly atMs: number }> {
  const { sender, nowMs, lastNumber } = context
  const day = dateOf(nowMs)
  const signIn = `QD${compactDateOf(nowMs)}${String(lastNumber + 1).padStart(10, '0')}`
  return done({ signIn, atMs: nowMs }, [{ does: 'sign-in', signIn, site: sender.site, operator, day }])
}

export function decideSignOut(
  { state, sender, nowMs }: ClaimContext,
  request: SignInRequest & { readonly signIn: string },
): Outcome<{ readonly atMs: number }> {
  const signIn = state.claims.signIns.get(request.signIn)
  if (signIn === undefined || signIn.site !== sender.site || signIn.operator !== request.operator || signIn.isOver)
    return refuse('unknown-sign-in')
  return done({ atMs: nowMs }, [{ does: 'sign-out', signIn: request.signIn }])
}

/** Undefined: the sender is signed in today. */
export function signInMistake(
  state: BureauState,
  sender: ClaimSender,
  signIn: string | undefined,
  nowMs: number,
): ClaimRefusal | undefined {
  const known = signIn === undefined ? undefined : state.claims.signIns.get(signIn)
  if (known === undefined || known.isOver || known.site !== sender.site || known.operator !== sender.operator) return 'not-signed-in'
  return known.day === dateOf(nowMs) ? undefined : 'sign-in-of-another-day'
}

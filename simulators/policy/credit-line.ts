/**
 * One patient's line of credit (信用就医) with names: hold (预授权), draw, release, repay. The arithmetic is in credit.ts.
 * Every function answers with the line as it is afterwards; nothing is changed in place.
 */
import type { PolicyPlan } from '../../scenarios/plan-policy.ts'
import { assertBooks, type Fen, fenOf, sumFen } from '../money/fen.ts'
import { bandWidth, creditAuthorized, creditDecision, limitOfScoreFen } from './credit.ts'

export interface CreditLine {
  /** 授信额度; 0 for a patient who has not signed up. */
  readonly limitFen: Fen
  /** Uses not yet repaid. */
  readonly usedFen: Fen
  /** Held for visits under way (预授权), not yet drawn. */
  readonly heldFen: Fen
}

export type CreditReply =
  | { readonly outcome: 'authorized'; readonly line: CreditLine }
  | { readonly outcome: 'refused'; readonly reason: 'over-credit-limit' }

export const leftOfLine = (line: CreditLine): Fen => fenOf(line.limitFen - line.usedFen - line.heldFen)

/** 预授权: sets an amount aside, all of it or nothing. Uses and holds together never pass the limit. */
export function authorize(line: CreditLine, amount: Fen): CreditReply {
  const decision = creditDecision(line.limitFen, sumFen(line.usedFen, line.heldFen), fenOf(amount))
  if (decision !== creditAuthorized) return { outcome: 'refused', reason: 'over-credit-limit' }
  return { outcome: 'authorized', line: { ...line, heldFen: sumFen(line.heldFen, amount) } }
}

/** Draws at most what was held, at the settlement; the rest of the hold is free again. */
export function draw(line: CreditLine, held: Fen, amount: Fen): CreditLine {
  assertBooks(held <= line.heldFen, `a draw quotes a hold of this line: ${held} of ${line.heldFen}`)
  assertBooks(amount <= held, `a draw stays within its hold: ${amount} of ${held}`)
  return { ...line, heldFen: fenOf(line.heldFen - held), usedFen: sumFen(line.usedFen, amount) }
}

/** Gives a hold back undrawn: the visit ended without it, or the payment was reversed (冲正). */
export const release = (line: CreditLine, held: Fen): CreditLine => draw(line, held, 0 as Fen)

/** 还款, or a refund (退费) by the original route. */
export function repay(line: CreditLine, amount: Fen): CreditLine {
  assertBooks(amount <= line.usedFen, `no more is repaid than was used: ${amount} of ${line.usedFen}`)
  return { ...line, usedFen: fenOf(line.usedFen - amount) }
}

/** 额度上限 by credit score (海河分); 0 where the policy has no band for it. */
export function limitOfScore(policy: Pick<PolicyPlan, 'creditBands'>, score: number): Fen {
  assertBooks(Number.isInteger(score), `a credit score is a whole number, not ${score}`)
  const bands = new Float64Array(policy.creditBands.length * bandWidth)
  for (const [index, band] of policy.creditBands.entries())
    bands.set([band.fromScore, band.toScore, fenOf(band.limitFen)], index * bandWidth)
  return fenOf(limitOfScoreFen(bands, policy.creditBands.length, score))
}

/** 授信: what the bank would lend by its own judgement; where a policy has bands, at most the limit of the score's band. */
export function grantedLimit(policy: Pick<PolicyPlan, 'creditBands'>, ownLimit: Fen, score: number | undefined): Fen {
  if (policy.creditBands.length === 0) return fenOf(ownLimit)
  return score === undefined ? (0 as Fen) : fenOf(Math.min(ownLimit, limitOfScore(policy, score)))
}

/** The last day without interest of a use; repaid by then it no longer stands (creditStands in credit.ts), after it the use is overdue. */
export const repayThroughDay = (usedOnDay: number, repaymentDays: number): number => usedOnDay + repaymentDays

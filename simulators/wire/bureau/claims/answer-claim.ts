/** One message of the national interface or the mobile chain at the desk: the rules every message shares, then its own decision. */

import { createHash } from 'node:crypto'
import type { ClaimOperation, ClaimReplyOf, ClaimRequestOf } from '../../desks/claim-desk.ts'
import { insuredPlaceOf } from '../../people/insured-number.ts'
import type { Decision } from '../../stores/kept-book.ts'
import type { BureauEntry, BureauState } from '../bureau-book.ts'
import { decideCheckRules } from './checking.ts'
import { type ClaimContext, type ClaimRefused, type Outcome, refuse } from './claim-context.ts'
import { decideApply, decideWithdraw } from './clearing.ts'
import { decideLoadDirectory } from './directory.ts'
import { decideAddFees, decideDropFees } from './fees.ts'
import { decideKeepFile, decideReadFile } from './files.ts'
import { decideBuyDrugs } from './pharmacy.ts'
import { decideCompareDetails, decideCompareTotals } from './reconciling.ts'
import { decideKeepList } from './settlement-list.ts'
import { decidePresettleClaim, decideSettleClaim } from './settling.ts'
import { decideSignIn, decideSignOut, signInMistake } from './sign-in.ts'
import { decideFindSettlement, decideFindTotals, decideReverseClaim, decideTakeBack } from './undoing.ts'
import { decideCancelVisit, decideDescribeVisit, decideDischarge, decideFindPerson, decideOpenVisit } from './visits.ts'

const claimOperations = {
  signIn: decideSignIn,
  signOut: decideSignOut,
  findPerson: decideFindPerson,
  openVisit: decideOpenVisit,
  cancelVisit: decideCancelVisit,
  describeVisit: decideDescribeVisit,
  discharge: decideDischarge,
  addFees: decideAddFees,
  dropFees: decideDropFees,
  presettleClaim: decidePresettleClaim,
  settleClaim: decideSettleClaim,
  reverseClaim: decideReverseClaim,
  buyDrugs: decideBuyDrugs,
  keepFile: decideKeepFile,
  readFile: decideReadFile,
  loadDirectory: decideLoadDirectory,
  compareTotals: decideCompareTotals,
  compareDetails: decideCompareDetails,
  applyForClearing: decideApply,
  withdrawApplication: decideWithdraw,
  checkRules: decideCheckRules,
  keepList: decideKeepList,
  takeBack: decideTakeBack,
  findSettlement: decideFindSettlement,
  findTotals: decideFindTotals,
} as const satisfies {
  readonly [Name in ClaimOperation]: (context: ClaimContext, request: ClaimRequestOf<Name>) => Outcome<ClaimReplyOf<Name>>
}

export interface ClaimMessage {
  readonly does: ClaimOperation
  /** The sender's name for it. */
  readonly name: string
  readonly request: unknown
  readonly signIn: string | undefined
  /** 参保地 as quoted; undefined where none was. */
  readonly insuredPlace: string | undefined
  /** Absent: the message names no person. */
  readonly person: number | undefined
}

/**
 * The same number with the same contents brings the same reply and no second effect; with other contents it is refused.
 * ASSUMPTION: so the bureau does for every message; the sources say only that the number is unique.
 */
export function answerClaim(
  context: ClaimContext,
  message: ClaimMessage,
): Decision<BureauEntry, { readonly outcome: 'done'; readonly reply: object } | ClaimRefused> {
  const { state, sender, nowMs, parameters } = context
  const no = (refused: ClaimRefused) => ({ entries: [], reply: refused })
  if (!state.sites.has(sender.site)) return no(refuse('unknown-site'))
  const asked = createHash('sha256')
    .update(`${message.name} ${textOf(message.request)}`)
    .digest('base64url')
  const before = state.claims.messages.get(sender.message)
  // A reversal is final, by 2601 or by number: the original arriving once more is not told that it stands.
  if (before?.isTakenBack === true || isReversed(state, before?.reply)) return no(refuse('reversed-before-it-came'))
  if (before !== undefined) {
    return before.asked === asked && before.reply !== undefined
      ? { entries: [], reply: { outcome: 'done', reply: before.reply } }
      : no(refuse('message-number-reused'))
  }
  const unsigned = message.does === 'signIn' ? undefined : signInMistake(state, sender, message.signIn, nowMs)
  if (unsigned !== undefined) return no(refuse(unsigned))
  if (message.person !== undefined) {
    if (message.insuredPlace === undefined) return no(refuse('no-insured-place'))
    const person = state.persons.get(message.person)
    if (person === undefined) return no(refuse('unknown-person'))
    if (insuredPlaceOf(parameters, person) !== message.insuredPlace) return no(refuse('wrong-insured-place'))
  }
  const decide = claimOperations[message.does] as unknown as (context: ClaimContext, request: unknown) => Outcome<object>
  const outcome = decide(context, message.request)
  if (outcome.outcome === 'refused') return no(outcome)
  const { effects, reply } = outcome
  const entry = { does: 'message', message: sender.message, site: sender.site, name: message.name, asked, reply, effects } as const
  return { entries: effects.length === 0 ? [] : [entry], reply: { outcome: 'done', reply } }
}

function isReversed(state: BureauState, reply: object | undefined): boolean {
  const { settlement } = (reply ?? {}) as { readonly settlement?: string }
  return settlement !== undefined && state.settlements.get(settlement)?.reversedBy !== undefined
}

/** Credentials are part of what was asked, so only the digest of this text is kept. */
const textOf = (request: unknown): string =>
  JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

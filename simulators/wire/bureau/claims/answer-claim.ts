/** One message of the national interface or the mobile chain at the desk: the rules every message shares, then its own decision. */

import type { ClaimOperation, ClaimReplyOf, ClaimRequestOf } from '../../desks/claim-desk.ts'
import { insuredPlaceOf } from '../../people/insured-number.ts'
import { answerOnce, type OnceAnswer } from './answer-once.ts'
import { decideCheckRules } from './checking.ts'
import type { ClaimContext, ClaimRefused, Outcome } from './claim-context.ts'
import { decideApply, decideWithdraw } from './clearing.ts'
import { decideLoadDirectory, decideQueryDirectory } from './directory.ts'
import { decideAddFees, decideDropFees } from './fees.ts'
import { decideKeepFile, decideReadFile } from './files.ts'
import { decideBuyDrugs } from './pharmacy.ts'
import { decideCompareDetails, decideCompareTotals } from './reconciling.ts'
import type { ClaimRefusal } from './refusals.ts'
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
  queryDirectory: decideQueryDirectory,
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

export function answerClaim(context: ClaimContext, message: ClaimMessage): OnceAnswer<ClaimRefusal> {
  const { state, sender, nowMs, parameters } = context
  const no = (reason: ClaimRefusal): ClaimRefused => ({ outcome: 'refused', reason })
  if (!state.sites.has(sender.site)) return { entries: [], reply: no('unknown-site') }
  return answerOnce(state, { message: sender.message, site: sender.site, name: message.name, request: message.request }, () => {
    const unsigned = message.does === 'signIn' ? undefined : signInMistake(state, sender, message.signIn, nowMs)
    if (unsigned !== undefined) return no(unsigned)
    if (message.person !== undefined) {
      if (message.insuredPlace === undefined) return no('no-insured-place')
      const person = state.persons.get(message.person)
      if (person === undefined) return no('unknown-person')
      if (insuredPlaceOf(parameters, person) !== message.insuredPlace) return no('wrong-insured-place')
    }
    const decide = claimOperations[message.does] as unknown as (context: ClaimContext, request: unknown) => Outcome<object>
    return decide(context, message.request)
  })
}

/** An application as it stands on a day. */
import { assertBooks, fenOf, sumFen } from '../../../money/fen.ts'
import type { ClearingView, QuestionedState } from '../../desks/clearing-desk.ts'
import { withheldFen } from './clearing-decisions.ts'
import type { ClearingApplication } from './clearing-state.ts'

/** @param today yyyy-MM-dd; due payouts were made before */
export function clearingView(application: ClearingApplication, today: string): ClearingView {
  const { appeal, questioned, appealUntil, payoutOn, payouts, appliedFen, month, clearingType } = application
  const appealed = new Set(appeal?.settlements.map(({ settlement }) => settlement))
  const upheld = new Set(appeal?.upheld)
  const isDecided = appeal !== undefined && today >= appeal.decidedOn
  const stateOf = (settlement: string): QuestionedState => {
    if (!appealed.has(settlement)) return today > appealUntil || appeal !== undefined ? 'deducted' : 'withheld'
    if (!isDecided) return 'appealed'
    return upheld.has(settlement) ? 'upheld' : 'deducted'
  }
  const states = questioned.map((one) => ({ ...one, state: stateOf(one.settlement) }))
  const inState = (...wanted: readonly QuestionedState[]) =>
    sumFen(...states.filter(({ state }) => wanted.includes(state)).map(({ amountFen }) => amountFen))
  const paidFen = sumFen(...payouts.map(({ amountFen }) => amountFen))
  const deductedFen = inState('deducted')
  const isClosed = inState('withheld', 'appealed') === 0 && paidFen + deductedFen === appliedFen && today >= payoutOn
  assertBooks(paidFen + deductedFen <= appliedFen, 'no more of a month is paid and deducted than was applied for')
  return {
    outcome: 'clearing',
    application: application.application,
    month,
    clearingType,
    state: application.isWithdrawn ? 'withdrawn' : isClosed ? 'closed' : 'open',
    appliedFen,
    withheldFen: withheldFen(application),
    paidFen: fenOf(paidFen),
    deductedFen,
    questioned: states,
    appealUntil,
    payoutOn,
  }
}

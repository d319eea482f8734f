/** 清算申请 and 撤销 as the national interface has them; the rest of clearing has no message there. */
import { sumFen } from '../../../money/fen.ts'
import type { ClearingRequest } from '../../desks/claim-desk.ts'
import type { ClearingAmounts } from '../../desks/clearing-desk.ts'
import { decideApplication, decideWithdrawal } from '../clearing/clearing-decisions.ts'
import { type ClaimContext, done, type Outcome, refuse } from './claim-context.ts'
import { differing } from './reconciling.ts'

export function decideApply(context: ClaimContext, request: ClearingRequest): Outcome<{ readonly application: string }> {
  const { sender, parameters } = context
  const { month, clearingType = '', from, until } = request
  const first = `${month.slice(0, 4)}-${month.slice(4)}`
  if (from.slice(0, 7) !== first || until.slice(0, 7) !== first || from > until) return refuse('days-outside-month')
  const asStated = ({ fundFen, accountFen, ...amounts }: ClearingAmounts) => ({
    ...amounts,
    accountFen,
    fundFen: parameters.fundIncludesAccount ? sumFen(fundFen, accountFen) : fundFen,
  })
  const decided = decideApplication(
    context,
    { site: sender.site, month, clearingType },
    (ours) => differing(asStated(ours), request).length === 0,
  )
  if (typeof decided === 'string') return refuse(decided)
  return done({ application: decided.application }, [{ does: 'put-application', application: decided }])
}

export function decideWithdraw(context: ClaimContext, request: { readonly application: string }): Outcome<object> {
  const decided = decideWithdrawal(context, { site: context.sender.site, application: request.application })
  return typeof decided === 'string' ? refuse(decided) : done({}, [{ does: 'put-application', application: decided }])
}

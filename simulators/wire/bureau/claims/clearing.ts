/** 清算申请 and 撤销: once a month for each clearing type, with totals that must be the bureau's own. */
import type { ClearingRequest } from '../../desks/claim-desk.ts'
import { type ClaimContext, done, type Outcome, refuse } from './claim-context.ts'
import { amountsOf, differing, settlementsOf } from './reconciling.ts'

export function decideApply(context: ClaimContext, request: ClearingRequest): Outcome<{ readonly application: string }> {
  const { state, sender, lastNumber } = context
  const { month, clearingType = '' } = request
  for (const known of state.claims.applications.values()) {
    if (known.site === sender.site && known.month === month && known.clearingType === clearingType && !known.isWithdrawn)
      return refuse('month-applied')
  }
  const found = settlementsOf(context, request)
  if (differing(amountsOf(found), request).length > 0) return refuse('application-totals-differ')
  const application = `QS${month}${String(lastNumber + 1).padStart(10, '0')}`
  const settlements = found.map(({ row }) => row.settlement)
  return done({ application }, [
    { does: 'put-application', application: { application, site: sender.site, month, clearingType, settlements, isWithdrawn: false } },
  ])
}

export function decideWithdraw({ state, sender }: ClaimContext, request: { readonly application: string }): Outcome<object> {
  const known = state.claims.applications.get(request.application)
  if (known === undefined || known.site !== sender.site || known.isWithdrawn) return refuse('unknown-application')
  return done({}, [{ does: 'put-application', application: { ...known, isWithdrawn: true } }])
}

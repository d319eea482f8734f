/** 医疗保障基金结算清单: one for a settlement that stands, quoting its account and cash. */
import type { Fen } from '../../../money/fen.ts'
import { type ClaimContext, done, type Outcome, refuse, settlementOf } from './claim-context.ts'

export function decideKeepList(
  context: ClaimContext,
  request: { readonly settlement: string; readonly visit: string; readonly accountFen: Fen; readonly cashFen: Fen },
): Outcome<{ readonly list: string }> {
  const settlement = settlementOf(context, request.settlement)
  if (settlement === undefined || settlement.claim.visit !== request.visit) return refuse('unknown-settlement')
  if (settlement.reversedBy !== undefined) return refuse('already-reversed')
  if (context.state.claims.lists.has(request.settlement)) return refuse('list-exists')
  const { currentAccountFen, historyAccountFen, cashFen } = settlement.split
  if (currentAccountFen + historyAccountFen !== request.accountFen || cashFen !== request.cashFen)
    return refuse('amounts-differ-from-settlement')
  const list = `QD${String(context.lastNumber + 1).padStart(14, '0')}`
  return done({ list }, [{ does: 'keep-list', settlement: request.settlement, list }])
}

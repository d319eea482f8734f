/**
 * Who is paid what. A payer pays each site the net of payments and refunds on which all parties agree; the insurer pays by its own
 * clearing; the platform pays what it had to write off. Pure.
 */
import { fenOf } from '../../money/fen.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type JournalPosting, type PayOut, type ReconciliationEntry, type ReconciliationState, summed } from './reconciliation-book.ts'

/** Where the platform's own money comes from when it bears a loss. */
const ownCash = 'platform-cash'

/** Payers' money for everything reconciled and not yet paid out. A site that owes more in refunds than it is owed waits for its next day. */
export function decidePayOuts(state: ReconciliationState): Decision<ReconciliationEntry, readonly PayOut[]> {
  const groups = new Map<string, { payer: string; site: number; netFen: number; movements: string[]; postings: JournalPosting[] }>()
  const add = (payer: string, site: number, movement: string, account: string, fen: number) => {
    const name = `${payer} ${site}`
    const group = groups.get(name) ?? { payer, site, netFen: 0, movements: [], postings: [] }
    groups.set(name, group)
    group.netFen += fen
    group.movements.push(movement)
    group.postings.push({ account: 'due-to-site', amountFen: fen }, { account, amountFen: 0 - fen })
  }
  for (const [key, { reconciledMs, paidOutMs, legs, does, site }] of state.movements) {
    const leg = legs.get('payer')
    if (reconciledMs === undefined || paidOutMs !== undefined || leg === undefined) continue
    const { party, record, writtenOffFen } = leg
    const fen = (does === 'pay' ? 1 : -1) * (record.amountFen - writtenOffFen)
    if (fen !== 0) add(party, site, key, record.account ?? 'own-money', fen)
    if (writtenOffFen > 0) add('platform', site, key, ownCash, writtenOffFen)
  }
  let number = state.payouts.length
  const payouts = [...groups.values()]
    .filter(({ netFen }) => netFen >= 0)
    .map(({ payer, site, netFen, movements, postings }): ReconciliationEntry & { readonly does: 'pay-out' } => {
      number += 1
      return { does: 'pay-out', payout: number, payer, site, amountFen: fenOf(netFen), movements, postings: summed(postings) }
    })
  return { entries: payouts, reply: payouts }
}

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
  const groups = new Map<string, Group>()
  for (const [key, { reconciledMs, paidMs, legs, does, site }] of state.movements) {
    if (reconciledMs === undefined) continue
    for (const kind of ['payer', 'insurer'] as const) {
      const leg = legs.get(kind)
      if (leg === undefined || paidMs[kind] !== undefined) continue
      const { party, record, writtenOffFen } = leg
      const fen = record.amountFen - writtenOffFen
      if (kind === 'payer' && fen !== 0) {
        add(groups, { payer: party, site, leg: kind }, key, record.account ?? 'own-money', does === 'pay' ? fen : 0 - fen)
      }
      // The insurer pays what it knows of by clearing; what it does not, the platform owes at once.
      if (writtenOffFen > 0 && (kind === 'payer' || fen === 0))
        add(groups, { payer: 'platform', site, leg: kind }, key, ownCash, writtenOffFen)
    }
  }
  let number = state.payouts.length
  const payouts = [...groups.values()]
    .filter(({ netFen }) => netFen >= 0)
    .map(({ payer, site, leg, netFen, movements, postings }): ReconciliationEntry & { readonly does: 'pay-out' } => {
      number += 1
      return { does: 'pay-out', payout: number, payer, site, leg, amountFen: fenOf(netFen), movements, postings: summed(postings) }
    })
  return { entries: payouts, reply: payouts }
}

interface Group extends Pick<PayOut, 'payer' | 'site' | 'leg'> {
  netFen: number
  readonly movements: string[]
  readonly postings: JournalPosting[]
}

function add(groups: Map<string, Group>, of: Pick<PayOut, 'payer' | 'site' | 'leg'>, movement: string, account: string, fen: number): void {
  const name = `${of.payer} ${of.site} ${of.leg}`
  const group = groups.get(name) ?? { ...of, netFen: 0, movements: [], postings: [] }
  groups.set(name, group)
  group.netFen += fen
  group.movements.push(movement)
  group.postings.push({ account: 'due-to-site', amountFen: fen }, { account, amountFen: 0 - fen })
}

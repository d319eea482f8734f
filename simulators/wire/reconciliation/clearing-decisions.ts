/** The insurer's part of a payout: a month applied for, held back, appealed for, paid or deducted. The bureau's view moves it. Pure. */
import { type Fen, fenOf } from '../../money/fen.ts'
import { dateOf } from '../desks/business-time.ts'
import type { ClearingView, Payout } from '../desks/clearing-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import {
  type Application,
  type JournalPosting,
  type Movement,
  movementKey,
  type ReconciliationEntry,
  type ReconciliationState,
  summed,
} from './reconciliation-book.ts'

/** yyyyMM */
export const monthOf = (atMs: number): string => dateOf(atMs).slice(0, 7).replace('-', '')

/** Months before `month` in which a site has movements that belong to no application yet. */
export function monthsToApplyFor(state: ReconciliationState, month: string): readonly { readonly site: number; readonly month: string }[] {
  const applied = new Set([...state.applications.values()].flatMap(({ movements }) => movements))
  const found = new Map<string, { site: number; month: string }>()
  for (const [key, movement] of state.movements) {
    const leg = clearable(state, movement)
    if (leg === undefined || applied.has(key)) continue
    const of = monthOf(leg.theirsAtMs)
    if (of < month) found.set(`${movement.site} ${of}`, { site: movement.site, month: of })
  }
  return [...found.values()]
}

/** The bureau took an application: which movements of ours are in it. Those of other collectors of the site are none of ours. */
export function decideApplied(
  state: ReconciliationState,
  { application, site, month, clearingType }: Pick<Application, 'application' | 'site' | 'month' | 'clearingType'>,
): Decision<ReconciliationEntry, void> {
  if (state.applications.has(application)) return { entries: [], reply: undefined }
  const applied = new Set([...state.applications.values()].flatMap(({ movements }) => movements))
  const movements = [...state.movements].flatMap(([key, movement]) => {
    const leg = clearable(state, movement)
    return leg !== undefined && movement.site === site && monthOf(leg.theirsAtMs) === month && !applied.has(key) ? [key] : []
  })
  return { entries: [{ does: 'apply', application, site, month, clearingType, movements }], reply: undefined }
}

/** Applications with money of ours that is neither paid nor deducted. */
export const openApplications = (state: ReconciliationState): readonly Application[] =>
  [...state.applications.values()].filter(({ movements }) =>
    movements.some((key) => state.movements.get(key)?.paidMs.insurer === undefined),
  )

/** Settlements of ours the bureau holds back and nobody has appealed for. */
export function toAppealFor(state: ReconciliationState, { application }: Application, view: ClearingView): readonly string[] {
  const known = state.applications.get(application)
  if (known === undefined || known.decidedOn !== undefined) return []
  const ours = new Set(known.movements.map((key) => settlementOf(state, key)))
  return view.questioned
    .filter(({ settlement, state: is }) => is === 'withheld' && ours.has(settlement))
    .map(({ settlement }) => settlement)
}

/** What the bureau's view of an application changes: money held back, paid, deducted. */
export function decideClearingNews(
  state: ReconciliationState,
  view: ClearingView,
  payouts: readonly Payout[],
): Decision<ReconciliationEntry, void> {
  const { application, questioned } = view
  const known = state.applications.get(application)
  if (known === undefined) return { entries: [], reply: undefined }
  const stateOf = new Map(questioned.map((one) => [one.settlement, one.state]))
  const isMade = (kind: Payout['kind']) => payouts.some((payout) => payout.application === application && payout.kind === kind)
  const unpaid = known.movements.filter((key) => state.movements.get(key)?.paidMs.insurer === undefined)
  const inState = (...wanted: readonly (string | undefined)[]) =>
    unpaid.filter((key) => wanted.includes(stateOf.get(settlementOf(state, key) ?? '')))
  const entries: ReconciliationEntry[] = []
  const held = known.movements.filter((key) => stateOf.has(settlementOf(state, key) ?? '') && !known.withheld.includes(key))
  if (held.length > 0) {
    const postings = summed(
      held.flatMap((key) => [...insuredPostings(state, key, -1), { account: 'withheld', amountFen: insuredFen(state, key) }]),
    )
    entries.push({ does: 'withhold', application, movements: held, postings })
  }
  let number = state.payouts.length
  const payOut = (movements: readonly string[], from: (key: string) => readonly JournalPosting[]) => {
    if (movements.length === 0) return
    number += 1
    const amountFen = fenOf(movements.reduce((sum, key) => sum + insuredFen(state, key), 0))
    const postings = summed(movements.flatMap((key) => [{ account: 'due-to-site', amountFen: insuredFen(state, key) }, ...from(key)]))
    entries.push({ does: 'pay-out', payout: number, payer: 'bureau', site: known.site, leg: 'insurer', amountFen, movements, postings })
  }
  const fromWithheld = (key: string) => [{ account: 'withheld', amountFen: 0 - insuredFen(state, key) }]
  const undisputed = inState(undefined)
  if (isMade('clearing') || insuredSum(state, undisputed) === 0) payOut(undisputed, (key) => insuredPostings(state, key, -1))
  if (isMade('appeal')) payOut(inState('upheld'), fromWithheld)
  const deducted = inState('deducted')
  if (deducted.length > 0) {
    const postings = summed(
      deducted.flatMap((key) => [{ account: 'due-to-site', amountFen: insuredFen(state, key) }, ...fromWithheld(key)]),
    )
    entries.push({ does: 'deduct', application, movements: deducted, postings })
  }
  return { entries, reply: undefined }
}

/** The insurer's leg of a payment that stands and that the insurer knows of. */
function clearable(state: ReconciliationState, { payment, does, legs, reconciledMs }: Movement) {
  const leg = legs.get('insurer')
  if (does !== 'pay' || leg === undefined || reconciledMs === undefined || leg.writtenOffFen === leg.record.amountFen) return undefined
  return state.movements.get(movementKey(payment, 'refund'))?.legs.has('insurer') === true ? undefined : leg
}

const settlementOf = (state: ReconciliationState, key: string): string | undefined =>
  state.movements.get(key)?.legs.get('insurer')?.record.key
const insuredFen = (state: ReconciliationState, key: string): Fen =>
  fenOf(state.movements.get(key)?.legs.get('insurer')?.record.amountFen ?? 0)
const insuredSum = (state: ReconciliationState, keys: readonly string[]): number =>
  keys.reduce((sum, key) => sum + insuredFen(state, key), 0)

/** Fund and accounts of a movement, each in its account. */
function insuredPostings(state: ReconciliationState, key: string, sign: 1 | -1): readonly JournalPosting[] {
  const parts = state.movements.get(key)?.legs.get('insurer')?.record.parts ?? {}
  const of = (account: string, name: string) => ({ account, amountFen: sign * (parts[name] ?? 0) })
  return [of('fund', 'fundFen'), of('current-accounts', 'currentAccountFen'), of('history-accounts', 'historyAccountFen')]
}

/** Reconciliation as it is told: of a payment, of a site, of everything. Pure. */
import { secondOf } from '../desks/business-time.ts'
import type {
  DifferenceView,
  MoneyView,
  PaymentLiveView,
  PaymentReconciliation,
  PayOutView,
  ReconciliationReport,
  SiteReconciliation,
} from '../desks/reconciliation-desk.ts'
import { bearerOf } from '../reconciliation/difference-rules.ts'
import { type MoneyOnItsWay, type MoneyStage, moneyAge } from '../reconciliation/money-age.ts'
import { type Movement, movementKey, type ReconciliationState } from '../reconciliation/reconciliation-book.ts'
import type { LedgerBooks, Posting } from '../stores/ledger.ts'

export function paymentReconciliation(state: ReconciliationState, payment: string): PaymentReconciliation {
  const movements = (['pay', 'refund'] as const).flatMap((does) => state.movements.get(movementKey(payment, does)) ?? [])
  const isDisputed = [...state.differences.values()].some(
    ({ difference, ending }) => ending === undefined && difference.ours?.payment === payment,
  )
  const reconciledMs = lastOf(movements.map((movement) => movement.reconciledMs))
  const paidOutMs = lastOf(movements.map(paidOutMsOf))
  return {
    outcome: 'reconciliation',
    payment,
    state: isDisputed ? 'difference' : paidOutMs !== undefined ? 'paid-out' : reconciledMs !== undefined ? 'reconciled' : 'open',
    agreed: [...new Set(movements.flatMap(({ legs }) => [...legs.values()].map(({ party }) => party)))],
    live: paymentLive(state, payment),
    ...(reconciledMs === undefined ? {} : { reconciledAt: secondOf(reconciledMs) }),
    ...(paidOutMs === undefined ? {} : { paidOutAt: secondOf(paidOutMs) }),
  }
}

/** Of its payment, and of its way back where that differs. */
function paymentLive({ live }: ReconciliationState, payment: string): PaymentLiveView {
  const keys = (['pay', 'refund'] as const).map((does) => movementKey(payment, does))
  const differing = [...new Set(keys.flatMap((key) => live.differing.get(key) ?? []))]
  if (differing.length > 0) return { state: 'differs', differing }
  const matchedMs = live.matchedMs.get(movementKey(payment, 'pay'))
  if (matchedMs !== undefined) return { state: 'matched', differing, matchedAt: secondOf(matchedMs) }
  return { state: live.left.has(movementKey(payment, 'pay')) ? 'left-to-day-end' : 'not-yet', differing }
}

export function siteReconciliation(
  state: ReconciliationState,
  site: number,
  postings: LedgerBooks['postings'],
  payments: LedgerBooks['payments'],
): SiteReconciliation {
  const own = new Set(payments.flatMap((payment) => (payment.site === site ? [payment.number] : [])))
  const earnedFen = postings.reduce(
    (sum, { payment, account, amountFen }) => sum - (account === 'due-to-site' && own.has(payment) ? amountFen : 0),
    0,
  )
  const payouts = state.payouts.filter((payout) => payout.site === site)
  const deductedFen = [...state.movements.values()].reduce((sum, movement) => sum + (movement.site === site ? deductedOf(movement) : 0), 0)
  return {
    outcome: 'site',
    differences: differencesOf(state).filter((difference) => difference.site === site),
    payouts: payouts.map(payOutView),
    dueFen: earnedFen - payouts.reduce((sum, { amountFen }) => sum + amountFen, 0) - deductedFen,
  }
}

export function reconciliationReport(
  state: ReconciliationState,
  { payments, events, postings }: LedgerBooks,
  waiting: ReconciliationReport['waiting'],
  nowMs: number,
): ReconciliationReport {
  return {
    outcome: 'report',
    days: [...state.days.values()].map(({ party, day, rows, matched, inTransit, differences }) => ({
      party: party.name,
      day,
      rows,
      matched,
      inTransit,
      differences,
    })),
    differences: differencesOf(state),
    payouts: state.payouts.map(payOutView),
    balances: balancesOf(state, postings),
    ...moneyOnTheWay(state, { payments, events, postings }, nowMs),
    waiting,
  }
}

/** How old money is at every stage, and what the parties have otherwise though no day is over yet. */
export function moneyOnTheWay(
  state: ReconciliationState,
  books: Pick<LedgerBooks, 'payments' | 'events' | 'postings'>,
  nowMs: number,
): MoneyView {
  const { matchedMs, differing, untilMs } = state.live
  return {
    stages: moneyAge(moneyOnItsWay(state, books), nowMs),
    live: {
      matched: matchedMs.size,
      differing: [...differing].map(([movement, parties]) => ({ movement, parties })),
      ...(untilMs === 0 ? {} : { until: secondOf(untilMs) }),
    },
  }
}

function balancesOf(state: ReconciliationState, postings: readonly Posting[]): Readonly<Record<string, number>> {
  const balances = new Map(state.balances)
  for (const { account, amountFen } of postings) balances.set(account, (balances.get(account) ?? 0) + amountFen)
  return Object.fromEntries([...balances].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Events of the saga that are stages of its money. */
const stageOf: Readonly<Record<string, MoneyStage>> = {
  opened: 'intended',
  'bank/authorize': 'authorised',
  'bank/debit': 'authorised',
  'bureau/settle': 'settled',
  'his/notice': 'confirmed',
}

/** The parts of every payment that stands: the payer's and the insurer's are paid out apart. */
function moneyOnItsWay(
  state: ReconciliationState,
  { payments, events, postings }: Pick<LedgerBooks, 'payments' | 'events' | 'postings'>,
): MoneyOnItsWay[] {
  const reachedOf = new Map<string, Partial<Record<MoneyStage, number>>>()
  for (const { payment, event, atMs } of events) {
    const stage = stageOf[event]
    if (stage !== undefined) reachedOf.set(payment, { [stage]: atMs, ...reachedOf.get(payment) })
  }
  const partsOf = new Map<string, Record<'payer' | 'insurer', number>>()
  for (const { payment, account, amountFen } of postings) {
    if (account === 'due-to-site' || account === 'suspense') continue
    const leg = ['advances', 'own-money', 'wallets'].includes(account) ? 'payer' : 'insurer'
    const parts = partsOf.get(payment) ?? { payer: 0, insurer: 0 }
    parts[leg] += amountFen
    partsOf.set(payment, parts)
  }
  return payments.flatMap(({ number, state: is }) => {
    if (is !== 'paid') return []
    const movement = state.movements.get(movementKey(number, 'pay'))
    const parts = partsOf.get(number) ?? { payer: 0, insurer: 0 }
    return (['payer', 'insurer'] as const).flatMap((leg) => {
      if (parts[leg] === 0) return []
      const paidMs = movement?.paidMs[leg]
      const matchedMs = state.live.matchedMs.get(movementKey(number, 'pay'))
      const reachedMs = {
        ...reachedOf.get(number),
        ...(matchedMs === undefined ? {} : { matched: matchedMs }),
        ...(movement?.reconciledMs === undefined ? {} : { reconciled: movement.reconciledMs }),
        ...(paidMs === undefined ? {} : { 'paid-out': paidMs }),
      }
      return [{ amountFen: parts[leg], reachedMs }]
    })
  })
}

/** Paid out when the last of its money legs is; a movement without money of its own never is. */
function paidOutMsOf({ legs, paidMs }: Movement): number | undefined {
  const wanted = (['payer', 'insurer'] as const).filter((leg) => (legs.get(leg)?.record.amountFen ?? 0) > 0)
  return wanted.length === 0 ? undefined : lastOf(wanted.map((leg) => paidMs[leg]))
}

const deductedOf = ({ legs, isDeducted }: Movement): number => (isDeducted === true ? (legs.get('insurer')?.record.amountFen ?? 0) : 0)

/** The latest, where all are known. */
function lastOf(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== undefined)
  return moments.length === 0 || known.length < moments.length ? undefined : Math.max(...known)
}

const differencesOf = (state: ReconciliationState): DifferenceView[] =>
  [...state.differences].map(([number, { difference, ending }]) => ({
    difference: number,
    site: difference.site,
    oursFen: difference.oursFen,
    theirsFen: difference.theirsFen,
    ...(ending === undefined ? {} : { ending, bearer: bearerOf(ending) }),
  }))

const payOutView = ({ payout, payer, site, amountFen, movements, atMs }: ReconciliationState['payouts'][number]): PayOutView => ({
  payout,
  payer,
  site,
  amountFen,
  payments: movements.length,
  at: secondOf(atMs),
})

/** 清算 on the bureau's book: a month's sums, application and withdrawal, appeal, payout. Pure. */
import { type Fen, fenOf, sumFen } from '../../../money/fen.ts'
import { dateOf, momentMs } from '../../desks/business-time.ts'
import type { AppealRequest, ClearingAmounts, ClearingRefusal, Payout } from '../../desks/clearing-desk.ts'
import type { BureauState, SettledEntry } from '../bureau-book.ts'
import type { Policy } from '../bureau-decisions.ts'
import { settledBetween } from '../day-index.ts'
import { type ClearingApplication, type ClearingEffect, monthKey } from './clearing-state.ts'
import { isUpheld, reviewOf } from './review.ts'

export interface ClearingContext {
  readonly state: BureauState
  readonly policy: Policy
  readonly nowMs: number
  /** Numbers given out are made from it. */
  readonly lastNumber: number
}

export interface ClearingMonth {
  readonly site: number
  /** yyyyMM */
  readonly month: string
  readonly clearingType: string
}

/** Settlements that stand and belong to no other application, whichever dialect they came by. */
export function clearable(state: BureauState, { site, month, clearingType }: ClearingMonth): SettledEntry[] {
  const [from, until] = daysOf(month)
  return settledBetween(state.days, site, from, until).flatMap((number) => {
    const settlement = state.settlements.get(number)
    if (settlement === undefined || settlement.reversedBy !== undefined || state.clearing.clearedBy.has(number)) return []
    return clearingTypeOf(settlement) === clearingType ? [settlement] : []
  })
}

export const clearingTypeOf = ({ claim, isStay }: SettledEntry): string => claim?.clearingType ?? (isStay === true ? '21' : '11')

export function clearingAmounts(settlements: readonly SettledEntry[]): ClearingAmounts {
  const sum = (of: (settlement: SettledEntry) => readonly Fen[]) => sumFen(...settlements.flatMap(of))
  const fundFen = sum(({ split }) => [split.fundFen])
  const accountFen = sum(({ split }) => [split.currentAccountFen, split.historyAccountFen])
  const cashFen = sum(({ split }) => [split.cashFen])
  return { count: settlements.length, totalFen: sumFen(fundFen, accountFen, cashFen), fundFen, accountFen, cashFen }
}

/** What the insurer owes for one settlement. */
const owedFen = ({ split }: SettledEntry): Fen => sumFen(split.fundFen, split.currentAccountFen, split.historyAccountFen)

/** @param agrees whether the site's sums are the bureau's */
export function decideApplication(
  context: ClearingContext,
  month: ClearingMonth,
  agrees: (amounts: ClearingAmounts) => boolean,
): ClearingApplication | ClearingRefusal {
  const { state, policy, nowMs, lastNumber } = context
  const today = dateOf(nowMs)
  if (state.clearing.standing.has(monthKey(month.site, month.month, month.clearingType))) return 'month-applied'
  // What is settled later in the month would belong to no application.
  if (today <= daysOf(month.month)[1]) return 'month-not-over'
  const settlements = clearable(state, month)
  if (!agrees(clearingAmounts(settlements))) return 'application-totals-differ'
  const { mostSettlements = Number.POSITIVE_INFINITY, payoutDays = 0, appealDays = 0 } = policy.clearing ?? {}
  const found = reviewOf(state, settlements, mostSettlements)
  return {
    ...month,
    application: `QS${month.month}${String(lastNumber + 1).padStart(10, '0')}`,
    settlements: settlements.map(({ settlement }) => settlement),
    appliedFen: sumFen(...settlements.map(owedFen)),
    questioned: settlements.flatMap((settlement) => {
      const rules = found.get(settlement.settlement)
      const amountFen = owedFen(settlement)
      return rules === undefined || amountFen === 0 ? [] : [{ settlement: settlement.settlement, rules, amountFen }]
    }),
    payoutOn: dayAfter(today, payoutDays),
    appealUntil: dayAfter(today, appealDays),
    isWithdrawn: false,
    payouts: [],
  }
}

export function decideAppeal(
  { state, policy, nowMs }: ClearingContext,
  { site, application, settlements }: AppealRequest,
): ClearingApplication | ClearingRefusal {
  const known = applicationOf(state, site, application)
  if (known === undefined || known.isWithdrawn) return 'unknown-application'
  if (known.appeal !== undefined) return 'appealed-before'
  const today = dateOf(nowMs)
  if (today > known.appealUntil) return 'appeal-too-late'
  const held = new Set(known.questioned.map(({ settlement }) => settlement))
  if (!settlements.every(({ settlement }) => held.delete(settlement))) return 'not-questioned'
  const { upheldBasisPoints = 0, decisionDays = 0 } = policy.clearing ?? {}
  const upheld = settlements.flatMap(({ settlement }) => {
    const settled = state.settlements.get(settlement)
    return settled !== undefined && isUpheld(state.seed, settled, upheldBasisPoints) ? [settlement] : []
  })
  return { ...known, appeal: { settlements, decidedOn: dayAfter(today, decisionDays), upheld } }
}

export function decideWithdrawal(
  { state, nowMs }: ClearingContext,
  { site, application }: { readonly site: number; readonly application: string },
): ClearingApplication | ClearingRefusal {
  const known = applicationOf(state, site, application)
  if (known === undefined || known.isWithdrawn) return 'unknown-application'
  return dateOf(nowMs) >= known.payoutOn ? 'application-paid' : { ...known, isWithdrawn: true }
}

/** Payouts of a site that fell due and stand in no book yet. */
export function duePayouts({ state, nowMs, lastNumber }: ClearingContext, site: number): readonly ClearingEffect[] {
  const today = dateOf(nowMs)
  const due = (state.clearing.applicationsOf.get(site) ?? []).flatMap((number) => {
    const application = state.clearing.applications.get(number)
    if (application === undefined || application.isWithdrawn) return []
    const { payoutOn, appeal, payouts } = application
    const first = { application: number, day: payoutOn, kind: 'clearing', amountFen: undisputedFen(application) } as const
    const second =
      appeal === undefined
        ? undefined
        : ({
            application: number,
            day: laterOf(appeal.decidedOn, payoutOn),
            kind: 'appeal',
            amountFen: upheldFen(application),
          } as const)
    const isMade = (kind: Payout['kind']) => payouts.some((payout) => payout.kind === kind)
    return [first, ...(second === undefined ? [] : [second])].filter(
      ({ day, kind, amountFen }) => day <= today && amountFen > 0 && !isMade(kind),
    )
  })
  return due.map((payout, index) => ({
    does: 'pay-out',
    payout: { ...payout, payout: `BF${String(lastNumber + 1).padStart(12, '0')}${String(index).padStart(2, '0')}` },
  }))
}

/** Another site's application is as if there were none. */
export function applicationOf(state: BureauState, site: number, application: string): ClearingApplication | undefined {
  const known = state.clearing.applications.get(application)
  return known?.site === site ? known : undefined
}

export const withheldFen = ({ questioned }: ClearingApplication): Fen => sumFen(...questioned.map(({ amountFen }) => amountFen))
export const undisputedFen = (application: ClearingApplication): Fen => fenOf(application.appliedFen - withheldFen(application))
export function upheldFen({ questioned, appeal }: ClearingApplication): Fen {
  const upheld = new Set(appeal?.upheld)
  return sumFen(...questioned.filter(({ settlement }) => upheld.has(settlement)).map(({ amountFen }) => amountFen))
}

/** First and last day of a month yyyyMM; none for a month that is none. */
function daysOf(month: string): readonly [string, string] {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))]
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
  return [`${month.slice(0, 4)}-${month.slice(4)}-01`, last]
}

/** ISO dates order as text. */
const laterOf = (one: string, other: string): string => [one, other].toSorted()[1] as string
const dayAfter = (day: string, days: number): string => dateOf((momentMs(day) ?? 0) + days * 86_400_000)

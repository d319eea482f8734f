/** What a hospital decides at its terminals. Pure; every act begins with the right to it. */
import { type Fen, sumFen } from '../../money/fen.ts'
import { compactDateOf, dateOf } from '../desks/business-time.ts'
import type {
  AtTerminal,
  DayTotals,
  DrawerDay,
  TerminalDesk,
  TerminalKind,
  TerminalRefusal,
  TerminalRefused,
} from '../desks/terminal-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { drawersOf } from './cash-drawers.ts'
import { needsConsent, uncoveredFenOf } from './consent.ts'
import { totalsOf } from './day-totals.ts'
import { type OpeningBill, ofSite } from './his-book.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'
import { type TerminalAct, terminalRights } from './terminal-rights.ts'

type CareDecision<Reply> = Decision<HospitalEntry, Reply | TerminalRefused>
type Asked<Act extends keyof TerminalDesk> = Parameters<TerminalDesk[Act]>[0]
type Site = HospitalState['care'] extends Map<number, infer Kept> ? Kept : never

const refuse = (reason: TerminalRefusal): Decision<never, TerminalRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

export function decideSignIn(
  state: HospitalState,
  { site: number, terminal, operator }: Asked<'signIn'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'signed-in'; readonly signIn: string; readonly kind: TerminalKind }> {
  const site = state.care.get(number)
  if (site === undefined) return refuse('unknown-site')
  const kind = site.terminals.get(terminal)
  if (kind === undefined) return refuse('unknown-terminal')
  const today = dateOf(nowMs)
  const known = [...site.signIns].find(
    ([, one]) => one.terminal === terminal && one.operator === operator && one.date === today && !one.isOver,
  )
  const signIn = known?.[0] ?? signInNumber(number, nowMs, site.signIns.size + 1)
  return {
    entries: known === undefined ? [{ does: 'sign-in', site: number, terminal, operator, signIn }] : [],
    reply: { outcome: 'signed-in', signIn, kind },
  }
}

/** 签到号: site, day and place among the site's sign-ins. */
export const signInNumber = (site: number, nowMs: number, place: number): string =>
  `QD${site}-${compactDateOf(nowMs)}-${String(place).padStart(6, '0')}`

export function decideSignOut(state: HospitalState, request: AtTerminal): CareDecision<{ readonly outcome: 'signed-out' }> {
  const signIn = state.care.get(request.site)?.signIns.get(request.signIn)
  if (signIn === undefined || signIn.terminal !== request.terminal) return refuse('not-signed-in')
  const { site, signIn: number } = request
  return { entries: signIn.isOver ? [] : [{ does: 'sign-out', site, signIn: number }], reply: { outcome: 'signed-out' } }
}

/** The site's tables, for a terminal that is signed in today and may do this. */
export function siteFor(
  state: HospitalState,
  act: TerminalAct,
  { site: number, terminal, signIn }: AtTerminal,
  nowMs: number,
): Site | TerminalRefusal {
  const site = state.care.get(number)
  if (site === undefined) return 'unknown-site'
  const kind = site.terminals.get(terminal)
  if (kind === undefined) return 'unknown-terminal'
  const known = site.signIns.get(signIn)
  if (known === undefined || known.terminal !== terminal || known.isOver) return 'not-signed-in'
  if (known.date !== dateOf(nowMs)) return 'sign-in-of-another-day'
  return terminalRights[kind].includes(act) ? site : 'not-at-this-terminal'
}

export function decideRegister(
  state: HospitalState,
  request: Asked<'register'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'registered' }> {
  const own = siteFor(state, 'register', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const { site, visit, person, kind, signIn } = request
  const known = own.visits.get(visit)
  if (known !== undefined && (known.person !== person || known.kind !== kind)) return refuse('known-with-other-contents')
  return {
    entries: known === undefined ? [{ does: 'register', site, visit, person, kind, signIn }] : [],
    reply: { outcome: 'registered' },
  }
}

export function decideOrder(
  state: HospitalState,
  request: Asked<'order'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'ordered'; readonly uncoveredFen: number; readonly consentNeeded: boolean }> {
  const own = siteFor(state, 'order', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const { site, visit, order, lines, signIn } = request
  const of = own.visits.get(visit)
  if (of === undefined) return refuse('unknown-visit')
  const known = own.orders.get(order)
  if (known?.isCancelled) return refuse('cancelled')
  if (known !== undefined && (known.visit !== visit || JSON.stringify(known.lines) !== JSON.stringify(lines)))
    return refuse('known-with-other-contents')
  const isWrong = lines.some(({ priceFen, count, totalFen, coveredFen }) => priceFen * count !== totalFen || coveredFen > totalFen)
  if (isWrong || new Set(lines.map(({ number }) => number)).size !== lines.length) return refuse('lines-do-not-add-up')
  const others = of.orders.filter((one) => one !== order).flatMap((one) => standing(own, one))
  return {
    entries: known === undefined ? [{ does: 'order', site, visit, order, lines, signIn }] : [],
    reply: {
      outcome: 'ordered',
      uncoveredFen: uncoveredFenOf(lines),
      consentNeeded: needsConsent([...others, { lines, agreed: known?.agreed ?? false }]),
    },
  }
}

export function decideCancelOrder(
  state: HospitalState,
  request: Asked<'cancelOrder'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'cancelled' }> {
  const own = siteFor(state, 'cancelOrder', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const { site, order: number, signIn } = request
  const order = own.orders.get(number)
  if (order === undefined) return refuse('unknown-order')
  if (order.bill !== undefined) return refuse('already-charged')
  return {
    entries: order.isCancelled ? [] : [{ does: 'cancel-order', site, order: number, signIn }],
    reply: { outcome: 'cancelled' },
  }
}

export function decideConsent(
  state: HospitalState,
  request: Asked<'consent'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'agreed'; readonly uncoveredFen: number }> {
  const own = siteFor(state, 'consent', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const { site, visit, orders: numbers, by, document, signIn } = request
  const orders = ordersOf(own, visit, numbers)
  if (typeof orders === 'string') return refuse(orders)
  const fresh = orders.filter(({ agreed }) => !agreed)
  // Consent comes first: to what is charged already it would be too late.
  if (fresh.some(({ bill }) => bill !== undefined)) return refuse('already-charged')
  const uncoveredFen = uncoveredFenOf(orders.flatMap(({ lines }) => lines))
  if (uncoveredFen === 0) return refuse('nothing-to-agree-to')
  return {
    entries: fresh.length === 0 ? [] : [{ does: 'consent', site, visit, orders: fresh.map(({ order }) => order), by, document, signIn }],
    reply: { outcome: 'agreed', uncoveredFen },
  }
}

export function decideCharge(
  state: HospitalState,
  request: Asked<'charge'>,
  nowMs: number,
): CareDecision<{ readonly outcome: 'charged'; readonly totalFen: Fen; readonly coveredFen: Fen }> {
  const own = siteFor(state, 'charge', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const { site, visit, bill: number, orders: numbers, signIn } = request
  const orders = ordersOf(own, visit, numbers)
  if (typeof orders === 'string') return refuse(orders)
  const known = state.bills.get(ofSite(site, number))
  if (known !== undefined) {
    const isSame = known.visit === visit && orders.every(({ bill }) => bill === number)
    return isSame ? { entries: [], reply: chargedAs(known) } : refuse('known-with-other-contents')
  }
  if (orders.some(({ bill }) => bill !== undefined)) return refuse('already-charged')
  const charged = (own.visits.get(visit)?.orders ?? []).flatMap((one) => standing(own, one)).filter(({ bill }) => bill !== undefined)
  if (needsConsent([...charged, ...orders])) return refuse('consent-missing')
  const lines = orders.flatMap((order) => order.lines).map((line, index) => ({ ...line, number: index + 1 }))
  const bill: OpeningBill = {
    site,
    bill: number,
    visit,
    person: own.visits.get(visit)?.person as number,
    totalFen: sumFen(...lines.map(({ totalFen }) => totalFen)),
    coveredFen: sumFen(...lines.map(({ coveredFen }) => coveredFen)),
    lines,
  }
  return {
    entries: [
      { does: 'open-bill', ...bill },
      { does: 'charge', site, visit, bill: number, orders: numbers, signIn },
    ],
    reply: chargedAs(bill),
  }
}

const chargedAs = ({ totalFen, coveredFen }: OpeningBill) => ({ outcome: 'charged', totalFen, coveredFen }) as const

type DayDecision = CareDecision<DayTotals & { readonly drawers: readonly DrawerDay[] }>

export function decideDayTotals(state: HospitalState, request: Asked<'dayTotals'>, nowMs: number): DayDecision {
  const own = siteFor(state, 'dayTotals', request, nowMs)
  if (typeof own === 'string') return refuse(own)
  const totals = totalsOf(state.days, request.site, request.date)
  return { entries: [], reply: { ...totals, drawers: drawersOf(state.drawers, request.site, request.date) } }
}

/** An order that was not taken back. */
function standing(site: Site, number: string) {
  const order = site.orders.get(number)
  return order === undefined || order.isCancelled ? [] : [order]
}

/** These orders, all of this visit, none taken back. */
function ordersOf(site: Site, visit: string, numbers: readonly string[]) {
  if (!site.visits.has(visit)) return 'unknown-visit'
  const orders = [...new Set(numbers)].map((number) => site.orders.get(number))
  const found = orders.flatMap((order) => (order === undefined || order.visit !== visit ? [] : [order]))
  if (found.length !== orders.length) return 'unknown-order'
  return found.some(({ isCancelled }) => isCancelled) ? 'cancelled' : found
}

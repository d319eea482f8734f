/** What 五期 asks beside a charge, decided on the bureau's book. */

import type {
  BureauCareDesk,
  Card,
  CompareDayRequest,
  DayCompared,
  DayTotals,
  DropBillRequest,
  Dropped,
  Enrolled,
  Enrolments,
  EnrolRequest,
} from '../desks/bureau-care-desk.ts'
import type { ClaimedBill } from '../desks/bureau-desk.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import { type BureauEntry, type BureauState, billKey, enrolmentKey, personKey } from './bureau-book.ts'
import { type BureauDecision, decidePresettle, decideSettle, type Policy, personOf, refuse, type Tokens } from './bureau-decisions.ts'

export function careDesk(book: KeptBook<BureauState, BureauEntry>, policy: Policy, tokens: Tokens): BureauCareDesk {
  return {
    readCard: ({ site, credential }) =>
      book.answer((state, now): BureauDecision<Card> => {
        if (!state.sites.has(site)) return refuse('unknown-site')
        const person = personOf(state, policy, credential, tokens, now)
        if (typeof person === 'string') return refuse(person)
        const { cardNumber, name, idNumber } = person
        return { entries: [], reply: { outcome: 'card', cardNumber, name, idNumber } }
      }),
    presettleRegistration: ({ totalFen, coveredFen, ...request }) =>
      book.answer((state, now) => {
        if (coveredFen > totalFen) return refuse('amounts-do-not-add-up')
        return decidePresettle(state, { ...request, bills: [registrationFee(totalFen, coveredFen)] }, policy, tokens, now, {
          kind: 'registration',
        })
      }),
    settleRegistration: ({ totalFen, coveredFen, ...request }) =>
      book.answer((state, now) =>
        decideSettle(state, { ...request, bills: [registrationFee(totalFen, coveredFen)] }, policy, now, { kind: 'registration' }),
      ),
    presettleStay: ({ stay, ...request }) =>
      book.answer((state, now) => decidePresettle(state, request, policy, tokens, now, { kind: 'stay', stay })),
    settleStay: ({ stay, ...request }) => book.answer((state, now) => decideSettle(state, request, policy, now, { kind: 'stay', stay })),
    dropBill: (request) => book.answer((state) => decideDropBill(state, request)),
    enrol: (request) => book.answer((state, now) => decideEnrol(state, request, policy, tokens, now)),
    enrolments: ({ site, credential, type }) =>
      book.answer((state, now): BureauDecision<Enrolments> => {
        if (!state.sites.has(site)) return refuse('unknown-site')
        const person = personOf(state, policy, credential, tokens, now)
        if (typeof person === 'string') return refuse(person)
        const enrolments = (state.enrolmentsOf.get(personKey(person.person)) ?? []).flatMap((one) => {
          const known = state.enrolments.get(one)
          if (known === undefined || known.type !== type) return []
          const { enrolment, number, from, until } = known
          return [{ enrolment, number, from, until }]
        })
        return { entries: [], reply: { outcome: 'enrolments', enrolments } }
      }),
    compareDay: (request) => book.answer((state) => decideCompareDay(state, request)),
  }
}

/** A registration's fee stands alone in its trial, without a bill of the site's. */
const registrationFee = (totalFen: ClaimedBill['totalFen'], coveredFen: ClaimedBill['coveredFen']): ClaimedBill => ({
  bill: '',
  totalFen,
  coveredFen,
})

function decideDropBill(state: BureauState, { site, bill }: DropBillRequest): BureauDecision<Dropped> {
  if (!state.sites.has(site)) return refuse('unknown-site')
  const known = state.bills.get(billKey(site, bill))
  if (known === undefined) return refuse('bill-not-uploaded')
  if (known.settlement !== undefined) return refuse('bill-already-settled')
  return { entries: [{ does: 'drop-bill', site, bill }], reply: { outcome: 'dropped', bill } }
}

function decideEnrol(state: BureauState, request: EnrolRequest, policy: Policy, tokens: Tokens, nowMs: number): BureauDecision<Enrolled> {
  if (!state.sites.has(request.site)) return refuse('unknown-site')
  const person = personOf(state, policy, request.credential, tokens, nowMs)
  if (typeof person === 'string') return refuse(person)
  const { site, type, number, from, until } = request
  if (number !== '' && state.enrolmentsOf.has(enrolmentKey({ site, type, number }))) return refuse('already-enrolled')
  const enrolment = `DJ${String(state.enrolments.size + 1).padStart(10, '0')}`
  const entry = { does: 'enrol', enrolment, site, person: person.person, type, number, from, until } as const
  return { entries: [entry], reply: { outcome: 'enrolled', enrolment } }
}

function decideCompareDay(state: BureauState, { site, day, totals }: CompareDayRequest): BureauDecision<DayCompared> {
  if (!state.sites.has(site)) return refuse('unknown-site')
  const ours = dayTotals(state, site, day)
  const isEqual = (Object.keys(ours) as (keyof DayTotals)[]).every((name) => ours[name] === totals[name])
  return { entries: [], reply: { outcome: 'compared', day, isEqual } }
}

/** Every 中心流水号 of the day counts, a reversal with its amounts below zero. */
function dayTotals(state: BureauState, site: number, day: string): DayTotals {
  const total = { count: 0, currentAccountFen: 0, historyAccountFen: 0, cashFen: 0, pooledFen: 0, additionalFen: 0, uncoveredFen: 0 }
  const { settled, reversed } = state.days.get(site)?.get(day) ?? { settled: [], reversed: [] }
  const add = (number: string, times: 1 | -1) => {
    const settlement = state.settlements.get(number)
    // What came through the national interface is reconciled there.
    if (settlement === undefined || settlement.claim !== undefined) return
    const { split, segment } = settlement
    total.count += 1
    total.currentAccountFen += times * split.currentAccountFen
    total.historyAccountFen += times * split.historyAccountFen
    total.cashFen += times * (split.cashFen - split.uncoveredFen)
    total[segment === 'pooled' ? 'pooledFen' : 'additionalFen'] += times * split.fundFen
    total.uncoveredFen += times * split.uncoveredFen
  }
  for (const number of settled) add(number, 1)
  for (const number of reversed) add(number, -1)
  return total
}

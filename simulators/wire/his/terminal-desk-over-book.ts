import type { TerminalDesk } from '../desks/terminal-desk.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import {
  decideCancelOrder,
  decideCharge,
  decideConsent,
  decideDayTotals,
  decideOrder,
  decideRegister,
  decideSignIn,
  decideSignOut,
} from './care-decisions.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'

export const terminalDesk = (book: KeptBook<HospitalState, HospitalEntry>): TerminalDesk => ({
  signIn: (request) => book.answer((state, now) => decideSignIn(state, request, now)),
  signOut: (request) => book.answer((state) => decideSignOut(state, request)),
  register: (request) => book.answer((state, now) => decideRegister(state, request, now)),
  order: (request) => book.answer((state, now) => decideOrder(state, request, now)),
  cancelOrder: (request) => book.answer((state, now) => decideCancelOrder(state, request, now)),
  consent: (request) => book.answer((state, now) => decideConsent(state, request, now)),
  charge: (request) => book.answer((state, now) => decideCharge(state, request, now)),
  dayTotals: (request) => book.answer((state, now) => decideDayTotals(state, request, now)),
})

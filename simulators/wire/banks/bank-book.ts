/** A bank's book: how each of its entries changes what the bank keeps. The arithmetic of a line is the virtual city's. */

import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import { type Fen, fenOf, noMoney, sumFen } from '../../money/fen.ts'
import { authorize, type CreditLine, draw, release, repay, repayThroughDay } from '../../policy/credit-line.ts'
import { dateOf } from '../desks/business-time.ts'
import { accountingDayOf } from '../reconciliation/accounting-day.ts'
import { nothingInTransit } from '../reconciliation/match-day.ts'
import type { MoneyRecord } from '../reconciliation/records.ts'
import type { BookRules } from '../stores/kept-book.ts'
import type { BankEntry, EntryOf } from './bank-entry.ts'
import {
  type Agreement,
  type AgreementKind,
  agreementOf,
  type BankState,
  type Effect,
  type Hold,
  holdOf,
  type Movement,
  noState,
  type Payback,
  type Payment,
  paymentOf,
  type Repayment,
  visitKey,
} from './bank-state.ts'
import type { BankTerms } from './bank-terms.ts'
import { dayOf } from './day-of.ts'
import { orderOf, paybackNumber } from './repayments.ts'

export const bankRules = (terms: Pick<BankTerms, 'repaymentDays' | 'cutOff' | 'holdDays'>): BookRules<BankState, BankEntry> => ({
  empty: noState,
  apply(state, entry, atMs) {
    switch (entry.does) {
      case 'open-customer': {
        const { assessedFen, raisedFen, cardFen } = entry
        state.customers.set(entry.person, { assessedFen, raisedFen, cardFen })
        return
      }
      case 'open-agreement':
        return openAgreement(state, entry.agreement, entry.person, entry.kind, entry.line)
      case 'open-debt': {
        const { key, agreement, amountFen, usedOnDay } = entry
        return owe(state, key, { way: 'debit', agreement, site: 0, visit: undefined, holds: [], amountFen }, usedOnDay, '', terms)
      }
      case 'authorize':
        return hold(state, entry, dayOf(atMs) + terms.holdDays)
      case 'capture': {
        const from = holdOf(state, entry.hold)
        drawHolds(state, from.agreement, [entry.hold], entry.amountFen)
        return pay(state, entry.key, { way: 'capture', ...from, holds: [entry.hold], amountFen: entry.amountFen }, atMs, terms)
      }
      case 'settle-visit': {
        const { key, agreement, site, visit, holds, amountFen } = entry
        drawHolds(state, agreement, holds, amountFen)
        const at = visitKey(agreement, site, visit)
        state.visits.set(at, { holds: state.visits.get(at)?.holds ?? [], payment: key })
        return pay(state, key, { way: 'visit', agreement, site, visit, holds, amountFen }, atMs, terms)
      }
      case 'debit': {
        const { key, agreement, site, amountFen } = entry
        change(state, agreement, ({ line }) => ({ line: draw(held(line, amountFen), amountFen, amountFen) }))
        return pay(state, key, { way: 'debit', agreement, site, visit: undefined, holds: [], amountFen }, atMs, terms)
      }
      case 'release':
        return freeHold(state, entry.hold, 'released')
      case 'lapse':
        return freeHold(state, entry.hold, 'lapsed')
      case 'tombstone':
        state.tombstones.add(entry.key)
        return
      case 'refund': {
        state.effects.set(entry.key, { does: 'refund', payment: entry.capture, amountFen: entry.amountFen })
        const { site } = giveBack(state, entry.capture, entry.amountFen, {})
        return move(state, accountingDayOf(atMs, terms.cutOff), {
          atMs,
          kind: 'refund',
          site,
          key: entry.key,
          payment: entry.capture,
          amountFen: entry.amountFen,
        })
      }
      case 'reverse': {
        const { payment, amountFen } = entry
        const { site, accountedOn } = giveBack(state, payment, amountFen, { isReversed: true })
        return move(state, accountedOn, { atMs, kind: 'reversal', site, key: payment, payment, amountFen })
      }
      case 'offer': {
        const { key, person, limitFen, throughDay } = entry
        state.effects.set(key, { does: 'offer', person, limitFen, throughDay })
        return
      }
      case 'sign': {
        const { key, offer, agreement, person, limitFen } = entry
        openAgreement(state, agreement, person, 'credit', { limitFen, usedFen: noMoney, heldFen: noMoney })
        state.effects.set(key, { does: 'signed', offer, agreement, limitFen })
        return
      }
      case 'raise':
        return raise(state, entry, 'raised')
      case 'issue-card':
        raise(state, entry, 'card')
        return change(state, entry.agreement, () => ({ hasCard: true }))
      case 'ask-repayment': {
        const { key, agreement, wallet, amountFen } = entry
        state.effects.set(key, { does: 'repayment', agreement, wallet, amountFen, account: undefined, state: 'asked' })
        state.asked.add(key)
        return
      }
      case 'repay':
        takeRepayment(state, entry)
        return noteAtWallet(state, entry.wallet, { key: orderOf(entry.key), does: 'pay', site: 0, atMs, amountFen: entry.amountFen })
      case 'fail-repayment': {
        const asked = state.effects.get(entry.key)
        if (asked?.does === 'repayment') state.effects.set(entry.key, { ...asked, state: 'failed' })
        state.asked.delete(entry.key)
        return
      }
      case 'ask-payback':
        return askPayback(state, entry)
      case 'paid-back': {
        const { wallet, amountFen } = endPayback(state, entry)
        return noteAtWallet(state, wallet, { key: paybackNumber(entry.key), does: 'refund', site: 0, atMs, amountFen })
      }
      case 'fail-payback':
        endPayback(state, entry)
        return
      case 'match-bill': {
        const { wallet, day, inTransit } = entry
        const records = (state.atWallets.get(wallet)?.records ?? []).filter((one) => dateOf(one.atMs) > day)
        state.atWallets.set(wallet, { records, matchedDay: day, inTransit })
        return
      }
      case 'close-agreement': {
        const { person } = agreementOf(state, entry.agreement)
        change(state, entry.agreement, () => ({ isClosed: true }))
        state.agreementOf.delete(person)
        return
      }
      case 'overdue': {
        const { agreement, lastDay } = changePayment(state, entry.payment, () => ({ isOverdue: true }))
        awaitNoMore(state, lastDay, entry.payment)
        return change(state, agreement, ({ overdue }) => ({ overdue: overdue + 1 }))
      }
      case 'report':
        state.reports.set(entry.report.key, entry.report)
        return
      case 'reported':
        state.reports.delete(entry.key)
        return
      default:
        entry satisfies never
    }
  },
})

function openAgreement(state: BankState, agreement: string, person: number, kind: AgreementKind, line: CreditLine): void {
  const nothing = { overpaidFen: noMoney, isClosed: false, hasCard: false, debts: [], overdue: 0 }
  state.agreements.set(agreement, { person, kind, line, ...nothing })
  if (kind === 'credit') state.agreementOf.set(person, agreement)
}

function hold(state: BankState, { key, agreement, site, visit, amountFen }: EntryOf<'authorize'>, lastDay: number): void {
  state.effects.set(key, { does: 'hold', agreement, site, visit, amountFen, lastDay, state: 'held' })
  change(state, agreement, ({ line }) => ({ line: held(line, amountFen) }))
  awaitDay(state, lastDay, key)
  if (visit === undefined) return
  const at = visitKey(agreement, site, visit)
  const before = state.visits.get(at)
  // Holds after a settlement begin the visit anew: a drug fetched later, a second look.
  state.visits.set(at, { holds: [...(before?.payment === undefined ? (before?.holds ?? []) : []), key], payment: undefined })
}

/** The line with this amount held. The decision has asked before; a book that says otherwise is broken. */
function held(line: CreditLine, amountFen: Fen): CreditLine {
  const reply = authorize(line, amountFen)
  if (reply.outcome === 'refused') throw new Error('a book holds more than its line has left')
  return reply.line
}

/** Draws an amount on holds together and frees the rest of them. */
function drawHolds(state: BankState, agreement: string, holds: readonly string[], amountFen: Fen): void {
  const heldFen = sumFen(...holds.map((key) => holdOf(state, key).amountFen))
  for (const key of holds) endHold(state, key, 'captured')
  change(state, agreement, ({ line }) => ({ line: draw(line, heldFen, amountFen) }))
}

function freeHold(state: BankState, key: string, how: 'released' | 'lapsed'): void {
  const { agreement, amountFen } = endHold(state, key, how)
  change(state, agreement, ({ line }) => ({ line: release(line, amountFen) }))
}

function endHold(state: BankState, key: string, how: Hold['state']): Hold {
  const ended = { ...holdOf(state, key), state: how }
  state.effects.set(key, ended)
  awaitNoMore(state, ended.lastDay, key)
  return ended
}

type NewPayment = Pick<Payment, 'way' | 'agreement' | 'site' | 'visit' | 'holds' | 'amountFen'>

function pay(state: BankState, key: string, payment: NewPayment, atMs: number, terms: Pick<BankTerms, 'repaymentDays' | 'cutOff'>): void {
  const { agreement, site, amountFen } = payment
  const accountedOn = accountingDayOf(atMs, terms.cutOff)
  owe(state, key, payment, dayOf(atMs), accountedOn, terms)
  const kind = agreementOf(state, agreement).kind === 'credit' ? 'advance' : 'debit'
  move(state, accountedOn, { atMs, kind, site, key, payment: key, amountFen })
}

function owe(
  state: BankState,
  key: string,
  { way, agreement, site, visit, holds, amountFen }: NewPayment,
  usedOnDay: number,
  accountedOn: string,
  { repaymentDays }: Pick<BankTerms, 'repaymentDays'>,
): void {
  const { kind, overpaidFen } = agreementOf(state, agreement)
  // What the bank owes the patient pays first.
  const coveredFen = kind === 'credit' ? fenOf(Math.min(overpaidFen, amountFen)) : noMoney
  const owedFen = kind === 'credit' ? fenOf(amountFen - coveredFen) : noMoney
  const lastDay = repayThroughDay(usedOnDay, repaymentDays)
  const fresh = { refundedFen: noMoney, owedFen, usedOnDay, lastDay, accountedOn, isReversed: false, isOverdue: false, repaidBy: [] }
  state.effects.set(key, { does: 'payment', way, agreement, site, visit, holds, amountFen, ...fresh })
  change(state, agreement, ({ line, debts }) => ({
    line: repay(line, coveredFen),
    overpaidFen: fenOf(overpaidFen - coveredFen),
    debts: owedFen > 0 ? [...debts, key] : debts,
  }))
  if (owedFen === 0) return
  awaitDay(state, lastDay, key)
}

/** Money of a payment comes back: it lessens what is owed for it, and what was repaid before is the patient's again. */
function giveBack(state: BankState, key: string, amountFen: Fen, also: Partial<Payment>): Payment {
  const payment = changePayment(state, key, ({ refundedFen }) => ({ ...also, refundedFen: sumFen(refundedFen, amountFen) }))
  if (agreementOf(state, payment.agreement).kind === 'account') {
    change(state, payment.agreement, ({ line }) => ({ line: repay(line, amountFen) }))
    return payment
  }
  const owedPart = fenOf(Math.min(amountFen, payment.owedFen))
  lessen(state, key, owedPart)
  change(state, payment.agreement, ({ overpaidFen }) => ({ overpaidFen: sumFen(overpaidFen, fenOf(amountFen - owedPart)) }))
  return payment
}

function takeRepayment(state: BankState, { key, agreement, wallet, amountFen, parts, account }: EntryOf<'repay'>): void {
  state.effects.set(key, { does: 'repayment', agreement, wallet, amountFen, account, state: 'paid' })
  state.asked.delete(key)
  if (account !== undefined) change(state, account, ({ line }) => ({ line: draw(held(line, amountFen), amountFen, amountFen) }))
  for (const part of parts) {
    lessen(state, part.payment, part.amountFen)
    changePayment(state, part.payment, ({ repaidBy }) => ({ repaidBy: [...repaidBy, { repayment: key, amountFen: part.amountFen }] }))
  }
  const overFen = fenOf(amountFen - sumFen(...parts.map((part) => part.amountFen)))
  change(state, agreement, ({ overpaidFen }) => ({ overpaidFen: sumFen(overpaidFen, overFen) }))
}

/** What the refund made the patient's is on its way, so no advance is paid from it any more. */
function askPayback(state: BankState, { key, payment, agreement, repayment, amountFen }: EntryOf<'ask-payback'>): void {
  state.effects.set(key, { does: 'payback', agreement, repayment, amountFen, state: 'asked' })
  state.payingBack.add(key)
  change(state, agreement, ({ overpaidFen }) => ({ overpaidFen: fenOf(overpaidFen - amountFen) }))
  changePayment(state, payment, ({ repaidBy }) => ({
    repaidBy: repaidBy.map((by) => (by.repayment === repayment ? { ...by, amountFen: fenOf(by.amountFen - amountFen) } : by)),
  }))
}

function endPayback(state: BankState, { does, key }: EntryOf<'paid-back' | 'fail-payback'>): Payback & Pick<Repayment, 'wallet'> {
  const payback = state.effects.get(key)
  if (payback?.does !== 'payback') throw new Error('a book ends a payback that it never asked for')
  const { agreement, repayment, amountFen } = payback
  state.effects.set(key, { ...payback, state: does === 'paid-back' ? 'paid' : 'failed' })
  state.payingBack.delete(key)
  if (does === 'fail-payback') change(state, agreement, ({ overpaidFen }) => ({ overpaidFen: sumFen(overpaidFen, amountFen) }))
  const by = state.effects.get(repayment)
  if (by?.does !== 'repayment') throw new Error('a book pays back what was never repaid')
  if (does === 'paid-back' && by.account !== undefined) change(state, by.account, ({ line }) => ({ line: repay(line, amountFen) }))
  return { ...payback, wallet: by.wallet }
}

/** What the wallet's bill of the day shall tell. The patient's own account is at this bank and has no bill. */
function noteAtWallet(state: BankState, wallet: RepaymentWallet, record: MoneyRecord): void {
  if (wallet === 'unionpay') return
  const known = state.atWallets.get(wallet) ?? { records: [], matchedDay: undefined, inTransit: nothingInTransit }
  state.atWallets.set(wallet, { ...known, records: [...known.records, record] })
}

/** Less is owed for a payment, and the line is free by as much. */
function lessen(state: BankState, key: string, amountFen: Fen): void {
  const payment = paymentOf(state, key)
  if (payment.owedFen === 0) return
  const owedFen = fenOf(payment.owedFen - amountFen)
  changePayment(state, key, () => ({ owedFen }))
  change(state, payment.agreement, ({ line }) => ({ line: repay(line, amountFen) }))
  if (owedFen > 0) return
  awaitNoMore(state, payment.lastDay, key)
  change(state, payment.agreement, ({ debts, overdue }) => ({
    debts: debts.filter((debt) => debt !== key),
    overdue: payment.isOverdue ? overdue - 1 : overdue,
  }))
}

function raise(state: BankState, { key, agreement, limitFen }: EntryOf<'raise' | 'issue-card'>, does: 'raised' | 'card'): void {
  state.effects.set(key, { does, agreement, limitFen } satisfies Effect)
  change(state, agreement, ({ line }) => ({ line: { ...line, limitFen } }))
}

function awaitDay(state: BankState, day: number, key: string): void {
  const waiting = state.dueOn.get(day) ?? new Set()
  state.dueOn.set(day, waiting.add(key))
}

function awaitNoMore(state: BankState, day: number, key: string): void {
  const waiting = state.dueOn.get(day)
  waiting?.delete(key)
  if (waiting?.size === 0) state.dueOn.delete(day)
}

function move(state: BankState, date: string, movement: Movement): void {
  const all = state.movements.get(date)
  if (all === undefined) state.movements.set(date, [movement])
  else all.push(movement)
}

function change(state: BankState, key: string, how: (agreement: Agreement) => Partial<Agreement>): void {
  const agreement = agreementOf(state, key)
  state.agreements.set(key, { ...agreement, ...how(agreement) })
}

function changePayment(state: BankState, key: string, how: (payment: Payment) => Partial<Payment>): Payment {
  const payment = paymentOf(state, key)
  const changed = { ...payment, ...how(payment) }
  state.effects.set(key, changed)
  return changed
}

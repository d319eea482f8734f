/** What must be true of every bill, whoever collected for it and however often somebody tried. */
import type { SplitParts } from './audit-input.ts'
import type { BillFacts } from './facts.ts'
import { billKey, type HospitalAttempt, type LineSums } from './hospital-facts.ts'
import { insurerFenOf } from './insurer-facts.ts'
import { clearingOf, isTillsWord, standsAtHospital } from './own-journal.ts'
import { netFenOf } from './payer-facts.ts'
import { each, type Found, found, type Rule } from './rule.ts'

const standing = ({ bill }: BillFacts): readonly HospitalAttempt[] => bill.attempts.filter(standsAtHospital)
const settledOf = ({ settlements }: BillFacts) => settlements.filter(({ stands }) => stands)
const paidBy = ({ payments }: BillFacts) => payments.filter((payment) => netFenOf(payment) > 0)

export const billPaidOnce: Rule = {
  name: 'bill-paid-once',
  about: 'money',
  check: ({ bills, hospital }) => {
    const perBill = each(bills.values(), (facts) => {
      const tills = standing(facts).filter((attempt) => isTillsWord(attempt, facts) && (attempt.payment?.split.cashFen ?? 0) > 0).length
      const times = Math.max(paidBy(facts).length + tills, standing(facts).length)
      return times > 1 ? found(facts.bill.bill, 1, times) : undefined
    })
    const odd = hospital.odd.map((attempt) => found(attempt, 1, 2))
    return perBill.standing === 'checked' ? { ...perBill, findings: [...perBill.findings, ...odd] } : perBill
  },
}

export const noDoubleSettlement: Rule = {
  name: 'no-double-settlement',
  about: 'money',
  check: ({ bills }) =>
    each(bills.values(), (facts) => {
      const times = settledOf(facts).length
      return times > 1 ? found(facts.bill.bill, 1, times) : undefined
    }),
}

/** Whole fen, none below zero, and together the bill. */
export const partsAddUp: Rule = {
  name: 'parts-add-up',
  about: 'money',
  check: ({ bills, insurer }) => {
    const totals = (id: string, split: SplitParts, totalFen: number, coveredFen: number): Found | undefined => {
      const parts = [split.fundFen, split.currentAccountFen, split.historyAccountFen, split.cashFen]
      const sumFen = parts.reduce((sum, part) => sum + part, 0)
      if (sumFen !== totalFen || parts.some((part) => !Number.isSafeInteger(part) || part < 0)) return found(id, totalFen, sumFen)
      return insurerFenOf(split) > coveredFen ? found(id, coveredFen, insurerFenOf(split)) : undefined
    }
    const atInsurer = each(insurer.settlements.values(), ({ settlement, bills: claimed, split }) =>
      totals(
        claimed[0]?.bill ?? settlement,
        split,
        claimed.reduce((sum, { totalFen }) => sum + totalFen, 0),
        claimed.reduce((sum, { coveredFen }) => sum + coveredFen, 0),
      ),
    )
    const atHospital = each(bills.values(), ({ bill }) =>
      bill.attempts.flatMap(({ payment }) => {
        const wrong = payment === undefined ? undefined : totals(bill.bill, payment.split, bill.totalFen, bill.coveredFen)
        return wrong === undefined ? [] : [wrong]
      }),
    )
    if (atInsurer.standing !== 'checked' || atHospital.standing !== 'checked') return atInsurer
    return {
      standing: 'checked',
      looked: atInsurer.looked + atHospital.looked,
      findings: [...atInsurer.findings, ...atHospital.findings],
    }
  },
}

/** A bill's lines, added up again, make its total and its scope, and the insurer was sent as many lines with the same sums. */
export const linesAddUp: Rule = {
  name: 'lines-add-up',
  about: 'money',
  check: ({ bills, insurer }) => {
    const uploads = new Map(insurer.uploads.map((one) => [billKey(one.site, one.bill), one]))
    return each(
      [...bills.values()].filter(({ bill }) => bill.lines !== undefined),
      ({ bill }) => {
        const { count, totalFen, coveredFen } = bill.lines as LineSums
        const told = `${count}: ${bill.totalFen} (${bill.coveredFen})`
        const lines = `${count}: ${totalFen} (${coveredFen})`
        if (lines !== told) return found(bill.bill, told, lines)
        const sent = uploads.get(billKey(bill.site, bill.bill))
        if (sent === undefined) return undefined
        const heard = `${sent.lines}: ${sent.totalFen} (${sent.coveredFen})`
        return heard === told ? undefined : found(bill.bill, told, heard)
      },
    )
  },
}

/** Hospital, insurer and payer tell one story to the fen of what the hospital calls paid. */
export const threeWayMatch: Rule = {
  name: 'three-way-match',
  about: 'money',
  check: ({ bills, strayPayments, straySettlements }, journal) => {
    const paid = [...bills.values()].filter((facts) => standing(facts).length > 0)
    const matched = each(paid, (facts) => {
      const { bill } = facts
      const [attempt] = standing(facts)
      const payment = attempt?.payment
      if (attempt === undefined || payment === undefined) return undefined
      const settled = settledOf(facts)
      const insurerFen = settled.reduce((sum, { split }) => sum + insurerFenOf(split), 0)
      const tillFen = isTillsWord(attempt, facts) ? payment.split.cashFen : 0
      const payerFen = paidBy(facts).reduce((sum, one) => sum + netFenOf(one), tillFen)
      const told = `${insurerFenOf(payment.split)} + ${payment.split.cashFen} = ${bill.totalFen}`
      const is = `${insurerFen} + ${payerFen} = ${payment.totalFen}`
      const clearingFen = journal.balanceOf(clearingOf(facts))
      if (told !== is || clearingFen !== 0) return found(bill.bill, told, clearingFen === 0 ? is : `${is} (${clearingFen})`)
      const known = settled.some(({ settlement, split }) => settlement === payment.settlement && sameParts(split, payment.split))
      return known || settled.length === 0 ? undefined : found(bill.bill, told, settled.map(({ settlement }) => settlement).join())
    })
    if (matched.standing !== 'checked') return matched
    const strays = [
      ...strayPayments.filter((payment) => netFenOf(payment) !== 0).map((one) => found(one.key, 0, netFenOf(one))),
      ...straySettlements.filter(({ stands }) => stands).map(({ settlement, split }) => found(settlement, 0, insurerFenOf(split))),
    ]
    return { ...matched, findings: [...matched.findings, ...strays] }
  },
}
/** The national interface has one account where 五期 has two. */
const sameParts = (one: SplitParts, other: SplitParts): boolean =>
  one.fundFen === other.fundFen && insurerFenOf(one) === insurerFenOf(other) && one.cashFen === other.cashFen

/** What the hospital gave up or gave back stands nowhere else. */
export const reversalComplete: Rule = {
  name: 'reversal-complete',
  about: 'money',
  check: ({ bills }) =>
    each(
      [...bills.values()].filter((facts) => standing(facts).length === 0 && facts.bill.attempts.some(isOver)),
      (facts) => {
        if (facts.bill.attempts.some((attempt) => !isOver(attempt))) return undefined
        const leftFen =
          settledOf(facts).reduce((sum, { split }) => sum + insurerFenOf(split), 0) +
          facts.payments.reduce((sum, payment) => sum + Math.abs(netFenOf(payment)), 0)
        const stands = settledOf(facts).length
        return leftFen === 0 && stands === 0 ? undefined : found(facts.bill.bill, 0, leftFen)
      },
    ),
}
const isOver = (attempt: HospitalAttempt): boolean => attempt.isClosed || attempt.refund !== undefined

/** Nobody has paid a bill whose hospital was never told. */
export const hospitalWasTold: Rule = {
  name: 'hospital-was-told',
  about: 'money',
  check: ({ bills }) =>
    each(
      [...bills.values()].filter((facts) => settledOf(facts).length > 0 || paidBy(facts).length > 0),
      (facts) => {
        if (facts.bill.attempts.some((attempt) => attempt.payment !== undefined || isOver(attempt))) return undefined
        const movedFen =
          settledOf(facts).reduce((sum, { split }) => sum + insurerFenOf(split), 0) +
          paidBy(facts).reduce((sum, one) => sum + netFenOf(one), 0)
        return found(facts.bill.bill, movedFen, 0)
      },
    ),
}

/** Money goes back where it came from: to the payment whose bill was given up or given back, and no more of it than was paid. */
export const refundByOriginalRoute: Rule = {
  name: 'refund-by-original-route',
  about: 'money',
  check: ({ payers, bills, attemptOf }) =>
    each(
      payers.payments.filter(({ refunds }) => refunds.length > 0),
      (payment) => {
        const attempt = attemptOf(payment.key)
        if (attempt === undefined) return undefined
        if (netFenOf(payment) < 0) return found(payment.key, payment.amountFen, payment.amountFen - netFenOf(payment))
        const facts = bills.get(billKey(attempt.site, attempt.bill))
        if (facts === undefined || isOver(attempt)) return undefined
        const backFen = payment.amountFen - netFenOf(payment)
        // What was paid too much may go back from a payment that stands.
        return standing(facts).length > 0 && backFen > 0 ? found(payment.key, 0, backFen) : undefined
      },
    ),
}

export const invoicePerPayment: Rule = {
  name: 'invoice-per-payment',
  about: 'money',
  check: ({ hospital }) =>
    each(
      [...hospital.attempts.values()].filter(({ payment, invoices }) => payment !== undefined || invoices > 0),
      ({ attempt, payment, invoices, refund, redInvoices }) => {
        const expected = payment === undefined ? 0 : 1
        if (invoices > expected) return found(attempt, expected, invoices)
        return refund !== undefined && redInvoices !== invoices ? found(attempt, invoices, redInvoices) : undefined
      },
    ),
}

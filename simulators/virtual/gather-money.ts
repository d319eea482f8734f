/** The bills of those who left, as the ledger and the auditor want them, batch by batch, and the headline sums of money. */
import { auditDay } from '../audit/audit-day.ts'
import { findingWords } from '../audit/findings.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import type { DayFacts } from '../money/day-facts.ts'
import { claimLater, creditMode, leftOwing, phoneMode, refunded, settled, unpaid } from '../money/payment-status.ts'
import { postDay } from '../money/post-day.ts'
import { notEligible } from '../patients/choose-modes.ts'
import { VISIT_EMERGENCY } from '../patients/day-visits.ts'
import { lastBill } from '../patients/refunds.ts'
import { PAID_MODE_MASK, PAID_MODE_SHIFT, PAID_OTHER_MODE, PAID_STATUS_MASK } from './kernel/paid.ts'
import { LEFT_OUTCOME, LEFT_PAID, LEFT_TICKET } from './kernel/records.ts'
import { OUTCOME_DONE, OUTCOME_IN_CITY } from './kernel/sums.ts'
import {
  BACK_IN_PART,
  FACT_BANK,
  FACT_INSURED,
  FACT_MASK,
  MODE_MASK,
  SETTLES_ONCE,
  STAY_BILL,
  STAY_CASH,
  STAY_CURRENT_ACCOUNT,
  STAY_FACTS,
  STAY_FUND,
  STAY_HISTORY_ACCOUNT,
  STAY_NUMBER,
  STAY_ONCE,
  STAY_REST,
  STAY_SITE,
  STAY_WORDS,
  type Stays,
  TAKES_BACK,
} from './stays.ts'

/** Visits whose bills are booked and audited together: each batch is a ledger of its own, closed and checked, and small. */
const BATCH = 16_384

export type MoneyOfDay = Pick<DayFigures, 'money' | 'insured' | 'settledByMode'> & {
  readonly audit: Pick<DayFigures['audit'], 'bills' | 'fen' | 'findings' | 'firstFinding'>
}

export interface MoneyBooks {
  /** @param from where the record of a leaving begins */
  add(left: Int32Array, from: number): void
  close(): MoneyOfDay
}

/** Payment point of the one settlement of a visit that is settled on leaving. */
const ON_LEAVING = 2

const wholeBill = (records: Int32Array, stay: number): number =>
  (records[stay + STAY_BILL] as number) + (records[stay + STAY_BILL + 1] as number) + (records[stay + STAY_BILL + 2] as number)

/** How a bill stands of somebody who left after being treated: what nobody settled, given up or never asked for, is a debt. */
function owedIfOpen(word: number): number {
  const status = word & PAID_STATUS_MASK
  return status === 0 || status === unpaid ? (word & ~PAID_STATUS_MASK) | leftOwing | (creditMode << PAID_MODE_SHIFT) : word
}

/** @param sites sites of the run; who comes to none stands behind the last of them */
export function moneyBooks(stays: Stays, arm: number, sites: number, banks: number): MoneyBooks {
  const statusOf = new Uint8Array(BATCH * 3)
  const modeOf = new Uint8Array(BATCH * 3)
  const paidTimesOf = new Uint8Array(BATCH * 3)
  const leftOf = new Uint8Array(BATCH)
  const siteOf = new Int32Array(BATCH)
  const bankOf = new Uint8Array(BATCH)
  const numberOf = new Int32Array(BATCH)
  // A point the patient never came to raised no bill, so its row is empty.
  const raised = (): Int32Array => new Int32Array(BATCH * 3)
  const billFen = raised()
  const fundFen = raised()
  const currentAccountFen = raised()
  const historyAccountFen = raised()
  const cashFen = raised()
  const points = { statusOf, modeOf, paidTimesOf, billFen, fundFen, currentAccountFen, historyAccountFen, cashFen }
  let inBatch = 0
  let leavings = 0
  let [bills, fen, findings] = [0, 0, 0]
  let firstFinding: DayFigures['audit']['firstFinding'] = null
  const settledByMode = new Float64Array(4)
  let [transactions, credentialTransactions, creditPayments, billSum, credentialSum, onCreditSum, billsLeft] = [0, 0, 0, 0, 0, 0, 0]
  let [fundSum, accountSum, creditSum, cashSum, owingSum, claimLaterSum, refundedSum] = [0, 0, 0, 0, 0, 0, 0]

  function book(): void {
    const facts: DayFacts = { visits: inBatch, sites: sites + 1, banks, siteOf, bankOf, leftOf, ...points }
    const ledger = postDay(facts)
    ledger.close()
    const audit = auditDay(facts, leavings, ledger.totals())
    bills += audit.billsChecked
    fen += audit.fenChecked
    findings += audit.findings.length
    const [first] = audit.findings
    if (first !== undefined) firstFinding ??= findingWords('visit' in first ? { ...first, visit: numberOf[first.visit] as number } : first)
    inBatch = 0
    leavings = 0
    for (const column of Object.values(points)) column.fill(0)
  }

  function add(left: Int32Array, from: number): void {
    const ticket = left[from + LEFT_TICKET] as number
    const { records } = stays
    const stay = ticket * STAY_WORDS
    const facts = records[stay + STAY_FACTS] as number
    const hasLeft = left[from + LEFT_OUTCOME] !== OUTCOME_IN_CITY
    const inHospital = (facts & FACT_MASK) <= VISIT_EMERGENCY
    const isInsured = inHospital && ((facts >> FACT_INSURED) & FACT_MASK) !== notEligible
    leftOf[inBatch] = hasLeft ? 1 : 0
    if (hasLeft) leavings++
    siteOf[inBatch] = records[stay + STAY_SITE] as number
    bankOf[inBatch] = (facts >> FACT_BANK) & 15
    numberOf[inBatch] = records[stay + STAY_NUMBER] as number
    const meant = stays.modes[ticket * stays.arms + arm] as number
    const settlesOnce = (meant & SETTLES_ONCE) !== 0
    const backAt =
      (meant & TAKES_BACK) === 0 ? -1 : lastBill(records[stay + STAY_BILL + 1] as number, records[stay + STAY_BILL + 2] as number)
    for (let point = 0; point < 3; point++) {
      const at = stay + point
      const isOnce = settlesOnce && point === ON_LEAVING
      const bill = isOnce ? wholeBill(records, stay) : (records[at + STAY_BILL] as number)
      const paid = left[from + LEFT_PAID + point] as number
      // ASSUMPTION: who gives up a line before the doctor is done with them owes nothing; who went at the end without settling owes it all.
      const word = isOnce && (paid !== 0 || left[from + LEFT_OUTCOME] === OUTCOME_DONE) ? owedIfOpen(paid) : paid
      if (word === 0 || bill === 0) continue
      // A bill whose payment failed and was never taken up again was left behind.
      const noEnd = (word & PAID_STATUS_MASK) === 0
      const ended = noEnd && (word & PAID_OTHER_MODE) !== 0 ? unpaid : word & PAID_STATUS_MASK
      const goesBack = ended === settled && point === backAt
      const stands = goesBack && (meant & BACK_IN_PART) !== 0
      const status = goesBack && !stands ? refunded : ended
      const asMeant = noEnd || status === unpaid
      const mode = asMeant ? meant & MODE_MASK : (word >> PAID_MODE_SHIFT) & PAID_MODE_MASK
      const fund = records[isOnce ? stay + STAY_ONCE : at + STAY_FUND] as number
      const current = records[isOnce ? stay + STAY_ONCE + 1 : at + STAY_CURRENT_ACCOUNT] as number
      const history = records[isOnce ? stay + STAY_ONCE + 2 : at + STAY_HISTORY_ACCOUNT] as number
      const cash = records[isOnce ? stay + STAY_ONCE + 3 : at + STAY_CASH] as number
      const to = inBatch * 3 + point
      statusOf[to] = status
      modeOf[to] = mode
      // Everything went back, and what stands was charged anew: that is what the books keep.
      const booked = (whole: number, part: number): number => (stands ? (records[stay + STAY_REST + part] as number) : whole)
      billFen[to] = booked(bill, 0)
      fundFen[to] = booked(fund, 1)
      currentAccountFen[to] = booked(current, 2)
      historyAccountFen[to] = booked(history, 3)
      cashFen[to] = booked(cash, 4)
      // What goes back was settled first, and counts among the settlements.
      if (isInsured && ended !== settled) billsLeft++
      if (isInsured && ended === settled) {
        transactions++
        // How insured patients pay in hospitals, so that shares stand beside the published ones; a pharmacy or a doctor online is no choice of theirs.
        settledByMode[mode] = (settledByMode[mode] as number) + 1
        billSum += bill
        if (mode >= phoneMode) {
          credentialTransactions++
          credentialSum += bill
        }
        if (mode === creditMode) {
          creditPayments++
          onCreditSum += cash
        }
      }
      if (goesBack) refundedSum += bill - (stands ? (billFen[to] as number) : 0)
      if (status === settled) {
        paidTimesOf[to] = 1
        fundSum += fundFen[to] as number
        accountSum += (currentAccountFen[to] as number) + (historyAccountFen[to] as number)
        if (mode === creditMode) creditSum += cashFen[to] as number
        else cashSum += cashFen[to] as number
      } else if (status === claimLater) {
        paidTimesOf[to] = 1
        claimLaterSum += bill
      } else if (status !== unpaid && status !== refunded) owingSum += bill
    }
    inBatch++
    if (inBatch === BATCH) book()
  }

  function close(): MoneyOfDay {
    if (inBatch > 0) book()
    return {
      audit: { bills, fen, findings, firstFinding },
      money: {
        fundFen: fundSum,
        accountFen: accountSum,
        creditFen: creditSum,
        cashFen: cashSum,
        owingFen: owingSum,
        claimLaterFen: claimLaterSum,
        refundedFen: refundedSum,
      },
      insured: {
        transactions,
        credentialTransactions,
        creditPayments,
        billFen: billSum,
        credentialFen: credentialSum,
        creditFen: onCreditSum,
        billsLeft,
      },
      settledByMode,
    }
  }

  return { add, close }
}

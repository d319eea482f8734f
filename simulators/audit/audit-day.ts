/**
 * The independent check of a day's money: adds up again what became of every bill, with loops of its own, and asks whether the
 * ledger says the same. It imports neither the ledger nor the split; a mistake both shared would be found by neither.
 */
import type { DayFacts } from '../money/day-facts.ts'
import {
  claimLater,
  creditMode,
  kioskMode,
  leftOwing,
  noBill,
  paymentModeCount,
  paymentPoints,
  paymentStatusCount,
  phoneMode,
  refunded,
  settled,
  unknown,
  unpaid,
  windowMode,
} from '../money/payment-status.ts'
import { factFindings } from './fact-findings.ts'
import { type Finding, Findings } from './findings.ts'

/** What the auditor is asked to believe: the ledger's totals of a closed day. */
export interface ClaimedTotals {
  readonly byAccountFen: Readonly<Record<string, number>>
  readonly incomeBySiteFen: readonly number[]
  readonly advancesByBankFen: readonly number[]
  readonly billCount: readonly number[]
  readonly billFen: readonly number[]
}

export interface AuditReport {
  /** Empty when the books are right. At most a few examples of each kind, see `count`. */
  readonly findings: readonly Finding[]
  /** What the report rests on. */
  readonly billsChecked: number
  readonly fenChecked: number
}

/** Audits a closed day. `visitsLeft` is the number of leavings by the count of whoever let the visits out. */
export function auditDay(facts: DayFacts, visitsLeft: number, claimed: ClaimedTotals): AuditReport {
  const findings = new Findings()
  factFindings(facts, visitsLeft, findings)
  const own = ownSums(facts)

  const compare = (what: string, ownFen: number, claimedFen: number | undefined) => {
    if (ownFen !== claimedFen) findings.add({ kind: 'total-differs', what, own: ownFen, claimed: claimedFen ?? Number.NaN })
  }
  // An account that must have been emptied by the close is expected at zero.
  const expected = expectedAccounts(own)
  for (const account of new Set([...Object.keys(expected), ...Object.keys(claimed.byAccountFen)])) {
    compare(account, expected[account] ?? 0, claimed.byAccountFen[account])
  }
  for (let site = 0; site < Math.max(facts.sites, claimed.incomeBySiteFen.length); site++) {
    compare(`income of site ${site}`, own.incomeBySite[site] ?? 0, claimed.incomeBySiteFen[site])
  }
  for (let bank = 0; bank < Math.max(facts.banks, claimed.advancesByBankFen.length); bank++) {
    compare(`advances of bank ${bank}`, own.advancesByBank[bank] ?? 0, claimed.advancesByBankFen[bank])
  }
  // Where no bill was raised nothing is posted, so the cells of status 0 stay out of it.
  for (let cell = paymentModeCount; cell < cells; cell++) {
    const where = `status ${Math.floor(cell / paymentModeCount)}, mode ${cell % paymentModeCount}`
    compare(`bills of ${where}`, own.count[cell]!, claimed.billCount[cell])
    compare(`fen of ${where}`, own.bill[cell]!, claimed.billFen[cell])
  }
  return { findings: findings.list(), billsChecked: own.count.slice(paymentModeCount).reduce(add, 0), fenChecked: own.bill.reduce(add, 0) }
}

const cells = paymentStatusCount * paymentModeCount
const add = (a: number, b: number) => a + b

/** Sums by status × mode, and the two sums by party. */
interface OwnSums {
  readonly count: Float64Array
  readonly bill: Float64Array
  readonly fund: Float64Array
  readonly current: Float64Array
  readonly history: Float64Array
  readonly cash: Float64Array
  readonly incomeBySite: Float64Array
  readonly advancesByBank: Float64Array
}

function ownSums(facts: DayFacts): OwnSums {
  const count = new Float64Array(cells)
  const bill = new Float64Array(cells)
  const fund = new Float64Array(cells)
  const current = new Float64Array(cells)
  const history = new Float64Array(cells)
  const cash = new Float64Array(cells)
  const incomeBySite = new Float64Array(facts.sites)
  const advancesByBank = new Float64Array(facts.banks)
  const points = facts.visits * paymentPoints
  for (let at = 0; at < points; at++) {
    const status = facts.statusOf[at]!
    if (status === noBill) continue
    const cell = status * paymentModeCount + facts.modeOf[at]!
    count[cell]! += 1
    bill[cell]! += facts.billFen[at]!
    fund[cell]! += facts.fundFen[at]!
    current[cell]! += facts.currentAccountFen[at]!
    history[cell]! += facts.historyAccountFen[at]!
    cash[cell]! += facts.cashFen[at]!
  }
  for (let visit = 0; visit < facts.visits; visit++) {
    for (let point = 0; point < paymentPoints; point++) {
      const at = visit * paymentPoints + point
      const status = facts.statusOf[at]!
      if (status !== noBill && status !== refunded) incomeBySite[facts.siteOf[visit]!]! += facts.billFen[at]!
      if (facts.modeOf[at] !== creditMode) continue
      if (status === settled) advancesByBank[facts.bankOf[visit]!]! += facts.cashFen[at]!
      if (status === claimLater) advancesByBank[facts.bankOf[visit]!]! += facts.billFen[at]!
    }
  }
  return { count, bill, fund, current, history, cash, incomeBySite, advancesByBank }
}

/** What each account must hold when the day is closed, said account by account. */
function expectedAccounts(own: OwnSums): Record<string, number> {
  const of = (sums: Float64Array, status: number, modes: readonly number[] = everyMode) =>
    modes.map((mode) => sums[status * paymentModeCount + mode]!).reduce(add, 0)
  const byInsurer = (sums: Float64Array) => of(sums, settled) + of(sums, claimLater) + of(sums, leftOwing)
  const byPatient = (modes: readonly number[]) => of(own.cash, settled, modes) + of(own.bill, claimLater, modes)
  const raised = own.bill.reduce(add, 0) - of(own.bill, noBill) - of(own.bill, refunded)
  return {
    income: 0 - raised,
    cash: byPatient([windowMode, kioskMode]),
    'own-money': byPatient([phoneMode]),
    advances: byPatient([creditMode]),
    'current-accounts': byInsurer(own.current),
    'history-accounts': byInsurer(own.history),
    fund: byInsurer(own.fund),
    reimbursed: 0 - of(own.fund, claimLater) - of(own.current, claimLater) - of(own.history, claimLater),
    arrears: of(own.cash, leftOwing),
    withdrawn: of(own.bill, unpaid),
    suspense: of(own.bill, unknown),
  }
}
const everyMode: readonly number[] = [windowMode, kioskMode, phoneMode, creditMode]

import type { DayFacts } from '../money/day-facts.ts'
import {
  claimLater,
  creditMode,
  noBill,
  paymentModeCount,
  paymentPoints,
  paymentStatusCount,
  settled,
  unknown,
} from '../money/payment-status.ts'
import type { Findings } from './findings.ts'

/** Looks at every bill and every visit by itself, before anything is added up. */
export function factFindings(facts: DayFacts, visitsLeft: number, findings: Findings): void {
  for (let visit = 0; visit < facts.visits; visit++) {
    const times = facts.leftOf[visit]!
    if (times === 0) findings.add({ kind: 'never-left', visit })
    if (times > 1) findings.add({ kind: 'left-more-than-once', visit, times })
    if (facts.siteOf[visit]! >= facts.sites || facts.siteOf[visit]! < 0) {
      findings.add({ kind: 'no-such-code', visit, point: 0, what: 'site', code: facts.siteOf[visit]! })
    }
    for (let point = 0; point < paymentPoints; point++) lookAtBill(facts, visit, point, findings)
  }
  if (visitsLeft !== facts.visits) findings.add({ kind: 'visits-in-are-not-visits-out', visitsIn: facts.visits, visitsOut: visitsLeft })
}

function lookAtBill(facts: DayFacts, visit: number, point: number, findings: Findings): void {
  const at = visit * paymentPoints + point
  const status = facts.statusOf[at]!
  const mode = facts.modeOf[at]!
  const billFen = facts.billFen[at]!
  const fundFen = facts.fundFen[at]!
  const currentFen = facts.currentAccountFen[at]!
  const historyFen = facts.historyAccountFen[at]!
  const cashFen = facts.cashFen[at]!
  const partsFen = fundFen + currentFen + historyFen + cashFen

  if (partsFen !== billFen) findings.add({ kind: 'parts-do-not-make-the-bill', visit, point, partsFen, billFen })
  if (!whole(fundFen)) findings.add({ kind: 'broken-amount', visit, point, what: 'fund', fen: fundFen })
  if (!whole(currentFen)) findings.add({ kind: 'broken-amount', visit, point, what: 'current-year account', fen: currentFen })
  if (!whole(historyFen)) findings.add({ kind: 'broken-amount', visit, point, what: 'history account', fen: historyFen })
  if (!whole(cashFen)) findings.add({ kind: 'broken-amount', visit, point, what: 'cash', fen: cashFen })
  const coveredFen = facts.coveredFen?.[at]
  if (coveredFen !== undefined && billFen - cashFen > coveredFen) {
    findings.add({ kind: 'insurer-pays-uncovered', visit, point, insurerFen: billFen - cashFen, coveredFen })
  }

  if (status >= paymentStatusCount) findings.add({ kind: 'no-such-code', visit, point, what: 'status', code: status })
  if (mode >= paymentModeCount) findings.add({ kind: 'no-such-code', visit, point, what: 'mode', code: mode })
  if (status !== noBill && mode === creditMode && facts.bankOf[visit]! >= facts.banks) {
    findings.add({ kind: 'no-such-code', visit, point, what: 'bank', code: facts.bankOf[visit]! })
  }
  if (status === unknown) findings.add({ kind: 'outcome-unknown', visit, point })

  const times = facts.paidTimesOf[at]!
  const moneyMoved = status === settled || status === claimLater
  if (times > 1) findings.add({ kind: 'paid-more-than-once', visit, point, times })
  if (times === 0 && moneyMoved) findings.add({ kind: 'settled-but-not-paid', visit, point, status })
  if (times > 0 && !moneyMoved) findings.add({ kind: 'paid-but-not-settled', visit, point, status })
  if (status === noBill && billFen !== 0)
    findings.add({ kind: 'broken-amount', visit, point, what: 'bill where none was raised', fen: billFen })
}

const whole = (fen: number): boolean => fen >= 0 && Math.floor(fen) === fen

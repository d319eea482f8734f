import type { DayFacts } from './day-facts.ts'
import { DayLedger } from './ledger.ts'
import { noBill, paymentPoints, refunded, settled } from './payment-status.ts'

/** Posts every bill of a day; the ledger is handed over open. */
export function postDay(facts: DayFacts): DayLedger {
  const ledger = new DayLedger(facts.sites, facts.banks)
  const { statusOf, modeOf, fundFen, currentAccountFen, historyAccountFen, cashFen } = facts
  for (let visit = 0; visit < facts.visits; visit++) {
    const site = facts.siteOf[visit]!
    const bank = facts.bankOf[visit]!
    for (let at = visit * paymentPoints; at < (visit + 1) * paymentPoints; at++) {
      const status = statusOf[at]!
      if (status === noBill) continue
      const posted = status === refunded ? settled : status
      ledger.post(site, posted, modeOf[at]!, bank, fundFen[at]!, currentAccountFen[at]!, historyAccountFen[at]!, cashFen[at]!)
      if (status !== refunded) continue
      ledger.refund(site, modeOf[at]!, bank, fundFen[at]!, currentAccountFen[at]!, historyAccountFen[at]!, cashFen[at]!)
    }
  }
  return ledger
}

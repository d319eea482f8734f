/**
 * The banks' advances through the days without interest: what was advanced is repaid or still owed, every repayment stands at the wallet it
 * came through, and who owes after the last day is overdue, there and in the score. Rules about days nobody played are not applicable.
 */
import { createHash } from 'node:crypto'
import { creditKey, owedFenOf } from './credit-facts.ts'
import { each, type Found, found, notApplicable, type Rule } from './rule.ts'

/** The bank's books, added up by the auditor, owe what the patient reads in the statement. */
export const advancesAddUp: Rule = {
  name: 'advances-add-up',
  about: 'money',
  check({ credit, input: { term } }) {
    if (term === undefined) return notApplicable
    const told = new Map(term.statements.map((one) => [creditKey(one.bank, one.agreement), one]))
    const moved = [...credit.agreements].filter(([at, { openingFen, advancedFen }]) => told.has(at) || openingFen + advancedFen > 0)
    const unknown = [...told]
      .filter(([at]) => !credit.agreements.has(at))
      .map(([, { agreement, usedFen }]) => found(agreement, '–', usedFen))
    const checked = each(moved, ([at, agreement]) => {
      const statement = told.get(at)
      const owedFen = owedFenOf(agreement)
      const saidFen = statement === undefined ? undefined : statement.usedFen - statement.overpaidFen
      return saidFen === owedFen ? undefined : found(agreement.agreement, owedFen, saidFen ?? '–')
    })
    return checked.standing === 'checked' ? { ...checked, findings: [...checked.findings, ...unknown] } : checked
  },
}

/** Whoever was told “repaid” stands in the bank's book, once, and so does whoever paid at a wallet; nobody else does. */
export const repaidAsPaid: Rule = {
  name: 'repaid-as-paid',
  about: 'money',
  check({ credit, input: { term } }) {
    if (term === undefined) return notApplicable
    const booked = Map.groupBy(credit.repayments, ({ bank, key }) => creditKey(bank, key))
    const asked = new Map(term.repayments.map((one) => [creditKey(one.bank, one.key), one]))
    const paid = Map.groupBy(credit.paidOrders, ({ wallet, order }) => creditKey(wallet, order))
    const findings: Found[] = []
    for (const [at, { key, amountFen, outcome }] of asked) {
      const saidFen = outcome === 'repaid' ? amountFen : 0
      const bookedFen = sumOf(booked.get(at))
      if (saidFen !== bookedFen) findings.push(found(key, saidFen, bookedFen))
    }
    const orders = new Set<string>()
    for (const { bank, key, wallet, amountFen } of credit.repayments) {
      if (!asked.has(creditKey(bank, key))) findings.push(found(key, '–', amountFen))
      // The own account at the bank is drawn on in the same entry.
      if (wallet === 'unionpay') continue
      const order = creditKey(wallet, orderOf(key))
      orders.add(order)
      const paidFen = sumOf(paid.get(order))
      if (paidFen !== amountFen) findings.push(found(key, amountFen, paidFen))
    }
    for (const [order, all] of paid) if (!orders.has(order)) findings.push(found(all[0]?.order ?? order, '–', sumOf(all)))
    return { standing: 'checked', looked: asked.size + credit.repayments.length + paid.size, findings }
  },
}

const sumOf = (all: readonly { readonly amountFen: number }[] = []): number => all.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** 商户订单号 of a repayment, as a bank makes it of its key. */
const orderOf = (key: string): string => `HK${createHash('sha256').update(key).digest('hex').slice(0, 30)}`

/** After the last day an advance is overdue if and only if something is still owed for it; the score is told of each, with the amount. */
export const overdueIsNoted: Rule = {
  name: 'overdue-is-noted',
  about: 'money',
  check({ credit: { advances, overdueReports }, input: { term } }) {
    if (term === undefined) return notApplicable
    const known = new Set(term.statements.map(({ bank, agreement }) => creditKey(bank, agreement)))
    return each(
      [...advances].filter(([, { bank, agreement }]) => known.has(creditKey(bank, agreement))),
      ([at, { key, amountFen, backFen, repaidFen, isOverdue }]) => {
        const owedFen = amountFen - backFen - repaidFen
        const noted = isOverdue ? owedFen : 0
        if (noted !== owedFen || (isOverdue && owedFen === 0)) return found(key, owedFen, isOverdue ? 'overdue' : 'not overdue')
        const reported = overdueReports?.get(at)
        const expected = isOverdue ? owedFen : undefined
        return overdueReports === undefined || reported === expected ? undefined : found(key, expected ?? '–', reported ?? '–')
      },
    )
  },
}

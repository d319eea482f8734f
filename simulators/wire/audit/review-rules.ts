/** The insurer's review (审核、预扣、申诉、最终扣款) as its book tells it, against which bills were planned to offend and what was settled. */
import type { Facts } from './facts.ts'
import { billKey } from './hospital-facts.ts'
import { type ClearingApplication, insurerFenOf, type Settlement } from './insurer-facts.ts'
import { type Found, found, notApplicable, type Rule } from './rule.ts'

/**
 * Bills found are those planned, no more and no fewer, by kind: when their lines come, and at clearing, where the insurer has money in them.
 * What is found there is held back whole.
 */
export const wrongdoingIsFound: Rule = {
  name: 'wrongdoing-is-found',
  about: 'money',
  check(facts) {
    const { insurer, input } = facts
    const planned = plannedKinds(facts)
    const findings: Found[] = []
    let looked = 0
    const compare = (id: string, expected: string, was: string) => {
      looked += 1
      if (expected !== was) findings.push(found(id, expected, was))
    }
    for (const { site, bill, offences } of insurer.uploads) compare(bill, said(planned.of(site, [bill])), said(offences))
    const applied = new Set<string>()
    for (const { settlements, questioned } of standing(insurer.applications)) {
      const held = new Map(questioned.map((one) => [one.settlement, one]))
      for (const number of settlements) {
        applied.add(number)
        const settlement = insurer.settlements.get(number)
        if (settlement === undefined) continue
        const fen = insurerFenOf(settlement.split)
        const kinds = fen === 0 ? [] : planned.of(settlement.site, billsOf(settlement))
        const { rules = [], amountFen = 0 } = held.get(number) ?? {}
        compare(billsOf(settlement)[0] ?? number, heldAs(kinds, kinds.length === 0 ? 0 : fen), heldAs(rules, amountFen))
      }
    }
    if (input.monthCleared === true) {
      for (const settlement of insurer.settlements.values())
        if (settlement.stands && !settlement.isStay && !applied.has(settlement.settlement))
          findings.push(found(billsOf(settlement)[0] ?? settlement.settlement, 'reviewed', '–'))
    }
    return { standing: 'checked', looked, findings }
  },
}

/** What a hospital applied for is what the insurer owes it, and all of it was paid, at once or after its appeal, or deducted. */
export const reviewAddsUp: Rule = {
  name: 'review-adds-up',
  about: 'money',
  check({ insurer, input }) {
    const applications = standing(insurer.applications)
    if (applications.length === 0) return notApplicable
    const findings = applications.flatMap(({ application, settlements, appliedFen, questioned, upheld, payouts }): Found[] => {
      const owedFen = sum(settlements.map((number) => insurerFenOf(insurer.settlements.get(number)?.split ?? nothing)))
      const heldFen = sum(questioned.map(({ amountFen }) => amountFen))
      const afterFen = sum(questioned.filter(({ settlement }) => upheld.includes(settlement)).map(({ amountFen }) => amountFen))
      const paidFen = (kind: string) => sum(payouts.filter((one) => one.kind === kind).map(({ amountFen }) => amountFen))
      const expected = `${owedFen}: ${owedFen - heldFen} + ${afterFen}`
      // Before the month's money has come there is none to add up.
      const is =
        input.monthCleared === true || payouts.length > 0
          ? `${appliedFen}: ${paidFen('clearing')} + ${paidFen('appeal')}`
          : `${appliedFen}: ${owedFen - heldFen} + ${afterFen}`
      return expected === is ? [] : [found(application, expected, is)]
    })
    return { standing: 'checked', looked: applications.length, findings }
  },
}

const standing = (applications: ReadonlyMap<string, ClearingApplication>): readonly ClearingApplication[] =>
  [...applications.values()].filter(({ isWithdrawn }) => !isWithdrawn)
const billsOf = ({ bills }: Settlement): readonly string[] => bills.map(({ bill }) => bill)
const nothing = { fundFen: 0, currentAccountFen: 0, historyAccountFen: 0, cashFen: 0 }
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
const said = (kinds: readonly string[]): string => (kinds.length === 0 ? '–' : [...new Set(kinds)].toSorted().join(', '))
const heldAs = (kinds: readonly string[], fen: number): string => `${said(kinds)}: ${fen}`

function plannedKinds({ input: { wrongdoing = [] } }: Pick<Facts, 'input'>) {
  const kinds = Map.groupBy(wrongdoing, ({ site, bill }) => billKey(site, bill))
  return {
    of: (site: number, bills: readonly string[]): readonly string[] =>
      bills.flatMap((bill) => (kinds.get(billKey(site, bill)) ?? []).map(({ kind }) => kind)),
  }
}

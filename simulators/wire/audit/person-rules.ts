/** Whose money it was, whose insurance, and whether the patient heard what the books say. */
import type { SeenAnswer, SplitParts } from './audit-input.ts'
import type { BillFacts, Facts } from './facts.ts'
import { billKey } from './hospital-facts.ts'
import type { Settlement } from './insurer-facts.ts'
import { insurerFenOf } from './insurer-facts.ts'
import { standsAtHospital } from './own-journal.ts'
import { type OwnSplit, ownBenefit, ownSplit, yearWith } from './own-split.ts'
import { netFenOf } from './payer-facts.ts'
import { type Checked, each, type Found, found, notApplicable, type Rule } from './rule.ts'

export const settledForOwnPerson: Rule = {
  name: 'settled-for-own-person',
  about: 'money',
  check: ({ bills }) =>
    each(
      [...bills.values()].filter(({ settlements }) => settlements.length > 0),
      ({ bill, settlements }) => {
        const other = settlements.find(({ person }) => person !== bill.person)
        return other === undefined ? undefined : found(bill.bill, bill.person, other.person)
      },
    ),
}

export const paidByOwnPerson: Rule = {
  name: 'paid-by-own-person',
  about: 'money',
  check: ({ bills, attemptOf }) =>
    each(
      // At a window anybody may pay for anybody.
      [...bills.values()].flatMap(({ bill, payments }) =>
        payments.filter(({ key }) => attemptOf(key)?.by === 'platform').map((payment) => ({ bill, payment })),
      ),
      ({ bill, payment: { person, site, key } }) => {
        if (person !== undefined && person !== bill.person) return found(key, bill.person, person)
        return site !== undefined && site !== bill.site ? found(key, bill.site, site) : undefined
      },
    ),
}

/** Every settlement worked out again from the policy and from where the person stood in the insurer's own order of events. */
export const splitAsPolicy: Rule = {
  name: 'split-as-policy',
  about: 'money',
  check({ insurer, input: { policy } }) {
    const years = new Map([...insurer.persons].map(([person, { year }]) => [person, year]))
    const splits = new Map<Settlement, OwnSplit>()
    /** A person whose year turned, or of whom the policy says nothing, is left out from there on. */
    const leftOut = new Set<number>()
    return each(insurer.deeds, ({ does, settlement }): Found | undefined => {
      const { person, site, bills, split, isStay, yearFrom } = settlement
      const who = insurer.persons.get(person)
      const year = years.get(person)
      const tier = insurer.tierOf.get(site)
      const benefit = who === undefined || tier === undefined ? undefined : ownBenefit(policy.benefits, who.insuredType, who.ageGroup, tier)
      const turned = who !== undefined && yearFrom !== '' && who.yearFrom !== yearFrom
      if (isStay || turned || year === undefined || benefit === undefined) leftOut.add(person)
      if (leftOut.has(person) || year === undefined || benefit === undefined) return undefined
      if (does === 'reverse') {
        const before = splits.get(settlement)
        if (before !== undefined) years.set(person, yearWith(year, before, -1))
        return undefined
      }
      const totalFen = bills.reduce((sum, bill) => sum + bill.totalFen, 0)
      const coveredFen = bills.reduce((sum, bill) => sum + bill.coveredFen, 0)
      const own = ownSplit({ totalFen, coveredFen }, benefit, year)
      splits.set(settlement, own)
      years.set(person, yearWith(year, own, 1))
      return isLike(own, split) ? undefined : found(bills[0]?.bill ?? settlement.settlement, told(own), told(split))
    })
  },
}
/** The national interface tells one account. */
const isLike = (one: SplitParts, other: SplitParts): boolean =>
  one.fundFen === other.fundFen &&
  one.currentAccountFen + one.historyAccountFen === other.currentAccountFen + other.historyAccountFen &&
  one.cashFen === other.cashFen
const told = ({ fundFen, currentAccountFen, historyAccountFen, cashFen }: SplitParts): string =>
  `${fundFen} + ${currentAccountFen + historyAccountFen} + ${cashFen}`

const isPaid = ({ outcome }: SeenAnswer): boolean => outcome === 'paid'

/** Whoever was told “paid” has paid, with the split they were told. */
export const saidPaidIsPaid: Rule = {
  name: 'said-paid-is-paid',
  about: 'money',
  check: (facts) =>
    overRows(facts, ({ bill, settlements, payments }, answers) => {
      const paid = answers.find(isPaid)
      if (paid === undefined) return undefined
      const attempt = bill.attempts.find(({ payment }) => payment !== undefined)
      if (attempt === undefined) return found(bill.bill, 'paid', 'not paid')
      const { split } = paid
      if (split === undefined) return undefined
      const insurer = settlements.find(({ settlement }) => settlement === attempt.payment?.settlement)?.split
      const cashFen = payments.length === 0 ? undefined : Math.max(...payments.map(({ amountFen }) => amountFen))
      if (insurer !== undefined && insurerFenOf(insurer) !== insurerFenOf(split))
        return found(bill.bill, insurerFenOf(insurer), insurerFenOf(split))
      return cashFen !== undefined && cashFen !== split.cashFen ? found(bill.bill, cashFen, split.cashFen) : undefined
    }),
}

/** Whoever was told “not paid”, and by nobody anything else, has not paid. */
export const saidNotPaidIsNotPaid: Rule = {
  name: 'said-not-paid-is-not-paid',
  about: 'money',
  check: (facts) =>
    overRows(facts, ({ bill, payments, rows }) => {
      const heard = rows.flatMap(({ seen }) => seen?.answers ?? [])
      // Silence may have been a payment, and so may what a later try found paid or in doubt.
      if (rows.some(({ seen }) => seen === undefined) || heard.length === 0 || !heard.every(isSurelyNot)) return undefined
      const paidFen = payments.reduce((sum, payment) => sum + Math.max(0, netFenOf(payment)), 0)
      const stands = bill.attempts.some(standsAtHospital)
      return paidFen > 0 || stands ? found(bill.bill, 0, paidFen) : undefined
    }),
}
const isSurelyNot = ({ outcome, reason = '' }: SeenAnswer): boolean =>
  outcome === 'undone' || (outcome === 'refused' && !/paid$|in-doubt$/.test(reason))

/** One key, one payment, one answer: what was paid stays paid when it is asked again. */
export const sameKeySameAnswer: Rule = {
  name: 'same-key-same-answer',
  about: 'money',
  check: (facts) =>
    overRows(facts, ({ bill }, answers) => {
      // Who turns to another way of paying asks under another key, and that is another payment.
      for (const sameKey of Map.groupBy(answers, ({ key }) => key).values()) {
        const payments = new Set(sameKey.flatMap(({ payment }) => (payment === undefined ? [] : [payment])))
        if (payments.size > 1) return found(bill.bill, 1, payments.size)
        const first = sameKey.findIndex(isPaid)
        const later = first === -1 ? [] : sameKey.slice(first + 1)
        const other = later.find(({ outcome }) => outcome === 'refused' || outcome === 'undone')
        if (other !== undefined) return found(bill.bill, 'paid', other.reason ?? other.outcome)
      }
      return undefined
    }),
}

function overRows({ bills, input }: Facts, find: (facts: BillFacts, answers: readonly SeenAnswer[]) => Found | undefined): Checked {
  const known = new Map(input.seen.map((seen) => [seen.row, seen]))
  const rows = input.planned.flatMap(({ row, site, bill }) => {
    const facts = bill === null ? undefined : bills.get(billKey(site, bill))
    const seen = known.get(row)
    return facts === undefined || seen === undefined || seen.answers.length === 0 ? [] : [{ facts, seen }]
  })
  return rows.length === 0 ? notApplicable : each(rows, ({ facts, seen }) => find(facts, seen.answers))
}

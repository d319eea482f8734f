/** Whose money it was, whose insurance, and whether the patient heard what the books say. */
import type { PlannedRow, SeenAnswer, SplitParts } from './audit-input.ts'
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

/** Credit draws on the line of credit and a payment by phone on the patient's own account: what is mixed up here, the patient repays. */
export const paidTheWayAsked: Rule = {
  name: 'paid-the-way-asked',
  about: 'money',
  check: ({ bills, attemptOf }) =>
    each(
      [...bills.values()].flatMap(({ bill, payments, rows }) =>
        rows.flatMap(({ planned, seen }) =>
          (seen?.answers ?? []).flatMap((answer) => {
            const asked = kindAsked(planned, answer)
            const own = payments.filter(({ key }) => payments.length === 1 || attemptOf(key)?.attempt === answer.payment)
            return asked === undefined || answer.outcome !== 'paid' ? [] : own.map(({ kind }) => ({ bill, asked, kind }))
          }),
        ),
      ),
      ({ bill: { bill }, asked, kind }) => (kind === undefined || kind === asked ? undefined : found(bill, asked, kind)),
    ),
}

/** What a patient who turns to another way does is told by the key they ask under. */
function kindAsked({ mode, key }: PlannedRow, { key: under = key }: SeenAnswer): 'credit' | 'account' | undefined {
  if (under === `${key}-own`) return 'account'
  if (under !== key && under !== `${key}-raised`) return undefined
  return mode === 'credit' ? 'credit' : mode === 'phone' ? 'account' : undefined
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

/** Whoever was told “paid” has paid, with the split they were told; and what nobody asked to have back has not gone back. */
export const saidPaidIsPaid: Rule = {
  name: 'said-paid-is-paid',
  about: 'money',
  check: (facts) => {
    const askedBack = new Set(facts.input.planned.flatMap(({ site, refunds }) => (refunds === undefined ? [] : [billKey(site, refunds)])))
    return overRows(facts, ({ bill, settlements, payments }, answers) => {
      const paid = answers.find(isPaid)
      const end = answers.at(-1)
      // Sent away because the bill were paid is told that it is.
      const isSentAway = end?.outcome === 'refused' && saysBillIsPaid.test(end.reason ?? '')
      if (paid === undefined && !isSentAway) return undefined
      const attempt = bill.attempts.find(standsAtHospital) ?? bill.attempts.find(({ payment }) => payment !== undefined)
      if (attempt === undefined) return found(bill.bill, 'paid', 'not paid')
      const isLastWord = isSentAway || end?.outcome === 'paid'
      if (!standsAtHospital(attempt) && isLastWord && !askedBack.has(billKey(bill.site, bill.bill)))
        return found(bill.bill, 'paid', 'given back')
      if (paid === undefined) return undefined
      const { split } = paid
      if (split === undefined) return undefined
      const insurer = settlements.find(({ settlement }) => settlement === attempt.payment?.settlement)?.split
      const cashFen = payments.length === 0 ? undefined : Math.max(...payments.map(({ amountFen }) => amountFen))
      if (insurer !== undefined && insurerFenOf(insurer) !== insurerFenOf(split))
        return found(bill.bill, insurerFenOf(insurer), insurerFenOf(split))
      return cashFen !== undefined && cashFen !== split.cashFen ? found(bill.bill, cashFen, split.cashFen) : undefined
    })
  },
}

/**
 * Whoever was told “not paid” last has not paid. A patient may be told so under one key and pay under another, so it is looked at twice: a
 * key whose last word was a refusal has no payment that stands; and a bill of which that was everybody's last word is not paid at all.
 */
export const saidNotPaidIsNotPaid: Rule = {
  name: 'said-not-paid-is-not-paid',
  about: 'money',
  check: (facts) => {
    const told = [...facts.bills.values()].filter(({ rows }) => rows.some(({ seen }) => (seen?.answers.length ?? 0) > 0))
    const journal = Map.groupBy(
      facts.journals.flatMap((ledger) => ledger.payments),
      ({ idempotencyKey }) => idempotencyKey,
    )
    const numbersOf = (key: string) => (journal.get(key) ?? []).map(({ number }) => number)
    return told.length === 0
      ? notApplicable
      : each(told, (bill) => paidUnderRefusedKey(facts, bill, numbersOf) ?? paidThoughAllRefused(bill))
  },
}

/** @param numbersOf payments of a caller's key, where a journal is shown */
function paidUnderRefusedKey(
  { attemptOf }: Facts,
  { rows, payments }: BillFacts,
  numbersOf: (key: string) => readonly string[],
): Found | undefined {
  for (const [key, answers] of answersByKey(rows)) {
    if (!isSurelyNot(answers.at(-1))) continue
    const numbers = new Set([...answers.flatMap(({ payment }) => payment ?? []), ...numbersOf(key)])
    for (const number of numbers) {
      const attempt = attemptOf(number)
      if (attempt === undefined) continue
      const paidFen = payments.filter((one) => attemptOf(one.key) === attempt).reduce((sum, one) => sum + Math.max(0, netFenOf(one)), 0)
      if (paidFen > 0 || standsAtHospital(attempt)) return found(number, 0, paidFen)
    }
  }
  return undefined
}

const paidThoughAllRefused = ({ bill, payments, rows }: BillFacts): Found | undefined => {
  const ends = [...answersByKey(rows).values()].map((answers) => answers.at(-1))
  if (rows.some(({ seen }) => seen === undefined) || !ends.every(isSurelyNot)) return undefined
  const paidFen = payments.reduce((sum, payment) => sum + Math.max(0, netFenOf(payment)), 0)
  return paidFen > 0 || bill.attempts.some(standsAtHospital) ? found(bill.bill, 0, paidFen) : undefined
}

const answersByKey = (rows: BillFacts['rows']): ReadonlyMap<string, readonly SeenAnswer[]> =>
  Map.groupBy(
    rows.flatMap(({ planned, seen }) => (seen?.answers ?? []).map((answer) => ({ ...answer, key: answer.key ?? planned.key }))),
    ({ key }) => key,
  )

/** Of the bill and not of this try: somebody else has paid it, or may have. */
const saysOfBill = /(?:^|[\s:/])(?:already-paid|bill-paid|in-doubt|bill-in-doubt)$/
const saysBillIsPaid = /(?:^|[\s:/])(?:already-paid|bill-paid)$/
const isSurelyNot = (answer: SeenAnswer | undefined): boolean =>
  answer?.outcome === 'undone' || (answer?.outcome === 'refused' && !saysOfBill.test(answer.reason ?? ''))

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
        const other = later.find(({ outcome }) => takesBackWhatWasSaid.has(outcome))
        if (other !== undefined) return found(bill.bill, 'paid', other.reason ?? other.outcome)
      }
      return undefined
    }),
}

/** A refund the patient asked for is none of these. */
const takesBackWhatWasSaid = new Set(['refused', 'undone', 'in-doubt', 'under-way', 'given-up'])

function overRows({ bills, input }: Facts, find: (facts: BillFacts, answers: readonly SeenAnswer[]) => Found | undefined): Checked {
  const known = new Map(input.seen.map((seen) => [seen.row, seen]))
  const rows = input.planned.flatMap(({ row, site, bill }) => {
    const facts = bill === null ? undefined : bills.get(billKey(site, bill))
    const seen = known.get(row)
    return facts === undefined || seen === undefined || seen.answers.length === 0 ? [] : [{ facts, seen }]
  })
  return rows.length === 0 ? notApplicable : each(rows, ({ facts, seen }) => find(facts, seen.answers))
}

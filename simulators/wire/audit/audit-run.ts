/**
 * Audits a run of the wire city from what was seen outside: k6's rows and every party's numbered book. It trusts nobody, builds its own
 * journal, and its rules each have a name that stays. Where the target shows no journal, what would need it is not applicable, never passed.
 */
import type { WireAudit, WireAuditRule } from '../../measures/result-wire.ts'
import type { AuditInput } from './audit-input.ts'
import {
  billPaidOnce,
  hospitalWasTold,
  invoicePerPayment,
  linesAddUp,
  noDoubleSettlement,
  partsAddUp,
  refundByOriginalRoute,
  reversalComplete,
  threeWayMatch,
} from './bill-rules.ts'
import { afterHealAsTwin, afterTermAsVirtual, closingBooksAsVirtual } from './comparison-rules.ts'
import { advancesAddUp, overdueIsNoted, repaidAsPaid } from './credit-rules.ts'
import { dayIsMatched, differencesArePlanted, paidOutToTheFen } from './day-end-rules.ts'
import { nothingUnknown, noticeAfterSettlement, oneEffectPerKey, toldHowItEnded } from './effect-rules.ts'
import { billIsShownAsBilled, saidDoneIsDone } from './errand-rules.ts'
import { type Facts, factsOf } from './facts.ts'
import { journalRowsMatch, ledgerZero, sagaRanOnce } from './ledger-rules.ts'
import { ownJournal } from './own-journal.ts'
import {
  paidByOwnPerson,
  paidTheWayAsked,
  saidNotPaidIsNotPaid,
  saidPaidIsPaid,
  sameKeySameAnswer,
  settledForOwnPerson,
  splitAsPolicy,
} from './person-rules.ts'
import { reviewAddsUp, wrongdoingIsFound } from './review-rules.ts'
import { type Checked, each, type Found, found, notApplicable, type Rule } from './rule.ts'
import { type RuleName, ruleWords } from './rule-words.ts'
import { booksAreNotEmpty, booksWithoutGap, faultsTookEffect, plannedEqualsAccounted, thereAreSamples } from './validity-rules.ts'

/** First whether anything may be concluded, then bill by bill, then the rest. */
export const auditRules: readonly Rule[] = [
  booksWithoutGap,
  booksAreNotEmpty,
  plannedEqualsAccounted,
  thereAreSamples,
  faultsTookEffect,
  billPaidOnce,
  noDoubleSettlement,
  partsAddUp,
  linesAddUp,
  threeWayMatch,
  reversalComplete,
  hospitalWasTold,
  refundByOriginalRoute,
  invoicePerPayment,
  noticeAfterSettlement,
  settledForOwnPerson,
  paidByOwnPerson,
  paidTheWayAsked,
  splitAsPolicy,
  nothingUnknown,
  oneEffectPerKey,
  sameKeySameAnswer,
  saidPaidIsPaid,
  saidNotPaidIsNotPaid,
  saidDoneIsDone,
  billIsShownAsBilled,
  toldHowItEnded,
  ledgerZero,
  journalRowsMatch,
  sagaRanOnce,
  dayIsMatched,
  differencesArePlanted,
  paidOutToTheFen,
  wrongdoingIsFound,
  reviewAddsUp,
  advancesAddUp,
  repaidAsPaid,
  overdueIsNoted,
  closingBooksAsVirtual,
  afterTermAsVirtual,
  afterHealAsTwin,
]

/** Of each rule; how many there are is counted. */
const findingsShown = 20

export function auditRun(input: AuditInput): WireAudit {
  const facts = factsOf(input)
  const journal = ownJournal(facts)
  const checks = auditRules.map((rule) => ({ rule, checked: rule.check(facts, journal) }))
  const { isPlanted, check: plantedIsFound } = plantedIn(
    facts,
    checks.flatMap(({ rule, checked }) => (rule.about === 'money' && checked.standing === 'checked' ? checked.findings : [])),
  )
  const rules = [
    ...checks.map(({ rule: { name, about }, checked }) =>
      told(name, about, about === 'money' ? without(checked, isPlanted) : checked, input),
    ),
    told('planted-is-found', 'money', plantedIsFound, input),
  ]
  const broken = rules.filter(({ standing }) => standing === 'broken')
  const isVoid = broken.some(({ about }) => about === 'validity')
  return {
    verdict: isVoid ? 'void' : broken.length > 0 ? 'failed' : 'passed',
    voidReasons: broken.filter(({ about }) => about === 'validity').map(({ title, findings }) => findings[0]?.words ?? title),
    rules: rules.map(({ about: _, ...rule }) => rule),
    books: input.books.map(({ actor, entries }) => ({ actor, entries: entries.length })),
    replay: input.replay,
  }
}

function told(name: RuleName, about: Rule['about'], checked: Checked, input: AuditInput): WireAuditRule & Pick<Rule, 'about'> {
  const { title, says } = ruleWords[name]
  if (checked.standing === 'not-applicable') return { name, about, title, standing: 'not-applicable', checked: 0, broken: 0, findings: [] }
  const { looked, findings } = checked
  return {
    name,
    about,
    title,
    standing: findings.length === 0 ? 'kept' : 'broken',
    checked: looked,
    broken: findings.length,
    findings: findings.slice(0, findingsShown).map((one) => ({
      id: one.id,
      words: says(one),
      why: lookCloser(name, one, input),
    })),
  }
}

/** What is about a whole book, a fault or a payout is looked at in a run played again; everything else is some errand's. */
function lookCloser(rule: RuleName, { id }: Found, { books, planned, folder, replay }: AuditInput): string {
  const number = /^row (\d+)$/.exec(id)?.[1]
  const isUnplanned = number !== undefined && !planned.some(({ row }) => row === Number(number))
  const isOfNoErrand = aboutNoErrand.has(rule) || isUnplanned || books.some(({ actor }) => actor === id)
  return isOfNoErrand ? replay : `npx medpay why ${id.includes(' ') ? `"${id}"` : id} --run ${folder}`
}
const aboutNoErrand: ReadonlySet<RuleName> = new Set([
  'books-are-not-empty',
  'there-are-samples',
  'faults-took-effect',
  'paid-out-to-the-fen',
  'day-is-matched',
  'review-adds-up',
  // They are about a line of credit or an order at a wallet, which may be of many bills.
  'advances-add-up',
  'repaid-as-paid',
  'overdue-is-noted',
  'after-term-as-virtual',
])

const without = (checked: Checked, isPlanted: (found: Found) => boolean): Checked =>
  checked.standing === 'checked' ? { ...checked, findings: checked.findings.filter((one) => !isPlanted(one)) } : checked

/** What a fault booked wrongly is expected to be found: those findings are no fault of the target's, and none may be missing. */
function plantedIn({ input, attemptOf }: Facts, findings: readonly Found[]): { isPlanted: (found: Found) => boolean; check: Checked } {
  const keys = [...new Set(input.faults.flatMap(({ plantedKeys }) => plantedKeys))]
  if (keys.length === 0) return { isPlanted: () => false, check: notApplicable }
  const attempts = keys.map((key) => ({ key, attempt: attemptOf(key) }))
  const isOf = ({ attempt, key }: (typeof attempts)[number], { id }: Found): boolean =>
    id === key ||
    (attempt !== undefined &&
      (id === attempt.bill || id === attempt.attempt || id.startsWith(`${attempt.attempt}-`) || id.startsWith(`${attempt.attempt} `)))
  return {
    isPlanted: (one) => attempts.some((planted) => isOf(planted, one)),
    check: each(attempts, (planted) => (findings.some((one) => isOf(planted, one)) ? undefined : found(planted.key, 'found', 'not found'))),
  }
}

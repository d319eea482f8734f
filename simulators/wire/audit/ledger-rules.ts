/** The target's own journal, where it shows one, against the auditor's. */
import type { ExportedLedger } from './audit-input.ts'
import type { Facts } from './facts.ts'
import { billKey } from './hospital-facts.ts'
import { standsAtHospital } from './own-journal.ts'
import { netFenOf } from './payer-facts.ts'
import { type Checked, each, type Found, found, notApplicable, type Rule } from './rule.ts'

export const ledgerZero: Rule = {
  name: 'ledger-zero',
  about: 'money',
  check: (facts) =>
    overJournals(facts, (ledger) => {
      const sums = new Map<string, number>()
      const suspended = new Map<string, number>()
      for (const { payment, event, account, amountFen } of ledger.postings) {
        const write = `${payment} ${event}`
        sums.set(write, (sums.get(write) ?? 0) + amountFen)
        if (account === 'suspense') suspended.set(payment, (suspended.get(payment) ?? 0) + amountFen)
      }
      const writes = each(sums, ([write, sumFen]) => (sumFen === 0 ? undefined : found(write, 0, sumFen)))
      const hanging = each(suspended, ([payment, sumFen]) => (sumFen === 0 ? undefined : found(payment, 0, sumFen)))
      if (writes.standing !== 'checked' || hanging.standing !== 'checked') return writes
      return { ...writes, findings: [...writes.findings, ...hanging.findings] }
    }),
}

/** Each journal that is shown; without the target's the rule was not applied to what it is about, unless it found something all the same. */
function overJournals({ journals, target }: Facts, check: (ledger: ExportedLedger) => Checked): Checked {
  let looked = 0
  const findings: Found[] = []
  for (const ledger of journals) {
    const one = check(ledger)
    if (one.standing !== 'checked') continue
    looked += one.looked
    findings.push(...one.findings)
  }
  return target === undefined && findings.length === 0 ? notApplicable : { standing: 'checked', looked, findings }
}

/** Accounts of whoever pays the patient's part. */
const payerAccounts = new Set(['advances', 'own-money', 'wallets', 'till'])

/** Every payment's rows, netted, say what insurer, payer and hospital say of it. */
export const journalRowsMatch: Rule = {
  name: 'journal-rows-match',
  about: 'money',
  check: (facts) =>
    overJournals(facts, (ledger) => {
      const nets = netsOf(ledger)
      return each(ledger.payments, ({ number, site, bill }) => {
        const own = ownOf(facts, number, site, bill)
        const its = nets.get(number) ?? nothing
        return told(own) === told(its) ? undefined : found(number, told(own), told(its))
      })
    }),
}
interface Net {
  readonly payerFen: number
  readonly accountFen: number
  readonly fundFen: number
  readonly siteFen: number
}
const nothing: Net = { payerFen: 0, accountFen: 0, fundFen: 0, siteFen: 0 }
const told = ({ payerFen, accountFen, fundFen, siteFen }: Net): string => `${fundFen} + ${accountFen} + ${payerFen} = ${siteFen}`

function netsOf({ postings }: ExportedLedger): ReadonlyMap<string, Net> {
  const nets = new Map<string, Net>()
  for (const { payment, account, amountFen } of postings) {
    const net = nets.get(payment) ?? nothing
    const { payerFen, accountFen, fundFen, siteFen } = net
    nets.set(
      payment,
      payerAccounts.has(account)
        ? { ...net, payerFen: payerFen + amountFen }
        : account.endsWith('-accounts')
          ? { ...net, accountFen: accountFen + amountFen }
          : account === 'fund'
            ? { ...net, fundFen: fundFen + amountFen }
            : account === 'due-to-site'
              ? { ...net, siteFen: siteFen - amountFen }
              : net,
    )
  }
  return nets
}

function ownOf({ bills, hospital, attemptOf, insurer }: Facts, number: string, site: number, bill: string): Net {
  const facts = bills.get(billKey(site, bill))
  const attempt = hospital.attempts.get(number)
  if (facts === undefined || attempt === undefined || !standsAtHospital(attempt)) return nothing
  const split = insurer.settlements.get(attempt.payment?.settlement ?? '')?.split
  const payerFen = facts.payments.filter(({ key }) => attemptOf(key) === attempt).reduce((sum, payment) => sum + netFenOf(payment), 0)
  return {
    payerFen,
    accountFen: (split?.currentAccountFen ?? 0) + (split?.historyAccountFen ?? 0),
    fundFen: split?.fundFen ?? 0,
    siteFen: attempt.payment?.totalFen ?? 0,
  }
}

/** A payment's steps are each taken once, and once more only after they were undone. */
export const sagaRanOnce: Rule = {
  name: 'saga-ran-once',
  about: 'money',
  check: (facts) =>
    overJournals(facts, (ledger) => {
      const times = new Map<string, number>()
      for (const { payment, event } of ledger.events) {
        const [step, sign] = event.startsWith('undone ') ? [event.slice('undone '.length), -1] : [event, 1]
        if (!/^[a-z]+\/[a-z-]+$/.test(step)) continue
        const key = `${payment} ${step}`
        times.set(key, (times.get(key) ?? 0) + sign)
      }
      return each(times, ([step, count]) => (count > 1 ? found(step, 1, count) : undefined))
    }),
}

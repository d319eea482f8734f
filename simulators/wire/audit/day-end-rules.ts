/** Reconciliation and payout as the target's numbered book of them tells, against what was planted and what the parties' books say. */
import { asEntry, type Entry, listOf, numberOf, partOf, textOf } from './entry-words.ts'
import type { Facts } from './facts.ts'
import { isTills } from './own-journal.ts'
import { netFenOf } from './payer-facts.ts'
import { each, found, notApplicable, type Rule } from './rule.ts'

function rowsOf({ target }: Facts): readonly Entry[] {
  return (target?.reconciliation ?? []).map(({ text }) => {
    try {
      return asEntry(JSON.parse(text))
    } catch {
      return {}
    }
  })
}

/** After the day's end the day of everybody who moved money for the target is matched: whoever reconciles nothing finds nothing. */
export const dayIsMatched: Rule = {
  name: 'day-is-matched',
  about: 'money',
  check(facts) {
    const { input, bills, attemptOf } = facts
    if (input.dayEnded !== true) return notApplicable
    const matched = new Set(rowsOf(facts).flatMap((row) => (row['does'] === 'match-day' ? [textOf(partOf(row, 'party'), 'name')] : [])))
    const moved = new Set<string>()
    for (const { bill, payments } of bills.values()) {
      if (bill.attempts.some((attempt) => !isTills(attempt) && attempt.payment !== undefined)) moved.add('his').add('bureau')
      for (const { key, payer } of payments) {
        const attempt = attemptOf(key)
        if (attempt !== undefined && !isTills(attempt)) moved.add(payer)
      }
    }
    return each(moved, (party) => (matched.has(party) ? undefined : found(party, 'matched', '–')))
  },
}

/** Differences found are those a fault planted, no more and no fewer; without one there are none. */
export const differencesArePlanted: Rule = {
  name: 'differences-are-the-planted',
  about: 'money',
  check(facts) {
    const rows = rowsOf(facts)
    if (!rows.some((row) => row['does'] === 'match-day')) return notApplicable
    const foundIds = new Set(rows.flatMap((row) => (row['does'] === 'match-day' ? listOf(row, 'differences').map(idOf) : [])))
    const planted = new Set(facts.input.faults.flatMap(({ plantedDifferences }) => plantedDifferences))
    const findings = [
      ...[...foundIds].filter((id) => !planted.has(id)).map((id) => found(id, '–', id)),
      ...[...planted].filter((id) => !foundIds.has(id)).map((id) => found(id, id, '–')),
    ]
    return { standing: 'checked', looked: foundIds.size + planted.size, findings }
  },
}
/** As {@link StruckFault.plantedDifferences} names it: party, direction, kind, key. */
const idOf = (difference: Entry): string =>
  [textOf(partOf(difference, 'party'), 'name'), ...['does', 'kind', 'key'].map((name) => textOf(difference, name))].join(' ')

/**
 * What every payer paid out to every site is what its book says it took there. Of what a fault had a payer book too little of, the target pays
 * the rest from its own account: the hospital is not to wait for two others to agree.
 */
export const paidOutToTheFen: Rule = {
  name: 'paid-out-to-the-fen',
  about: 'money',
  check(facts) {
    const rows = rowsOf(facts).filter((row) => row['does'] === 'pay-out' && row['leg'] === 'payer')
    if (rows.length === 0 && facts.input.dayEnded !== true) return notApplicable
    const paidOut = new Map<string, number>()
    for (const row of rows) {
      const at = `${textOf(row, 'payer')} ${numberOf(row, 'site')}`
      paidOut.set(at, (paidOut.get(at) ?? 0) + numberOf(row, 'amountFen'))
    }
    const own = new Map<string, number>()
    const planted = new Set(facts.input.faults.flatMap(({ plantedKeys }) => plantedKeys.map((key) => facts.attemptOf(key)?.attempt)))
    for (const { bill, payments } of facts.bills.values()) {
      for (const payment of payments) {
        const attempt = facts.attemptOf(payment.key)
        if (attempt === undefined || isTills(attempt)) continue
        const at = `${payment.payer} ${bill.site}`
        own.set(at, (own.get(at) ?? 0) + netFenOf(payment))
        if (!planted.has(attempt.attempt) || payment.refunds.length > 0) continue
        const rest = `platform ${bill.site}`
        own.set(rest, (own.get(rest) ?? 0) + (attempt.payment?.split.cashFen ?? 0) - payment.amountFen)
      }
    }
    return each(new Set([...paidOut.keys(), ...own.keys()]), (at) => {
      const [expected, was] = [own.get(at) ?? 0, paidOut.get(at) ?? 0]
      return expected === was ? undefined : found(at, expected, was)
    })
  },
}

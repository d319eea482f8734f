/** What the auditor is handed of a run beside the virtual city and beside its twin: where either differs, money went another way. */

import type { HealthPlan } from '../../../scenarios/plan-parties.ts'
import type { ExpectedSplit, Trace } from '../../trace/trace.ts'
import type { AuditInput } from '../audit/audit-input.ts'
import { factsOf, kindsOf } from '../audit/facts.ts'
import { type Found, found } from '../audit/rule.ts'
import { equalAfterHeal, type TwinRow } from './beside-twin.ts'
import { comparedRows } from './closing-books.ts'
import type { Conducted } from './conduct.ts'
import { comparedPersons, termComparison } from './credit-term.ts'
import { entriesUpAgainMs } from './detected-after.ts'

/**
 * @param twin the same rows without any fault; undefined: none was played
 * @param isOurs a platform of others may settle by rules of its own, so its splits are told and not judged
 * @param health when an entry counts as down
 */
export function comparisons(
  trace: Pick<Trace, 'rows' | 'opening' | 'term'> & { readonly rules: Pick<Trace['rules'], 'channels'> },
  { log, books, struck, wasInterrupted, term }: Pick<Conducted, 'log' | 'books' | 'struck' | 'wasInterrupted' | 'term'>,
  twin: readonly TwinRow[] | undefined,
  isOurs: boolean,
  health: HealthPlan,
): NonNullable<AuditInput['compared']> {
  const { rows, rules } = trace
  // What was cut short ends otherwise for no fault of anybody's.
  if (wasInterrupted) return {}
  if (struck.length === 0) {
    if (!isOurs) return {}
    const facts = factsOf({ books, planned: rows, seen: log.rows })
    const kindOf = kindsOf(facts)
    const all = comparedRows(rows, log.rows, kindOf)
    const findings = all.flatMap(({ row, seen, why }): readonly Found[] => {
      const last = seen?.answers.at(-1)?.split
      if (why !== 'differs' || row.expected === null || row.bill === null || last === undefined) return []
      const { cashFen, ...parts } = last
      const kind = kindOf(row.site, row.bill)
      const [creditFen, ownFen] = kind === 'credit' ? [cashFen, 0] : [0, cashFen]
      const planned = row.mode === 'kiosk' && row.wallet !== undefined ? ` by ${row.wallet}` : ''
      const by = kind === undefined || kind === 'credit' || kind === 'account' ? '' : ` by ${kind}`
      return [found(row.bill, told(row.expected) + planned, told({ ...parts, creditFen, cashFen: ownFen }) + by)]
    })
    const afterTerm = term === undefined ? {} : { term: termComparison(comparedPersons(trace, { log, term }, facts)) }
    return { virtual: { looked: all.length, findings }, ...afterTerm }
  }
  if (twin === undefined) return {}
  const { compared, differing } = equalAfterHeal(rows, struck, log.rows, twin, entriesUpAgainMs(health, rules.channels, log.rows))
  const seenOf = new Map(log.rows.map((row) => [row.row, row]))
  const twinOf = new Map(twin.map((row) => [row.row, row]))
  const findings = differing.map((row) => found(rows[row]?.bill ?? `row ${row}`, ended(twinOf.get(row)), ended(seenOf.get(row))))
  return { twin: { looked: compared, findings } }
}

const told = ({ fundFen, currentAccountFen, historyAccountFen, creditFen, cashFen }: ExpectedSplit): string =>
  [fundFen, currentAccountFen, historyAccountFen, creditFen, cashFen].join(' + ')

function ended(row: TwinRow | undefined): string {
  const last = row?.answers.at(-1)
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = last?.split ?? {}
  const outcome = row?.notSent ?? last?.outcome ?? '–'
  return last?.split === undefined ? outcome : `${outcome} ${[fundFen, currentAccountFen, historyAccountFen, cashFen].join(' + ')}`
}

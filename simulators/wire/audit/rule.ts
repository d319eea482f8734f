/** One thing that must be true of a run, with a name that stays. */
import type { Facts } from './facts.ts'
import type { OwnJournal } from './own-journal.ts'
import type { RuleName } from './rule-words.ts'

export interface Rule {
  readonly name: RuleName
  /** `validity`: where it is broken nothing may be concluded, and the run is void. */
  readonly about: 'money' | 'validity'
  readonly check: (facts: Facts, journal: OwnJournal) => Checked
}

export type Checked =
  /** The target or the run does not show what the rule looks at. */
  { readonly standing: 'not-applicable' } | { readonly standing: 'checked'; readonly looked: number; readonly findings: readonly Found[] }

export interface Found {
  /** Bill, payment, key, book. */
  readonly id: string
  readonly expected: string
  readonly found: string
}

export const notApplicable: Checked = { standing: 'not-applicable' }

/** Looks at each; whatever `find` returns is a finding. */
export function each<One>(all: Iterable<One>, find: (one: One) => Found | readonly Found[] | undefined): Checked {
  let looked = 0
  const findings: Found[] = []
  for (const one of all) {
    looked += 1
    const found = find(one)
    if (found === undefined) continue
    findings.push(...(Array.isArray(found) ? (found as readonly Found[]) : [found as Found]))
  }
  return { standing: 'checked', looked, findings }
}

export const found = (id: string, expected: string | number, was: string | number): Found => ({
  id,
  expected: String(expected),
  found: String(was),
})

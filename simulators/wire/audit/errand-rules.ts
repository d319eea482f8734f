/** Errands about no bill: whoever was told that it is done finds it in the book of whoever did it. */
import type { PlannedRow } from './audit-input.ts'
import { asEntry, listOf, numberOf, textOf } from './entry-words.ts'
import type { Facts } from './facts.ts'
import { billKey } from './hospital-facts.ts'
import { each, found, notApplicable, type Rule } from './rule.ts'

/** What must stand of the person. A target that shows no journal may keep these in books of its own. */
const ofPerson: Readonly<Record<string, Deed>> = {
  'family-code': 'bound',
  'credit-assessment': 'activated',
  'credit-signing': 'line',
  'digital-card': 'card',
  'limit-raise': 'raised',
}
type Deed = 'bound' | 'activated' | 'line' | 'card' | 'raised'

/** Sign-ins at the insurer that a site's own errand makes. */
const ofSite = new Set(['terminal-sign-in', 'directory-download'])

export const saidDoneIsDone: Rule = {
  name: 'said-done-is-done',
  about: 'money',
  check: ({ input, target, hospital }) => {
    const seen = new Map(input.seen.map((row) => [row.row, row]))
    const isDone = ({ row, bill }: PlannedRow) => bill === null && seen.get(row)?.answers.at(-1)?.outcome === 'done'
    const rows = input.planned.filter(
      (row) => isDone(row) && (ofSite.has(row.errand) || row.refunds !== undefined || (target !== undefined && row.errand in ofPerson)),
    )
    if (rows.length === 0) return notApplicable
    const deeds = deedsIn(input.books)
    const signIns = signInsIn(input.books)
    const taken = new Map<number, number>()
    return each(rows, ({ errand, person, site, key, refunds }) => {
      if (refunds !== undefined) {
        const isBack = hospital.bills.get(billKey(site, refunds))?.attempts.some(({ refund }) => refund !== undefined)
        return isBack === true ? undefined : found(key, 'refunded', refunds)
      }
      const deed = ofPerson[errand]
      if (deed !== undefined) return deeds.has(`${deed} ${person}`) ? undefined : found(key, deed, '–')
      const count = (taken.get(site) ?? 0) + 1
      taken.set(site, count)
      return count <= (signIns.get(site) ?? 0) ? undefined : found(key, count, signIns.get(site) ?? 0)
    })
  },
}

/** As rows name the request, and what a patient says who did not find the bill as it is to be paid. */
const billQuery = 'bills'
const notAsBilled: readonly (string | undefined)[] = ['bill-not-shown', 'bill-of-another-amount']

/** Before a patient pays in an app, it shows the bill with the amount the hospital billed. A target without such a request shows nothing. */
export const billIsShownAsBilled: Rule = {
  name: 'bill-is-shown-as-billed',
  about: 'money',
  check: ({ input }) => {
    const planned = new Map(input.planned.map((row) => [row.row, row]))
    const shown = input.seen.flatMap(({ row, answers }) =>
      answers
        .filter(({ calls = [] }) => calls.some(({ name, status }) => name === billQuery && status === 200))
        .map((answer) => ({ row: planned.get(row), answer })),
    )
    if (shown.length === 0) return notApplicable
    return each(shown, ({ row, answer: { reason } }) =>
      notAsBilled.includes(reason) ? found(row?.bill ?? '', row?.totalFen ?? '–', reason as string) : undefined,
    )
  },
}

function deedsIn(books: Facts['input']['books']): ReadonlySet<string> {
  const deeds = new Set<string>()
  for (const { actor, entries } of books) {
    const personOf = new Map<string, number>()
    for (const { entry: written } of entries) {
      const entry = asEntry(written)
      const agreement = textOf(entry, 'agreement')
      const add = (deed: Deed, person: number | undefined) => deeds.add(`${deed} ${person}`)
      switch (entry['does']) {
        case 'bind':
          add('bound', numberOf(entry, 'child'))
          break
        case 'activate':
          if (actor === 'identity') add('activated', numberOf(entry, 'person'))
          break
        case 'open-agreement':
        case 'sign':
          personOf.set(agreement, numberOf(entry, 'person'))
          add('line', numberOf(entry, 'person'))
          break
        case 'issue-card':
          add('card', personOf.get(agreement))
          break
        case 'raise':
          add('raised', personOf.get(agreement))
          break
        default:
      }
    }
  }
  return deeds
}

function signInsIn(books: Facts['input']['books']): ReadonlyMap<number, number> {
  const signIns = new Map<number, number>()
  for (const { entry: written } of books.find(({ actor }) => actor === 'bureau')?.entries ?? []) {
    const entry = asEntry(written)
    if (!listOf(entry, 'effects').some(({ does }) => does === 'sign-in')) continue
    const site = numberOf(entry, 'site')
    signIns.set(site, (signIns.get(site) ?? 0) + 1)
  }
  return signIns
}

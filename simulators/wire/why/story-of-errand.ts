/**
 * An errand about no bill through every book of a city: what was written under its key, then what was done about its person or its site.
 * Pure, from the books to rows. What belongs to some bill of the same person is told by that bill's story.
 */
import { type BillRow, rowOf, type ShownBooks } from './story-of-bill.ts'

export interface ErrandOfNoBill {
  readonly key: string
  /** −1: nobody's; a terminal's or a directory's. */
  readonly person: number
  readonly site: number
}

/** Words of entries about a person that no bill has part in, as the auditor looks for them and as they stood before. */
const deedsOfPerson = new Set([
  'open-person',
  'open-family',
  'activate',
  'bind',
  'open-customer',
  'open-agreement',
  'offer',
  'sign',
  'issue-card',
  'raise',
  'sign-in',
])

/** In the order of the business clock; empty where no book knows anything of it. */
export function storyOfErrand({ key, person, site }: ErrandOfNoBill, books: readonly ShownBooks[]): readonly BillRow[] {
  const agreements = new Set<unknown>()
  const isOfPerson = (entry: Fields): boolean => {
    if (person < 0 || !deedsOfPerson.has(String(entry['does']))) return false
    const isOwn = entry['person'] === person || entry['child'] === person || agreements.has(entry['agreement'])
    if (isOwn && entry['agreement'] !== undefined) agreements.add(entry['agreement'])
    return isOwn
  }
  const isOfSite = (entry: Fields, whole: Fields): boolean => person < 0 && entry['does'] === 'sign-in' && whole['site'] === site
  const isOfKey = (entry: Fields): boolean =>
    Object.values(entry).some((value) => typeof value === 'string' && (value === key || value.startsWith(`${key}-`)))
  return books
    .flatMap(({ actor, entries }) =>
      entries.flatMap(({ atMs, entry }) => {
        const whole = entry as Fields
        const effects = Array.isArray(whole['effects']) ? (whole['effects'] as readonly Fields[]) : [whole]
        return effects.filter((one) => isOfKey(one) || isOfPerson(one) || isOfSite(one, whole)).map((effect) => rowOf(actor, atMs, effect))
      }),
    )
    .toSorted((a, b) => a.atMs - b.atMs)
}

type Fields = Readonly<Record<string, unknown>>

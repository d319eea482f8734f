/**
 * 预扣: which settlements of a month a review holds back, and for which rule. S3 §6.2.2 forbids split, repeated and excess charging; the
 * bureau's own rule book is not public. ASSUMPTION: a settlement that offends is held back whole.
 */
import { decisionCounter, drawWord, uniformOf } from '../../../engine/random.ts'
import { decisionNumber, seedWords } from '../../../engine/streams.ts'
import type { BillLine } from '../../desks/bureau-desk.ts'
import { dateOf } from '../../desks/business-time.ts'
import type { ReviewRule } from '../../desks/claim-desk.ts'
import { itemOf } from '../../desks/directory-item.ts'
import { type BureauState, billKey, type SettledEntry } from '../bureau-book.ts'

/**
 * By settlement, those that a rule finds.
 *
 * @param settlements of one site, in order of settlement
 * @param mostSettlements of a person in a day that are not questioned
 */
export function reviewOf(
  state: BureauState,
  settlements: readonly SettledEntry[],
  mostSettlements: number,
): ReadonlyMap<string, readonly ReviewRule[]> {
  const ofDay = new Map<string, number>()
  const found = new Map<string, readonly ReviewRule[]>()
  for (const settlement of settlements) {
    const day = `${settlement.person} ${dateOf(settlement.settledAtMs ?? 0)}`
    const before = ofDay.get(day) ?? 0
    ofDay.set(day, before + 1)
    const rules = new Set(offencesOf(state, settlement))
    if (before >= mostSettlements) rules.add('too-frequent')
    if (rules.size > 0) found.set(settlement.settlement, [...rules])
  }
  return found
}

/**
 * What a bill's lines offend against: an item twice on one prescription, an item of 丙类 in the scope of insurance. A code that the
 * directory lacks cannot be judged.
 */
export function offencesIn(lines: readonly BillLine[]): readonly ReviewRule[] {
  const items = new Set(lines.map(({ prescription, code }) => `${prescription}\n${code}`))
  return [
    ...(items.size < lines.length ? (['repeated-item'] as const) : []),
    ...(lines.some(({ code, coveredFen }) => coveredFen > 0 && itemOf(code)?.level === '03') ? (['outside-directory'] as const) : []),
  ]
}

/** An item in the scope of insurance is for children alone (限儿童). */
export const isForChildren = (lines: readonly BillLine[]): boolean =>
  lines.some(({ code, coveredFen }) => coveredFen > 0 && itemOf(code)?.forChildren === true)

/**
 * Lines that came through a visit were valued by the bureau itself, so nothing of them can lie outside the directory; for whom an item is
 * that valuing does not ask, and neither does the review. In a stay an item comes daily.
 */
function offencesOf(state: BureauState, { site, person, bills, claim }: SettledEntry): readonly ReviewRule[] {
  const isChild = state.persons.get(person)?.ageGroup === 'child'
  if (claim === undefined) {
    return bills.flatMap(({ bill }) => {
      const { rules = [], forChildren } = state.bills.get(billKey(site, bill)) ?? {}
      return forChildren === true && !isChild ? [...rules, 'outside-age' as const] : rules
    })
  }
  if (claim.kind === 'inpatient') return []
  const codes = (state.claims.visits.get(claim.visit)?.lines ?? []).flatMap(({ batch, code }) => (batch === claim.batch ? [code] : []))
  return new Set(codes).size < codes.length ? ['repeated-item'] : []
}

/**
 * Which appeals succeed: drawn from the city's seed by what was settled, in the site's own numbers. A settlement's number says only how many
 * came before it, so it is another one in the next run of the same seed.
 */
export function isUpheld(seed: number, { site, person, bills, claim }: SettledEntry, basisPoints: number): boolean {
  const root = seedWords(seed)
  const what = claim === undefined ? bills.map(({ bill }) => bill) : [person, claim.batch]
  const word = seedWords([site, ...what].join('\n'))
  const counter = decisionCounter(decisionNumber('bureau/upheld'), 0)
  return uniformOf(drawWord(root.low ^ word.high, root.high, word.low, counter)) * 10_000 < basisPoints
}

/**
 * A plan with its assumptions moved: one coordinate a group, 0 at the low end, ½ as written, 1 at the high end, straight between them.
 *
 * So ½ everywhere is the plan itself, whatever side of its range a number stands on, and half of all draws of a group lie on either side.
 * What follows from moved numbers follows here too: visits a day from the published visits. Published totals stay: numbers of sites and
 * institutions are dealt anew by largest remainders. Fitted numbers are not fitted again.
 */

import type { Plan } from '../../../scenarios/plan.ts'
import type { Provenance } from '../../../scenarios/plan-provenance.ts'
import { powOf } from '../../engine/elementary.ts'

type Assumption = Extract<Provenance['warrant'], { readonly kind: 'assumption' }>

/** Names of the plan's groups, in order of their first number. */
export function assumptionGroupsOf({ provenance }: Pick<Plan, 'provenance'>): readonly string[] {
  return [...new Set(provenance.flatMap(({ warrant }) => (warrant.kind === 'assumption' ? [warrant.group] : [])))]
}

/** @param at coordinates by group; groups not named stay as written */
export function moveAssumptions(plan: Plan, at: ReadonlyMap<string, number>): Plan {
  const { provenance, ...numbers } = plan
  const moved = structuredClone(numbers) as Omit<Plan, 'provenance'>
  for (const { path, warrant } of provenance) {
    if (warrant.kind !== 'assumption') continue
    const u = at.get(warrant.group) ?? AS_WRITTEN
    if (u === AS_WRITTEN) continue
    const places = placesAt(moved, path)
    const now = movedNumbers(
      places.map(({ holder, key }) => holder[key] as number),
      rowsOf(places),
      warrant,
      u,
      path,
    )
    for (const [index, { holder, key }] of places.entries()) holder[key] = now[index] as number
  }
  const { demand } = moved.city
  const { allProvidersVisitsPerYear: visits, daysOfThatYear: days, publicInstitutionsShare: share } = demand
  const follows = visits !== undefined && days !== undefined && share !== undefined
  const visitsPerDay = follows ? Math.round(((visits / days) * share) / (1 + demand.emergencyShare)) : demand.visitsPerDay
  return { ...moved, city: { ...moved.city, demand: { ...demand, visitsPerDay } }, provenance }
}

const AS_WRITTEN = 0.5

/** From low at 0 over `middle` at ½ to high at 1. */
function between(low: number, middle: number, high: number, u: number): number {
  return u < AS_WRITTEN ? low + (middle - low) * 2 * u : middle + (high - middle) * (2 * u - 1)
}

function movedNumbers(numbers: readonly number[], rows: readonly (readonly number[])[], warrant: Assumption, u: number, path: string) {
  const { varies, low, high } = warrant
  if (varies === 'value') return numbers.map((number) => settled(between(low, number, high, u), number, path))
  const by = between(low, 1, high, u)
  if (varies === 'factor') return numbers.map((number) => settled(number * by, number, path))
  const raised = numbers.map((number) => (number > 0 ? powOf(number, by) : 0))
  if (varies === 'power') return raised
  const result = [...numbers]
  for (const row of rows) {
    const sum = (list: readonly number[]): number => row.reduce((total, index) => total + (list[index] as number), 0)
    const scale = sum(raised) > 0 ? sum(numbers) / sum(raised) : 1
    const scaled = row.map((index) => (raised[index] as number) * scale)
    const whole = isCount(path)
      ? dealt(
          scaled,
          sum(numbers),
          row.map((index) => (numbers[index] as number) > 0),
        )
      : scaled
    for (const [place, index] of row.entries()) result[index] = whole[place] as number
  }
  return result
}

/** Keys of numbers that are counted, whatever stands before them. */
const counted =
  /(ervers|institutions|sites|departmentCount|persons|Days|daysOfThatYear|attempts|Tries|minimumCalls|backMinutes|count|Lines|Transfers|Fen|BasisPoints)(\[[^\]]*\]|\.[a-z0-9-]+)*$/
const isCount = (path: string): boolean => counted.test(path)

/** Whole where it is counted, never a nothing where there was something; no share, chance or rate above the whole. */
function settled(value: number, written: number, path: string): number {
  const whole = isCount(path) ? Math.round(value) : value
  const least = isCount(path) && written >= 1 ? 1 : 0
  const most = /BasisPoints$/.test(path) ? 10_000 : /[sS]hare(\[[^\]]*\])*$/.test(path) && written <= 1 ? 1 : Infinity
  return Math.min(most, Math.max(least, whole))
}

/** Whole numbers near these, with their sum, and none of those that were above nothing at nothing. */
function dealt(wanted: readonly number[], total: number, mustHave: readonly boolean[]): readonly number[] {
  const whole = wanted.map((value, index) => Math.max(mustHave[index] === true ? 1 : 0, Math.floor(value)))
  const rest = (index: number): number => (wanted[index] as number) - (whole[index] as number)
  const best = (of: 'most' | 'least'): number =>
    whole.reduce((found, value, index) => {
      const allowed = of === 'most' || value > 1
      const better = found < 0 || (of === 'most' ? rest(index) > rest(found) : rest(index) < rest(found))
      return allowed && better ? index : found
    }, -1)
  let left = total - whole.reduce((sum, value) => sum + value, 0)
  for (; left > 0; left--) whole[best('most')]! += 1
  for (; left < 0 && best('least') >= 0; left++) whole[best('least')]! -= 1
  return whole
}

type Holder = Record<string | number, unknown>
interface Place {
  readonly holder: Holder
  readonly key: string | number
  /** Places of one row have one name: a list of its own, or what the first `[*]` of two stands for. */
  readonly row: unknown
}

/** Where the numbers of a path stand, in the order of its warrant's list. */
function placesAt(plan: object, path: string): readonly Place[] {
  const parts = path.split(/\.(?![^[]*\])/).flatMap((part) => part.split(/(?=\[)/))
  const walk = (holder: Holder, key: string | number, rest: readonly string[], row: unknown): readonly Place[] => {
    const here = holder[key] as Holder
    const [part, ...further] = rest
    if (part === '[*]') {
      const twice = further[0] === '[*]'
      return (here as unknown as unknown[]).flatMap((_, index) => walk(here, index, further, twice ? `${String(row)}/${index}` : row))
    }
    if (part !== undefined) return walk(here, part.startsWith('[') ? Number(part.slice(1, -1)) : part, further, row)
    if (here === null || typeof here !== 'object') return [{ holder, key, row }]
    return Object.keys(here).flatMap((inner) => walk(here, inner, [], here))
  }
  const [first = '', ...rest] = parts
  return walk(plan as Holder, first, rest, '')
}

/** Indices by row, where every row has the same sum, as shares have; else all in one, since only proportions count. */
function rowsOf(places: readonly Place[]): readonly (readonly number[])[] {
  const rows = new Map<unknown, number[]>()
  for (const [index, { row }] of places.entries()) rows.set(row, [...(rows.get(row) ?? []), index])
  const lists = [...rows.values()]
  const sums = lists.map((list) =>
    list.reduce((sum, index) => sum + ((places[index] as Place).holder[(places[index] as Place).key] as number), 0),
  )
  const alike = sums.every((sum) => Math.abs(sum - (sums[0] ?? 0)) < 1e-6)
  return alike ? lists : [places.map((_, index) => index)]
}

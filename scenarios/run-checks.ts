import type { Mistake } from './problem.ts'
import { suggestion } from './problem.ts'

/** One rule over a whole file: yields what breaks it. */
export type Check<Data> = (data: Data) => Iterable<Mistake>

/**
 * Every rule, each by itself, so that one mistake does not hide another. Where the shape is already broken the rules still
 * run on what is there; a rule that cannot read its part then has nothing to add, because that part is reported already.
 */
export function runChecks<Data>(checks: readonly Check<Data>[], data: Data, shapeIsSound: boolean): Mistake[] {
  return checks.flatMap((check) => {
    const found: Mistake[] = []
    try {
      for (const mistake of check(data)) found.push(mistake)
    } catch (error) {
      if (shapeIsSound) throw error
    }
    return found
  })
}

/** `name` must be one of `known`; suggests the nearest. */
export function* mustBeKnown(path: Mistake['path'], name: unknown, known: readonly string[], en: string, zh: string): Generator<Mistake> {
  if (typeof name !== 'string' || known.includes(name)) return
  const hint = suggestion(name, known)
  yield { path, en: `is "${name}", but there is no such ${en}; ${hint.en}`, zh: `为“${name}”，但没有这个${zh}；${hint.zh}` }
}

/** The keys of a column must be exactly the names of its table. */
export function* sameNames(path: Mistake['path'], values: object, names: readonly string[], en: string, zh: string): Generator<Mistake> {
  for (const key of Object.keys(values)) {
    if (names.includes(key)) continue
    const hint = suggestion(key, names)
    yield { path: [...path, key], atKey: true, en: `is no ${en} of this city; ${hint.en}`, zh: `不是本市的${zh}；${hint.zh}` }
  }
  for (const name of names) {
    if (!Object.hasOwn(values, name)) yield { path, en: `lacks the ${en} "${name}"; add it`, zh: `缺少${zh}“${name}”；请补上` }
  }
}

export function* noDuplicates(
  path: Mistake['path'],
  items: readonly { readonly name: string }[],
  en: string,
  zh: string,
): Generator<Mistake> {
  for (const [index, { name }] of items.entries()) {
    if (items.findIndex((item) => item.name === name) < index) {
      yield {
        path: [...path, index, 'name'],
        en: `"${name}" stands twice; give each ${en} a name of its own`,
        zh: `“${name}”重复；每个${zh}须有不同名称`,
      }
    }
  }
}

/** A calendar day that exists: 2020-02-30 does not. */
export function isCalendarDay(text: string): boolean {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return year > 0 && date >= 1 && date <= (lengths[month - 1] ?? 0)
}

export function* mustExist(path: Mistake['path'], text: unknown): Generator<Mistake> {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text) || isCalendarDay(text)) return
  yield { path, en: `is ${text}, a day that does not exist`, zh: `为 ${text}，没有这一天` }
}

/** Every warranted datum of a tree, with its place. */
export function* warrantedNumbers(tree: unknown, path: readonly (string | number)[] = []): Generator<WarrantedNumber> {
  if (tree === null || typeof tree !== 'object') return
  const node = tree as WarrantedNumber['node']
  if (['value', 'values', 'source', 'assumption'].some((key) => Object.hasOwn(node, key))) yield { path, node }
  else for (const [key, item] of Object.entries(tree)) yield* warrantedNumbers(item, [...path, Array.isArray(tree) ? Number(key) : key])
}

export interface WarrantedNumber {
  readonly path: readonly (string | number)[]
  readonly node: {
    readonly value?: unknown
    readonly values?: unknown
    readonly source?: unknown
    readonly assumption?: unknown
    readonly group?: unknown
  }
}

/** Every source must begin with the key of a document listed in the file. */
export function* documentsAreListed(data: { readonly documents: object }): Generator<Mistake> {
  const known = Object.keys(data.documents)
  for (const { path, node } of warrantedNumbers(data)) {
    if (typeof node.source !== 'string') continue
    const [key = ''] = node.source.trim().split(/\s+/)
    if (known.includes(key)) continue
    const hint = suggestion(key, known)
    yield {
      path: [...path, 'source'],
      en: `begins with "${key}", which is not under documents:; ${hint.en}`,
      zh: `以“${key}”开头，但 documents: 中没有它；${hint.zh}`,
    }
  }
}

export const assumptionGroups = (tree: unknown): Set<string> =>
  new Set([...warrantedNumbers(tree)].flatMap(({ node }) => (typeof node.group === 'string' ? [node.group] : [])))

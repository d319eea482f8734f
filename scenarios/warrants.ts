import type { Provenance, Varies } from './plan-provenance.ts'
import type { Node } from './warranted.ts'

/** A tree of warranted numbers as the tree of plain numbers it stands for; keys in yuan become keys in fen. */
export type Plain<T> = T extends { readonly varies: Varies; readonly value: infer Value }
  ? Value
  : T extends { readonly varies: Varies; readonly values: infer Values }
    ? Values extends readonly (infer Entry)[]
      ? readonly Entry[]
      : RowsByAge<Values>
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T as FenKey<Key>]: Plain<T[Key]> }
        : T
type RowsByAge<Values> = Values extends { elderly: readonly number[] } ? readonly (readonly number[])[] : Values
type FenKey<Key> = Key extends `${infer Stem}Yuan` ? `${Stem}Fen` : Key

/** Takes numbers out of their warrants and keeps the warrants, by the path the number has in the plan. */
export class Warrants {
  #records: Provenance[] = []

  get records(): readonly Provenance[] {
    return this.#records
  }

  /** A whole block whose keys are those of the plan. */
  plain<T>(tree: T, path: string): Plain<T> {
    return this.#strip(tree, path) as Plain<T>
  }

  /** A column of a table: the numbers in the order of `names`, recorded as one list at `path`, e.g. `city.banks[*].share`. */
  column(node: Node & { readonly values: Readonly<Record<string, number>> }, names: readonly string[], path: string): number[] {
    const numbers = names.map((name) => node.values[name]!)
    this.record(node, path, numbers)
    return numbers
  }

  /** Records one warranted datum whose number the plan keeps as `value`. */
  record(node: Node, path: string, value: number | readonly number[], times = 1): void {
    const bound = node.varies === 'value' ? times : 1
    this.#records.push({
      path,
      value,
      unit: unitOf(path),
      warrant:
        node.source === undefined
          ? {
              kind: 'assumption',
              low: node.low! * bound,
              high: node.high! * bound,
              varies: node.varies,
              reason: node.assumption!,
              group: node.group!,
            }
          : { kind: 'source', ...documentAndPlace(node.source), confidence: node.confidence! },
    })
  }

  /** Drops the warrants of numbers that something else took the place of, by the beginning of their paths. */
  forget(path: string): void {
    this.#records = this.#records.filter((record) => !record.path.startsWith(path))
  }

  #strip(tree: unknown, path: string): unknown {
    if (isNode(tree)) return this.#number(tree, path)
    if (Array.isArray(tree)) return tree.map((item, index) => this.#strip(item, `${path}[${index}]`))
    if (tree === null || typeof tree !== 'object') return tree
    return Object.fromEntries(
      Object.entries(tree).map(([key, item]) => {
        const planKey = key.replace(/Yuan$/, 'Fen')
        return [planKey, this.#strip(item, `${path}.${planKey}`)]
      }),
    )
  }

  #number(node: Node, path: string): unknown {
    // Whole fen are made here, once; 0.1 yuan is no exact binary number.
    const isMoney = path.endsWith('Fen')
    const scaled = (x: number): number => (isMoney ? Math.round(x * 100) : x)
    if (node.value !== undefined) {
      const value = scaled(node.value)
      this.record(node, path, value, isMoney ? 100 : 1)
      return value
    }
    if (Array.isArray(node.values)) {
      const values = (node.values as number[]).map(scaled)
      this.record(node, path, values)
      return values
    }
    const table = node.values as Record<string, number | number[]>
    const rows = Object.values(table)
    this.record(node, path, rows.flat())
    return Array.isArray(rows[0]) ? rows : table
  }
}

export const isNode = (tree: unknown): tree is Node => tree !== null && typeof tree === 'object' && 'varies' in tree

/** "S1 §3 (成效)": the document S1, and "§3 (成效)" as the place in it. */
export function documentAndPlace(source: string): { document: string; place: string } {
  const [document = '', ...place] = source.trim().split(/\s+/)
  return { document, place: place.join(' ') }
}

const unitsBySuffix: readonly (readonly [RegExp, string])[] = [
  [/Seconds$/, 's'],
  [/Minutes$/, 'min'],
  [/Days$|daysOfThatYear$/, 'd'],
  [/Fen$/, 'fen'],
  [/BasisPoints$/, 'basis points'],
  [/PerDay$/, '/d'],
  [/PerHour$/, '/h'],
  [/PerYear$/, '/a'],
  [/institutions$/, 'institutions'],
  [/sites$/, 'sites'],
  [/persons$/, 'persons'],
  [/ervers$/, 'servers'],
  [/Megabytes$/, 'MB'],
  [/MegabitsPerSecond$/, 'Mbit/s'],
  [/Transfers$/, 'transfers'],
  [/SignUps$/, 'sign-ups'],
]

/** The unit closes the name; what has none is a share, a factor or a count: 1. */
export function unitOf(path: string): string {
  const key = path.replace(/\[[^\]]*\]/g, '')
  const parent = key.split('.').slice(-2)
  for (const name of [parent.at(-1)!, parent[0]!]) {
    for (const [suffix, unit] of unitsBySuffix) if (suffix.test(name)) return unit
  }
  return '1'
}

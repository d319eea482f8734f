/** Finding figures of a result by name, and the titles of what they speak about. */
import { measureKind } from '../simulators/measures/catalogue.ts'
import type { Difference, Measure, RunResult, Slice } from '../simulators/measures/run-result.ts'
import { type Language, said, type WordTable } from './words.ts'

export const wholeCity: Slice = { dimension: 'all', name: 'all' }

export interface Lookup {
  readonly measure: (name: string, arm: string, slice?: Slice) => Measure | undefined
  readonly difference: (name: string, arm: string, slice?: Slice) => Difference | undefined
  /** Subjects that occur under a catalogue name, in the result's order. */
  readonly subjects: (name: string) => readonly string[]
}

export function lookIn(result: Pick<RunResult, 'measures' | 'differences'>): Lookup {
  const measures = new Map(result.measures.map((row) => [keyOf(row.name, row.arm, row.slice), row]))
  const differences = new Map(result.differences.map((row) => [keyOf(row.name, row.arm, row.slice), row]))
  return {
    measure: (name, arm, slice = wholeCity) => measures.get(keyOf(name, arm, slice)),
    difference: (name, arm, slice = wholeCity) => differences.get(keyOf(name, arm, slice)),
    subjects: (name) => [
      ...new Set(result.measures.filter((row) => row.name.startsWith(`${name}/`)).map((row) => row.name.slice(name.length + 1))),
    ],
  }
}

/** Identity of a figure inside one result. */
export const keyOf = (name: string, arm: string, slice: Slice): string => `${name}|${arm}|${slice.dimension}|${slice.name}`

/** Catalogue name and subject of a measure's full name; an unknown name is kept whole. */
export function partsOf(name: string): { readonly kind: string; readonly subject: string } {
  const kind = measureKind(name)
  if (kind === undefined || kind.name === name) return { kind: name, subject: '' }
  return { kind: kind.name, subject: name.slice(kind.name.length + 1) }
}

/** `Wait, mean · Cashier window`: a measure's name in words, its subject included. */
export function measureTitle(name: string, result: RunResult, words: WordTable): string {
  const { kind, subject } = partsOf(name)
  const names: Readonly<Record<string, string>> = words.measures
  const title = names[kind] ?? kind
  return subject === '' ? title : `${title} · ${subjectTitle(subject, result, words)}`
}

/** A station, party, way of payment or leg in words; an unknown one keeps its own name rather than vanish. */
export function subjectTitle(subject: string, result: RunResult, words: WordTable): string {
  const named = result.city.stations.find((row) => row.name === subject) ?? result.city.parties.find((row) => row.name === subject)
  if (named !== undefined) return said(named.title, words.language)
  const known: Readonly<Record<string, string>> = { ...words.legs, ...words.modes, ...words.switches }
  return known[subject] ?? subject
}

export function armTitle(arm: string, result: RunResult, language: Language): string {
  const row = [...result.arms, ...(result.reducedCity?.arms ?? [])].find((one) => one.name === arm)
  return row === undefined ? arm : said(row.title, language)
}

/** `Elderly`, `Community · Elderly`: a slice in words. */
export function sliceTitle(slice: Slice, result: RunResult, words: WordTable): string {
  if (slice.dimension === 'all') return slice.name === 'all' ? words.dimensions.all : slice.name
  const listed = (result.city.slices[slice.dimension] ?? []).find((row) => row.name === slice.name)
  if (listed !== undefined) return said(listed.title, words.language)
  if (slice.dimension === 'tier-age' || slice.dimension === 'tier-hour') {
    const [tier = '', other = ''] = slice.name.split('/')
    const second = slice.dimension === 'tier-age' ? 'age' : 'hour'
    return `${sliceTitle({ dimension: 'tier', name: tier }, result, words)} · ${sliceTitle({ dimension: second, name: other }, result, words)}`
  }
  if (slice.dimension === 'hour' && /^\d+$/.test(slice.name)) return words.ui.hourRange(Number(slice.name))
  const known: Readonly<Record<string, string>> = { ...words.modes, ...words.switches }
  return known[slice.name] ?? slice.name
}

/** A pure number that is no share of anything is shown as it is; a share in per cent, and its change in percentage points. */
export function displayUnit(row: Measure | Difference): string {
  if (row.name === 'retry-amplification') return 'ratio'
  return row.unit === '1' && 'against' in row ? 'points' : row.unit
}

/** Reads an entry of somebody's book without believing its form: what is not there reads as nothing, and the sums will tell. */
export type Entry = Readonly<Record<string, unknown>>

export interface Written {
  readonly actor: string
  readonly number: number
  /** Business clock. */
  readonly atMs: number
  readonly entry: Entry
}

export const textOf = (entry: Entry, name: string): string => {
  const value = entry[name]
  return typeof value === 'string' ? value : ''
}
export const numberOf = (entry: Entry, name: string): number => {
  const value = entry[name]
  return typeof value === 'number' ? value : Number.NaN
}
export const partOf = (entry: Entry, name: string): Entry => asEntry(entry[name])
export const listOf = (entry: Entry, name: string): readonly Entry[] => {
  const value = entry[name]
  return Array.isArray(value) ? value.map(asEntry) : []
}
/** The texts of a list of texts. */
export const wordsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
export const asEntry = (value: unknown): Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : {}

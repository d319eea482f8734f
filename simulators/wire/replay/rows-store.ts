/** The files between Node and the generator: the play it reads, and the lines it writes, one a row. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { PlaySettings, VisitToPlay } from '../../trace/play.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { NumberedBook } from '../audit/audit-input.ts'
import type { ServiceSpan } from '../server/service-line.ts'
import type { TermPlayed } from './play-term.ts'

export const rowsFile = (folder: string): string => join(folder, 'rows.log')
const booksFile = (folder: string): string => join(folder, 'books.json')
export const summaryFile = (folder: string): string => join(folder, 'k6-summary.json')

export function writePlay(folder: string, settings: PlaySettings, visits: readonly VisitToPlay[]): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'play.json'), JSON.stringify(visits))
}

/** What the run was judged by, for whoever wants to look closer than the report: trace, spans of every counterparty, books. */
export function writeTraceAndSpans(folder: string, { trace, spans }: Pick<Evidence, 'spans'> & { readonly trace: object }): void {
  writeFileSync(join(folder, 'trace.json'), JSON.stringify(trace))
  inPieces(join(folder, 'spans.jsonl'), spans, (span) => `${JSON.stringify(span)}\n`)
}
export function writeBooks(folder: string, { books }: Pick<Evidence, 'books'>): void {
  // One book a line.
  const textOf = (book: NumberedBook, index: number) => `${index === 0 ? '[' : ',\n'}${JSON.stringify(book)}`
  // Whole or not there: a run may be killed while it writes.
  inPieces(`${booksFile(folder)}.new`, books, textOf, books.length === 0 ? '[]' : ']')
  renameSync(`${booksFile(folder)}.new`, booksFile(folder))
}

/** What phones saw after the day; no file where no credit term was played. */
export const writeTerm = (folder: string, term: TermPlayed): void => writeFileSync(join(folder, 'term.json'), JSON.stringify(term))
export function readTerm(folder: string): TermPlayed | undefined {
  const path = join(folder, 'term.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as TermPlayed) : undefined
}

export interface Evidence {
  readonly spans: readonly (ServiceSpan & { readonly actor: string })[]
  readonly books: readonly NumberedBook[]
}

/** As the two wrote it. */
export const readSpans = (folder: string): Pick<Evidence, 'spans'> => ({
  spans: linesOf(join(folder, 'spans.jsonl')).map((line) => JSON.parse(line) as Evidence['spans'][number]),
})
export function readEvidence(folder: string): Evidence {
  return { ...readSpans(folder), books: readBooks(folder) ?? [] }
}

/** As their actors showed them; undefined where none were taken. */
export function readBooks(folder: string): readonly NumberedBook[] | undefined {
  const path = booksFile(folder)
  if (!existsSync(path)) return undefined
  return linesOf(path).flatMap((line) => (line === '[]' ? [] : [JSON.parse(bookIn(line)) as NumberedBook]))
}

/** Without what makes a list of the lines. */
const bookIn = (line: string): string => line.slice(line.startsWith('[') ? 1 : 0, -1)

/** A file may be longer than a text may be. */
function linesOf(path: string): readonly string[] {
  const lines: string[] = []
  const decoder = new TextDecoder()
  const bytes = readFileSync(path)
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(10, from)
    const end = at < 0 ? bytes.length : at
    if (end > from) lines.push(decoder.decode(bytes.subarray(from, end)))
    from = end + 1
  }
  return lines
}

const pieceLength = 1 << 20

/** A file of a whole morning is longer than a text may be. */
function inPieces<One>(path: string, all: readonly One[], textOf: (one: One, index: number) => string, end = ''): void {
  const file = openSync(path, 'w')
  try {
    let piece = ''
    for (const [index, one] of all.entries()) {
      piece += textOf(one, index)
      if (piece.length < pieceLength) continue
      writeSync(file, piece)
      piece = ''
    }
    writeSync(file, piece + end)
  } finally {
    closeSync(file)
  }
}

export interface GeneratorLog {
  /** Of the protocol clock; undefined where the generator never began. */
  readonly beginMs: number | undefined
  readonly rows: readonly SeenRow[]
  /** What k6 itself said: warnings, errors of an adapter. */
  readonly words: readonly string[]
}

/** Reads as far as lines are whole: an interrupted run keeps what it has. */
export function readRows(folder: string): GeneratorLog {
  const path = rowsFile(folder)
  const rows: SeenRow[] = []
  const words: string[] = []
  let beginMs: number | undefined
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    if (line === '') continue
    const said = parsed(line)
    if (said === undefined) words.push(line)
    else if ('beginMs' in said) beginMs = said.beginMs
    else rows.push(said)
  }
  return { beginMs, rows, words }
}

function parsed(line: string): SeenRow | { readonly beginMs: number } | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as SeenRow
  } catch {
    return undefined
  }
}

/** When the generator says the window begins; undefined until it says so. */
export function beginOf(folder: string): number | undefined {
  const path = rowsFile(folder)
  if (!existsSync(path)) return undefined
  const [, begin] = /^\{"beginMs":([\d.]+)\}$/m.exec(readFileSync(path, 'utf8')) ?? []
  return begin === undefined ? undefined : Number(begin)
}

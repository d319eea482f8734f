/** The files between Node and the generator: the play it reads, and the lines it writes, one a row. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { PlayedVisit, PlaySettings } from '../../trace/play.ts'
import type { SeenRow } from '../../trace/seen-row.ts'

export const rowsFile = (folder: string): string => join(folder, 'rows.log')
export const summaryFile = (folder: string): string => join(folder, 'k6-summary.json')

export function writePlay(folder: string, settings: PlaySettings, visits: readonly PlayedVisit[]): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'play.json'), JSON.stringify(visits))
}

/** What the run was judged by, for whoever wants to look closer than the report: trace, spans of every counterparty, books. */
export function writeEvidence(folder: string, { trace, spans, books }: Evidence): void {
  writeFileSync(join(folder, 'trace.json'), JSON.stringify(trace))
  inPieces(join(folder, 'spans.jsonl'), spans, (span) => `${JSON.stringify(span)}\n`)
  inPieces(
    join(folder, 'books.json'),
    books,
    (book, index) => `${index === 0 ? '[' : ',\n'}${JSON.stringify(book)}`,
    books.length === 0 ? '[]' : ']',
  )
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

interface Evidence {
  readonly trace: object
  readonly spans: readonly object[]
  readonly books: readonly object[]
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

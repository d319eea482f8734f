/** The files between Node and the generator: the play it reads, and the lines it writes, one a row. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/** What every counterparty logged, one line a request: for whoever wants to look closer than the report. */
export function writeSpans(folder: string, spans: readonly object[]): void {
  writeFileSync(join(folder, 'spans.jsonl'), spans.map((span) => `${JSON.stringify(span)}\n`).join(''))
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

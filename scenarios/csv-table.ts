/** Tables of a user's own as comma-separated text (RFC 4180): every cell with its place, every flaw of the text told at once. */
import type { Problem } from './problem.ts'

export interface Cell {
  readonly text: string
  /** From 1, in the file; where the cell's text begins, behind an opening quote. */
  readonly line: number
  readonly column: number
}

export interface CsvText {
  /** Rows with something in them; the first is the header. */
  readonly rows: readonly (readonly Cell[])[]
  readonly problems: readonly Problem[]
}

/**
 * Quoted fields may hold commas, line ends and doubled quotes. A byte order mark, CRLF, LF or CR, rows without any text (spreadsheets
 * write them) and blanks around a cell are all at home.
 */
export function readCsv(text: string, file: string): CsvText {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const problems: Problem[] = []
  const report = (line: number, column: number, en: string, zh: string): void => {
    problems.push({ file, line, column, path: '', en, zh })
  }
  const rows: Cell[][] = []
  let row: Cell[] = []
  let at = 0
  let line = 1
  let lineStart = 0
  const isEnd = (c: string | undefined): boolean => c === undefined || c === ',' || c === '\n' || c === '\r'

  const newLine = (): void => {
    if (source[at] === '\r' && source[at + 1] === '\n') at++
    at++
    line++
    lineStart = at
  }
  const quotedCell = (): void => {
    const opened = { line, column: at - lineStart + 1 }
    at++
    const place = { line, column: at - lineStart + 1 }
    let value = ''
    while (at < source.length && (source[at] !== '"' || source[at + 1] === '"')) {
      const from = at
      if (source[at] === '\n' || source[at] === '\r') newLine()
      else at++
      value += source.slice(from, at)
      if (source[from] === '"') at++
    }
    if (at >= source.length) report(opened.line, opened.column, 'opens a quote that is never closed; close it', '引号未闭合；请补上')
    at++
    while (source[at] === ' ') at++
    if (!isEnd(source[at])) {
      const extra = 'has text behind a closing quote; double a quote that belongs to the text ("")'
      report(line, at - lineStart + 1, extra, '右引号之后还有文字；文字中的引号应写两遍（""）')
      while (!isEnd(source[at])) at++
    }
    row.push({ text: value.trim(), ...place })
  }
  const plainCell = (): void => {
    const start = at
    while (!isEnd(source[at])) at++
    const raw = source.slice(start, at)
    const blank = raw.length - raw.trimStart().length
    row.push({ text: raw.trim(), line, column: start + (blank === raw.length ? 0 : blank) - lineStart + 1 })
  }

  const unknown = source.indexOf('\uFFFD')
  if (unknown >= 0) {
    const before = source.slice(0, unknown).split(/\r\n|\n|\r/)
    const column = (before.at(-1) ?? '').length + 1
    report(before.length, column, 'is not UTF-8; save the table as "CSV UTF-8"', '不是 UTF-8 编码；请另存为“CSV UTF-8”')
    return { rows: [], problems }
  }
  while (at < source.length) {
    const ahead = /[^ ]/g
    ahead.lastIndex = at
    if (ahead.exec(source)?.[0] === '"') {
      while (source[at] === ' ') at++
      quotedCell()
    } else plainCell()
    if (source[at] === ',') {
      at++
      // A comma before the end of the line or the file leaves an empty last cell.
      if (at >= source.length) plainCell()
      else continue
    }
    if (row.some((cell) => cell.text !== '')) rows.push(row)
    row = []
    if (at < source.length) newLine()
  }
  return { rows, problems }
}

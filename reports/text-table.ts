/** Tables for a terminal: columns stay aligned with Chinese text, whose characters are two cells wide. */
export interface TextColumn {
  readonly title: string
  readonly numeric?: boolean
}

export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[], indent = '  '): readonly string[] {
  const widths = columns.map((column, index) => Math.max(...[column.title, ...rows.map((row) => row[index] ?? '')].map(cellsOf)))
  const line = (cells: readonly string[]): string =>
    (indent + columns.map((column, index) => padded(cells[index] ?? '', widths[index] ?? 0, column.numeric === true)).join('  ')).trimEnd()
  const titles = columns.map((column) => column.title)
  return [...(titles.some((title) => title !== '') ? [line(titles)] : []), ...rows.map(line)]
}

/** Width in terminal cells. */
export function cellsOf(text: string): number {
  let cells = 0
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    cells +=
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xff00 && code <= 0xff60) ||
      code >= 0x20000
        ? 2
        : 1
  }
  return cells
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - cellsOf(text)))
  return right ? space + text : text + space
}

/** Text in aligned columns, where a Chinese character fills two cells. */

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/** Cells that a text fills in a terminal. */
export function cellsOf(text: string): number {
  let cells = 0
  for (const character of text) cells += wide.test(character) ? 2 : 1
  return cells
}

export function padCells(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)))
}

/** The text cut to a number of cells, with an ellipsis where something is lost. */
export function fitCells(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text
  let kept = ''
  let used = 1
  for (const character of text) {
    used += cellsOf(character)
    if (used > cells) break
    kept += character
  }
  return `${kept}…`
}

/** Rows under a heading; columns named in `toTheRight` (numbers) end at one line. */
export function table(rows: readonly (readonly string[])[], toTheRight: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cellsOf(cell))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat((widths[column] ?? 0) - cellsOf(cell))
        return toTheRight.includes(column) ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd(),
  )
}

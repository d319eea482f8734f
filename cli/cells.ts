/** Text of a fixed width, where a Chinese character fills two cells. */
import { cellsOf } from '../reports/text-table.ts'

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

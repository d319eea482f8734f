/** A table's header matched to the columns it may have, and its cells read as names and numbers; every mistake at its cell. */
import { type Cell, readCsv } from './csv-table.ts'
import { type Problem, suggestion } from './problem.ts'

/** A thing by its name here and by what else people call it. */
export interface Named {
  readonly name: string
  readonly aliases: readonly string[]
}

export interface Column extends Named {
  readonly required: boolean
}

/** One data row: its cell of a column, undefined where the table has no such column. */
export interface Row {
  readonly first: Cell
  readonly cell: (column: string) => Cell | undefined
}

export interface Wording {
  readonly en: string
  readonly zh: string
}

/** Collects what is wrong with one table. */
export class TableReader {
  readonly problems: Problem[]
  readonly rows: readonly Row[]
  readonly #file: string
  readonly #titles = new Map<string, string>()

  constructor(text: string, file: string, columns: readonly Column[], groups: readonly ColumnGroup[] = []) {
    const { rows, problems } = readCsv(text, file)
    this.problems = [...problems]
    this.#file = file
    const [header, ...data] = rows
    const place = new Map<string, number>()
    if (header === undefined) {
      if (problems.length === 0)
        this.report({ text: '', line: 1, column: 1 }, '', { en: 'is empty; start from the template', zh: '是空文件；请从模板开始' })
      this.rows = []
      return
    }
    for (const [index, cell] of header.entries()) this.#matchHeader(cell, index, columns, groups, place)
    const end = header.at(-1) as Cell
    for (const { name, required } of columns) {
      if (required && !place.has(name)) this.report(end, name, { en: 'is missing; add this column', zh: '列缺失；请补上' })
    }
    for (const { title, names } of groups) {
      if (!names.some((name) => place.has(name)))
        this.report(end, title, { en: 'are missing; add one or more of these columns', zh: '列缺失；请至少补一列' })
    }
    this.rows = data.flatMap((cells): Row[] => {
      const last = cells.at(-1) as Cell
      if (cells.length !== header.length) {
        const extra = cells.length > header.length ? (cells[header.length] as Cell) : last
        this.report(extra, '', {
          en: `the row has ${cells.length} cells and the header ${header.length}; put a cell with a comma inside in quotes`,
          zh: `该行有 ${cells.length} 格，表头有 ${header.length} 格；含逗号的格请加引号`,
        })
        return []
      }
      const cell = (column: string): Cell | undefined => cells[place.get(column) ?? -1]
      return [{ first: cells[0] as Cell, cell }]
    })
  }

  report(cell: Cell, column: string, { en, zh }: Wording): void {
    this.problems.push({ file: this.#file, line: cell.line, column: cell.column, path: this.#titles.get(column) ?? column, en, zh })
  }

  /** The thing a cell names; undefined, with a report, if there is none. */
  named(cell: Cell, column: string, known: readonly Named[], { en, zh }: Wording): string | undefined {
    if (cell.text === '') {
      this.report(cell, column, { en: `is empty; give a ${en}`, zh: `为空；请填${zh}` })
      return undefined
    }
    const wanted = plainWord(cell.text)
    const found = known.find(({ name, aliases }) => plainWord(name) === wanted || aliases.some((alias) => plainWord(alias) === wanted))
    if (found !== undefined) return found.name
    const hint = suggestion(cell.text, wordsLike(cell.text, known))
    this.report(cell, column, {
      en: `is "${cell.text}", but there is no such ${en}; ${hint.en}`,
      zh: `为“${cell.text}”，但没有这个${zh}；${hint.zh}`,
    })
    return undefined
  }

  /** The number in a cell; `empty` where nothing is written, undefined, with a report, where it cannot be right. */
  number(cell: Cell, column: string, limits: NumberLimits): number | undefined {
    const { min, max, whole = false, empty } = limits
    const wrong = (en: string, zh: string): undefined => {
      this.report(cell, column, { en, zh })
      return undefined
    }
    if (cell.text === '') return empty ?? wrong('is empty; give a number', '为空；请填数字')
    const value = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(cell.text) ? Number(cell.text) : Number.NaN
    if (Number.isNaN(value)) {
      return wrong(
        `is "${cell.text}"; give a number in plain digits, such as ${whole ? '12' : '12.5'}`,
        `为“${cell.text}”；请用普通数字，如 ${whole ? '12' : '12.5'}`,
      )
    }
    if (value < min) return wrong(`is ${cell.text}; give ${min} or more`, `为 ${cell.text}；应不小于 ${min}`)
    if (value > max) return wrong(`is ${cell.text}; give ${max} or less`, `为 ${cell.text}；应不大于 ${max}`)
    if (whole && !Number.isInteger(value)) return wrong(`is ${cell.text}; give a whole number`, `为 ${cell.text}；应为整数`)
    return value
  }

  #matchHeader(cell: Cell, index: number, columns: readonly Column[], groups: readonly ColumnGroup[], place: Map<string, number>): void {
    const word = plainWord(cell.text)
    const found =
      columns.find(({ name, aliases }) => name === word || aliases.some((alias) => plainWord(alias) === word))?.name ??
      groups.map(({ nameOf }) => nameOf(word)).find((name) => name !== undefined)
    if (found === undefined) {
      const known = [...columns, ...groups.flatMap(({ names }) => names.map((name) => ({ name, aliases: [] })))]
      const hint = suggestion(cell.text, wordsLike(cell.text, known))
      if (cell.text === '')
        this.report(cell, '', { en: 'a column has no header; name it or remove it', zh: '有一列没有表头；请命名或删除' })
      else this.report(cell, cell.text, { en: `is an unknown column; ${hint.en}`, zh: `是未知的列；${hint.zh}` })
    } else if (place.has(found)) {
      this.report(cell, cell.text, { en: `stands twice (column ${found}); remove one`, zh: `重复（${found} 列）；请删除其一` })
    } else {
      place.set(found, index)
      this.#titles.set(found, cell.text)
    }
  }
}

/** Columns that go by a rule, such as one an hour; at least one of them is needed. */
export interface ColumnGroup {
  readonly title: string
  readonly names: readonly string[]
  readonly nameOf: (word: string) => string | undefined
}

interface NumberLimits {
  readonly min: number
  readonly max: number
  readonly whole?: boolean
  /** What an empty cell means; without it an empty cell is a mistake. */
  readonly empty?: number
}

/** Case, blanks, underscores and the width of brackets make no difference. */
export const plainWord = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/（/g, '(')
    .replace(/）/g, ')')

/** Names to suggest from, in the script of what was written. */
function wordsLike(text: string, known: readonly Named[]): string[] {
  const chinese = /\p{Script=Han}/u
  const words = known.flatMap(({ name, aliases }) => [name, ...aliases])
  const alike = words.filter((word) => chinese.test(word) === chinese.test(text))
  return chinese.test(text) ? alike : known.map(({ name }) => name)
}

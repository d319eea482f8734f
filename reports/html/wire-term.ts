/** What became of the banks' advances after the window: repaid, owed, overdue, beside the same people in the virtual city. */
import { formatNumber } from '../format.ts'
import { said } from '../words.ts'
import { type Cell, escapeHtml, section, table } from './markup.ts'
import type { Page } from './page.ts'

export function wireTermSection(page: Page): string {
  const term = page.result.wire?.creditTerm
  if (term === undefined) return ''
  const { language } = page
  const words = page.words.wire.term
  // To the fen, so that a reader can add it up.
  const money = (fen: number) => `${formatNumber(fen / 100, language, 2)}${language === 'zh' ? '元' : ' yuan'}`
  const number = (value: number) => formatNumber(value, language, 0)
  const { overdue, virtual, closingBooks } = term
  const persons = (of: typeof overdue) => words.persons(number(of.persons), money(of.amountFen))
  const rows: readonly (readonly Cell[])[] = [
    [words.opening, money(term.openingFen), ''],
    [words.advanced, money(term.advancedFen), ''],
    [words.givenBack, money(term.givenBackFen), ''],
    [words.repaid, money(term.repaidFen), money(virtual.repaidFen)],
    [words.owed, money(term.owedFen), money(virtual.overdue.amountFen)],
    [words.overdue, persons(overdue), persons(virtual.overdue)],
    ...term.wallets.map(({ wallet, ...of }): readonly Cell[] => [words.through(words.wallets[wallet]), persons(of), '']),
    [words.paidOut, term.paidOutFen === null ? '–' : money(term.paidOutFen), ''],
    ...(term.reportedOverdue === null ? [] : [[words.reported, number(term.reportedOverdue), '']]),
  ]
  const rest = closingBooks.rest.map(({ title, rows: count }) => `${number(count)} ${said(title, language)}`)
  const equal = [words.equal(number(closingBooks.equal), number(closingBooks.compared)), ...rest].join(' ')
  return section(
    page,
    'wireterm',
    words.title,
    words.intro(number(term.days), term.played.at(-1) ?? ''),
    `${table(words.title, [{ title: page.words.wire.figure }, { title: words.wire, numeric: true }, { title: words.virtual, numeric: true }], rows)}<p>${escapeHtml(equal)}</p>`,
  )
}

/** Bills that were planned to offend, and what the insurer's review found, held back, paid after all and deducted. */
import type { WireReviewFigures } from '../../simulators/measures/result-wire.ts'
import { type Cell, escapeHtml, table } from './markup.ts'
import type { Page } from './page.ts'

export function reviewTable(page: Page): string {
  const review = page.result.wire?.review
  if (review === undefined) return ''
  const { review: words } = page.words.wire
  const row = (title: string, of: WireReviewFigures): readonly Cell[] => [
    title,
    ...[of.planned, of.sent, of.found, of.settled, of.held].map((count) => count.toLocaleString('en-GB')),
    ...[of.heldFen, of.paidFen, of.deductedFen].map((fen) => yuanText(page, fen)),
  ]
  const titles = [words.planned, words.sent, words.found, words.settled, words.held, words.heldMoney, words.paid, words.deducted]
  return `<h3>${escapeHtml(words.title)}</h3><p class="intro">${escapeHtml(words.intro)}</p>${table(
    words.title,
    [{ title: words.offence }, ...titles.map((title) => ({ title, numeric: true }))],
    [...review.kinds.map((one) => row(words.kinds[one.kind], one)), row(words.all, review.all)],
  )}`
}

/** One line, of the terminal. */
export function reviewText({ words, language }: Pick<Page, 'words' | 'language'>, all: WireReviewFigures): string {
  const money = (fen: number) => yuanText({ language }, fen)
  const count = (number: number) => number.toLocaleString('en-GB')
  return words.wire.review.text({
    planned: count(all.planned),
    sent: count(all.sent),
    found: count(all.found),
    held: count(all.held),
    heldMoney: money(all.heldFen),
    paid: money(all.paidFen),
    deducted: money(all.deductedFen),
  })
}

/** To the fen: held is the sum of what stands beside it. */
const yuanText = ({ language }: Pick<Page, 'language'>, fen: number): string =>
  `${(fen / 100).toFixed(2)}${language === 'zh' ? '元' : ' yuan'}`

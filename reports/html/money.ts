/** Money by payer, before and after. */
import { barsFigure, cityRows } from './compare.ts'
import { section } from './markup.ts'
import type { Page } from './page.ts'

const payers = ['fund-fen', 'account-fen', 'cash-fen', 'credit-fen', 'claim-later-fen', 'owing-fen'] as const

export function moneySection(page: Page): string {
  const { ui } = page.words
  const body = barsFigure(page, 'payers', ui.moneyTitle, ui.payer, cityRows(page, payers))
  return body === '' ? '' : section(page, 'money', ui.moneyTitle, ui.moneyIntro, body, 'exploratory')
}

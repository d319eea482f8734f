/** Ways of payment, and how each entry fared: settled, failed, fallen back, taken over from others. */
import { subjectTitle, wholeCity } from '../lookup.ts'
import { barsFigure, cityRows, compareTable } from './compare.ts'
import { type Cell, folded, section, table } from './markup.ts'
import { type Page, valueText } from './page.ts'

const perChannel = ['payments-attempted', 'payments-settled', 'payments-failed', 'payments-fallen-back', 'payments-spilled-over'] as const

/** The five ends of a sign-up; together they are all that were attempted. */
const signUps = [
  'sign-ups-granted',
  'sign-ups-with-digital-card',
  'sign-ups-with-raised-limit',
  'sign-ups-refused',
  'sign-ups-lost',
] as const

export function paymentsSection(page: Page): string {
  const { words, look, result } = page
  const { ui } = words
  const modes = look
    .subjects('payment-mode-share')
    .map((mode) => ({ title: subjectTitle(mode, result, words), name: `payment-mode-share/${mode}`, slice: wholeCity }))
  if (modes.length === 0 && look.subjects('payments-attempted').length === 0) return ''
  return section(
    page,
    'payments',
    ui.paymentsTitle,
    ui.paymentsIntro,
    [
      barsFigure(page, 'modes', words.measures['payment-mode-share'], ui.mode, modes),
      ...result.arms.map((arm) => channels(page, arm.name)),
      compareTable(
        page,
        ui.otherFigures,
        ui.measure,
        cityRows(page, ['retry-amplification', 'failed-share-backup-could-not-save', ...signUps]),
      ),
    ].join('\n'),
    'exploratory',
  )
}

/** Entries of one arm; an arm in which nobody pays through an entry has no table. */
function channels(page: Page, arm: string): string {
  const { words, look, result, language } = page
  const names = look
    .subjects('payments-attempted')
    .filter((channel) => (look.measure(`payments-attempted/${channel}`, arm)?.value ?? 0) > 0)
  if (names.length === 0) return ''
  const title = `${words.ui.channel} · ${result.arms.find((one) => one.name === arm)?.title[language] ?? arm}`
  const rows = names.map((channel): readonly Cell[] => [
    subjectTitle(channel, result, words),
    ...perChannel.map((name) => valueText(page, look.measure(`${name}/${channel}`, arm))),
  ])
  return folded(
    title,
    table(title, [{ title: words.ui.channel }, ...perChannel.map((name) => ({ title: words.measures[name], numeric: true }))], rows),
  )
}

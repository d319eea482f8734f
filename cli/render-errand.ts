/** The story of an errand about no bill for the terminal: what the generator saw, what the books say of its person or site, what the auditor found. */
import { type Language, wordsFor } from '../reports/words.ts'
import { errands } from '../simulators/platform/errands.ts'
import { secondOf } from '../simulators/wire/desks/business-time.ts'
import type { BillRow } from '../simulators/wire/why/story-of-bill.ts'
import { auditLines, seenLines } from './render-run-row.ts'
import { bookLines } from './render-why.ts'
import type { PlannedOnWire, RunOnWire } from './run-on-wire.ts'

const words = {
  errand: { en: 'errand', zh: '业务' },
  noBill: { en: 'no bill', zh: '无账单' },
  person: { en: 'person', zh: '人员' },
  site: { en: 'site', zh: '执业点' },
  way: { en: 'way', zh: '路径' },
  nothing: { en: 'no book of the city knows anything of it', zh: '各方账簿中均无相关记载' },
} as const

export function renderErrand(row: PlannedOnWire, story: readonly BillRow[], run: RunOnWire, language: Language): string[] {
  const name = wordsFor(language).wire.errands[row.errand] ?? row.errand
  const whose = row.person < 0 ? `${words.site[language]} ${row.site}` : `${words.person[language]} ${row.person}`
  const day = story.length === 0 ? [] : [secondOf(story.at(-1)?.atMs ?? 0).slice(0, 10)]
  const way = ['k6', ...(errands.find((one) => one.name === row.errand)?.messages ?? []).map(({ operation }) => operation)]
  return [
    [`${words.errand[language]} ${row.key}`, name, whose, words.noBill[language], ...day].join(' · '),
    `${words.way[language]}${language === 'zh' ? '：' : ': '}${way.join(' → ')}`,
    ...seenLines([row], run, language),
    ...(story.length === 0 ? [words.nothing[language]] : bookLines(story, language)),
    ...auditLines([row.key, `row ${row.row}`], [], run, language),
  ]
}

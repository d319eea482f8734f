import { expect, test } from 'vitest'
import { cellsOf } from '../reports/text-table.ts'
import type { ArmStory, VisitStory } from '../simulators/virtual/stories/visit-story.ts'
import { renderVisit } from './render-visit.ts'

const before: ArmStory = {
  arm: 'before',
  mode: 'window',
  events: [
    { atSecond: 28930, what: 'arrive', where: '' },
    { atSecond: 28930, what: 'join', where: 'cashier-window' },
    { atSecond: 29600, what: 'start', where: 'cashier-window', waitSeconds: 670 },
    { atSecond: 29660, what: 'settled', where: 'bureau', detail: '1.2 s' },
    { atSecond: 29660, what: 'leave', where: '' },
  ],
  linesJoined: { payment: 3, clinical: 4 },
  waitMinutes: { payment: 11.17, clinical: 40 },
  paid: { fundFen: 7005, accountFen: 0, creditFen: 0, cashFen: 2995, owingFen: 0 },
}
const after: ArmStory = {
  ...before,
  arm: 'after',
  mode: 'credit',
  events: [
    { atSecond: 28930, what: 'arrive', where: '' },
    { atSecond: 28940, what: 'settled', where: 'bureau' },
    { atSecond: 28950, what: 'leave', where: '' },
  ],
  linesJoined: { payment: 0, clinical: 4 },
  waitMinutes: { payment: 0, clinical: 41 },
  paid: { fundFen: 7005, accountFen: 0, creditFen: 2995, cashFen: 0, owingFen: 0 },
}
const story: VisitStory = {
  visit: 17,
  day: 2,
  person: {
    ageGroup: 'elderly',
    insuredType: 'retired',
    district: 'huangpu',
    tier: 'secondary',
    department: 'internal',
    siteName: 'Site 12',
  },
  arms: [before, after],
}
const titles: Readonly<Record<string, { zh: string; en: string }>> = {
  'cashier-window': { zh: '收费窗口', en: 'cashier window' },
  elderly: { zh: '老年', en: 'elderly' },
}
const draw = (width: number, language: 'zh' | 'en' = 'en'): string[] =>
  renderVisit(story, language, width, (name, by) => titles[name]?.[by])

test('both arms stand beside each other on one time line', () => {
  expect(draw(110)).toMatchInlineSnapshot(`
    [
      "visit 17 · day 2 · Site 12",
      "elderly · retired · huangpu · secondary · internal",
      "",
      "          before                                             after",
      "          pays: window                                       pays: credit",
      "──────────────────────────────────────────────────────────────────────────────────────────────────────────────",
      "08:02:10  arrives                                            arrives",
      "          joins: cashier window",
      "08:02:20                                                     settled: bureau",
      "08:02:30                                                     leaves",
      "08:13:20  served after 11 min 10 s: cashier window",
      "08:14:20  settled: bureau (1.2 s)",
      "          leaves",
      "──────────────────────────────────────────────────────────────────────────────────────────────────────────────",
      "          lines joined",
      "            payment 3, clinical 4                              payment 0, clinical 4",
      "          minutes waited",
      "            payment 11.2, clinical 40.0                        payment 0.0, clinical 41.0",
      "          paid",
      "            pooled fund       7005 fen (70.05 yuan)            pooled fund       7005 fen (70.05 yuan)",
      "            credit            0 fen (0.00 yuan)                credit            2995 fen (29.95 yuan)",
      "            own money         2995 fen (29.95 yuan)            own money         0 fen (0.00 yuan)",
    ]
  `)
})

test('a narrow terminal shows one arm after the other, with the same facts', () => {
  const text = draw(60).join('\n')
  expect(text.indexOf('before')).toBeLessThan(text.indexOf('after'))
  expect(text.match(/fen \(/g)).toHaveLength(2 + 2)
})

test('no line is wider than the terminal', () => {
  for (const width of [60, 80, 100, 140])
    for (const language of ['zh', 'en'] as const) for (const line of draw(width, language)) expect(cellsOf(line)).toBeLessThanOrEqual(width)
})

test('Chinese readers get Chinese words and punctuation', () => {
  const text = draw(110, 'zh').join('\n')
  expect(text).toContain('排队 收费窗口')
  expect(text).toContain('等候 11 分 10 秒后开始 收费窗口')
  expect(text).toContain('2995 分（29.95 元）')
})

test('every fen of every arm is shown', () => {
  const shown = [
    ...draw(110)
      .join('\n')
      .matchAll(/(\d+) fen/g),
  ].reduce((sum, [, fen]) => sum + Number(fen), 0)
  expect(shown).toBe(20_000)
})

test('a moment after midnight keeps counting', () => {
  const late = { ...story, arms: [{ ...before, events: [{ atSecond: 87_000, what: 'leave' as const, where: '' }] }] }
  expect(renderVisit(late, 'en', 100, () => undefined).join('\n')).toContain('24:10:00')
})

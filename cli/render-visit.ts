/** One patient's day on one time line: a row per moment, a column per arm, then lines, minutes and fen beneath. */

import { cellsOf } from '../reports/text-table.ts'
import type { Language } from '../reports/words.ts'
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { ArmStory, VisitEvent, VisitStory } from '../simulators/virtual/stories/visit-story.ts'
import { fitCells, padCells } from './cells.ts'

type PaidFen = ArmStory['paid']
type VisitEventKind = VisitEvent['what']

/** A name of the plan in the reader's language; undefined when the plan has no words for it. */
export type TitleOf = (name: string, language: Language) => string | undefined

const eventWords: Readonly<Record<VisitEventKind, Readonly<Record<Language, string>>>> = {
  arrive: { en: 'arrives', zh: '到达' },
  join: { en: 'joins', zh: '排队' },
  start: { en: 'served', zh: '开始' },
  end: { en: 'done', zh: '结束' },
  errand: { en: 'sends', zh: '发起' },
  settled: { en: 'settled', zh: '结算完成' },
  failed: { en: 'failed', zh: '失败' },
  fallback: { en: 'falls back to', zh: '改走' },
  balk: { en: 'sees the line, does not join', zh: '见队离开' },
  renege: { en: 'gives up waiting', zh: '放弃排队' },
  leave: { en: 'leaves', zh: '离院' },
}
const rowWords = {
  heading: { en: 'visit', zh: '就诊' },
  day: { en: 'day', zh: '模拟日' },
  pays: { en: 'pays', zh: '支付方式' },
  lines: { en: 'lines joined', zh: '排队次数' },
  minutes: { en: 'minutes waited', zh: '等候分钟' },
  payment: { en: 'payment', zh: '付费' },
  clinical: { en: 'clinical', zh: '诊疗' },
  paid: { en: 'paid', zh: '费用' },
} as const
const payers: readonly { readonly key: keyof PaidFen; readonly en: string; readonly zh: string }[] = [
  { key: 'fundFen', en: 'pooled fund', zh: '统筹基金' },
  { key: 'accountFen', en: 'personal account', zh: '个人账户' },
  { key: 'creditFen', en: 'credit', zh: '信用额度' },
  { key: 'cashFen', en: 'own money', zh: '现金/自付' },
  { key: 'owingFen', en: 'left owing', zh: '欠费' },
]

const clockCells = 8
const narrowestColumn = 34
const widestColumn = 64

export function renderVisit(story: VisitStory, language: Language, width: number, titleOf: TitleOf): string[] {
  const title = (name: string): string => titleOf(name, language) ?? name
  const { person } = story
  const traits = [person.ageGroup, person.insuredType, person.district, person.tier, person.department].filter((name) => name !== '')
  const heading = [
    [`${rowWords.heading[language]} ${story.visit}`, `${rowWords.day[language]} ${story.day}`, person.siteName]
      .filter((text) => text !== '')
      .join(' · '),
    traits.map(title).join(' · '),
  ]
  const columnCells = Math.floor((width - clockCells) / Math.max(1, story.arms.length)) - 2
  const groups = columnCells >= narrowestColumn ? [story.arms] : story.arms.map((arm) => [arm])
  return [
    ...heading,
    ...groups.flatMap((arms) => ['', ...timeLine(arms, language, Math.min(widestColumn, groupCells(arms, width)), title)]),
  ]
}

const groupCells = (arms: readonly ArmStory[], width: number): number =>
  Math.max(narrowestColumn, Math.floor((width - clockCells) / arms.length) - 2)

function timeLine(arms: readonly ArmStory[], language: Language, cells: number, title: (name: string) => string): string[] {
  const row = (clock: string, columns: readonly string[]): string =>
    [padCells(clock, clockCells), ...columns.map((text) => padCells(fitCells(text, cells), cells))].join('  ').trimEnd()
  const rule = '─'.repeat(clockCells + arms.length * (cells + 2))
  return [
    row(
      '',
      arms.map((arm) => title(arm.arm)),
    ),
    row(
      '',
      arms.map((arm) => `${rowWords.pays[language]}${language === 'zh' ? '：' : ': '}${title(arm.mode)}`),
    ),
    rule,
    ...moments(arms).flatMap(({ atSecond, byArm }) => {
      const columns = byArm.map((events) => events.map((event) => eventText(event, language, title)))
      const height = Math.max(...columns.map((lines) => lines.length))
      return Array.from({ length: height }, (_, index) =>
        row(
          index === 0 ? clockOfSecond(atSecond) : '',
          columns.map((lines) => lines[index] ?? ''),
        ),
      )
    }),
    rule,
    ...summaryRows(arms, language).flatMap(([label, values], index, all) => {
      const isNewLabel = index === 0 || all[index - 1]?.[0] !== label
      return [isNewLabel ? [row('', [label])] : [], [row('', values)]].flat()
    }),
  ]
}

/** All instants at which something happens in any arm, in order, with the events of each arm. */
function moments(arms: readonly ArmStory[]): { atSecond: number; byArm: VisitEvent[][] }[] {
  const found = new Map<string, { atSecond: number; byArm: VisitEvent[][] }>()
  for (const [index, arm] of arms.entries()) {
    for (const event of arm.events) {
      const key = clockOfSecond(event.atSecond)
      const moment = found.get(key) ?? { atSecond: event.atSecond, byArm: arms.map(() => []) }
      moment.atSecond = Math.min(moment.atSecond, event.atSecond)
      moment.byArm[index]?.push(event)
      found.set(key, moment)
    }
  }
  return [...found.values()].sort((a, b) => a.atSecond - b.atSecond)
}

function eventText(event: VisitEvent, language: Language, title: (name: string) => string): string {
  const where = event.where === '' ? '' : title(event.where)
  // The wait comes before the place: a narrow column cuts off what the eye misses least.
  const wait = event.waitSeconds === undefined || event.waitSeconds <= 0 ? '' : minutesText(event.waitSeconds, language)
  const words = eventWords[event.what][language]
  const detail = event.detail ?? ''
  if (language === 'zh') {
    const begun = wait === '' ? words : `等候 ${wait}后${words}`
    return [begun, where, detail === '' ? '' : `（${detail}）`].filter((text) => text !== '').join(' ')
  }
  const begun = wait === '' ? words : `${words} after ${wait}`
  return `${begun}${where === '' ? '' : `: ${where}`}${detail === '' ? '' : ` (${detail})`}`
}

/** Label and one text per arm; the label `paid` repeats so that it is printed once. */
function summaryRows(arms: readonly ArmStory[], language: Language): [string, string[]][] {
  const pair = (counts: { readonly payment: number; readonly clinical: number }, digits: number): string =>
    `${rowWords.payment[language]} ${counts.payment.toFixed(digits)}, ${rowWords.clinical[language]} ${counts.clinical.toFixed(digits)}`
  const paidRows = payers.filter(({ key }) => arms.some((arm) => arm.paid[key] !== 0))
  const payerCells = Math.max(...payers.map((payer) => cellsOf(payer[language])))
  return [
    [rowWords.lines[language], arms.map((arm) => `  ${pair(arm.linesJoined, 0)}`)],
    [rowWords.minutes[language], arms.map((arm) => `  ${pair(arm.waitMinutes, 1)}`)],
    ...paidRows.map((payer): [string, string[]] => [
      rowWords.paid[language],
      arms.map((arm) => `  ${padCells(payer[language], payerCells)}  ${fenText(arm.paid[payer.key], language)}`),
    ]),
  ]
}

/** Whole fen and, for the reader, yuan: `1,234 fen (12.34 yuan)`. */
function fenText(fen: number, language: Language): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.abs(fen)
  const yuan = `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
  return language === 'zh' ? `${fen} 分（${yuan} 元）` : `${fen} fen (${yuan} yuan)`
}

function minutesText(seconds: number, language: Language): string {
  const whole = Math.round(seconds)
  const [minute, second] = language === 'zh' ? ['分', '秒'] : ['min', 's']
  return whole < 60 ? `${whole} ${second}` : `${Math.floor(whole / 60)} ${minute} ${String(whole % 60).padStart(2, '0')} ${second}`
}

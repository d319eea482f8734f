/** What the patient of one bill saw, and what the auditor says of it, beside the books' story: for `medpay why --run`. */
import { type Language, wordsFor } from '../reports/words.ts'
import type { PlannedOnWire, RunOnWire, SeenOnWire } from './run-on-wire.ts'

const words = {
  row: { en: 'row', zh: '第' },
  intended: { en: 'intended at', zh: '原定' },
  notSent: { en: 'not sent', zh: '未发送' },
  nothingSeen: { en: 'the generator wrote nothing of it', zh: '发生器未留下记录' },
  audit: { en: 'audit', zh: '审计' },
  noFinding: { en: 'audit: no finding', zh: '审计：无发现' },
  notAudited: { en: 'audit: none, the run ended before it', zh: '审计：未作，运行此前已终止' },
} as const

/** Before the books: each row in order, each answer with its milliseconds from the window's begin. */
export const seenLines = (rows: readonly PlannedOnWire[], { seen }: RunOnWire, language: Language): string[] =>
  rows.toSorted((one, other) => one.startMs - other.startMs).flatMap((row) => rowLines(row, seen.get(row.row), language))

function rowLines({ row, errand, startMs }: PlannedOnWire, seen: SeenOnWire | undefined, language: Language): string[] {
  const { wire } = wordsFor(language)
  const number = language === 'zh' ? `${words.row.zh}${row}行` : `${words.row.en} ${row}`
  const head = `${number} · ${wire.errands[errand] ?? errand} · ${words.intended[language]} ${milliseconds(startMs)}`
  if (seen === undefined) return [`${head} · ${words.nothingSeen[language]}`]
  if (seen.notSent !== undefined) return [`${head} · ${words.notSent[language]}: ${seen.notSent}`]
  return [
    head,
    ...seen.answers.map(({ outcome, by, payment, reason, sentMs, heardMs }) => {
      const moment = sentMs === undefined ? '' : `${milliseconds(sentMs)}${heardMs === undefined ? '' : ` → ${milliseconds(heardMs)}`}`
      return [moment, by, wire.outcomes[outcome] ?? outcome, reason, payment]
        .filter((part) => part !== undefined && part !== '')
        .join(' · ')
        .replace(/^/, '  ')
    }),
  ]
}

/**
 * After the books: findings about a bill or an errand, about one of its rows, keys or payments, or whatever was made from one; also where that is
 * one word of several by which a finding is known.
 */
export function auditLines(about: readonly string[], made: readonly string[], { findings }: RunOnWire, language: Language): string[] {
  if (findings === undefined) return [words.notAudited[language]]
  const isOf = (word: string) => about.includes(word) || made.some((number) => word === number || word.startsWith(`${number}-`))
  const own = findings.filter(({ id }) => [id, ...id.split(' ')].some(isOf))
  if (own.length === 0) return [words.noFinding[language]]
  const colon = language === 'zh' ? '：' : ': '
  return own.map(({ rule, words: said }) => `${words.audit[language]}${colon}${rule}${colon}${said[language]}`)
}

const milliseconds = (ms: number): string => `+${(ms / 1000).toFixed(3)} s`

/** The few figures of a run on the wire that a terminal shows; the report has the rest. */
import { efficiencyText } from '../reports/efficiency-text.ts'
import { formatNumber } from '../reports/format.ts'
import { signaturesLine } from '../reports/html/wire.ts'
import { reviewText } from '../reports/html/wire-review.ts'
import { type Language, wordsFor } from '../reports/words.ts'
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { WireOutcome } from '../simulators/measures/result-wire.ts'
import type { GoLiveSide, WireGoLive } from '../simulators/measures/result-wire-go-live.ts'
import type { Conducted } from '../simulators/wire/replay/conduct.ts'
import { legFigures } from './leg-lines.ts'

export function wireLines(wire: WireOutcome, { provisioned, drainSeconds }: Conducted, language: Language): readonly string[] {
  const zh = language === 'zh'
  const words = wordsFor(language)
  const { level, rows, generator, closingBooks, audit, legs, machine } = wire
  const notSent = rows.notSent.map(({ title, rows: count }) => `${count} ${title[language]}`).join(', ')
  const late = generator.startLateMs
  const answered = legs.find(({ leg }) => leg === 'intended-to-answered')?.totalMs
  const platform = legs.find(({ leg }) => leg === 'platform')?.ownMs
  const ms = (value: number | null | undefined) => (value === null || value === undefined ? '–' : `${Math.round(value)} ms`)
  const brokenRules = audit.rules
    .filter(({ standing }) => standing === 'broken')
    .map(({ name }) => name)
    .join(', ')
  const kept = audit.rules.filter(({ standing }) => standing === 'kept').length
  const each = (value: number | null) => (value === null ? '–' : formatNumber(value, language))
  const { messages, commits, signatures, verifications } = level.perPayment
  const perPayment = zh
    ? `每笔 ${each(messages)} 条报文、${each(commits)} 次提交、${each(signatures)} 次签名、${each(verifications)} 次验签`
    : `each ${each(messages)} messages, ${each(commits)} commits, ${each(signatures)} signatures, ${each(verifications)} verifications`
  const cores = (wire.processes ?? [])
    .map(({ actors, cores: used, loopDelayMsP99 }) => `${actors[0]} ${used?.toFixed(2) ?? '–'} (${ms(loopDelayMsP99)})`)
    .join(', ')
  const rest = closingBooks.rest.map(({ title, rows: count }) => `${count} ${title[language]}`).join(', ')
  const figures: (readonly [string, string])[] = [
    [
      zh ? '业务' : 'errands',
      `${rows.planned} = ${rows.sent} + ${rows.planned - rows.sent}${notSent === '' ? '' : ` (${notSent})`}; ${level.errandsPerSecond.toFixed(1)}/s`,
    ],
    [zh ? '平台支付' : 'platform payments', `${level.platformPaymentsPerSecond.toFixed(1)}/s; ${perPayment}`],
    ...(wire.signatures === undefined
      ? []
      : [[zh ? '所用签名' : 'signatures in use', signaturesLine({ words }, wire.signatures)] satisfies readonly [string, string]]),
    ...(level.efficiency === undefined
      ? []
      : ([[zh ? '平台效率' : 'platform efficiency', efficiencyText(words.wire, level.efficiency, language)]] as const)),
    [
      zh ? '起始延迟' : 'start lateness',
      late === null
        ? '–'
        : `p50 ${ms(late.p50)}, p99 ${ms(late.p99)}, max ${ms(late.max)}; ${zh ? '未发' : 'dropped'} ${generator.droppedStarts}; VU ${generator.vus}`,
    ],
    [zh ? '从时刻到应答' : 'intended to answered', `p50 ${ms(answered?.p50)}, p95 ${ms(answered?.p95)}, p99 ${ms(answered?.p99)}`],
    [zh ? '平台自身' : "platform's own time", `p50 ${ms(platform?.p50)}, p95 ${ms(platform?.p95)}, p99 ${ms(platform?.p99)}`],
    ...legFigures(wire, language),
    [
      zh ? '期末账簿' : 'closing books',
      `${closingBooks.equal} ${zh ? '/' : 'of'} ${closingBooks.compared} ${zh ? '相同' : 'equal'}${rest === '' ? '' : ` (${rest})`}`,
    ],
    ...(wire.review === undefined
      ? []
      : [[zh ? '违规账单' : 'offending bills', reviewText({ words, language }, wire.review.all)] satisfies readonly [string, string]]),
    ...termFigures(wire, language),
    [
      zh ? '审计' : 'audit',
      `${audit.verdict}; ${kept} ${zh ? '条规则成立' : 'rules kept'}${brokenRules === '' ? '' : zh ? `；未守：${brokenRules}` : `; broken: ${brokenRules}`}`,
    ],
    [
      zh ? '优先级（nice）' : 'niceness',
      `k6 ${generator.niceness ?? '–'}, ${zh ? '各进程' : 'processes'} ${[...new Set((wire.processes ?? []).map(({ niceness }) => niceness ?? '–'))].join(', ')}`,
    ],
    [zh ? '处理器：核（循环延迟 P99）' : 'processor: cores (loop p99)', `k6 ${generator.cpuShare?.toFixed(2) ?? '–'}, ${cores}`],
    [
      zh ? '期初账簿' : 'opening books',
      `${provisioned.persons} ${zh ? '人' : 'persons'}, ${provisioned.seconds.toFixed(1)} s; ${zh ? '清尾' : 'drain'} ${drainSeconds.toFixed(1)} s`,
    ],
    [
      zh ? '机器' : 'machine',
      `${machine.processor}, ${machine.cores} ${zh ? '核' : 'cores'}, ${machine.memoryGigabytes} GB, ${machine.system}; fdatasync p50 ${machine.fdatasyncMsP50 === null ? '–' : `${machine.fdatasyncMsP50.toFixed(2)} ms`}`,
    ],
  ]
  if (wire.goLive !== undefined) figures.push(...goLiveFigures(wire.goLive, language))
  const wide = Math.max(...figures.map(([name]) => name.length))
  const value = (of: number | null, unit: string) => (of === null ? '–' : `${formatNumber(of, language)}${unit === '' ? '' : ` ${unit}`}`)
  const standings = zh ? { ok: '达到', short: '未达到' } : { ok: 'ok', short: 'short' }
  return [
    ...wire.levels.map(({ title, platformPaymentsPerSecond, settledShare, ownMsP99, valid, standing = valid ? 'held' : 'lost' }) =>
      [
        `  ${title[language]}`,
        `${platformPaymentsPerSecond.toFixed(1)}/s`,
        `${(100 * settledShare).toFixed(1)} %`,
        `p99 ${ms(ownMsP99)}`,
        (zh ? { held: '可承受', lost: '不可承受', void: '作废' } : { held: 'held', lost: 'not held', void: 'void' })[standing],
      ].join('  '),
    ),
    ...figures.map(([name, said]) => `${name.padEnd(wide)}  ${said}`),
    ...(wire.verdicts ?? []).map(
      ({ title, measured, is, goal, unit, standing }) =>
        `  ${standings[standing].padEnd(6)} ${title[language]}: ${value(measured, unit)} (${is === 'at-least' ? '≥' : '≤'} ${value(goal, unit)})`,
    ),
    ...(wire.notes ?? []).map((note) => `  ${note[language]}`),
  ]
}

/** Days without interest after the visit; nothing where none were played. */
function termFigures({ creditTerm }: Pick<WireOutcome, 'creditTerm'>, language: Language): readonly (readonly [string, string])[] {
  if (creditTerm === undefined) return []
  const { advancedFen, openingFen, givenBackFen, repaidFen, owedFen, overdue, virtual, closingBooks, seconds } = creditTerm
  const yuan = (fen: number) => (fen / 100).toFixed(2)
  const sum = `${yuan(openingFen)} + ${yuan(advancedFen)} = ${yuan(givenBackFen)} + ${yuan(repaidFen)} + ${yuan(owedFen)}`
  const { equal, compared } = closingBooks
  return language === 'zh'
    ? [
        ['信用还款期（元）', `已欠＋垫付＝退回＋已还＋仍欠：${sum}；${seconds.toFixed(1)} s`],
        ['逾期', `${overdue.persons} 人（虚拟 ${virtual.overdue.persons} 人）；还款与所欠 ${equal} / ${compared} 相同`],
      ]
    : [
        ['credit term, yuan', `owed + advanced = given back + repaid + still owed: ${sum}; ${seconds.toFixed(1)} s`],
        ['overdue', `${overdue.persons} persons (virtual ${virtual.overdue.persons}); repaid and owed: ${equal} of ${compared} equal`],
      ]
}

/** Wire first, the virtual city's same rows after it. */
function goLiveFigures(
  { sites, untilSecond, directoryBytes, wire, virtual }: WireGoLive,
  language: Language,
): readonly (readonly [string, string])[] {
  const zh = language === 'zh'
  const both = (of: (side: GoLiveSide) => string) => `${of(wire)} (${zh ? '虚拟' : 'virtual'} ${of(virtual)})`
  const number = (value: number | null, digits = 0) => (value === null ? '–' : value.toFixed(digits))
  return [
    [
      zh ? `${clockOfSecond(untilSecond)} 前可结算` : `able to settle by ${clockOfSecond(untilSecond)}`,
      both(({ readySites }) => `${readySites}/${sites} = ${number((100 * readySites) / sites, 1)} %`),
    ],
    [zh ? '签到风暴' : 'sign-in storm', both(({ stormSeconds }) => `${number(stormSeconds, 1)} s`)],
    [zh ? '最后就绪' : 'last site ready', both(({ lastReadySecond }) => (lastReadySecond === null ? '–' : clockOfSecond(lastReadySecond)))],
    [zh ? '医保峰值（次/秒）' : 'bureau, most calls/s', both(({ peakBureauCallsPerSecond }) => number(peakBureauCallsPerSecond))],
    [
      zh ? '被拒、无应答、未就绪' : 'refused, unanswered, late',
      both(({ refused, unanswered, late }) => `${refused}, ${unanswered}, ${late}`),
    ],
    [zh ? '目录实传' : 'directory bytes moved', `${(directoryBytes / 1e6).toFixed(2)} MB`],
  ]
}

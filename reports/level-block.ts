/** What a load level measured, as it stands in docs/load-levels.md: in both languages, and nothing that its result does not say. */
import type { Words } from '../scenarios/plan.ts'
import type { LevelFigures, WireOutcome, WireVerdict } from '../simulators/measures/result-wire.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

/** @returns the block of a page, or why the result may not be quoted */
export function levelBlock({ wire, verdict, scenario, provenance }: RunResult): { readonly block: string } | { readonly refused: Words } {
  if (wire === undefined) return { refused: { en: 'a result of the virtual city has no load level', zh: '虚拟城市的结果没有负载档位' } }
  if (!verdict.valid) return { refused: { en: `void: ${told(verdict.reasons, 'en')}`, zh: `作废：${told(verdict.reasons, 'zh')}` } }
  if (wire.audit.verdict !== 'passed')
    return { refused: { en: 'the auditor has findings: no figure of it is quoted', zh: '审计有发现，其数字不得引用' } }
  const { level, rows, closingBooks, audit, machine, generator } = wire
  const { messages, commits, signatures, verifications } = level.perPayment
  const kept = audit.rules.filter(({ standing }) => standing === 'kept').length
  const facts = [
    `\`${provenance.replay}\`, ${provenance.startedAt.slice(0, 10)}, ${scenario.name}`,
    `${machine.processor}, ${machine.cores} 核 · cores, ${machine.memoryGigabytes} GB, fdatasync p50 ${number(machine.fdatasyncMsP50)} ms`,
    `业务 · errands ${whole(rows.sent)} / ${whole(rows.planned)}, ${number(level.errandsPerSecond)}/s; 平台支付 · platform payments ${number(level.platformPaymentsPerSecond)}/s`,
    `每笔报文、提交、签名、验签 · messages, commits, signatures, verifications a payment: ${[messages, commits, signatures, verifications].map(number).join(', ')}`,
    `期末账簿相同 · closing books equal ${whole(closingBooks.equal)} / ${whole(closingBooks.compared)}; 审计规则成立 · rules kept ${kept}`,
    `核 · cores: ${[{ actors: [generator.name], cores: generator.cpuShare }, ...(wire.processes ?? [])].map(({ actors, cores }) => `${actors[0]} ${number(cores)}`).join(', ')}`,
  ]
  return { block: [list(facts), promises(wire), tries(wire.levels), notes(wire)].filter((text) => text !== '').join('\n\n') }
}

/** A result's level, and so its place in the page. */
export const levelOf = ({ wire }: RunResult): string => wire?.level.name ?? ''

const told = (reasons: readonly Words[], language: 'en' | 'zh'): string => reasons.map((one) => one[language]).join('; ')
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')
const whole = (value: number): string => value.toLocaleString('en-GB')
const number = (value: number | null): string =>
  value === null
    ? '–'
    : value.toLocaleString('en-GB', Math.abs(value) < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 1 })

const rowsOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const standings: Readonly<Record<WireVerdict['standing'], string>> = { ok: '达到 · ok', short: '未达到 · short' }

function promises({ verdicts = [] }: WireOutcome): string {
  if (verdicts.length === 0) return ''
  return rowsOf(
    ['承诺 · promise', '实测 · measured', '目标 · goal', ''],
    verdicts.map(({ title, measured, is, goal, unit, standing }) => [
      `${title.zh} · ${title.en}`,
      `${number(measured)} ${unit}`.trimEnd(),
      `${is === 'at-least' ? '≥' : '≤'} ${number(goal)} ${unit}`.trimEnd(),
      standings[standing],
    ]),
  )
}

const rateStandings = { held: '可承受 · held', lost: '不可承受 · not held', void: '作废 · void' } as const

function tries(levels: readonly LevelFigures[]): string {
  if (levels.length === 0) return ''
  return rowsOf(
    ['档 · level', '平台支付/秒 · payments/s', '办成 · settled', '429', '平台自身 · own p99, ms', ''],
    levels.map(({ title, platformPaymentsPerSecond, settledShare, refusedBusy, ownMsP99, valid, standing = valid ? 'held' : 'lost' }) => [
      `${title.zh} · ${title.en}`,
      number(platformPaymentsPerSecond),
      `${number(100 * settledShare)} %`,
      whole(refusedBusy),
      number(ownMsP99),
      rateStandings[standing],
    ]),
  )
}

const notes = ({ notes: said = [] }: WireOutcome): string => list(said.map(({ en, zh }) => `${zh}。${en}.`))

/** The wire section of a run's result, from what a run handed back; and whether the run may be quoted at all. */
import { cpus, release, type as systemName, totalmem } from 'node:os'
import type { Words } from '../../../scenarios/plan.ts'
import type {
  FailoverFigures,
  WireAudit,
  WireErrand,
  WireGenerator,
  WireMoneyStage,
  WireOutcome,
  WireProcessFigures,
  WireRows,
} from '../../measures/result-wire.ts'
import { wireOutcomeVersion } from '../../measures/result-wire.ts'
import type { NotSentReason, SeenRow } from '../../trace/seen-row.ts'
import type { Trace } from '../../trace/trace.ts'
import { factsOf, kindsOf } from '../audit/facts.ts'
import type { ReconciliationReport } from '../desks/reconciliation-desk.ts'
import type { StruckParties, TwinRun } from './beside-twin.ts'
import { closingBooks } from './closing-books.ts'
import type { Conducted } from './conduct.ts'
import { creditTermOf } from './credit-term.ts'
import { divergenceOf } from './divergence.ts'
import { failoverFigures } from './failover-figures.ts'
import { type Foretold, faultOutcomes } from './fault-outcomes.ts'
import { latestStartMsP99 } from './gave-way.ts'
import { latencyByLeg, quantilesOf } from './latency-by-leg.ts'
import { platformEfficiency, type UnitCosts } from './platform-efficiency.ts'
import { reviewFigures } from './review-figures.ts'
import { rowsOnLegs } from './rows-on-legs.ts'
import { thresholdsCrossed } from './run-k6.ts'

export interface OutcomeParts {
  readonly trace: Trace
  readonly conducted: Conducted
  readonly audit: WireAudit
  readonly level: { readonly name: string; readonly title: Words }
  readonly target: WireOutcome['target']
  readonly k6Version: string
  readonly fdatasyncMsP50: number | null
  /** Of the parts of a payment, measured before the run; absent: not measured. */
  readonly units?: UnitCosts | undefined
  readonly parties: StruckParties
  /** The same rows without any fault; absent: there are no faults, or no twin could be played. */
  readonly twin?: TwinRun | undefined
  /** What the virtual city foretold of the same faults on the same cut. */
  readonly foretold?: (FailoverFigures & { readonly faults: readonly Foretold[] }) | undefined
}

export function wireOutcome(parts: OutcomeParts): WireOutcome {
  const { trace, conducted, audit, level, target, k6Version, fdatasyncMsP50, units, parties, twin, foretold } = parts
  const { log } = conducted
  const { window, rows, scale } = trace
  const sent = log.rows.filter(({ notSent }) => notSent === undefined)
  const paidByPlatform = sent.filter((seen) => seen.answers.at(-1)?.outcome === 'paid' && seen.answers.at(-1)?.by !== 'hospital').length
  const { work } = conducted
  const isPriced = work !== null && work.cpuMicros !== null && units !== undefined
  const facts = factsOf({ books: conducted.books, planned: rows, seen: log.rows })
  const review = reviewFigures(trace, facts)
  const creditTerm = creditTermOf(trace, conducted, facts, audit)
  const efficiency = isPriced ? platformEfficiency(work.counts, work.cpuMicros, paidByPlatform, units) : undefined
  return {
    version: wireOutcomeVersion,
    window: { date: trace.opening.date, fromSecond: window.fromSecond, toSecond: window.fromSecond + window.seconds, arm: trace.arm },
    level: {
      ...level,
      scale: scale.asked,
      clockSpeed: 1,
      errandsPerSecond: sent.length / window.seconds,
      platformPaymentsPerSecond: paidByPlatform / window.seconds,
      perPayment: perPayment(work, paidByPlatform),
      ...(efficiency === undefined ? {} : { efficiency }),
    },
    target,
    generator: generatorOf(trace, conducted, k6Version),
    processes: processesOf(trace, conducted),
    signatures: conducted.signatures,
    rows: rowsOf(rows.length, log.rows),
    errands: errandsOf(trace, log.rows),
    legs: latencyByLeg(rows, conducted),
    divergence: divergenceOf(rowsOnLegs(rows, conducted), window.seconds),
    ...(conducted.reconciliation === undefined ? {} : { money: moneyStagesOf(conducted.reconciliation) }),
    ...(review === undefined ? {} : { review }),
    closingBooks: closingBooks(rows, log.rows, kindsOf(facts)),
    ...(creditTerm === undefined ? {} : { creditTerm }),
    audit,
    faults: faultOutcomes(trace, conducted, parties, twin, foretold?.faults ?? []),
    failover:
      twin === undefined ||
      foretold === undefined ||
      !conducted.struck.every(({ fault }) => foretold.faults.some(({ name }) => name === fault.name))
        ? null
        : {
            wire: failoverFigures(
              rows,
              trace.rules.channels,
              conducted.struck.map(({ fault }) => fault.target),
              log.rows,
              twin.rows,
            ),
            virtual: figuresOf(foretold),
          },
    levels: [],
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGigabytes: Math.round(totalmem() / 2 ** 30),
      system: `${systemName()} ${release()}`,
      fdatasyncMsP50,
    },
  }
}

const moneyStagesOf = ({ stages }: ReconciliationReport): readonly WireMoneyStage[] =>
  stages.map(({ stage, count, amountFen, meanAgeSeconds, oldestAgeSeconds, standingFen, standingMeanAgeSeconds }) => ({
    stage: stage as WireMoneyStage['stage'],
    sums: count,
    amountFen,
    meanAgeSeconds: meanAgeSeconds ?? null,
    oldestAgeSeconds: oldestAgeSeconds ?? null,
    standingFen,
    standingMeanAgeSeconds: standingMeanAgeSeconds ?? null,
  }))

/** Shares of a payment are kept to a hundredth: they are means over a window. */
function perPayment(work: Conducted['work'], paid: number): WireOutcome['level']['perPayment'] {
  const each = (count: number | undefined) => (count === undefined || paid === 0 ? null : Math.round((100 * count) / paid) / 100)
  return {
    messages: each(work?.messages),
    commits: each(work?.commits),
    signatures: each(work?.signatures),
    verifications: each(work?.verifications),
  }
}

/** Of one core over the window, and how late its loop ran. */
const processesOf = ({ window }: Trace, { cpu }: Conducted): readonly WireProcessFigures[] =>
  cpu.map(({ actors, seconds, loopDelayMsP99, niceness }) => ({
    actors,
    cores: seconds === null ? null : seconds / window.seconds,
    loopDelayMsP99,
    niceness,
  }))
const figuresOf = ({ payments, broke, notSaved, toHospital, atOtherEntries }: FailoverFigures): FailoverFigures => ({
  payments,
  broke,
  notSaved,
  toHospital,
  atOtherEntries,
})

function generatorOf({ rows, window }: Trace, { log, k6, users }: Conducted, version: string): WireGenerator {
  const late = quantilesOf(log.rows.filter(({ sentMs }) => sentMs !== undefined).map(({ sentMs, dueMs }) => (sentMs as number) - dueMs))
  const droppedStarts = rows.length - log.rows.length
  const lateP99 = late === null ? null : lateQuantile(log.rows, 0.99)
  return {
    name: 'k6',
    version,
    vus: users,
    niceness: k6.niceness,
    cpuShare: k6.cpuSeconds === null ? null : k6.cpuSeconds / window.seconds,
    startLateMs: late === null ? null : { p50: late.p50, p99: lateP99 as number, max: late.max, count: late.count },
    droppedStarts,
    isHealthy:
      droppedStarts === 0 &&
      !log.rows.some(isEarly) &&
      lateP99 !== null &&
      lateP99 <= latestStartMsP99 &&
      [0, thresholdsCrossed].includes(k6.status),
  }
}

/** Lateness alone would call a generator healthy that waits for nothing. */
const isEarly = ({ sentMs, dueMs }: SeenRow): boolean => sentMs !== undefined && sentMs < dueMs - latestStartMsP99

function lateQuantile(rows: readonly SeenRow[], share: number): number {
  const late = rows.flatMap(({ sentMs, dueMs }) => (sentMs === undefined ? [] : [Math.max(0, sentMs - dueMs)])).toSorted((a, b) => a - b)
  return late[Math.min(late.length - 1, Math.ceil(share * late.length) - 1)] ?? 0
}

const whyNotSent: Readonly<Record<NotSentReason, Words>> = {
  'no-door': { zh: '线上没有对应的请求', en: 'the wire has no such request' },
  'not-needed': { zh: '前一方式在线上已成功', en: 'the way before it worked on the wire' },
  'predecessor-failed': { zh: '前一业务未完成', en: 'the errand before it came to no end' },
  'past-deadline': { zh: '轮到时已超过期限', en: 'its turn came after its deadline' },
  'run-ended': { zh: '运行先行结束', en: 'the run ended before its turn' },
}

function rowsOf(planned: number, seen: readonly SeenRow[]): WireRows {
  const reasons = new Map<NotSentReason, number>()
  for (const { notSent } of seen) if (notSent !== undefined) reasons.set(notSent, (reasons.get(notSent) ?? 0) + 1)
  return {
    planned,
    sent: seen.filter(({ notSent }) => notSent === undefined).length,
    heldByPredecessor: seen.filter(({ heldMs, notSent }) => heldMs > 0 && notSent === undefined).length,
    notSent: [...reasons].map(([reason, rows]) => ({ reason, title: whyNotSent[reason], rows })),
  }
}

function errandsOf({ rows }: Trace, seen: readonly SeenRow[]): readonly WireErrand[] {
  const kept = new Map<string, { outcomes: Map<string, number>; ms: number[] }>()
  for (const one of seen) {
    const last = one.answers.at(-1)
    const errand = rows[one.row]?.errand
    if (last === undefined || errand === undefined) continue
    const known = kept.get(errand) ?? { outcomes: new Map<string, number>(), ms: [] }
    known.outcomes.set(last.outcome, (known.outcomes.get(last.outcome) ?? 0) + 1)
    if (last.outcome !== 'no-answer' && one.endMs !== undefined) known.ms.push(one.endMs - one.dueMs)
    kept.set(errand, known)
  }
  return [...kept].map(([errand, { outcomes, ms }]) => ({
    errand,
    outcomes: [...outcomes].map(([outcome, rows]) => ({ outcome, rows })),
    totalMs: quantilesOf(ms),
  }))
}

/** Why the run may not be quoted; empty where it may. What the auditor found as well is said once. */
export function voidReasons(
  { generator, rows, level, faults, audit }: WireOutcome,
  conducted: Conducted,
  leastPaymentsPerSecond: number,
): readonly Words[] {
  const reasons: Words[] = []
  const say = (isSo: boolean, en: string, zh: string) => {
    if (isSo) reasons.push({ en, zh })
  }
  const { k6, log, isQuiet, lost, unready, wasInterrupted, struck } = conducted
  const late = generator.startLateMs?.p99 ?? null
  const early = log.rows.filter(isEarly).length
  const sentAndNot = rows.sent + rows.notSent.reduce((sum, one) => sum + one.rows, 0)
  say(wasInterrupted, 'the run was interrupted', '运行被中断')
  say(
    lost.length > 0,
    `ended during the run, with what they knew: ${lost.join(', ')}`,
    `运行期间自行终止，其所知已无从查证：${lost.join('、')}`,
  )
  say(
    unready.length > 0,
    `no longer ready at the end (a full disk?): ${unready.join(', ')}`,
    `结束时已不能工作（磁盘已满？）：${unready.join('、')}`,
  )
  say(rows.sent === 0, 'nothing was sent', '未发送任何请求')
  say(
    ![0, thresholdsCrossed].includes(k6.status),
    `k6 ended with ${k6.status}: ${whyK6Ended(k6, log)}`,
    `k6 以 ${k6.status} 结束：${whyK6Ended(k6, log)}`,
  )
  const full = fullDiskOf(k6)
  say(
    full !== undefined,
    `the generator found no room on the disk for ${full?.path} (${full?.why}): rows after that are lost; free some space or choose another --out`,
    `发生器的磁盘已无空间写入 ${full?.path}（${full?.why}），其后各行丢失；请清理空间或另选 --out`,
  )
  say(
    rows.planned !== sentAndNot,
    `${rows.planned} rows were planned and ${sentAndNot} are accounted for`,
    `计划 ${rows.planned} 行，仅交代 ${sentAndNot} 行`,
  )
  say(
    late !== null && late > latestStartMsP99,
    `starts were ${late?.toFixed(1)} ms late at the 99th percentile, more than ${latestStartMsP99}`,
    `起始延迟 P99 为 ${late?.toFixed(1)} 毫秒，超过 ${latestStartMsP99}`,
  )
  say(
    early > 0,
    `${early} rows were sent more than ${latestStartMsP99} ms before they were due`,
    `${early} 行早于应发时刻 ${latestStartMsP99} 毫秒以上发出`,
  )
  // Why it was not is said already where the run was stopped or somebody could not go on.
  say(
    !isQuiet && !wasInterrupted && lost.length + unready.length === 0,
    'money was not quiet two minutes after the last row',
    '最后一行之后两分钟仍有未了结的支付',
  )
  const missed = new Map(struck.flatMap(({ fault, missed: at }) => (at === undefined || wasInterrupted ? [] : [[fault.name, at] as const])))
  for (const { name, target, isToothless, callsTouched, effect } of faults) {
    const at = missed.get(name)
    say(
      at === 'begin',
      `the fault ${name} did not strike: ${target} was no longer there when its moment came (did another fault end it?)`,
      `故障 ${name} 未能施加：到其时刻，${target} 已不复存在（是否已被另一故障终止？）`,
    )
    say(
      at === 'end',
      `the fault ${name} could not be ended in good order: ${target} was no longer there, or did not come back`,
      `故障 ${name} 未能正常结束：${target} 已不复存在，或未能恢复`,
    )
    if (at !== undefined) continue
    const { measure, twin, found, leastDifference } = effect
    const by = measures[measure] ?? { en: measure, zh: measure }
    const beside = `${by.en} ${rounded(found)}, ${rounded(twin)} without it, at least ${rounded(leastDifference)} more wanted`
    say(
      isToothless,
      `the fault ${name} was toothless: it met ${callsTouched} calls; ${beside}`,
      `故障 ${name} 未起作用：触及 ${callsTouched} 次调用；${by.zh}为 ${rounded(found)}，无故障时 ${rounded(twin)}，至少须多 ${rounded(leastDifference)}`,
    )
  }
  const broken = log.words.filter((words) => words.startsWith('adapter '))
  say(
    broken.length > 0,
    `${broken.length} answers of the adapter were unusable: ${broken[0]}`,
    `适配器有 ${broken.length} 次返回不可用：${broken[0]}`,
  )
  const perSecond = level.platformPaymentsPerSecond
  say(
    perSecond < leastPaymentsPerSecond,
    `${perSecond.toFixed(1)} platform payments a second, below the ${leastPaymentsPerSecond} the level asks for`,
    `平台每秒支付 ${perSecond.toFixed(1)} 笔，低于该档位要求的 ${leastPaymentsPerSecond} 笔`,
  )
  const saidAlready: Readonly<Record<string, boolean>> = {
    'there-are-samples': rows.sent === 0,
    'planned-equals-accounted': rows.planned !== sentAndNot,
    'faults-took-effect': faults.some(({ isToothless }) => isToothless),
  }
  const again = new Set(
    audit.rules.flatMap(({ name, findings }) => (saidAlready[name] === true ? findings.map(({ words }) => words.en) : [])),
  )
  reasons.push(...audit.voidReasons.filter(({ en }) => !again.has(en)))
  return reasons
}

/** k6 goes on without its log where that cannot be written, and says so on its standard error. */
function fullDiskOf({ said }: Conducted['k6']): { readonly path: string; readonly why: string } | undefined {
  const [, path, why] = /write ([^":]+): (no space left on device|file too large|disk quota exceeded)/.exec(said) ?? []
  return path === undefined || why === undefined ? undefined : { path, why }
}

/** By what a fault's effect is told. */
const measures: Readonly<Record<string, Words>> = {
  'calls-met': { en: 'calls met', zh: '触及请求' },
  'harmed-share': { en: 'share of patients who ended otherwise or later', zh: '结局改变或明显推迟的患者比例' },
  'median-milliseconds': { en: 'median, ms', zh: '中位数（毫秒）' },
}

const rounded = (value: number) => Math.round(value * 1000) / 1000
/** A script that does not load is told in k6's log, where the rows are; a word it does not know, on its standard error. */
const whyK6Ended = ({ said }: Conducted['k6'], { words }: Conducted['log']): string =>
  said.trim().split('\n').at(-1) || (words.find((line) => /error/i.test(line)) ?? words.at(-1) ?? '–').slice(0, 300)

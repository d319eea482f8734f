/**
 * The golden run: one day of the small town, both arms, as lines a person can read and check by hand. Whatever moves a figure of the
 * house moves a line here, and the change says why. Compared by golden.test.ts, shown and renewed by golden.ts.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { textTable } from '../reports/text-table.ts'
import { loadPlan } from '../scenarios/load-plan.ts'
import { formatProblems } from '../scenarios/problem.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { runCity } from '../simulators/virtual/run-city.ts'

export const goldenPath = fileURLToPath(new URL('../simulators/virtual/golden/small-town.txt', import.meta.url))

/** The accepted lines; empty before the first are accepted. */
export function acceptedGolden(): string {
  try {
    return readFileSync(goldenPath, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** The lines as the house computes them now. */
export async function goldenToday(): Promise<string> {
  const loaded = loadPlan('small-town', { replications: 1 })
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  // The kernel as plain TypeScript on this thread: nothing to compile, and the compiled one gives the same bits.
  const result = await runCity(loaded.plan, { workers: 1, kernel: { bytes: null }, wallClock: () => new Date(0), replay: 'npm run golden' })
  return goldenText(result)
}

export interface MovedLine {
  readonly accepted: string | undefined
  readonly now: string | undefined
}

/** Lines that differ, in order; a line is known by its label, so that an inserted one moves nothing else. */
export function movedLines(accepted: string, now: string): readonly MovedLine[] {
  const before = linesByLabel(accepted)
  const after = linesByLabel(now)
  const labels = [...new Set([...before.keys(), ...after.keys()])]
  return labels.flatMap((label) => {
    const moved = { accepted: before.get(label), now: after.get(label) }
    // Columns may have become wider or narrower; only what they say counts.
    return unspaced(moved.accepted) === unspaced(moved.now) ? [] : [moved]
  })
}

function linesByLabel(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return new Map(lines.map((line) => [line.trim().split(/ {2,}|: /)[0] as string, line]))
}

function unspaced(line: string | undefined): string | undefined {
  return line?.trim().replace(/\s+/g, ' ')
}

/** @param result one day of the small town, two arms, one fault */
export function goldenText(result: RunResult): string {
  const { scenario, arms } = result
  const column = arms.map((arm) => columnOf(result, arm.name))
  const table = textTable(
    [{ title: '' }, { title: 'unit' }, ...arms.map((arm) => ({ title: arm.name, numeric: true }))],
    rows.map(([label, unit, figure]) => [label, unit, ...column.map((of) => figure(of))]),
    '',
  )
  return [
    `Golden day 黄金日: ${scenario.name}, ${scenario.date}, seed ${scenario.seed}, ${result.replication.days} day`,
    ...table,
    ...result.faults.map(faultLine),
    ...result.audit.map((finding) => `audit ${finding.name}: ${finding.passed ? 'passed 通过' : 'FAILED 未通过'}, ${finding.detail.en}`),
    `verdict 结论: ${result.verdict.valid ? 'valid 有效' : result.verdict.reasons.map((reason) => reason.en).join('; ')}`,
    `plan hash: ${result.planHash}`,
    `result hash: ${result.resultHash}`,
    '',
  ].join('\n')
}

/** How a row reads one arm: values by measure name, formatted; a dash where nothing was measured. */
interface ArmColumn {
  readonly value: (name: string, digits: number, per?: number) => string
  readonly count: (name: string) => string
}

function columnOf(result: RunResult, arm: string): ArmColumn {
  const measure = (name: string) =>
    result.measures.find((candidate) => candidate.name === name && candidate.arm === arm && candidate.slice.dimension === 'all')
  return {
    value: (name, digits, per = 1) => {
      const found = measure(name)
      return found === undefined ? '–' : (found.value / per).toFixed(digits)
    },
    count: (name) => String(measure(name)?.count ?? 0),
  }
}

type Row = readonly [label: string, unit: string, figure: (arm: ArmColumn) => string]

const one = (label: string, unit: string, name: string, digits: number, per?: number): Row => [
  label,
  unit,
  (arm) => arm.value(name, digits, per),
]
const lines = (label: string, which: 'payment' | 'clinical'): Row => [
  label,
  'lines',
  (arm) => ['joined', 'with-any-wait', 'waited-over-1-minute'].map((count) => arm.value(`${which}-lines-${count}`, 3)).join(' / '),
]
const station = (label: string, name: string): Row => [
  label,
  's · waits',
  (arm) => `${arm.value(`wait-seconds-mean/${name}`, 1)} · ${arm.count(`wait-seconds-mean/${name}`)}`,
]
const mode = (label: string, name: string): Row => [
  label,
  'share · s',
  (arm) => `${arm.value(`payment-mode-share/${name}`, 4)} · ${arm.value(`settlement-seconds-mean/${name}`, 3)}`,
]
const party = (label: string, name: string): Row => [
  label,
  'calls · /s',
  (arm) => `${arm.count(`peak-calls-per-second/${name}`)} · ${arm.value(`peak-calls-per-second/${name}`, 0)}`,
]

const rows: readonly Row[] = [
  one('visits 就诊', 'visits', 'visits', 0),
  one('visit lasts 停留', 'min', 'visit-duration-minutes', 2),
  one('of it queueing 其中排队', 'share', 'queueing-share-of-visit', 4),
  one('queueing to pay 付费排队', 'min/visit', 'payment-queueing-minutes-per-visit', 3),
  one('queueing clinical 诊疗排队', 'min/visit', 'clinical-queueing-minutes-per-visit', 3),
  one('… after paying 付费之后', 'min/visit', 'wait-after-payment-minutes-per-visit', 3),
  lines('payment lines: joined / any wait / over 1 min 付费队', 'payment'),
  lines('clinical lines: joined / any wait / over 1 min 诊疗队', 'clinical'),
  ['balked / lost patience / left unpaid 未排 · 离队 · 未付', 'share', leavers],
  station('wait, registration window 挂号窗口', 'registration-window'),
  station('wait, kiosk 自助机', 'kiosk'),
  station('wait, volunteer desk 志愿者', 'volunteer-desk'),
  station('wait, consulting room 诊室', 'consulting-room'),
  station('wait, cashier window 收费窗口', 'cashier-window'),
  station('wait, laboratory 检验', 'laboratory'),
  station('wait, imaging 影像', 'imaging'),
  station('wait, pharmacy 药房', 'pharmacy-window'),
  station('wait, emergency room 急诊', 'emergency-room'),
  mode('paid at a window 窗口', 'window'),
  mode('paid at a kiosk 自助机', 'kiosk'),
  mode('paid by phone 手机', 'phone'),
  mode('paid on credit 信用', 'credit'),
  party('calls, main entry 主入口', 'main-entry'),
  party('calls, platform 平台', 'platform'),
  party('calls, bureau 医保局', 'bureau'),
  party('calls, bank A 银行甲', 'bank-a'),
  one('calls sent ÷ needed 调用放大', '1', 'retry-amplification', 5),
  ['entry: attempted / settled / failed / spilled in 主入口', 'payments', entryCounts],
  one('insurance fund pays 统筹基金', 'yuan', 'fund-fen', 2, 100),
  one('personal accounts pay 个人账户', 'yuan', 'account-fen', 2, 100),
  one('own money 现金', 'yuan', 'cash-fen', 2, 100),
  one('bank credit 信用', 'yuan', 'credit-fen', 2, 100),
  [
    'owing / to be claimed later 欠费 · 待报销',
    'yuan',
    (arm) => `${arm.value('owing-fen', 2, 100)} / ${arm.value('claim-later-fen', 2, 100)}`,
  ],
  ['sign-ups: granted / with card / raised / refused / lost 签约', 'persons', signUpEnds],
]

function leavers(arm: ArmColumn): string {
  return ['balked-share', 'reneged-share', 'left-unpaid-share'].map((name) => arm.value(name, 5)).join(' / ')
}

function signUpEnds(arm: ArmColumn): string {
  return ['granted', 'with-digital-card', 'with-raised-limit', 'refused', 'lost'].map((end) => arm.value(`sign-ups-${end}`, 0)).join(' / ')
}

function entryCounts(arm: ArmColumn): string {
  return ['attempted', 'settled', 'failed', 'spilled-over'].map((name) => arm.value(`payments-${name}/main-entry`, 0)).join(' / ')
}

function faultLine(outcome: RunResult['faults'][number]): string {
  const after = (seconds: readonly (number | null)[]) => seconds.map((value) => (value === null ? '–' : `${value} s`)).join(', ')
  return [
    `fault 故障 ${outcome.fault.name} in ${outcome.arm}: ${outcome.callsTouched} calls met it`,
    `first patient failed after ${after(outcome.firstPatientFailureAfterSeconds)}`,
    `marked down after ${after(outcome.detectedAfterSeconds)}`,
    `back after ${after(outcome.backAfterSeconds)}`,
  ].join(', ')
}

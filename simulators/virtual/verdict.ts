/** Whether a run may be shown as an answer: its audit, its faults, its days. */
import { type Plan, stationKinds, type Words } from '../../scenarios/plan.ts'
import { TICKS_PER_SECOND } from '../engine/time.ts'
import type { AuditFinding, FaultOutcome, ObservedRow, RunResult } from '../measures/run-result.ts'
import type { ArmDay } from './city-player.ts'
import { KIND_CONSULTING } from './compile-city.ts'
import { KINDS_MAX } from './kernel/sums.ts'

const HOURS = 24

/** One row per rule, over all arms and days. */
export function auditOf(plan: Plan, arms: readonly (readonly ArmDay[])[]): readonly AuditFinding[] {
  const days = arms.flat()
  const sum = (of: (day: ArmDay) => number): number => days.reduce((total, day) => total + of(day), 0)
  const findings = sum((day) => day.audit.findings)
  const breaches = sum((day) => day.audit.littleBreaches)
  const unresolved = sum((day) => day.audit.reversalsFailed)
  const first = days.find((day) => day.audit.firstFinding !== null)?.audit.firstFinding
  const [bills, fen, lines] = [sum((day) => day.audit.bills), sum((day) => day.audit.fen), sum((day) => day.audit.linesChecked)]
  const reversals = sum((day) => day.audit.reversals)
  const faults = plan.scenario.faults.length
  return [
    {
      name: 'books',
      title: {
        zh: '账簿：独立重加每一张账单，与分类账逐项相等',
        en: 'Books: every bill added up again by an independent auditor, equal to the ledger',
      },
      passed: findings === 0,
      expected: 0,
      found: findings,
      detail: first ?? { zh: `${bills} 张账单，共 ${fen} 分`, en: `${bills} bills, ${fen} fen` },
    },
    {
      name: 'little',
      title: {
        zh: '利特尔法则：每条队伍的队长积分等于等候时间之和',
        en: "Little's law: in every line the integral of its length equals the sum of waits",
      },
      passed: breaches === 0,
      expected: 0,
      found: breaches,
      detail: { zh: `${lines} 条队`, en: `${lines} lines` },
    },
    {
      // Unknown is a state of its own: a reversal goes on until it is answered, so that at the day's end no money is in doubt.
      name: 'reversals',
      title: {
        zh: '冲正：结果未知的支付当日均已查清或冲正',
        en: 'Reversals: every payment of unknown outcome was cleared up or undone on the day',
      },
      passed: unresolved === 0,
      expected: 0,
      found: unresolved,
      detail: {
        zh: `冲正 ${reversals} 笔，未获答复 ${unresolved} 笔（故障 ${faults} 个）`,
        en: `${reversals} reversals, ${unresolved} left unanswered (${faults} faults)`,
      },
    },
  ]
}

export function faultsOf(plan: Plan, arms: readonly (readonly ArmDay[])[]): readonly FaultOutcome[] {
  return plan.scenario.arms.flatMap((arm, index) => {
    const struck = plan.scenario.faults.filter((fault) => arm.faults.includes(fault.name))
    return struck.map((fault, number) => {
      const days = (arms[index] ?? []).map((day) => day.faults[number] as ArmDay['faults'][number])
      const after = (tick: number): number | null => (tick < 0 ? null : (tick - fault.fromSecond * TICKS_PER_SECOND) / TICKS_PER_SECOND)
      const callsTouched = days.reduce((sum, day) => sum + day.touched, 0)
      return {
        fault,
        arm: arm.name,
        callsTouched,
        detectedAfterSeconds: days.map((day) => after(day.detected)),
        firstPatientFailureAfterSeconds: days.map((day) => after(day.firstFailure)),
        firstRoutedAwayAfterSeconds: days.map((day) => after(day.firstRouted)),
        backAfterSeconds: days.map((day) => day.backAfterSeconds),
        tookEffect: days.every((day) => day.touched > 0) && days.length > 0,
      }
    })
  })
}

export function verdictOf(audit: readonly AuditFinding[], faults: readonly FaultOutcome[], days: number): RunResult['verdict'] {
  const reasons: Words[] = []
  if (days === 0) reasons.push({ zh: '没有任何一天的数据', en: 'No day was simulated' })
  for (const finding of audit) {
    if (!finding.passed)
      reasons.push({
        zh: `审计未通过：${finding.title.zh}（${finding.detail.zh}）`,
        en: `Audit failed: ${finding.title.en} (${finding.detail.en})`,
      })
  }
  for (const outcome of faults) {
    if (!outcome.tookEffect) {
      reasons.push({
        zh: `故障“${outcome.fault.name}”在方案“${outcome.arm}”中至少有一天没有触及任何调用，结果无效`,
        en: `The fault "${outcome.fault.name}" touched no call on at least one day of the arm "${outcome.arm}", so the run is void`,
      })
    }
  }
  return { valid: reasons.length === 0, reasons }
}

/** A user's observed waits beside the model's, by site, station and hour, in the arm the others are compared with. */
export function observedOf(plan: Plan, days: readonly ArmDay[]): readonly ObservedRow[] {
  const { observedWaits, givenSites } = plan.city
  if (observedWaits === undefined || givenSites === undefined) return []
  return observedWaits.map((row) => {
    const site = givenSites.findIndex((candidate) => candidate.name === row.site)
    const kind = row.station === 'consulting-room' ? KIND_CONSULTING : stationKinds.indexOf(row.station as (typeof stationKinds)[number])
    const at = (site * KINDS_MAX + kind) * HOURS + row.hour
    const sum = days.reduce((total, day) => total + (day.siteWaits?.sum[at] ?? 0), 0)
    const count = days.reduce((total, day) => total + (day.siteWaits?.count[at] ?? 0), 0)
    return {
      site: row.site,
      station: row.station,
      hour: row.hour,
      observedMeanWaitSeconds: row.meanWaitSeconds,
      modelMeanWaitSeconds: count > 0 ? sum / count / TICKS_PER_SECOND : null,
      observedCount: row.count,
      modelCount: count,
    }
  })
}

/** Where kernel and oracle tell a day differently, in words; empty when they agree. */
import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/statistics/histogram.ts'
import * as sums from '../kernel/sums.ts'
import type { Kernel } from '../kernel-host.ts'
import type { SumDoubleName, SumName } from '../kernel-tables.ts'
import type { WalkedDay } from './walk-day.ts'

const HOUR = 36_000_000
const MINUTE = 600_000

export function differences(kernel: Kernel, walked: WalkedDay): string[] {
  const found: string[] = []
  const same = (what: string, kernelSays: number, oracleSays: number): void => {
    if (kernelSays !== oracleSays) found.push(`${what}: kernel ${kernelSays}, oracle ${oracleSays}`)
  }
  const sameTable = (what: SumName | SumDoubleName, kernelSays: ArrayLike<number>, oracleSays: ReadonlyMap<number, number>): void => {
    for (let i = 0; i < kernelSays.length; i++) same(`${what}[${i}]`, kernelSays[i] as number, oracleSays.get(i) ?? 0)
    for (const i of oracleSays.keys()) if (i >= kernelSays.length) found.push(`${what}[${i}] is beyond the kernel's table`)
  }

  const columns = [
    'visitEnd',
    'visitOutcome',
    'visitPaymentWait',
    'visitClinicalWait',
    'visitAfterPaymentWait',
    'visitLines',
    'visitPaid0',
    'visitPaid1',
    'visitPaid2',
  ] as const
  const told = Object.fromEntries(columns.map((name) => [name, kernel.visits(name)])) as Record<(typeof columns)[number], Int32Array>
  for (const [n, visit] of walked.visits.entries()) {
    const ours: Record<(typeof columns)[number], number> = {
      visitEnd: visit.end,
      visitOutcome: visit.outcome,
      visitPaymentWait: visit.paymentWait,
      visitClinicalWait: visit.clinicalWait,
      visitAfterPaymentWait: visit.afterPaymentWait,
      visitLines: visit.lines.reduce((word, count, field) => word | (count << (field * 5)), 0),
      visitPaid0: visit.paid[0] as number,
      visitPaid1: visit.paid[1] as number,
      visitPaid2: visit.paid[2] as number,
    }
    for (const name of columns) same(`visit ${n} ${name}`, told[name][n] as number, ours[name])
  }

  const starts = kernel.stations('stationStarts')
  const longest = kernel.stations('stationLongest')
  const areas = (['stationLineArea', 'stationWaitSum', 'stationBusyArea', 'stationDutyArea'] as const).map((name) =>
    kernel.stationSums(name),
  )
  for (const [n, line] of walked.lines.entries()) {
    same(`station ${n} starts`, starts[n] as number, line.starts)
    same(`station ${n} longest`, longest[n] as number, line.longest)
    same(`station ${n} line area`, areas[0]?.[n] as number, line.lineArea)
    same(`station ${n} waits`, areas[1]?.[n] as number, line.waitSum)
    same(`station ${n} busy area`, areas[2]?.[n] as number, line.busyArea)
    same(`station ${n} duty area`, areas[3]?.[n] as number, line.dutyArea)
  }

  const { book } = walked
  const bySite = kernel.sum('hourWaitCount').length > sums.KINDS_MAX * 24
  const hourSum = new Map<number, number>()
  const hourCount = new Map<number, number>()
  const waits = new Map<number, number>()
  for (const { site, kind, joined, wait, served } of walked.waits) {
    const at = ((bySite ? site : 0) * sums.KINDS_MAX + kind) * 24 + Math.min(23, Math.floor(joined / HOUR))
    add(hourSum, at, wait)
    add(hourCount, at, 1)
    if (served) add(waits, kind * HISTOGRAM_BUCKETS + bucketOf(Math.floor(wait / 10)), 1)
  }
  sameTable('hourWaitSum', kernel.sumDouble('hourWaitSum'), hourSum)
  sameTable('hourWaitCount', kernel.sum('hourWaitCount'), hourCount)
  sameTable('waitHistogram', kernel.sum('waitHistogram'), waits)

  const settled = counted(book.settled, ({ mode, took }) => mode * HISTOGRAM_BUCKETS + bucketOf(Math.floor(took / 10)))
  const payments = book.settled.filter(({ mode }) => mode < 4)
  const settleSum = new Map<number, number>()
  for (const { mode, took } of book.settled) add(settleSum, mode, took)
  sameTable('settleHistogram', kernel.sum('settleHistogram'), settled)
  sameTable('settleSum', kernel.sumDouble('settleSum'), settleSum)
  sameTable(
    'minuteStarted',
    kernel.sum('minuteStarted'),
    counted(
      book.started.filter(({ restart }) => restart === 0),
      ({ began }) => Math.floor(began / MINUTE),
    ),
  )
  sameTable(
    'minuteSettled',
    kernel.sum('minuteSettled'),
    counted(payments, ({ began }) => Math.floor(began / MINUTE)),
  )
  const within = payments.filter(({ took }) => took <= walked.levelTicks)
  sameTable(
    'minuteWithin',
    kernel.sum('minuteWithin'),
    counted(within, ({ began }) => Math.floor(began / MINUTE)),
  )
  sameTable(
    'channelAttempted',
    kernel.sum('channelAttempted'),
    counted(
      book.started.filter(({ channel }) => channel >= 0),
      ({ channel }) => channel,
    ),
  )
  sameTable(
    'channelSettled',
    kernel.sum('channelSettled'),
    counted(
      payments.filter(({ channel }) => channel >= 0),
      ({ channel }) => channel,
    ),
  )
  sameTable(
    'channelFailed',
    kernel.sum('channelFailed'),
    counted(book.failedAtChannel, (channel) => channel),
  )
  sameTable(
    'channelFellBack',
    kernel.sum('channelFellBack'),
    counted(walked.fellBack, (channel) => channel),
  )
  sameTable(
    'channelSpilledIn',
    kernel.sum('channelSpilledIn'),
    counted(walked.spilledIn, (channel) => channel),
  )

  const calls = new Map<number, number>()
  const callsByMinute = new Map<number, number>()
  const peaks = new Map<number, number>()
  const busy = new Map<number, number>()
  const duty = new Map<number, number>()
  for (const [party, ticks] of walked.callTicks.entries()) {
    calls.set(party, ticks.length)
    for (const tick of ticks) add(callsByMinute, party * sums.MINUTES + Math.floor(tick / MINUTE), 1)
    peaks.set(party, Math.max(0, ...counted(ticks, (tick) => Math.floor(tick / 10_000)).values()))
    for (const [byMinute, into] of [[walked.busyByMinute, busy] as const, [walked.dutyByMinute, duty] as const])
      for (const [minute, area] of (byMinute[party] ?? []).entries()) if (area !== undefined) add(into, party * sums.MINUTES + minute, area)
  }
  sameTable('partyCalls', kernel.sumDouble('partyCalls'), calls)
  sameTable('partyMinuteCalls', kernel.sum('partyMinuteCalls'), callsByMinute)
  sameTable('partyPeakCalls', kernel.sum('partyPeakCalls'), peaks)
  sameTable('partyMinuteBusy', kernel.sumDouble('partyMinuteBusy'), busy)
  sameTable('partyMinuteDuty', kernel.sumDouble('partyMinuteDuty'), duty)
  for (const [leg, name] of ['entry', 'platform', 'bureau', 'bank', 'his', 'files'].entries()) {
    same(`legAssumed ${name}`, kernel.sumDouble('legAssumed')[leg] as number, book.assumed[name] as number)
    same(`legComputed ${name}`, kernel.sumDouble('legComputed')[leg] as number, book.computed[name] as number)
    same(`legCount ${name}`, kernel.sumDouble('legCount')[leg] as number, book.answered[name] as number)
  }
  for (const [fault, { touched, detected, firstFailure, firstRouted }] of book.faults.entries()) {
    same(`fault ${fault} touched`, kernel.sum('faultTouched')[fault] as number, touched)
    same(`fault ${fault} detected`, kernel.sum('faultDetected')[fault] as number, detected)
    same(`fault ${fault} first failure`, kernel.sum('faultFirstFailure')[fault] as number, firstFailure)
    same(`fault ${fault} first routed`, kernel.sum('faultFirstRouted')[fault] as number, firstRouted)
  }
  const ready = kernel.sum('siteReady')
  same('sites', ready.length, walked.siteReady.length)
  for (const [site, tick] of walked.siteReady.entries()) same(`site ${site} ready`, ready[site] as number, tick)
  const totals = kernel.sumDouble('totals')
  const whole: readonly (readonly [name: string, at: number, value: number])[] = [
    ['calls sent', sums.TOTAL_CALLS_SENT, book.sent],
    ['calls needed', sums.TOTAL_CALLS_NEEDED, book.needed],
    ['late replies', sums.TOTAL_LATE_REPLIES, book.late],
    ['payments failed', sums.TOTAL_PAYMENTS_FAILED, walked.paymentsFailed],
    ['backup could not', sums.TOTAL_BACKUP_COULD_NOT, walked.backupCouldNot],
    ['reversals', sums.TOTAL_REVERSALS, book.reversals],
    ['reversals failed', sums.TOTAL_REVERSALS_FAILED, book.reversalsFailed],
    ['joins', sums.TOTAL_JOINS, walked.joins],
    ['old way', sums.TOTAL_OLD_WAY, walked.theOldWay],
    ['held', sums.TOTAL_HELD, walked.held],
    ['call joins', sums.TOTAL_CALL_JOINS, book.joined],
  ]
  for (const [name, at, value] of whole) same(name, totals[at] as number, value)
  return found
}

function add(into: Map<number, number>, at: number, amount: number): void {
  into.set(at, (into.get(at) ?? 0) + amount)
}

function counted<Thing>(things: readonly Thing[], at: (thing: Thing) => number): Map<number, number> {
  const into = new Map<number, number>()
  for (const thing of things) add(into, at(thing), 1)
  return into
}

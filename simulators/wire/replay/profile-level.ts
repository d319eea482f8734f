/** One level of a latency profile, from a run that was conducted and judged. */
import type { Words } from '../../../scenarios/plan.ts'
import type { WireOutcome } from '../../measures/result-wire.ts'
import { batchedMean, type TimedValue } from '../../measures/statistics/batch-means.ts'
import type { ProfileLeg, ProfileLevel } from '../../trace/latency-profile.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'
import { bucketsOf } from './latency-by-leg.ts'
import { ownMsOf, partyLegNames, type RowOnLegs, rowsOnLegs, spansOf } from './rows-on-legs.ts'

export function profileLevel(
  trace: Trace,
  conducted: Conducted,
  { level, generator, divergence = [] }: WireOutcome,
  reasons: readonly Words[],
): ProfileLevel {
  const { window, scale } = trace
  const rows = rowsOnLegs(trace.rows, conducted)
  const ours = rows.filter(({ isByTarget }) => isByTarget)
  const offered = trace.rows.filter(
    ({ bill, entry, mode, insteadOf }) => bill !== null && entry >= 0 && mode !== 'window' && mode !== 'kiosk' && insteadOf === null,
  )
  return {
    name: level.name,
    title: level.title,
    fromSecond: window.fromSecond,
    seconds: window.seconds,
    scale: scale.asked,
    offeredPerSecond: offered.length / window.seconds,
    achievedPerSecond: ours.filter(({ outcome }) => outcome === 'paid').length / window.seconds,
    inFlight: inFlight(ours, window.seconds),
    cpu: conducted.cpu.map(({ actors, seconds }) => ({ actors, cores: seconds === null ? null : seconds / window.seconds })),
    generator: { startLateMsP99: generator.startLateMs?.p99 ?? null, cores: generator.cpuShare },
    isValid: reasons.length === 0,
    reasons,
    settled: ownOf(
      ours.filter(({ outcome }) => outcome === 'paid').flatMap((one) => timed(one.dueMs, ownMsOf(one))),
      window.seconds,
    ),
    legs: legsOf(rows, window.seconds),
    divergence,
  }
}

/** Little: the mean at a time is all the time spent there over the window's length. */
function inFlight(rows: readonly RowOnLegs[], seconds: number): ProfileLevel['inFlight'] {
  const steps = rows.flatMap(({ fromMs, toMs }) => [
    { atMs: fromMs, by: 1 },
    { atMs: toMs, by: -1 },
  ])
  let now = 0
  let most = 0
  for (const { by } of steps.toSorted((a, b) => a.atMs - b.atMs || a.by - b.by)) {
    now += by
    most = Math.max(most, now)
  }
  return { mean: rows.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / (seconds * 1000), most }
}

interface LegEnd {
  readonly leg: ProfileLeg['leg']
  readonly operation: string
  readonly outcome: string
  readonly atMs: number
  readonly totalMs: number
  readonly ownMs: number | null
}

function legsOf(rows: readonly RowOnLegs[], seconds: number): readonly ProfileLeg[] {
  const ends = rows.flatMap((one) => [...(one.isByTarget ? [targetEnd(one)] : []), ...partyEnds(one)])
  const operations = Map.groupBy(ends, ({ leg, operation }) => `${leg} ${operation}`)
  return [...operations.values()].flatMap((all) =>
    [...Map.groupBy(all, ({ outcome }) => outcome)].map(([outcome, own]): ProfileLeg => {
      const { leg, operation } = own[0] as LegEnd
      const known = own.flatMap(({ atMs, ownMs }) => timed(atMs, ownMs))
      return {
        leg,
        operation,
        outcome,
        isMeasured: leg === 'platform',
        count: own.length,
        share: own.length / all.length,
        totalMsBuckets: bucketsOf(own.map(({ totalMs }) => totalMs)),
        ownMsBuckets: bucketsOf(known.map(({ value }) => value)),
        ...ownOf(known, seconds),
      }
    }),
  )
}

const timed = (atMs: number, ownMs: number | null): readonly TimedValue[] => (ownMs === null ? [] : [{ atMs, value: ownMs }])

function ownOf(values: readonly TimedValue[], seconds: number): ProfileLevel['settled'] {
  const own = batchedMean(values, seconds)
  return { ownMsMean: own?.mean ?? null, ownMsInterval: own?.interval ?? null }
}

const targetEnd = (one: RowOnLegs): LegEnd => ({
  leg: 'platform',
  operation: one.row.errand,
  outcome: one.outcome === 'paid' ? 'settled' : one.outcome,
  atMs: one.dueMs,
  totalMs: one.toMs - one.fromMs,
  ownMs: ownMsOf(one),
})

const partyEnds = (one: RowOnLegs): readonly LegEnd[] =>
  partyLegNames.flatMap((leg) =>
    spansOf(one, leg).map(({ operation, arrivedMs, startedMs, endedMs }) => ({
      leg,
      operation,
      outcome: 'answered',
      atMs: one.dueMs,
      totalMs: endedMs - arrivedMs,
      ownMs: endedMs - startedMs,
    })),
  )

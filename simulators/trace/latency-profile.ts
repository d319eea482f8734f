/**
 * What the wire measured of the target, at one load or at several, in the form the virtual city takes it back: a response-time curve of
 * the target's own time. Only the target's legs are measured; bureau, bank and hospital took the times the plan gave them.
 *
 * UNITS   milliseconds of the protocol clock; rates are payments through the platform a second.
 * USE     as pure delay in place of the platform's assumed service and queue, in minutes whose rate is no higher than a level that was
 *         measured; elsewhere the assumed one stays. Never fitted and used as delay at once.
 */
import type { Words } from '../../scenarios/plan.ts'
import { HISTOGRAM_BUCKETS } from '../measures/histogram.ts'
import type { WireOutcome } from '../measures/result-wire.ts'

export const latencyProfileFormat = 'medpay-latency-profile'
export const latencyProfileVersion = 1

export interface LatencyProfile {
  readonly format: typeof latencyProfileFormat
  readonly version: typeof latencyProfileVersion
  readonly planHash: string
  readonly scenario: string
  readonly arm: string
  readonly target: { readonly name: string; readonly processes: number; readonly layout: readonly (readonly string[])[] }
  /** Anything but 1 is not fed back. */
  readonly clockSpeed: number
  /** Some sites were left out; not fed back. */
  readonly isSubSampled: boolean
  /** Lowest rate first; one level alone is a spot check. */
  readonly levels: readonly ProfileLevel[]
}

export interface ProfileLevel {
  readonly name: string
  readonly seconds: number
  readonly offeredPerSecond: number
  readonly achievedPerSecond: number
  readonly isValid: boolean
  readonly legs: readonly ProfileLeg[]
}

export interface ProfileLeg {
  readonly leg: 'platform'
  readonly operation: 'payment'
  readonly outcome: 'settled'
  /** Target's own time: the whole less the counterparties' spans on the way. [bucket of measures/histogram.ts, count]; merges by adding up. */
  readonly ownMsBuckets: readonly (readonly [number, number])[]
  readonly count: number
}

/** A profile of one level or of several, from what the wire told of each. @param ofPlan whence the levels are */
export function latencyProfileOf(
  ofPlan: { readonly planHash: string; readonly scenario: string },
  levels: readonly { readonly wire: WireOutcome; readonly isValid: boolean }[],
): LatencyProfile {
  const [first] = levels
  if (first === undefined) throw new Error('a profile has a level')
  const { target, window } = first.wire
  return {
    format: latencyProfileFormat,
    version: latencyProfileVersion,
    ...ofPlan,
    arm: window.arm,
    target: { name: target.name, processes: target.processes, layout: target.layout },
    clockSpeed: levels.reduce((speed, { wire }) => Math.max(speed, wire.level.clockSpeed), 0),
    isSubSampled: levels.some(({ wire }) => wire.level.scale !== Math.floor(wire.level.scale)),
    levels: levels.map(({ wire, isValid }) => profileLevel(wire, isValid)).toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond),
  }
}

/** What of two profiles must be alike before they stand in one file: the same city, arm and target, or the curve is of nothing. */
export const profileDifferences = (one: LatencyProfile, other: LatencyProfile): readonly ('planHash' | 'arm' | 'target')[] =>
  (['planHash', 'arm', 'target'] as const).filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]))

/** Both profiles' levels as one; a level measured again (same name, length and load) takes the place of the earlier. */
export function profileWith(earlier: LatencyProfile, later: LatencyProfile): LatencyProfile {
  const nameOf = ({ name, seconds, offeredPerSecond }: ProfileLevel): string => `${name} ${seconds} ${offeredPerSecond}`
  const again = new Set(later.levels.map(nameOf))
  return {
    ...later,
    clockSpeed: Math.max(earlier.clockSpeed, later.clockSpeed),
    isSubSampled: earlier.isSubSampled || later.isSubSampled,
    levels: [...earlier.levels.filter((level) => !again.has(nameOf(level))), ...later.levels].toSorted(
      (a, b) => a.offeredPerSecond - b.offeredPerSecond,
    ),
  }
}

function profileLevel({ level, window, rows, legs }: WireOutcome, isValid: boolean): ProfileLevel {
  const own = legs.find(({ leg }) => leg === 'platform')?.ownMs
  const sentShare = rows.planned === 0 ? 0 : rows.sent / rows.planned
  return {
    name: level.name,
    seconds: window.toSecond - window.fromSecond,
    offeredPerSecond: level.platformPaymentsPerSecond,
    achievedPerSecond: level.platformPaymentsPerSecond * sentShare,
    isValid,
    legs:
      own === undefined || own === null
        ? []
        : [{ leg: 'platform', operation: 'payment', outcome: 'settled', ownMsBuckets: own.buckets, count: own.count }],
  }
}

export interface ProfileProblem {
  /** As in `levels[0].legs[0].count`. */
  readonly place: string
  readonly what: Words
}

/**
 * Whether parsed JSON is a profile that may be fed back: every mistake with its place, none where it is sound.
 *
 * @param anyway takes what is well formed but sub-sampled, sped up or void
 */
export function latencyProfileProblems(data: unknown, anyway = false): readonly ProfileProblem[] {
  const problems: ProfileProblem[] = []
  const say = (place: string, en: string, zh: string): void => {
    problems.push({ place, what: { en, zh } })
  }
  const profile = data as Partial<LatencyProfile> | null
  if (typeof profile !== 'object' || profile === null || profile.format !== latencyProfileFormat) {
    say(
      'format',
      `is no latency profile; ${latencyProfileFormat} is needed, as medpay load --profile writes it`,
      `不是时延档案；应为 medpay load --profile 写出的 ${latencyProfileFormat}`,
    )
    return problems
  }
  if (profile.version !== latencyProfileVersion) {
    say(
      'version',
      `is ${String(profile.version)}; this medpay reads ${latencyProfileVersion}. Measure again.`,
      `为 ${String(profile.version)}；本程序读取第 ${latencyProfileVersion} 版。请重新测量。`,
    )
    return problems
  }
  const levels = Array.isArray(profile.levels) ? (profile.levels as readonly Partial<ProfileLevel>[]) : []
  if (levels.length === 0) say('levels', 'has no level; a profile has one or more', '没有任何负载级；至少应有一级')
  let before = 0
  for (const [at, level] of levels.entries()) {
    const place = `levels[${at}]`
    const rate = level.offeredPerSecond
    if (!isPositive(rate))
      say(`${place}.offeredPerSecond`, `is ${String(rate)}; a rate above 0 is needed`, `为 ${String(rate)}；应为大于 0 的速率`)
    else {
      if (rate <= before) say(`${place}.offeredPerSecond`, `is ${rate}, no higher than the level before it`, `为 ${rate}，不高于前一级`)
      before = rate
    }
    if (!anyway && level.isValid !== true) say(`${place}.isValid`, 'the level is void and not fed back', '该级测量作废，不回馈')
    const leg = level.legs?.find(({ leg: name }) => name === 'platform')
    if (leg === undefined) {
      say(`${place}.legs`, 'has no measured own time of the platform', '没有平台自身耗时的测量')
      continue
    }
    const counts = Array.isArray(leg.ownMsBuckets) ? leg.ownMsBuckets : []
    const bad = counts.findIndex(([bucket, count]) => !isWhole(bucket) || bucket >= HISTOGRAM_BUCKETS || !isWhole(count) || count === 0)
    if (bad >= 0) say(`${place}.legs[0].ownMsBuckets[${bad}]`, 'is no [bucket, count] of the histogram', '不是直方图的［桶，计数］')
    else if (leg.count !== counts.reduce((sum, [, count]) => sum + count, 0))
      say(
        `${place}.legs[0].count`,
        `is ${String(leg.count)}, and the buckets add up to another number`,
        `为 ${String(leg.count)}，与各桶合计不符`,
      )
    if (bad < 0 && counts.length === 0) say(`${place}.legs[0].ownMsBuckets`, 'holds no observation', '没有任何观测')
  }
  if (anyway) return problems
  if (profile.isSubSampled !== false)
    say(
      'isSubSampled',
      'sites were left out: such latencies are not fed back. Measure the whole city, or give --profile-anyway',
      '回放时减少了执业点：此类时延不回馈。请测量全市，或加 --profile-anyway',
    )
  if (profile.clockSpeed !== 1)
    say(
      'clockSpeed',
      `is ${String(profile.clockSpeed)}: latencies of a sped-up clock are not fed back; --profile-anyway takes them all the same`,
      `为 ${String(profile.clockSpeed)}：加速时钟下的时延不回馈；--profile-anyway 可强制采用`,
    )
  return problems
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0
const isWhole = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

/** The level whose times stand for a rate: the lowest that was offered as much. −1 above all of them: outside the measured range. */
export function levelFor(levels: readonly ProfileLevel[], paymentsPerSecond: number): number {
  return levels.findIndex(({ offeredPerSecond }) => paymentsPerSecond <= offeredPerSecond)
}

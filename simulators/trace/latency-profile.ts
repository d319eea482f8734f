/**
 * What the wire measured of the target, at one load or at several, in the form the virtual city takes it back: a response-time curve of
 * the target's own time. Only the target's legs are measured; bureau, bank and hospital took the times the plan gave them.
 *
 * UNITS   milliseconds of the protocol clock; rates are payments through the platform a second.
 * USE     as pure delay in place of the platform's assumed service and queue, in minutes whose rate is no higher than a level that was
 *         measured; elsewhere the assumed one stays. Never fitted and used as delay at once.
 */
import type { Words } from '../../scenarios/plan.ts'
import type { WireDivergence } from '../measures/result-wire.ts'
import { HISTOGRAM_BUCKETS } from '../measures/statistics/histogram.ts'

export const latencyProfileFormat = 'medpay-latency-profile'
export const latencyProfileVersion = 2

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
  readonly title: Words
  /** Of the business day; the whole of it is after warm-up. */
  readonly fromSecond: number
  readonly seconds: number
  /** Superposed independent days of the city. */
  readonly scale: number
  /** Payments through the platform a second: intended to start, and settled. */
  readonly offeredPerSecond: number
  readonly achievedPerSecond: number
  /** Payments at the target at a time: mean over the window, and most. */
  readonly inFlight: { readonly mean: number; readonly most: number }
  /** Cores each process used over the window, one entry a process, and the generator's; null where the system does not tell. */
  readonly cpu: readonly { readonly actors: readonly string[]; readonly cores: number | null }[]
  readonly generator: { readonly startLateMsP99: number | null; readonly cores: number | null }
  /** A void level is kept with its reasons and never fed back. */
  readonly isValid: boolean
  readonly reasons: readonly Words[]
  /** Own time of all payments the target settled: mean and its 95 % interval by batch means, null where a stretch of the window was empty. */
  readonly settled: { readonly ownMsMean: number | null; readonly ownMsInterval: readonly [number, number] | null }
  readonly legs: readonly ProfileLeg[]
  /** The same payments as the virtual city had them, leg by leg. */
  readonly divergence: readonly WireDivergence[]
}

export interface ProfileLeg {
  readonly leg: 'channel' | 'platform' | 'bureau' | 'payer' | 'his'
  /** The target's by errand (platform/errands.ts), a counterparty's by message. */
  readonly operation: string
  /** `settled`, `refused`, `no-answer` and further states of a payment; `answered` of a counterparty's message. */
  readonly outcome: string
  /** The target's alone is; bureau, payer, hospital and entry took the times the plan drew for them. */
  readonly isMeasured: boolean
  readonly count: number
  /** Of all ends of this operation at this level; refusals and silences are told by it. */
  readonly share: number
  /** As felt. [bucket of measures/statistics/histogram.ts, count]; merges by adding up. */
  readonly totalMsBuckets: readonly (readonly [number, number])[]
  /** The target's: the whole less the counterparties' spans on the way; a counterparty's: service without its line. Empty where it cannot be told. */
  readonly ownMsBuckets: readonly (readonly [number, number])[]
  /** Mean of the own time, and its 95 % interval by batch means; null where a stretch of the window was empty. */
  readonly ownMsMean: number | null
  readonly ownMsInterval: readonly [number, number] | null
}

/** What a profile of its levels is of. */
export interface ProfileOf {
  readonly planHash: string
  readonly scenario: string
  readonly arm: string
  readonly target: LatencyProfile['target']
  readonly clockSpeed: number
}

export function latencyProfileOf(of: ProfileOf, levels: readonly ProfileLevel[]): LatencyProfile {
  return {
    format: latencyProfileFormat,
    version: latencyProfileVersion,
    ...of,
    isSubSampled: levels.some(({ scale }) => scale !== Math.floor(scale)),
    levels: levels.toSorted((a, b) => a.offeredPerSecond - b.offeredPerSecond),
  }
}

/** The levels that may stand for a rate: those that are not void. */
export const usableLevels = ({ levels }: LatencyProfile, anyway = false): readonly ProfileLevel[] =>
  anyway ? levels : levels.filter(({ isValid }) => isValid)

/** Own time of every payment that the target settled at this level, however it was paid. */
export function settledOwnBuckets({ legs }: Pick<ProfileLevel, 'legs'>): ProfileLeg['ownMsBuckets'] {
  const counts = new Map<number, number>()
  for (const { isMeasured, outcome, ownMsBuckets } of legs) {
    if (!isMeasured || outcome !== 'settled') continue
    for (const [bucket, count] of ownMsBuckets) counts.set(bucket, (counts.get(bucket) ?? 0) + count)
  }
  return [...counts].sort(([a], [b]) => a - b)
}

/** What of two profiles must be alike before they stand in one file: the same city, arm and target, or the curve is of nothing. */
export const profileDifferences = (one: LatencyProfile, other: LatencyProfile): readonly ('planHash' | 'arm' | 'target')[] =>
  (['planHash', 'arm', 'target'] as const).filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]))

/** Both profiles' levels as one; a level measured again (same name and window) takes the place of the earlier. */
export function profileWith(earlier: LatencyProfile, later: LatencyProfile): LatencyProfile {
  const again = new Set(later.levels.map(levelKey))
  return {
    ...later,
    clockSpeed: Math.max(earlier.clockSpeed, later.clockSpeed),
    isSubSampled: earlier.isSubSampled || later.isSubSampled,
    levels: [...earlier.levels.filter((level) => !again.has(levelKey(level))), ...later.levels].toSorted(
      (a, b) => a.offeredPerSecond - b.offeredPerSecond,
    ),
  }
}

/** Names a level within a profile. */
const levelKey = ({ name, fromSecond, seconds, scale }: Pick<ProfileLevel, 'name' | 'fromSecond' | 'seconds' | 'scale'>): string =>
  `${name} ${fromSecond}+${seconds} ×${scale}`

export interface ProfileProblem {
  /** As in `levels[0].legs[0].count`. */
  readonly place: string
  readonly what: Words
}

/** Whether parsed JSON says that it is a profile, of the version that is read here. */
export function isOfThisVersion(data: unknown): boolean {
  const { format, version } = (data ?? {}) as Partial<LatencyProfile>
  return format === latencyProfileFormat && version === latencyProfileVersion
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
  let usable = 0
  for (const [at, level] of levels.entries()) {
    const place = `levels[${at}]`
    const rate = level.offeredPerSecond
    if (!isPositive(rate))
      say(`${place}.offeredPerSecond`, `is ${String(rate)}; a rate above 0 is needed`, `为 ${String(rate)}；应为大于 0 的速率`)
    else {
      if (rate < before) say(`${place}.offeredPerSecond`, `is ${rate}, lower than the level before it`, `为 ${rate}，低于前一级`)
      before = rate
    }
    // A void level is kept in the file and left out when it is fed back.
    if (level.isValid !== true && !anyway) continue
    usable += 1
    const measured = (Array.isArray(level.legs) ? level.legs : []).flatMap((leg, index) =>
      leg.isMeasured === true && leg.outcome === 'settled' ? [{ leg, index }] : [],
    )
    if (measured.length === 0) say(`${place}.legs`, 'has no measured own time of the platform', '没有平台自身耗时的测量')
    for (const { leg, index } of measured) legProblems(leg, `${place}.legs[${index}]`, say)
  }
  if (levels.length > 0 && usable === 0)
    say('levels', 'every level is void, and none is fed back; measure again', '各级测量均作废，不予回馈；请重新测量')
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

function legProblems(leg: Partial<ProfileLeg>, place: string, say: (place: string, en: string, zh: string) => void): void {
  const counts = Array.isArray(leg.ownMsBuckets) ? leg.ownMsBuckets : []
  const bad = counts.findIndex(([bucket, count]) => !isWhole(bucket) || bucket >= HISTOGRAM_BUCKETS || !isWhole(count) || count === 0)
  if (bad >= 0) say(`${place}.ownMsBuckets[${bad}]`, 'is no [bucket, count] of the histogram', '不是直方图的［桶，计数］')
  else if (counts.length === 0) say(`${place}.ownMsBuckets`, 'holds no observation', '没有任何观测')
  else if (leg.count !== counts.reduce((sum, [, count]) => sum + count, 0))
    say(`${place}.count`, `is ${String(leg.count)}, and the buckets add up to another number`, `为 ${String(leg.count)}，与各桶合计不符`)
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0
const isWhole = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

/** The level whose times stand for a rate: the lowest that was offered as much. −1 above all of them: outside the measured range. */
export function levelFor(levels: readonly ProfileLevel[], paymentsPerSecond: number): number {
  return levels.findIndex(({ offeredPerSecond }) => paymentsPerSecond <= offeredPerSecond)
}

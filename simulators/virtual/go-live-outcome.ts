/** The section of a result on a morning of going live: from each day's figures, means over days. */
import type { Plan } from '../../scenarios/plan.ts'
import { TICKS_PER_MINUTE, TICKS_PER_SECOND } from '../engine/time.ts'
import type { DayFigures } from '../measures/day-figures.ts'
import type { GoLiveOutcome } from '../measures/result-go-live.ts'
import { estimateOverDays } from '../measures/statistics/interval.ts'

/** From the switch on; later sites show in when the last one was ready. */
const MINUTES_SHOWN = 120
const BYTES_PER_MEGABYTE = 1_000_000

/** One arm's morning. */
export interface GoLiveDay {
  readonly sites: number
  readonly terminals: number
  readonly directories: number
  readonly lastReadyTick: number
  readonly late: number
  readonly paymentsTheOldWay: number
  readonly settlementsHeld: number
  readonly readyByMinute: readonly number[]
}

export interface MorningOfArm {
  readonly signUps: readonly [attempted: number, granted: number, lost: number]
  readonly peakCalls: readonly number[]
  /** Null where no site switches. */
  readonly goLive: GoLiveDay | null
}

export function morningOf({ scenario }: Plan, figures: DayFigures): MorningOfArm {
  const { signUpsGranted, signUpsWithDigitalCard, signUpsWithRaisedLimit } = figures
  const granted = signUpsGranted + signUpsWithDigitalCard + signUpsWithRaisedLimit
  return {
    signUps: [figures.signUpsAttempted, granted, figures.signUpsLost],
    peakCalls: [...figures.peakCalls],
    goLive: scenario.goLive === undefined || figures.goLive === null ? null : goLiveDay(scenario.goLive, figures.goLive),
  }
}

function goLiveDay(
  { switchSecond, readyBySecond }: NonNullable<Plan['scenario']['goLive']>,
  { siteReady, ...counts }: NonNullable<DayFigures['goLive']>,
): GoLiveDay {
  const ready = [...siteReady].filter((tick) => tick >= 0)
  return {
    sites: ready.length,
    ...counts,
    lastReadyTick: ready.reduce((last, tick) => Math.max(last, tick), 0),
    late: ready.filter((tick) => tick > readyBySecond * TICKS_PER_SECOND).length,
    readyByMinute: Array.from({ length: MINUTES_SHOWN + 1 }, (_, minute) => {
      const until = switchSecond * TICKS_PER_SECOND + minute * TICKS_PER_MINUTE
      return ready.filter((tick) => tick <= until).length
    }),
  }
}

/** An arm's mornings by day, with the mean visit of those who arrived in the morning. */
export interface ArmMornings {
  readonly days: readonly MorningOfArm[]
  readonly morningVisitMinutes: readonly number[]
}

/** @param arms of the plan, in its order; the first is the ordinary day the others are held against */
export function goLiveOutcomes(plan: Plan, arms: readonly ArmMornings[], parties: readonly string[]): readonly GoLiveOutcome[] {
  const { goLive, arms: planned, date } = plan.scenario
  const [ordinary] = arms
  if (goLive === undefined || ordinary === undefined || ordinary.days.length === 0) return []
  const outcomes = new Map<string, { readonly arm: string; readonly title: GoLiveOutcome['title']; mornings: GoLiveOutcome['mornings'] }>()
  for (const [index, arm] of planned.entries()) {
    const of = arm.goLive ?? { arm: arm.name, title: arm.title }
    const wave = of.wave === undefined ? undefined : goLive.waves[of.wave]
    const outcome = outcomes.get(of.arm) ?? { arm: of.arm, title: of.title, mornings: [] }
    const { days, morningVisitMinutes } = arms[index] as ArmMornings
    const delay = estimateOverDays(morningVisitMinutes.map((minutes, day) => minutes - (ordinary.morningVisitMinutes[day] as number)))
    const mean = (value: (day: MorningOfArm) => number): number => days.reduce((sum, day) => sum + value(day), 0) / days.length
    const site = (value: (day: GoLiveDay) => number): number => mean((day) => (day.goLive === null ? 0 : value(day.goLive)))
    const lastReadySecond = site((day) => day.lastReadyTick) / TICKS_PER_SECOND
    outcome.mornings = [
      ...outcome.mornings,
      {
        name: arm.name,
        title: wave?.title ?? of.title,
        date: wave?.on ?? date,
        sitesSwitching: site((day) => day.sites),
        terminals: site((day) => day.terminals),
        lastSiteReadySecond: lastReadySecond > 0 ? lastReadySecond : null,
        sitesNotReadyBy0830: site((day) => day.late),
        signUpsAttempted: mean((day) => day.signUps[0]),
        signUpsGranted: mean((day) => day.signUps[1]),
        signUpsLost: mean((day) => day.signUps[2]),
        directoryBytes: site((day) => day.directories) * Math.round(goLive.directoryMegabytes * BYTES_PER_MEGABYTE),
        paymentsTheOldWay: site((day) => day.paymentsTheOldWay),
        settlementsHeld: site((day) => day.settlementsHeld),
        delayMinutesPerVisit: delay.mean ?? 0,
        delayMinutesInterval: index === 0 ? null : delay.interval,
        peakCallsPerSecond: parties.map((party, at) => ({ party, calls: mean((day) => day.peakCalls[at] as number) })),
        readyByMinute:
          lastReadySecond > 0
            ? Array.from({ length: MINUTES_SHOWN + 1 }, (_, minute) => site((day) => day.readyByMinute[minute] as number))
            : [],
      },
    ]
    outcomes.set(of.arm, outcome)
  }
  return [...outcomes.values()]
}

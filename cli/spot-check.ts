/**
 * What `npm start` does once the virtual report is on disk: half a minute of the peak over real HTTP, then the arm's first day computed again
 * with the platform as it was measured. Whatever keeps the wire from being played is told, and the virtual answer stands.
 */

import { join, resolve } from 'node:path'
import type { Plan, Words } from '../scenarios/plan.ts'
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { SpotCheck, SpotCheckPlayed } from '../simulators/measures/result-spot-check.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { latencyProfileOf } from '../simulators/trace/latency-profile.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { cutTrace, NothingToCut } from '../simulators/virtual/cut/cut-trace.ts'
import { measuredCity, platformCalls } from '../simulators/virtual/measured-plan.ts'
import { armAlone, firstDayOf, playFirstDay } from '../simulators/virtual/one-day.ts'
import { isPaidByPlatform, ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { profileLevel } from '../simulators/wire/replay/profile-level.ts'
import { K6Missing, k6Version, provideK6 } from '../tools/resolve-k6.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'
import { profileOf } from './grow-profile.ts'
import { kernelOrNotice } from './kernel.ts'
import { type StageLine, stageLine } from './load-progress.ts'
import { assertGood, type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { replayCommand } from './replay-command.ts'
import { feedbackOf } from './run-measured.ts'
import type { Done, Running, Shared } from './run-plan.ts'
import { secretName, secretOf } from './serve-city.ts'
import { onWireStage } from './wire-stage.ts'

/** Of the busiest minute. */
const windowSeconds = 30

export async function spotCheck(
  { plan, folder, scenario }: Running,
  { result: virtual, firstDay }: Done,
  shared: Shared,
): Promise<SpotCheck> {
  const { terminal, interruption, secondsNow } = shared
  // A log is told what begins and how it ended, not every stage.
  const stage: StageLine = terminal.status === undefined ? () => undefined : stageLine(terminal, plan.scenario.name, secondsNow)
  const began = secondsNow()
  try {
    const program = await provideK6({
      begins: () => {
        terminal.notice('the report is written; for the wire part k6 is built, once a machine, at low priority: a minute or two')
        terminal.notice('报告已写出；为线上部分以低优先级编译 k6（每台机器仅一次），约一两分钟')
      },
      progress: ({ packagesDone, packages }) => stage('k6', packagesDone, packages),
      signal: interruption,
    })
    const outcome = await play({ plan, folder, scenario, program, virtual }, shared, stage)
    const played = { ...outcome, reasons: [...outcome.reasons, ...noSamples(outcome)] }
    interruption.throwIfAborted()
    // Broken money is no matter of a machine that is too busy.
    assertGood(played.wire, [], played.wire.audit.replay)
    const feedback = played.reasons.length > 0 ? null : await recomputed(plan, firstDay, played, shared, stage)
    return { ...told(played), feedback, wallSeconds: secondsNow() - began }
  } catch (error) {
    interruption.throwIfAborted()
    const reason = whyNotRun(outputFailure(error, folder) ?? error)
    if (reason === undefined) throw error
    return { ran: false, reason }
  } finally {
    terminal.status?.('')
  }
}

interface Play {
  readonly plan: Plan
  readonly folder: string
  readonly scenario: string
  readonly program: string
  readonly virtual: RunResult
}

async function play({ plan, folder, scenario, program, virtual }: Play, shared: Shared, stage: StageLine): Promise<PlayedLevel> {
  const { terminal, interruption } = shared
  const arm = playedArm(plan)
  const { bytes } = await kernelOrNotice(terminal)
  const traced = Promise.withResolvers<Trace>()
  const work = join(resolve(folder), 'wire')
  const city = {
    plan,
    scenario,
    work,
    ledger: 'sqlite',
    platformProcesses: 1,
    isForeign: false,
    pricesParts: false,
    firstPort: undefined,
    secret: secretOf(terminal.env[secretName]),
    signal: interruption,
    stage,
  } as const
  const playing = onWireStage(city, async (on) => {
    const trace = await traced.promise
    interruption.throwIfAborted()
    const asked: LevelAsked = {
      ...city,
      trace,
      level: { name: 'spot', title: { zh: '抽点', en: 'spot' }, leastPaymentsPerSecond: 0 },
      target: undefined,
      faults: [],
      k6: { program, words: [] },
      folder,
      replay: replayCommand(['load', scenario, '--seed', String(plan.scenario.seed), '--arm', arm, '--window', windowWord(trace)]),
    }
    return await playLevel(on, asked)
  })
  // The processes start on the other core meanwhile.
  try {
    stage('cut', 0, 1)
    traced.resolve(cutBusiest(plan, virtual, arm, bytes))
  } catch (error) {
    traced.reject(error)
  }
  return await playing
}

/** In a small town the first half of the platform's busiest minute may be without a payment; then a pass over the day costs little. */
function cutBusiest(plan: Plan, virtual: RunResult, arm: string, kernelBytes: Uint8Array | null): Trace {
  const cutFrom = (fromSecond: number | 'busiest') => cutTrace(plan, { arm, window: { fromSecond, seconds: windowSeconds }, kernelBytes })
  try {
    const trace = cutFrom(busiestMinute(virtual, arm))
    if (ratePlanned(trace) > 0) return trace
  } catch (error) {
    if (!(error instanceof NothingToCut)) throw error
  }
  return cutFrom('busiest')
}

/** Times of nothing are no measured times. */
function noSamples({ conducted }: PlayedLevel): readonly Words[] {
  if (conducted.log.rows.some(isPaidByPlatform)) return []
  return [{ en: 'no payment passed the platform, so nothing was measured', zh: '没有支付经过平台，未测得任何数据' }]
}

/** The arm whose answer it is: the scenario's own where the whole city plays it, else its last one that does. */
function playedArm({ scenario: { arms, wireArm } }: Plan): string {
  const whole = arms.filter(({ city, reform }) => city !== 'reduced' && reform)
  return (whole.find(({ name }) => name === wireArm) ?? whole.at(-1) ?? arms.at(-1))?.name as string
}

/** In which the platform has most to do, by the run just made: looking for it in the day again would take a pass over all of it. */
function busiestMinute({ series }: RunResult, arm: string): number | 'busiest' {
  const busy = series.find((one) => one.name === 'utilization-by-minute' && one.subject === 'platform' && one.arm === arm)
  if (busy === undefined) return 'busiest'
  const shares = busy.values.map((value) => value ?? 0)
  return busy.fromSecond + busy.stepSeconds * shares.indexOf(Math.max(...shares))
}

const windowWord = ({ window: { fromSecond, seconds } }: Trace): string => `${clockOfSecond(fromSecond)}+${seconds}s`

function told({ trace, wire, reasons }: PlayedLevel): Omit<SpotCheckPlayed, 'feedback' | 'wallSeconds'> {
  const { window, level, rows, closingBooks: books, audit, generator, legs, divergence = [] } = wire
  return {
    ran: true,
    window,
    errands: { planned: trace.rows.length, sent: rows.sent },
    platformPaymentsPerSecond: level.platformPaymentsPerSecond,
    closingBooks: { compared: books.compared, equal: books.equal },
    audit: { verdict: audit.verdict, rulesKept: audit.rules.filter(({ standing }) => standing === 'kept').length },
    generator: { name: generator.name, version: generator.version, startLateMsP99: generator.startLateMs?.p99 ?? null },
    legs,
    divergence,
    voidReasons: reasons,
  }
}

/** One arm, one day, the whole city, twice: as assumed and as measured, on the same people. */
async function recomputed(
  plan: Plan,
  firstDay: Done['firstDay'],
  { trace, conducted, wire }: PlayedLevel,
  shared: Shared,
  stage: StageLine,
) {
  stage('recompute', 0, 1)
  const { terminal, interruption, workers } = shared
  const kernel = await kernelOrNotice(terminal)
  const profile = latencyProfileOf(profileOf(plan, wire), [profileLevel(trace, conducted, wire, [])])
  const options = { workers, kernel, signal: interruption, wallClock: () => new Date(), replay: '' }
  const alone = armAlone(plan, trace.arm)
  const played = firstDay === null ? null : firstDayOf(plan, firstDay, options)
  // The run has played that very day, unless this arm is played in the reduced city alone.
  const { result: assumed, platformCalls: calls } = played?.platformCalls.has(trace.arm)
    ? played
    : { result: await playFirstDay(alone, options), platformCalls: platformCalls(alone, kernel.bytes) }
  const measured = measuredCity(alone, profile, calls)
  return feedbackOf(assumed, await playFirstDay(measured.plan, options), profile, measured)
}

/** Undefined for what is no matter of this machine: an error of our own, or money that was broken. */
function whyNotRun(error: unknown): Words | undefined {
  if (error instanceof K6Missing)
    return {
      en: `no k6 ${k6Version()} can be had here (${error.tried.join('; ')})`,
      zh: `本机无法取得 k6 ${k6Version()}（${error.tried.join('；')}）`,
    }
  const isOfTheMachine = error instanceof CommandFailure && error.exitCode !== exitCodes.moneyBroken
  return isOfTheMachine ? error.words : undefined
}

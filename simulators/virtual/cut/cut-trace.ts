/**
 * Cuts a trace: one arm of a seeded day is played, and the errands of a window are told with all that the wire needs to play them.
 * Nothing of it depends on the machine: the same plan, arm, window and scale give the same trace.
 *
 * SCALE  ×n superposes n independent days of the city, each played by itself with shared parties of its own, so that what the virtual
 *        parties can bear does not bend the intended starts. Below 1 some sites take part, whole, with their people.
 */
import { createHash } from 'node:crypto'
import type { ArmPlan, Plan, Words } from '../../../scenarios/plan.ts'
import type { FaultPlan } from '../../../scenarios/plan-faults.ts'
import { canonicalJson, planHash } from '../../../scenarios/plan-hash.ts'
import { clockOfSecond } from '../../engine/time.ts'
import { type Trace, type TraceRules, type TraceWindow, traceFormat, traceVersion } from '../../trace/trace.ts'
import { type CityPlayer, cityPlayer } from '../city-player.ts'
import { TraceBook } from './trace-book.ts'
import { type AskedWindow, busiestWindow, errandsBySecond, playWindow, windowOfLoad } from './window-day.ts'

export interface CutOptions {
  /** Name of an arm of the plan; absent: the scenario's `wireArm`, else its last arm. */
  readonly arm?: string
  /** Absent: the busiest {@link usualWindowSeconds} by errands sent, of the first of the superposed days. */
  readonly window?: AskedWindow
  /** Above 0; absent: 1. */
  readonly scale?: number
  /** In place of the arm's. None where they strike on the wire, so that whatever strikes there stands beside the same trace. */
  readonly faults?: readonly FaultPlan[]
  /** Compiled kernel, or null for plain TypeScript: alike to the bit. */
  readonly kernelBytes: Uint8Array | null
  readonly onDay?: (done: number, planned: number) => void
}

export const usualWindowSeconds = 120

/** Throws a {@link NothingToCut} where the arm or the window's errands are not there. */
export function cutTrace(plan: Plan, { arm, window, scale = 1, faults, kernelBytes, onDay }: CutOptions): Trace {
  const chosen = armOf(plan, arm)
  const city = (share: number) => cityOf(plan, chosen, share, faults)
  const copies = Math.ceil(scale)
  const last = scale - (copies - 1)
  const whole = last < 1 && copies === 1 ? null : cityPlayer(city(1), kernelBytes)
  // The plain kernel is one a thread, so the part is opened when the whole is done with.
  let player: CityPlayer = whole ?? cityPlayer(city(last), kernelBytes)
  const found = windowOf(player, window)
  const book = new TraceBook(plan, chosen, found)
  for (let replication = 0; replication < copies; replication++) {
    const isPart = replication === copies - 1 && last < 1
    if (isPart && whole !== null) player = cityPlayer(city(last), kernelBytes)
    book.add(player, replication, playWindow(player, replication, found))
    onDay?.(replication + 1, copies)
  }
  const { rows, ...kept } = book.close()
  if (rows.length === 0) throw new NothingToCut('window', nobodyIn(found))
  return {
    format: traceFormat,
    version: traceVersion,
    planHash: planHash(plan),
    arm: chosen.name,
    window: found,
    scale: { asked: scale, replications: Array.from({ length: copies }, (_, replication) => replication), isSubSampled: last < 1 },
    rules: rulesOf(plan, chosen, book.backupOrder),
    ...goLiveOf(plan, chosen),
    rows,
    ...kept,
  }
}

/**
 * Windows of the arm's first day by the share of its busiest window's load that each is to have.
 *
 * @param scale at most 1: that share of the sites
 */
export function windowsOfLoad(plan: Plan, { arm, seconds, shares, scale, kernelBytes }: WindowsAsked): ReadonlyMap<number, TraceWindow> {
  const sent = errandsBySecond(cityPlayer(cityOf(plan, armOf(plan, arm), scale), kernelBytes), 0)
  return new Map(shares.map((share) => [share, windowOfLoad(sent, seconds, share)]))
}

interface WindowsAsked extends Pick<CutOptions, 'kernelBytes'> {
  readonly arm: string | undefined
  readonly seconds: number
  readonly shares: readonly number[]
  readonly scale: number
}

/** What was asked for is not in this plan; `what` says which part of the asking to mend. */
export class NothingToCut extends Error {
  override readonly name = 'NothingToCut'
  readonly what: 'arm' | 'window'
  readonly words: Words
  constructor(what: 'arm' | 'window', words: Words) {
    super(words.en)
    this.what = what
    this.words = words
  }
}

const nobodyIn = ({ fromSecond, seconds }: TraceWindow): Words => ({
  en: `no errand is sent from ${clockOfSecond(fromSecond)} on for ${seconds} s; choose another --window or a larger --scale`,
  zh: `自 ${clockOfSecond(fromSecond)} 起 ${seconds} 秒内没有业务发出；请另选 --window 或加大 --scale`,
})

/** Names a trace by its whole content. */
export const traceHash = (trace: Trace): string => createHash('sha256').update(canonicalJson(trace)).digest('hex')

export function armOf({ scenario }: Plan, name: string | undefined): ArmPlan {
  const wanted = name ?? scenario.wireArm ?? scenario.arms.at(-1)?.name
  const found = scenario.arms.find((arm) => arm.name === wanted)
  if (found !== undefined) return found
  const names = scenario.arms.map((arm) => arm.name)
  throw new NothingToCut('arm', {
    en: `${scenario.name} has no arm ${wanted}; it has ${names.join(', ')}`,
    zh: `${scenario.name} 没有方案 ${wanted}；可选：${names.join('、')}`,
  })
}

/** The arm alone in a city by itself, whatever the scenario's virtual run plays it on. Who comes and what befalls them does not depend on other arms. */
export function cityOf(plan: Plan, { city: _, ...arm }: ArmPlan, scale: number, faults?: readonly FaultPlan[]): Plan {
  const arms = [faults === undefined ? arm : { ...arm, faults: faults.map(({ name }) => name) }]
  return { ...plan, scenario: { ...plan.scenario, arms, scale, ...(faults === undefined ? {} : { faults }) } }
}

function windowOf(player: CityPlayer, asked: AskedWindow = { fromSecond: 'busiest', seconds: usualWindowSeconds }): TraceWindow {
  const { fromSecond, seconds } = asked
  return fromSecond === 'busiest' ? busiestWindow(player, 0, seconds) : { fromSecond, seconds }
}

function goLiveOf({ scenario: { goLive } }: Plan, arm: ArmPlan): Pick<Trace, 'goLive'> {
  if (goLive === undefined || arm.goLive === undefined) return {}
  const { switchSecond, readyBySecond, fileDeskTransfers } = goLive
  return { goLive: { switchSecond, readyBySecond, fileDeskTransfers } }
}

function rulesOf({ city, scenario }: Plan, arm: ArmPlan, backupOrder: readonly number[]): TraceRules {
  const { retry, channels, banks, hospitals } = city.parties
  return {
    channels: channels.map(({ name }) => name),
    backupOrder,
    mutualBackup: arm.mutualBackup,
    banks: banks.map(({ name }) => name),
    attempts: retry.attempts,
    backoffMs: retry.backoffSeconds * 1000,
    backoffFactor: retry.backoffFactor,
    jitterShare: retry.jitterShare,
    ...(scenario.goLive === undefined || arm.goLive === undefined ? {} : { switchPauseMs: scenario.goLive.pauseSeconds * 1000 }),
    inDoubtAtMostMs: hospitals.inDoubtMinutes * 60_000,
    timeoutMs: {
      entry: retry.timeoutSeconds.entry * 1000,
      platform: retry.timeoutSeconds.platform * 1000,
      bureau: retry.timeoutSeconds.bureau * 1000,
      bank: retry.timeoutSeconds.bank * 1000,
      his: retry.timeoutSeconds.his * 1000,
      files: (scenario.goLive?.fileDeskTimeoutSeconds ?? 0) * 1000,
    },
  }
}

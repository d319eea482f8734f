/**
 * The overload level: the platform is held to a share of a core, so that it and nobody else is the bottleneck; the knee is found; then
 * three times the knee comes for a while, from patients who come back when they are told to, and half the knee after it.
 */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { overloadVerdicts } from '../simulators/wire/replay/level-verdicts.ts'
import { type HeldProcessor, holdProcessor } from '../tools/hold-processor.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { searchRate } from './rate-search.ts'
import type { WireStage } from './wire-stage.ts'

/** ASSUMPTION: with so little of one core the platform's knee is a few dozen payments a second, and all others have room at three times it. */
const mostHeldCores = 0.1
/** Times the share is halved where the platform holds every rate there is to try, and no knee is seen. */
const mostHalvings = 2
const times = 3
const overSeconds = 20
const calmSeconds = 25

export async function playOverload(on: WireStage, asked: LevelAsked, tell: (words: Words) => void): Promise<PlayedLevel> {
  const pids = on.wire.processes.filter(({ actors }) => actors.some((actor) => actor.startsWith('platform'))).map(({ pid }) => pid)
  let heldCores = mostHeldCores
  let method: HeldProcessor['method'] | undefined
  const hold = () => {
    const held = holdProcessor(pids, heldCores)
    method = held.method
    return held
  }
  let searched = await searchRate(on, { ...asked, hold }, 1 / times, tell)
  for (let halvings = 0; halvings < mostHalvings && searched.gaveWay === undefined; halvings++) {
    heldCores /= 2
    searched = await searchRate(on, { ...asked, hold, warmUpVisits: 0 }, 1 / times, tell)
  }
  const { share, figures } = searched
  if (share === undefined || figures === undefined) throw noKnee
  const seconds = Math.min(asked.trace.window.seconds, overSeconds + calmSeconds)
  const trace = thinnedTrace(asked.trace, (startMs) => (startMs < overSeconds * 1000 ? times * share : share / 2), seconds)
  const played = await playLevel(on, { ...asked, trace, hold, work: join(asked.work, 'overload'), warmUpVisits: 0 })
  const kneePerSecond = figures.platformPaymentsPerSecond
  const kneeSeen = searched.gaveWay !== undefined
  const verdicts = overloadVerdicts(trace, played.conducted.log.rows, played.wire, { kneePerSecond, overSeconds })
  const notes: Words[] = [
    {
      en: `the platform was held to ${heldCores} of a core (${method}); its knee is ${kneeSeen ? '' : 'above '}${kneePerSecond.toFixed(1)} payments/s; ${times} times that came for ${overSeconds} s, then half of it`,
      zh: `平台限用 ${heldCores} 核（${method}）；拐点${kneeSeen ? '为' : '高于'}每秒 ${kneePerSecond.toFixed(1)} 笔；随后 ${overSeconds} 秒为其 ${times} 倍，再降至其一半`,
    },
  ]
  return { ...played, wire: { ...played.wire, levels: searched.levels, verdicts, notes } }
}

const noKnee = new CommandFailure(
  exitCodes.runVoid,
  'the platform held no rate that was tried, so there is no knee to exceed',
  '所试各速率平台均不可承受，无从得出拐点',
)

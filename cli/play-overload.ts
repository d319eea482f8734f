/**
 * The overload level: the platform is held to a share of a core, so that it and nobody else is the bottleneck; the knee is found; then
 * three times the knee comes for a while, from patients who come back when they are told to, and half the knee after it.
 */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { isOfPlatform } from '../simulators/wire/replay/gave-way.ts'
import { overloadVerdicts } from '../simulators/wire/replay/level-verdicts.ts'
import { type HeldProcessor, holdProcessor } from '../tools/hold-processor.ts'
import { withBrokenOnTheWay } from './broken-on-the-way.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { type Searched, searchRate } from './rate-search.ts'
import type { WireStage } from './wire-stage.ts'

/** ASSUMPTION: with so little of one core the platform's knee is a few dozen payments a second, and all others have room at three times it. */
const mostHeldCores = 0.1
/** Times the share is halved where the platform holds every rate there is to try, and no knee is seen. */
const mostHalvings = 2
const times = 3
const overSeconds = 20
const calmSeconds = 25

export const playOverload = (on: WireStage, asked: LevelAsked, tell: (words: Words) => void): Promise<PlayedLevel> =>
  overloadBy(playLevel, holdProcessor, on, asked, tell)

/**
 * @param play one level
 * @param holdTo holds the platform's processes to that much of a core
 */
export async function overloadBy(
  play: typeof playLevel,
  holdTo: typeof holdProcessor,
  on: WireStage,
  asked: LevelAsked,
  tell: (words: Words) => void,
): Promise<PlayedLevel> {
  const pids = on.wire.processes.filter(isOfPlatform).map(({ pid }) => pid)
  let heldCores = mostHeldCores
  let method: HeldProcessor['method'] | undefined
  const hold = () => {
    const held = holdTo(pids, heldCores)
    method = held.method
    return held
  }
  let searched = await searchRate(on, { ...asked, hold, heldCores }, 1 / times, tell, play)
  for (let halvings = 0; halvings < mostHalvings && searched.lost === undefined; halvings++) {
    heldCores /= 2
    searched = await searchRate(on, { ...asked, hold, heldCores, warmUpVisits: 0 }, 1 / times, tell, play)
  }
  const { share, figures } = searched
  if (share === undefined || figures === undefined) return withoutKnee(searched)
  const seconds = Math.min(asked.trace.window.seconds, overSeconds + calmSeconds)
  const trace = thinnedTrace(asked.trace, (startMs) => (startMs < overSeconds * 1000 ? times * share : share / 2), seconds)
  const played = await play(on, { ...asked, trace, hold, work: join(asked.work, 'overload'), warmUpVisits: 0 })
  const kneePerSecond = figures.platformPaymentsPerSecond
  const kneeSeen = searched.lost !== undefined
  const verdicts = overloadVerdicts(trace, played.conducted.log.rows, played.wire, { kneePerSecond, overSeconds })
  const notes: Words[] = [
    {
      en: `the platform was held to ${heldCores} of a core (${method}); its knee is ${kneeSeen ? '' : 'above '}${kneePerSecond.toFixed(1)} payments/s; ${times} times that came for ${overSeconds} s, then half of it`,
      zh: `平台限用 ${heldCores} 核（${method}）；拐点${kneeSeen ? '为' : '高于'}每秒 ${kneePerSecond.toFixed(1)} 笔；随后 ${overSeconds} 秒为其 ${times} 倍，再降至其一半`,
    },
    ...(searched.lost === undefined
      ? []
      : [
          {
            en: `above the knee gave way: ${searched.lost.gaveWay.words.en}`,
            zh: `高于拐点时最先饱和的是：${searched.lost.gaveWay.words.zh}`,
          },
        ]),
    ...(searched.boundFirst === undefined ? [] : [searched.boundFirst]),
  ]
  const reasons = [...played.reasons, ...whyNoKnee(searched)]
  const wire = withBrokenOnTheWay({ ...played.wire, levels: searched.levels, verdicts, notes }, searched.audited)
  return { ...played, reasons, wire }
}

/** A knee that is not the platform's, or lower than its own, would make every promise that is measured by it easy to keep. */
export function whyNoKnee({ lost }: Pick<Searched, 'lost'>): readonly Words[] {
  if (lost === undefined)
    return [{ en: 'the platform held every rate that was tried, so its knee was not seen', zh: '所试各速率平台均可承受，未见其拐点' }]
  const { isVoid, gaveWay } = lost
  if (isVoid)
    return [
      {
        en: `the rate above the knee was void at every try, so the knee may be another's than the platform's; ${gaveWay.words.en}`,
        zh: `高于拐点的速率各次均作废，该拐点未必是平台的；${gaveWay.words.zh}`,
      },
    ]
  if (gaveWay.who === 'platform') return []
  return [
    {
      en: `above the knee it was not the platform that gave way but: ${gaveWay.words.en}`,
      zh: `高于拐点时饱和的并非平台，而是：${gaveWay.words.zh}`,
    },
  ]
}

const noKnee: Words = {
  en: 'the platform held no rate that was tried, so there is no knee to exceed',
  zh: '所试各速率平台均不可承受，无从得出拐点',
}

/** What was tried is told all the same: the run is void, and its rates and who gave way at them say why. */
function withoutKnee({ last, levels, lost }: Searched): PlayedLevel {
  if (last === undefined) throw new Error('a search without a try')
  const notes = lost === undefined ? [] : [lost.gaveWay.words]
  return { ...last, reasons: [...last.reasons, noKnee], wire: { ...last.wire, levels, notes } }
}

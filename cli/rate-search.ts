/** Plays one trace at lower and lower shares of its rate, on one city, until the highest rate is found that the target holds. */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import type { LevelFigures } from '../simulators/measures/result-wire.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { type GaveWay, gaveWay, isMachinesLimit } from '../simulators/wire/replay/gave-way.ts'
import { levelFigures, ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import type { RateAudited } from './broken-on-the-way.ts'
import { highestRung, ladder } from './highest-rung.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import type { WireStage } from './wire-stage.ts'

/** A rate that is too high shows it within so long. */
const probeSeconds = 10
/** A void try says nothing of the target, so it is made again. */
const mostRepeats = 2
/** Where this run itself filled the machine, a third try would find it as full. */
const mostRepeatsWhenFull = 1

export interface SearchAsked extends LevelAsked {
  /** Of one core: what the platform is held to. */
  readonly heldCores?: number
}

export interface Searched {
  /** Share of the trace's rate; undefined where no rung holds. */
  readonly share: number | undefined
  readonly figures: LevelFigures | undefined
  /** Every try, lowest rate first. */
  readonly levels: readonly LevelFigures[]
  /** The lowest rate that did not hold and who gave way there; undefined where every rate did. */
  readonly lost: LostRate | undefined
  readonly audited: readonly RateAudited[]
  /** Whether the platform began to refuse below its knee; undefined where every rate held. */
  readonly boundFirst: Words | undefined
  /** The try that was made last: where no rung holds, of the lowest. */
  readonly last: PlayedLevel | undefined
}

export interface LostRate {
  /** Void at every try: whether the target would have held it is not known. */
  readonly isVoid: boolean
  readonly gaveWay: GaveWay
  /** Its starts were late, and not by the platform's own doing. */
  readonly isMachines: boolean
}

interface Tried extends Pick<LostRate, 'gaveWay' | 'isMachines'>, RateAudited {
  readonly rung: number
  readonly figures: LevelFigures
}

/** @param most the highest share that is tried; @param tell one line a try */
export async function searchRate(
  on: WireStage,
  asked: SearchAsked,
  most: number,
  tell: (words: Words) => void,
  play: typeof playLevel = playLevel,
): Promise<Searched> {
  const tries: Tried[] = []
  let last: PlayedLevel | undefined
  const seconds = Math.min(probeSeconds, asked.trace.window.seconds)
  const tryOnce = async (rung: number): Promise<Tried> => {
    const trace = thinnedTrace(asked.trace, () => most * (ladder[rung] as number), seconds)
    const played = await play(on, {
      ...asked,
      trace,
      // A rate tried on the way may be any.
      level: { ...asked.level, leastPaymentsPerSecond: 0 },
      work: join(asked.work, `probe-${tries.length + 1}`),
      ...(tries.length === 0 ? {} : { warmUpVisits: 0 }),
    })
    asked.signal.throwIfAborted()
    last = played
    const asOne = (text: string) => ({ zh: `试 ${text}`, en: `tried ${text}` })
    const perSecond = ratePlanned(trace)
    const figures = levelFigures(asOne(`${perSecond.toFixed(0)}/s`), played)
    const full = gaveWay(played.wire, { refusedBusy: figures.refusedBusy, heldCores: asked.heldCores })
    const isMachines = isMachinesLimit(played.wire, full)
    const one = { rung, figures, gaveWay: full, isMachines, perSecond, audit: played.wire.audit }
    tries.push(one)
    tell(rateTold(perSecond, figures, full, played.reasons))
    return one
  }
  const found = await highestRung(ladder.length, async (rung) => {
    let one = await tryOnce(rung)
    for (let repeats = 0; one.figures.standing === 'void' && repeats < repeatsFor(one.gaveWay); repeats++) one = await tryOnce(rung)
    return one.figures.valid
  })
  const byRate = tries.toSorted((a, b) => b.rung - a.rung)
  const knee = byRate.findLast(({ rung, figures }) => rung === found && figures.valid)?.figures
  const lost = byRate.filter(({ rung }) => found === undefined || rung < found)
  const lowest = lost.findLast(({ rung }) => rung === lost[0]?.rung)
  return {
    share: found === undefined ? undefined : most * (ladder[found] as number),
    figures: knee,
    levels: byRate.map(({ figures }) => figures),
    lost:
      lowest === undefined
        ? undefined
        : { isVoid: lowest.figures.standing === 'void', gaveWay: lowest.gaveWay, isMachines: lowest.isMachines },
    audited: byRate,
    boundFirst: knee === undefined || lowest === undefined ? undefined : boundFirst(knee, lowest.figures),
    last,
  }
}

const repeatsFor = ({ who }: GaveWay): number => (who === 'machine' || who === 'another-actor' ? mostRepeatsWhenFull : mostRepeats)

/** The platform lets in fewer before it is late for those it let in, so its refusals may begin below the highest rate it holds. */
function boundFirst(knee: LevelFigures, lost: LevelFigures): Words {
  const at = `${knee.platformPaymentsPerSecond.toFixed(1)}/s`
  if (knee.refusedBusy > 0)
    return {
      en: `already at the highest rate it holds, ${at}, the platform let in no more than it has time for: it turned ${knee.refusedBusy} calls away with 429, and who came back was paid`,
      zh: `在可承受的最高速率（每秒 ${knee.platformPaymentsPerSecond.toFixed(1)} 笔）上，平台已按其处理能力限制准入：以 429 谢绝 ${knee.refusedBusy} 次调用，重来者均办成`,
    }
  if (lost.refusedBusy > 0)
    return {
      en: `up to the highest rate it holds, ${at}, the platform turned nobody away; at the next rate it let in no more than it has time for (${lost.refusedBusy} calls got 429)`,
      zh: `至可承受的最高速率（每秒 ${knee.platformPaymentsPerSecond.toFixed(1)} 笔），平台未谢绝任何调用；再高一级时按其处理能力限制准入（${lost.refusedBusy} 次 429）`,
    }
  return {
    en: `the platform turned nobody away: neither at ${at}, the highest rate it holds, nor at the next rate was a call answered with 429`,
    zh: `平台未谢绝任何调用：在可承受的最高速率（每秒 ${knee.platformPaymentsPerSecond.toFixed(1)} 笔）及其上一级均无 429`,
  }
}

/** One line of the terminal for a rate that was played, on the way or over the whole window. */
export function rateTold(planned: number, figures: LevelFigures, full: GaveWay, why: readonly Words[]): Words {
  const { platformPaymentsPerSecond, standing, settledShare, ownMsP99 } = figures
  const numbers = `${planned.toFixed(0)} → ${platformPaymentsPerSecond.toFixed(0)}/s, ${(100 * settledShare).toFixed(1)} %, p99 ${ownMsP99 === null ? '–' : Math.round(ownMsP99)} ms`
  const reasons = (language: 'en' | 'zh') => why.map((one) => one[language]).join('; ')
  if (standing === 'held') return { en: `${numbers}: held`, zh: `${numbers}：可承受` }
  if (standing === 'lost') return { en: `${numbers}: not held; ${full.words.en}`, zh: `${numbers}：不可承受；${full.words.zh}` }
  return { en: `${numbers}: void (${reasons('en')}); ${full.words.en}`, zh: `${numbers}：作废（${reasons('zh')}）；${full.words.zh}` }
}

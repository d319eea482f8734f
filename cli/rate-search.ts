/** Plays one trace at lower and lower shares of its rate, on one city, until the highest rate is found that the target holds. */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import type { LevelFigures } from '../simulators/measures/result-wire.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { firstToSaturate, isHeld, levelFigures, ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { highestRung, ladder } from './highest-rung.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import type { WireStage } from './wire-stage.ts'

/** A rate that is too high shows it within so long. */
const probeSeconds = 10

export interface Searched {
  /** Share of the trace's rate; undefined where no rung holds. */
  readonly share: number | undefined
  readonly figures: LevelFigures | undefined
  /** Every rate that was tried, lowest first. */
  readonly levels: readonly LevelFigures[]
  /** Who gave way at the lowest rate that did not hold; undefined where every rate did. */
  readonly gaveWay: Words | undefined
}

/** @param most the highest share that is tried; @param tell one line a rate */
export async function searchRate(on: WireStage, asked: LevelAsked, most: number, tell: (words: Words) => void): Promise<Searched> {
  const tried: { rung: number; figures: LevelFigures; played: PlayedLevel }[] = []
  const seconds = Math.min(probeSeconds, asked.trace.window.seconds)
  const found = await highestRung(ladder.length, async (rung) => {
    const trace = thinnedTrace(asked.trace, () => most * (ladder[rung] as number), seconds)
    const played = await playLevel(on, {
      ...asked,
      trace,
      // A rate tried on the way may be any.
      level: { ...asked.level, leastPaymentsPerSecond: 0 },
      work: join(asked.work, `probe-${tried.length + 1}`),
      ...(tried.length === 0 ? {} : { warmUpVisits: 0 }),
    })
    asked.signal.throwIfAborted()
    const asOne = (text: string) => ({ zh: `试 ${text}`, en: `tried ${text}` })
    const figures = levelFigures(asOne(`${ratePlanned(trace).toFixed(0)}/s`), played)
    tried.push({ rung, figures, played })
    tell(told(ratePlanned(trace), figures, played))
    return isHeld(played)
  })
  const lost = tried.filter(({ figures }) => !figures.valid).toSorted((a, b) => b.rung - a.rung)[0]
  return {
    share: found === undefined ? undefined : most * (ladder[found] as number),
    figures: tried.find(({ rung }) => rung === found)?.figures,
    levels: tried.toSorted((a, b) => b.rung - a.rung).map(({ figures }) => figures),
    gaveWay: lost === undefined ? undefined : firstToSaturate(lost.played.wire),
  }
}

function told(planned: number, { platformPaymentsPerSecond, valid, settledShare, ownMsP99 }: LevelFigures, played: PlayedLevel): Words {
  const figures = `${planned.toFixed(0)} → ${platformPaymentsPerSecond.toFixed(0)}/s, ${(100 * settledShare).toFixed(1)} %, p99 ${ownMsP99 === null ? '–' : Math.round(ownMsP99)} ms`
  const why = firstToSaturate(played.wire)
  const reasons = (language: 'en' | 'zh') => played.reasons.map((one) => one[language]).join('; ')
  return {
    en: valid ? `${figures}: held` : `${figures}: not held; ${why.en}${played.reasons.length === 0 ? '' : ` (${reasons('en')})`}`,
    zh: valid ? `${figures}：可承受` : `${figures}：不可承受；${why.zh}${played.reasons.length === 0 ? '' : `（${reasons('zh')}）`}`,
  }
}

/** The stress level: the goal's rate, or the highest below it that this machine holds with every rule of money kept, and who gave way first. */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { firstToSaturate, isHeld } from '../simulators/wire/replay/level-figures.ts'
import { noneLost, verdict } from '../simulators/wire/replay/level-verdicts.ts'
import { ladder } from './highest-rung.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { searchRate } from './rate-search.ts'
import type { WireStage } from './wire-stage.ts'

/** Platform payments a second (docs/load-levels.md). */
export const stressGoalPerSecond = 400
/** Rates tried over the whole window: what held for ten seconds may not hold for sixty. */
const mostTries = 3

export async function playStress(on: WireStage, asked: LevelAsked, tell: (words: Words) => void): Promise<PlayedLevel> {
  const searched = await searchRate(on, asked, 1, tell)
  let share = searched.share ?? (ladder.at(-1) as number)
  let { gaveWay } = searched
  for (let tries = 1; ; tries++) {
    const trace = share === 1 ? asked.trace : thinnedTrace(asked.trace, () => share)
    const played = await playLevel(on, { ...asked, trace, work: join(asked.work, `window-${tries}`), warmUpVisits: 0 })
    if (!isHeld(played) && tries < mostTries && !asked.signal.aborted) {
      gaveWay = firstToSaturate(played.wire)
      share *= 0.85
      continue
    }
    const verdicts = [
      verdict({
        name: 'payments-per-second',
        title: { zh: '平台每秒支付', en: 'platform payments a second' },
        ...{ measured: played.wire.level.platformPaymentsPerSecond, is: 'at-least', goal: stressGoalPerSecond, unit: '/s' },
      }),
      noneLost(played.wire),
    ]
    return { ...played, wire: { ...played.wire, levels: searched.levels, verdicts, notes: notesOf(gaveWay) } }
  }
}

const notesOf = (gaveWay: Words | undefined): readonly Words[] =>
  gaveWay === undefined ? [] : [{ en: `first to give way above this rate: ${gaveWay.en}`, zh: `超过该速率时最先饱和的是：${gaveWay.zh}` }]

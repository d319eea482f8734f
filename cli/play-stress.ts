/** The stress level: the goal's rate, or the highest below it that this machine holds with every rule of money kept, and who gave way first. */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { gaveWay } from '../simulators/wire/replay/gave-way.ts'
import { levelFigures } from '../simulators/wire/replay/level-figures.ts'
import { noneLost, verdict } from '../simulators/wire/replay/level-verdicts.ts'
import { ladder } from './highest-rung.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { type LostRate, searchRate } from './rate-search.ts'
import type { WireStage } from './wire-stage.ts'

/** Platform payments a second (docs/load-levels.md). */
export const stressGoalPerSecond = 400
/** Rates tried over the whole window: what held for ten seconds may not hold for sixty. */
const mostTries = 3

export async function playStress(
  on: WireStage,
  asked: LevelAsked,
  tell: (words: Words) => void,
  goal = stressGoalPerSecond,
): Promise<PlayedLevel> {
  const searched = await searchRate(on, asked, 1, tell)
  let share = searched.share ?? (ladder.at(-1) as number)
  let { lost } = searched
  for (let tries = 1; ; tries++) {
    const trace = share === 1 ? asked.trace : thinnedTrace(asked.trace, () => share)
    const played = await playLevel(on, { ...asked, trace, work: join(asked.work, `window-${tries}`), warmUpVisits: 0 })
    const { standing, refusedBusy } = levelFigures(asked.level.title, played)
    if (standing !== 'held') lost = { isVoid: standing === 'void', gaveWay: gaveWay(played.wire, { refusedBusy }) }
    if (standing !== 'held' && tries < mostTries && !asked.signal.aborted) {
      // A void window says nothing of its rate.
      if (standing === 'lost') share *= 0.85
      continue
    }
    const verdicts = [
      verdict({
        name: 'payments-per-second',
        title: { zh: '平台每秒支付', en: 'platform payments a second' },
        measured: standing === 'held' ? played.wire.level.platformPaymentsPerSecond : null,
        ...{ is: 'at-least', goal, unit: '/s' },
      }),
      noneLost(played.wire),
    ]
    const notes = [
      ...(standing === 'lost' ? [notHeld] : []),
      ...notesOf(lost),
      ...(searched.boundFirst === undefined ? [] : [searched.boundFirst]),
    ]
    return { ...played, wire: { ...played.wire, levels: searched.levels, verdicts, notes } }
  }
}

const notHeld: Words = {
  en: 'the last rate played over the whole window was not held either',
  zh: '最后一次按整个时段回放的速率也未能承受',
}

function notesOf(lost: LostRate | undefined): readonly Words[] {
  if (lost === undefined) return []
  const { isVoid, gaveWay: by } = lost
  return [
    isVoid
      ? {
          en: `the rate above this one could not be judged, each of its tries being void; what was full there: ${by.words.en}`,
          zh: `上一级速率各次均作废，无从判定；当时饱和的是：${by.words.zh}`,
        }
      : { en: `first to give way above this rate: ${by.words.en}`, zh: `超过该速率时最先饱和的是：${by.words.zh}` },
  ]
}

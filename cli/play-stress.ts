/** The stress level: the goal's rate, or the highest below it that this machine holds with every rule of money kept, and who gave way first. */
import { join } from 'node:path'
import type { Words } from '../scenarios/plan.ts'
import { thinnedTrace } from '../simulators/trace/thinned-trace.ts'
import { gaveWay } from '../simulators/wire/replay/gave-way.ts'
import { levelFigures, ratePlanned, rateStanding } from '../simulators/wire/replay/level-figures.ts'
import { noneLost, verdict } from '../simulators/wire/replay/level-verdicts.ts'
import { withBrokenOnTheWay } from './broken-on-the-way.ts'
import { givenUpRates, machinesLimit, type WindowPlay } from './given-up-rates.ts'
import { ladder } from './highest-rung.ts'
import { nextRung } from './next-rung.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { type LostRate, rateTold, searchRate } from './rate-search.ts'
import type { WireStage } from './wire-stage.ts'

/** Platform payments a second (docs/load-levels.md). */
export const stressGoalPerSecond = 400

export const playStress = (on: WireStage, asked: LevelAsked, tell: (words: Words) => void, goal?: number): Promise<PlayedLevel> =>
  stressBy(playLevel, on, asked, tell, goal)

/** @param play one level */
export async function stressBy(
  play: typeof playLevel,
  on: WireStage,
  asked: LevelAsked,
  tell: (words: Words) => void,
  goal = stressGoalPerSecond,
): Promise<PlayedLevel> {
  const searched = await searchRate(on, asked, 1, tell, play)
  const plays: WindowPlay[] = []
  const playRung = async (rung: number): Promise<PlayedLevel> => {
    const share = ladder[rung] as number
    const trace = share === 1 ? asked.trace : thinnedTrace(asked.trace, () => share)
    const played = await play(on, { ...asked, trace, work: join(asked.work, `window-${plays.length + 1}`), warmUpVisits: 0 })
    const { wire, reasons } = played
    const [perSecond, { seconds }] = [ratePlanned(trace), trace.window]
    const rate = `${perSecond.toFixed(0)}/s`
    const figures = levelFigures({ zh: `${rate}，${seconds} 秒`, en: `${rate} for ${seconds} s` }, played)
    plays.push({ rung, standing: rateStanding(played), perSecond, seconds, figures, wire, reasons })
    tell(rateTold(perSecond, figures, gaveWay(wire, figures), reasons))
    return played
  }
  // What held for ten seconds may not hold for the whole window.
  let played = await playRung(searched.share === undefined ? ladder.length - 1 : ladder.indexOf(searched.share))
  for (let rung = nextRung(plays); rung !== undefined && !asked.signal.aborted; rung = nextRung(plays)) played = await playRung(rung)
  const { wire } = played
  const verdicts = [
    verdict({
      name: 'payments-per-second',
      title: { zh: '平台每秒支付', en: 'platform payments a second' },
      measured: plays.at(-1)?.standing === 'held' ? wire.level.platformPaymentsPerSecond : null,
      ...{ is: 'at-least', goal, unit: '/s' },
    }),
    noneLost(wire),
  ]
  const givenUp = givenUpRates(plays)
  // Where rates were given up, the rate above the one that is left is no longer that of the search.
  const notes =
    givenUp.length > 0 ? givenUp : [...notesOf(searched.lost), ...(searched.boundFirst === undefined ? [] : [searched.boundFirst])]
  const levels = [...searched.levels, ...plays.slice(0, -1).map(({ figures }) => figures)]
  const onTheWay = [...searched.audited, ...plays.slice(0, -1).map(({ perSecond, wire: { audit } }) => ({ perSecond, audit }))]
  return { ...played, wire: withBrokenOnTheWay({ ...wire, levels, verdicts, notes }, onTheWay) }
}

function notesOf(lost: LostRate | undefined): readonly Words[] {
  if (lost === undefined) return []
  const { isVoid, gaveWay: by, isMachines } = lost
  if (!isVoid) return [{ en: `first to give way above this rate: ${by.words.en}`, zh: `超过该速率时最先饱和的是：${by.words.zh}` }]
  const [ofEn, ofZh] = isMachines ? [`; ${machinesLimit.en}`, `；${machinesLimit.zh}`] : ['', '']
  return [
    {
      en: `the rate above this one could not be judged, each of its tries being void${ofEn}; what was full there: ${by.words.en}`,
      zh: `上一级速率各次均作废，无从判定${ofZh}；当时饱和的是：${by.words.zh}`,
    },
  ]
}

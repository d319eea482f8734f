/** The rates that a level played over its whole window and gave up, each with why, as notes of its result. */
import type { Words } from '../scenarios/plan.ts'
import type { LevelFigures, WireOutcome } from '../simulators/measures/result-wire.ts'
import { gaveWay, isMachinesLimit } from '../simulators/wire/replay/gave-way.ts'
import { noneLost } from '../simulators/wire/replay/level-verdicts.ts'
import type { RungPlayed } from './next-rung.ts'

export interface WindowPlay extends RungPlayed {
  /** Payments a second that were asked for. */
  readonly perSecond: number
  readonly seconds: number
  readonly figures: LevelFigures
  readonly wire: WireOutcome
  /** Why it is void; empty where it is not. */
  readonly reasons: readonly Words[]
}

/** One note a rate, by its last play, in the order they were played; a rate that was held has none. */
export function givenUpRates(plays: readonly WindowPlay[]): readonly Words[] {
  return plays
    .filter(({ rung, standing }, place) => standing !== 'held' && plays[place + 1]?.rung !== rung)
    .map((last) => (last.standing === 'void' ? allVoid(last, plays.filter(({ rung }) => rung === last.rung).length) : notHeld(last)))
}

/** Said of a void rate whose starts were late. */
export const machinesLimit: Words = {
  en: 'late starts are the limit of this machine, whose cores the generator shares with all parties, not of the platform',
  zh: '起始过迟是机器（发生器与各方共用其处理器）的极限，而非平台的极限',
}

function allVoid({ perSecond, seconds, figures, wire, reasons }: WindowPlay, times: number): Words {
  const full = gaveWay(wire, figures)
  const why = (language: 'en' | 'zh', between: string) => reasons.map((one) => one[language]).join(between)
  const [ofEn, ofZh] = isMachinesLimit(wire, full) ? [`; ${machinesLimit.en}`, `；${machinesLimit.zh}`] : ['', '']
  const [playsEn, playsZh] =
    times === 1 ? ['its only play', '仅回放 1 次，已作废'] : [`each of its ${times} plays`, `回放 ${times} 次，均作废`]
  return {
    en: `${perSecond.toFixed(0)}/s was given up, void in ${playsEn} of ${seconds} s (${why('en', '; ')})${ofEn}; what was full there: ${full.words.en}`,
    zh: `每秒 ${perSecond.toFixed(0)} 笔已放弃：按 ${seconds} 秒${playsZh}（${why('zh', '；')}）${ofZh}；当时饱和的是：${full.words.zh}`,
  }
}

function notHeld({ perSecond, seconds, figures, wire }: WindowPlay): Words {
  const full = gaveWay(wire, figures)
  const settled = `${(100 * figures.settledShare).toFixed(1)} %`
  const ownMs = figures.ownMsP99?.toFixed(0) ?? '–'
  const findings = noneLost(wire).measured ?? '–'
  return {
    en: `${perSecond.toFixed(0)}/s was given up, not held for ${seconds} s (settled ${settled}, the platform's own time ${ownMs} ms at p99, audit findings ${findings}); first to give way: ${full.words.en}`,
    zh: `每秒 ${perSecond.toFixed(0)} 笔已放弃：按 ${seconds} 秒回放未能承受（办成 ${settled}，平台自身用时 P99 ${ownMs} 毫秒，审计发现 ${findings} 项）；最先饱和的是：${full.words.zh}`,
  }
}

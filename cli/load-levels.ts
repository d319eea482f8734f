import type { ArmPlan, Words } from '../scenarios/plan.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import type { LoadWords } from './commands/load.ts'

export interface LoadLevel {
  readonly title: Words
  /** What the level plays where the command says nothing else. */
  readonly seconds: number
  readonly scale: number
  /** Fewer payments through the platform a second make the level void: it was not what its name says. */
  readonly leastPaymentsPerSecond: number
  /** Short of a goal, the command ends with a code of its own. */
  readonly mustPass?: true
}

/** Levels by name (docs/load-levels.md). */
export const loadLevels = {
  'as-asked': { title: { zh: '按命令', en: 'as asked' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 0 },
  'city-peak': { title: { zh: '全市高峰', en: 'City peak' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 15, mustPass: true },
  // As many superposed days as its goal needs (play-stress.ts).
  stress: { title: { zh: '压力', en: 'Stress' }, seconds: 60, scale: 1, leastPaymentsPerSecond: 15 },
  // Three days hold three times the knee of a platform held to the share of play-overload.ts.
  overload: { title: { zh: '过载：拐点的三倍', en: 'Overload: three times the knee' }, seconds: 60, scale: 3, leastPaymentsPerSecond: 0 },
} as const satisfies Readonly<Record<string, LoadLevel>>
export type LoadLevelName = keyof typeof loadLevels

/**
 * Nothing asked for but the scenario is its city's peak, where it has one: a load too small for the level's name, a morning of going live and
 * a day with faults are played as they are, and so is a platform of others, whose goals are not ours to set.
 */
export function levelPlayed(
  { level, window, scale, arm, fault, target, profile }: LoadWords,
  trace: Trace,
  played: Pick<ArmPlan, 'faults' | 'goLive'> | undefined,
): LoadLevelName {
  if (level !== undefined) return level
  const isBare = [window, scale, arm, target, profile].every((word) => word === undefined) && fault.length === 0
  const isOrdinary = played?.goLive === undefined && (played?.faults ?? []).length === 0
  return isBare && isOrdinary && ratePlanned(trace) >= loadLevels['city-peak'].leastPaymentsPerSecond ? 'city-peak' : 'as-asked'
}

import type { Words } from '../scenarios/plan.ts'

export interface LoadLevel {
  readonly title: Words
  /** What the level plays where the command says nothing else. */
  readonly seconds: number
  readonly scale: number
  /** Fewer payments through the platform a second make the level void: it was not what its name says. */
  readonly leastPaymentsPerSecond: number
}

/** Levels by name (docs/load-levels.md). */
export const loadLevels = {
  'as-asked': { title: { zh: '按命令', en: 'as asked' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 0 },
  'city-peak': { title: { zh: '全市高峰', en: 'City peak' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 15 },
  // As many superposed days as its goal needs (play-stress.ts).
  stress: { title: { zh: '压力', en: 'Stress' }, seconds: 60, scale: 1, leastPaymentsPerSecond: 15 },
  // Three days hold three times the knee of a platform held to the share of play-overload.ts.
  overload: { title: { zh: '过载：拐点的三倍', en: 'Overload: three times the knee' }, seconds: 60, scale: 3, leastPaymentsPerSecond: 0 },
} as const satisfies Readonly<Record<string, LoadLevel>>
export type LoadLevelName = keyof typeof loadLevels

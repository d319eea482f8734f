import type { Words } from '../scenarios/plan.ts'

export interface LoadLevel {
  readonly title: Words
  /** What the level plays where the command says nothing else. */
  readonly seconds: number
  readonly scale: number
  /** Fewer payments through the platform a second make the level void: it was not what its name says. */
  readonly leastPaymentsPerSecond: number
}

/** Levels by name. The stress level's scale makes 400 payments a second of Shanghai's 51 in its busiest minutes at 80 % adoption. */
export const loadLevels = {
  'as-asked': { title: { zh: '按命令', en: 'as asked' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 0 },
  'city-peak': { title: { zh: '全市高峰', en: 'City peak' }, seconds: 120, scale: 1, leastPaymentsPerSecond: 15 },
  stress: { title: { zh: '压力', en: 'Stress' }, seconds: 60, scale: 8, leastPaymentsPerSecond: 400 },
} as const satisfies Readonly<Record<string, LoadLevel>>
export type LoadLevelName = keyof typeof loadLevels

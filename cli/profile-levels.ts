import type { Words } from '../scenarios/plan.ts'

export interface MeasuredLevel {
  readonly name: string
  readonly title: Words
  /** Superposed independent days, each at the moment its load is this share of its busiest. */
  readonly copies: number
  readonly share: number
}

/** The levels of a latency profile, from a quarter of the peak to twice: each at ordinary speed, a load of a quiet hour or of two days at once. */
export const measuredLevels: readonly MeasuredLevel[] = [
  { name: 'quarter', title: { zh: '高峰的四分之一', en: 'a quarter of the peak' }, copies: 1, share: 0.25 },
  { name: 'half', title: { zh: '高峰的一半', en: 'half the peak' }, copies: 1, share: 0.5 },
  { name: 'peak', title: { zh: '高峰', en: 'the peak' }, copies: 1, share: 1 },
  { name: 'one-and-a-half', title: { zh: '高峰的一倍半', en: 'one and a half times the peak' }, copies: 2, share: 0.75 },
  { name: 'double', title: { zh: '高峰的两倍', en: 'twice the peak' }, copies: 2, share: 1 },
]

/** After warm-up, unless the command says otherwise. */
export const levelSeconds = 30

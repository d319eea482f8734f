/** Texts of what the wire gives back: the spot check, queues as assumed and as measured, both worlds leg by leg, the age of money. */
import type { WireMoneyStage } from '../simulators/measures/result-wire.ts'

export interface FeedbackWords {
  readonly title: string
  readonly spotTitle: string
  /** Target and days. */
  readonly intro: (target: string, days: number) => string
  readonly oneLoad: (load: string) => string
  readonly spotIntro: (target: string, load: string) => string
  readonly notRun: (reason: string) => string
  readonly isVoid: (reasons: string) => string
  /** Window, arm, errands, generator, rate. */
  readonly played: (window: string, arm: string, errands: string, generator: string, rate: string) => string
  readonly checked: (equal: string, compared: string, verdict: string, rules: string) => string
  readonly level: string
  readonly offered: string
  readonly settled: string
  readonly inFlight: string
  readonly payments: string
  readonly ownMean: string
  readonly assumedMean: string
  readonly curveTitle: string
  readonly curveNote: string
  readonly perSecond: (rate: string) => string
  readonly assumed: string
  readonly measured: string
  readonly difference: string
  readonly measure: string
  readonly queuesTitle: (arm: string) => string
  readonly range: (share: string, rest: string) => string
  readonly outside: (minutes: string, busiest: string, most: string) => string
  readonly inside: (busiest: string) => string
  readonly divergenceTitle: string
  readonly divergenceIntro: string
  readonly virtual: string
  readonly wire: string
  readonly differenceInterval: string
  readonly moneyTitle: string
  readonly moneyIntro: string
  readonly stage: string
  readonly stages: Readonly<Record<WireMoneyStage['stage'], string>>
  readonly amount: string
  readonly reached: string
  readonly oldest: string
  readonly standing: string
  readonly standingAge: string
  readonly quick: string
}

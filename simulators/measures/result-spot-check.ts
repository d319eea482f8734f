/**
 * Section of a virtual result whose run went on to the wire for half a minute: what was played there, and the answer computed again with
 * the platform as it was measured. It rests on the machine and the moment, so the result's hash does not cover it.
 */
import type { Words } from '../../scenarios/plan.ts'
import type { Feedback } from './result-feedback.ts'
import type { WireDivergence, WireLeg } from './result-wire.ts'

export type SpotCheck = SpotCheckNotRun | SpotCheckPlayed

export interface SpotCheckNotRun {
  readonly ran: false
  readonly reason: Words
}

export interface SpotCheckPlayed {
  readonly ran: true
  /** Seconds of the business day. */
  readonly window: { readonly date: string; readonly fromSecond: number; readonly toSecond: number; readonly arm: string }
  readonly errands: { readonly planned: number; readonly sent: number }
  readonly platformPaymentsPerSecond: number
  readonly closingBooks: { readonly compared: number; readonly equal: number }
  readonly audit: { readonly verdict: 'passed' | 'failed' | 'void'; readonly rulesKept: number }
  readonly generator: { readonly name: string; readonly version: string; readonly startLateMsP99: number | null }
  readonly legs: readonly WireLeg[]
  readonly divergence: readonly WireDivergence[]
  /** Why nothing may be concluded from it; empty where something may. */
  readonly voidReasons: readonly Words[]
  /** Null where it is void: the virtual answer stands. */
  readonly feedback: Feedback | null
  /** From the virtual report to the end, a build of the generator included. */
  readonly wallSeconds: number
}

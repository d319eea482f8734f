/** Section of a result: a morning on which sites switch over to the reform. */
import type { Words } from '../../scenarios/plan.ts'

export interface GoLiveOutcome {
  readonly arm: string
  /** Mornings simulated: one for all at once, one a wave otherwise; all figures are means over days. */
  readonly mornings: readonly {
    readonly name: string
    readonly title: Words
    readonly date: string
    readonly sitesSwitching: number
    /** Second of the day at which the last site had signed its terminals in and held its directory; null: not before close. */
    readonly lastSiteReadySecond: number | null
    readonly sitesNotReadyBy0830: number
    readonly signUpsAttempted: number
    readonly signUpsGranted: number
    readonly signUpsLost: number
    readonly directoryBytes: number
    /** Delay caused to patients already there: mean visit duration of hospital visits arriving 07:00–10:00, minus the ordinary Monday, min. */
    readonly delayMinutesPerVisit: number
    readonly delayMinutesInterval: readonly [number, number] | null
    /** Most calls in one second, by party. */
    readonly peakCallsPerSecond: readonly { readonly party: string; readonly calls: number }[]
    /** Sites ready by minute from 08:00 on. */
    readonly readyByMinute: readonly number[]
  }[]
}

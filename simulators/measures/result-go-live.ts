/** Section of a result: a morning on which sites switch over to the reform. */
import type { Words } from '../../scenarios/plan.ts'

export interface GoLiveOutcome {
  /** The scenario's arm, which in waves is several of the result's: one a morning, named as the mornings are. */
  readonly arm: string
  readonly title: Words
  /** Mornings simulated: one for all at once, one a wave otherwise, each on the same people; all figures are means over days. */
  readonly mornings: readonly {
    /** Name of the result's arm that was played. */
    readonly name: string
    readonly title: Words
    /** When the sites joined; a wave is played on the plan's own day all the same. */
    readonly date: string
    readonly sitesSwitching: number
    /** Windows, kiosks and consulting rooms that signed in (9001). */
    readonly terminals: number
    /** Second of the day at which the last site had signed its terminals in and held its directory; null where no site switches. */
    readonly lastSiteReadySecond: number | null
    readonly sitesNotReadyBy0830: number
    readonly signUpsAttempted: number
    readonly signUpsGranted: number
    readonly signUpsLost: number
    readonly directoryBytes: number
    /** Payments that wanted the new way at a site not ready, and went to a window or kiosk. */
    readonly paymentsTheOldWay: number
    /** Settlements that waited at a window or kiosk until their site was ready. */
    readonly settlementsHeld: number
    /** Delay caused to patients already there: mean visit duration of hospital visits arriving 07:00–10:00, minus the ordinary Monday, min. */
    readonly delayMinutesPerVisit: number
    readonly delayMinutesInterval: readonly [number, number] | null
    /** Most calls in one second, by party. */
    readonly peakCallsPerSecond: readonly { readonly party: string; readonly calls: number }[]
    /** Sites ready by minute from 08:00 on. */
    readonly readyByMinute: readonly number[]
  }[]
}

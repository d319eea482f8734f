import type { Words } from './plan.ts'
import type { WavePlan } from './plan-roll-out.ts'

/**
 * The morning on which sites switch over to the reform: what their terminals and directories ask of the bureau, who signs up in their
 * halls, and what a site does until it is ready. Part of the plan; resolve.ts makes it from the scenario's `goLive:`.
 */
export interface GoLivePlan {
  /** The moment of the switch, second of the day. */
  readonly switchSecond: number
  /** A site that is ready later than this is counted as late. */
  readonly readyBySecond: number
  /** Sites switch in these waves where an arm goes live in waves; every wave is played on the plan's own day and people. */
  readonly waves: readonly WavePlan[]
  /** A terminal signs in (9001), and a site asks for its directory, within so many seconds of the switch. */
  readonly startSpreadSeconds: number
  /** Whoever failed tries again after a pause of this mean. */
  readonly pauseSeconds: number
  /** Bytes ÷ 10⁶ of the directories (1301–1319) a site loads. */
  readonly directoryMegabytes: number
  /** The bureau's file desk (9102): transfers at a time, and the rate of one. */
  readonly fileDeskTransfers: number
  readonly fileDeskMegabitsPerSecond: number
  /** How long a site waits for its turn and its transfer before it asks again. */
  readonly fileDeskTimeoutSeconds: number
  /** Share of the switching sites whose windows and kiosks hold every settlement until they are ready; the others settle the old way. */
  readonly holdingSitesShare: number
  /** Credit sign-ups attempted in the halls of the switching sites, if all the city's sites switch, on top of an ordinary day's. */
  readonly hallSignUps: number
}

/** Which sites switch in an arm. */
export interface ArmGoLivePlan {
  /** The scenario's arm; one that goes live in waves is played as one arm a wave. */
  readonly arm: string
  readonly title: Words
  /** Number of the wave, from 0; absent where all sites switch at once. */
  readonly wave?: number
}

/** More visits than usual on the simulated day: factors on ordinary visits. Staff stay as they are. */
export interface SurgePlan {
  /** By department; those not named stay as they are. */
  readonly departments: Readonly<Record<string, number>>
  readonly emergency: number
}

/** Part of a wire result: a morning on which sites switch over, as real requests showed it and as the virtual city had it on the same day. */
export interface WireGoLive {
  /** That switch within the window, and what of them must be done: terminals signed in, directories had. */
  readonly sites: number
  readonly terminals: number
  readonly directories: number
  /** Second of the day up to which both sides are counted: when sites are to be ready, or the window's end if that comes first. */
  readonly untilSecond: number
  /** Bytes of directory the wire moved, as text, and those of the plan's size, which its transfer times stand for. */
  readonly directoryBytes: number
  readonly wire: GoLiveSide
  readonly virtual: GoLiveSide
}

export interface GoLiveSide {
  /** From the switch until the last terminal was signed in; null where one never was. */
  readonly stormSeconds: number | null
  /** Able to settle by then: every terminal signed in, the directory there. */
  readonly readySites: number
  /** Second of the day; null where none was ready by then. */
  readonly lastReadySecond: number | null
  /** Most calls that reached the bureau in one second; of the virtual city those of the same rows, each after the services before it. Null: none. */
  readonly peakBureauCallsPerSecond: number | null
  /** Tries of terminals and directories that were refused, and those that had no answer. */
  readonly refused: number
  readonly unanswered: number
  /** Sites not ready by then. */
  readonly late: number
}

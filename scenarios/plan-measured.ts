/** Latencies measured on the wire, as a part of the plan of the run that takes them back. */
export interface MeasuredPlan {
  /** Names the profile they are from. */
  readonly profileHash: string
  readonly operations: readonly string[]
  /** By level, by operation: this many quantiles, evenly spaced, of a call's whole time, in ms. */
  readonly quantilesMs: readonly (readonly (readonly number[])[])[]
  /** By arm: the level of each minute of the day, −1 where the assumed time stays; as far as the day has calls. */
  readonly minuteLevels: Readonly<Record<string, readonly number[]>>
}

export const measuredQuantiles = 256

import type { Terminal } from './terminal.ts'

/** What a subcommand is given besides its own words. */
export interface Context {
  readonly terminal: Terminal
  /** Aborted by Ctrl-C, with the failure that ends the command as its reason. */
  readonly interruption: AbortSignal
  /** Seconds of a steady clock, for progress only: no result reads it. */
  readonly secondsNow: () => number
}

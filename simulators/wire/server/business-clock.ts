/**
 * The business clock: insurance year, sign-in day, cut-off, T+1, 59 days. It runs with real seconds from the moment it is set to,
 * may stand still while a book is opened, and may jump. Timeouts and signatures never read it: they live on the protocol clock.
 */
export interface BusinessClock {
  /** Epoch milliseconds of the business moment, in UTC+8 terms: see business-time.ts. */
  nowMs(): number
  /**
   * @param atRealMs when the business moment holds, in milliseconds of the real clock; absent: now
   * @param standsStill it stays at that moment until it is set again: what is written meanwhile is all of it
   */
  set(ms: number, atRealMs?: number, standsStill?: boolean): void
  /** Calls back after every set: whoever counts days looks at them then. */
  whenSet(listener: () => void): void
}

export function businessClock(startMs: number, realNowMs: () => number): BusinessClock {
  let offsetMs = startMs - realNowMs()
  let stoodMs: number | undefined
  const listeners: (() => void)[] = []
  return {
    nowMs: () => stoodMs ?? realNowMs() + offsetMs,
    set(ms, atRealMs = realNowMs(), standsStill = false) {
      offsetMs = ms - atRealMs
      stoodMs = standsStill ? ms : undefined
      for (const listener of listeners) listener()
    },
    whenSet: (listener) => void listeners.push(listener),
  }
}

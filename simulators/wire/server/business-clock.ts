/**
 * The business clock: insurance year, sign-in day, cut-off, T+1, 59 days. It runs with real seconds from the moment it is set to,
 * and may jump. Timeouts and signatures never read it: they live on the protocol clock.
 */
export interface BusinessClock {
  /** Epoch milliseconds of the business moment, in UTC+8 terms: see business-date.ts. */
  nowMs(): number
  /** @param atRealMs when the business moment holds, in milliseconds of the real clock; absent: now */
  set(ms: number, atRealMs?: number): void
  /** Calls back after every set: whoever counts days looks at them then. */
  whenSet(listener: () => void): void
}

export function businessClock(startMs: number, realNowMs: () => number): BusinessClock {
  let offsetMs = startMs - realNowMs()
  const listeners: (() => void)[] = []
  return {
    nowMs: () => realNowMs() + offsetMs,
    set(ms, atRealMs = realNowMs()) {
      offsetMs = ms - atRealMs
      for (const listener of listeners) listener()
    },
    whenSet: (listener) => void listeners.push(listener),
  }
}

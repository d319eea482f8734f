/** Milliseconds of the machine's clock; k6's timers count whole ones, so the last moment may be a fraction early or late. */
export const sleepUntil = (momentMs: number): Promise<void> => {
  const ms = momentMs - Date.now()
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}

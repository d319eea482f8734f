/** ASSUMPTION: 20 s a message; the insurer's own clients are seen with 120 s (liwerAKM/BusinessFactory244), WeChat Pay's callbacks with 5 s. Tried 1–120. */
export const messageTimeoutMs = 20_000

/** Doubles from 200 ms and stays at 30 s, so that a party that is back is found within half a minute. */
export const doublingBackoffMs = (attempt: number): number => Math.min(30_000, 200 * 2 ** Math.min(attempt - 1, 8))

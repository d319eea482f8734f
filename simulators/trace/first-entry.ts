/** At which entry a row begins, as decided live: an offer is the entry's that asked for it, so whoever signs does so in the app that assessed. */
import type { SeenRow } from './seen-row.ts'
import type { TraceRow, TraceRules } from './trace.ts'

/** @param before the row it waits for */
export function firstEntry(
  { channels }: Pick<TraceRules, 'channels'>,
  { errand, entry }: Pick<TraceRow, 'errand' | 'entry'>,
  before: Pick<SeenRow, 'answers'> | undefined,
): number {
  const last = errand === 'credit-signing' ? before?.answers.at(-1) : undefined
  const assessedAt = last?.outcome === 'done' ? channels.indexOf(last.by) : -1
  return assessedAt < 0 ? entry : assessedAt
}

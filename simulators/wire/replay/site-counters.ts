/**
 * Which sites' counters are open when the window begins, and which row opens the others'. A site that switches within the window and takes
 * no money before it is ready holds every settlement until then; one that takes money meanwhile has kept the old interface beside the new
 * (goLive.holdingSitesShare), so its counters have been open since the morning.
 */
import type { Trace, TraceRow } from '../../trace/trace.ts'

/** Rows with which a site switches over: its terminals and its directory. */
export const isSwitchRow = ({ mode, entry, person }: Pick<TraceRow, 'mode' | 'entry' | 'person'>): boolean =>
  mode === 'none' && entry < 0 && person < 0

/** By site that holds: number of the row that comes to its end last in the virtual city. */
export function openingRows({ rows }: Pick<Trace, 'rows'>): ReadonlyMap<number, number> {
  const last = new Map<number, TraceRow>()
  for (const row of rows)
    if (isSwitchRow(row) && row.virtual.endMs > (last.get(row.site)?.virtual.endMs ?? Number.NEGATIVE_INFINITY)) last.set(row.site, row)
  for (const { site, mode, startMs } of rows)
    if ((mode === 'window' || mode === 'kiosk') && startMs < (last.get(site)?.virtual.endMs ?? 0)) last.delete(site)
  return new Map([...last].map(([site, { row }]) => [site, row]))
}

/** How a morning of going live went on the wire, site by site, beside the same rows of the virtual city. */
import type { GoLiveSide, WireGoLive } from '../../measures/result-wire-go-live.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'
import { isSwitchRow } from './site-counters.ts'

/** Milliseconds from the window's begin at which a row was done; undefined: it never was. */
type DoneAt = (row: TraceRow) => number | undefined

/** Undefined where no site of the trace switches. */
export function goLiveOnWire(trace: Trace, { log, spans }: Pick<Conducted, 'log' | 'spans'>): WireGoLive | undefined {
  const { goLive, window, rows } = trace
  const switching = rows.filter(isSwitchRow)
  if (goLive === undefined || switching.length === 0) return undefined
  const untilSecond = Math.min(goLive.readyBySecond, window.fromSecond + window.seconds)
  const seen = new Map(log.rows.map((one) => [one.row, one]))
  const answers = switching.flatMap(({ row }) => seen.get(row)?.answers ?? [])
  const directories = switching.filter(isDirectory)
  const side = (doneAt: DoneAt): Pick<GoLiveSide, 'stormSeconds' | 'readySites' | 'lastReadySecond' | 'late'> => {
    const sites = [...Map.groupBy(switching, ({ site }) => site).values()]
    const untilMs = (untilSecond - window.fromSecond) * 1000
    // A short window may end before a site asks for its directory: that site is not ready within it.
    const ready = sites
      .map((own) => (own.some(isDirectory) ? lastOf(own, doneAt) : undefined))
      .filter((ms): ms is number => ms !== undefined && ms <= untilMs)
    const signedInMs = lastOf(
      switching.filter((row) => !isDirectory(row)),
      doneAt,
    )
    return {
      stormSeconds: signedInMs === undefined ? null : window.fromSecond + signedInMs / 1000 - goLive.switchSecond,
      readySites: ready.length,
      lastReadySecond: ready.length === 0 ? null : window.fromSecond + Math.max(...ready) / 1000,
      late: sites.length - ready.length,
    }
  }
  return {
    sites: new Set(switching.map(({ site }) => site)).size,
    terminals: switching.length - directories.length,
    directories: directories.length,
    untilSecond,
    directoryBytes: directories.reduce((sum, { row }) => sum + bytesOf(seen.get(row)), 0),
    wire: {
      ...side(({ row }) => {
        const one = seen.get(row)
        return one?.answers.at(-1)?.outcome === 'done' ? one.endMs : undefined
      }),
      peakBureauCallsPerSecond: peakOf(
        spans.flatMap(({ actor, arrivedMs }) => (actor === 'bureau' ? [arrivedMs - (log.beginMs ?? 0)] : [])),
      ),
      refused: answers.filter(({ outcome }) => outcome === 'refused').length,
      unanswered: answers.filter(({ outcome }) => outcome === 'no-answer').length,
    },
    virtual: {
      ...side((row) => (row.virtual.outcome === 'settled' ? row.virtual.endMs : undefined)),
      peakBureauCallsPerSecond: peakOf(rows.flatMap(bureauCallsMs)),
      refused: 0,
      unanswered: switching.filter((row) => row.virtual.outcome === 'failed').length,
    },
  }
}

const isDirectory = ({ errand }: TraceRow): boolean => errand === 'directory-download'

function lastOf(rows: readonly TraceRow[], doneAt: DoneAt): number | undefined {
  let last: number | undefined
  for (const row of rows) {
    const ms = doneAt(row)
    if (ms === undefined) return undefined
    last = Math.max(last ?? ms, ms)
  }
  return last
}

/** The report's own virtual morning may be one of few sites, so the calls are counted on the rows that were cut: each after the services before it. */
function bureauCallsMs({ startMs, services }: TraceRow): number[] {
  let ms = startMs
  return services.flatMap((service) => {
    const calledMs = ms
    ms += service.ms
    return service.leg === 'bureau' ? [calledMs] : []
  })
}

/** The last request of the talk but those that open the counters is the file. */
const bytesOf = (seen: SeenRow | undefined): number => seen?.answers.at(-1)?.calls[fileCall]?.bytes ?? 0
const fileCall = 2

function peakOf(arrivedMs: readonly number[]): number | null {
  const counts = new Map<number, number>()
  let most = 0
  for (const ms of arrivedMs) {
    const second = Math.floor(ms / 1000)
    const count = (counts.get(second) ?? 0) + 1
    counts.set(second, count)
    most = Math.max(most, count)
  }
  return arrivedMs.length === 0 ? null : most
}

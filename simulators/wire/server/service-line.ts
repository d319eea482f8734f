/**
 * A counterparty's virtual station on the wire: so many servers, first come first served, each request in service for the time the
 * plan drew for its errand and leg. A timer and no CPU; no plan means no time. The log of arrival, start and end is what "own time"
 * of a platform under test is computed from.
 */
import { traceNow } from '../client/trace-context.ts'

export interface ServiceSpan {
  readonly operation: string
  /** What the plan knows the errand by; the dialects find it in the business fields, so a foreign target needs no header. */
  readonly businessKey: string
  /** The request's traceparent; absent where whoever asked passed none on. */
  readonly trace?: string
  /** Milliseconds of the protocol clock. */
  readonly arrivedMs: number
  readonly startedMs: number
  readonly endedMs: number
  /** It was to be answered with an error, and nothing was done. */
  readonly isError?: true
}

export interface ServicePlan {
  /** Absent: as many at once as come. */
  readonly servers?: number
  /** Of its stations, by name: as many servers as here in place of the station's own. */
  readonly stations?: Readonly<Record<string, number>>
  /** Whoever would wait behind so many is sent away; absent: as it stood, at first nobody is. */
  readonly mostWaiting?: number
  /** Milliseconds in service by operation and business key; `*` as the key stands for every other. */
  readonly times: readonly { readonly operation: string; readonly businessKey: string; readonly serviceMs: number }[]
}

/** Nobody was served and no time was spent: the line is as long as it may be. */
export class LineFull extends Error {
  override readonly name = 'LineFull'
}

/** Servers of their own inside an actor: a hospital's windows beside its computers. Each has a line of its own. */
export interface ServiceStation {
  readonly name: string
  readonly servers: number
}

export interface ServedHow {
  readonly station?: ServiceStation
  readonly factor?: number
  readonly isError?: true
}

export interface ServiceLine {
  plan(plan: ServicePlan): void
  /**
   * Waits for a server, keeps it for the planned time, then runs the work.
   *
   * @param how at which station (absent: the actor's own servers), how many times as long as planned, and whether its span is one of an error
   */
  serve<T>(operation: string, businessKey: string, work: () => Promise<T>, how?: ServedHow): Promise<T>
  /** Spans since the last call, oldest first. */
  takeSpans(): readonly ServiceSpan[]
  /** Requests in service and in line at this moment. */
  readonly now: { readonly busy: number; readonly waiting: number }
}

interface Standing {
  busy: number
  readonly line: (() => void)[]
}

/** Spans kept until they are taken; further ones are not logged, so whoever reads them takes them in time. */
const mostSpans = 200_000

/** @param serversShare of the planned servers that work now; at least one does. Absent: all */
export function serviceLine(nowMs: () => number, wait: (ms: number) => Promise<void>, serversShare: () => number = () => 1): ServiceLine {
  let servers = Number.POSITIVE_INFINITY
  let mostWaiting = Number.POSITIVE_INFINITY
  let planned: Readonly<Record<string, number>> = {}
  let times = new Map<string, number>()
  let spans: ServiceSpan[] = []
  const own: Standing = { busy: 0, line: [] }
  /** Those with somebody at them. */
  const stations = new Map<string, Standing>()
  const keyOf = (operation: string, businessKey: string) => `${operation}\n${businessKey}`
  const standingAt = (station: ServiceStation | undefined): Standing => {
    if (station === undefined) return own
    const known = stations.get(station.name) ?? { busy: 0, line: [] }
    stations.set(station.name, known)
    return known
  }
  const serversOf = (station: ServiceStation | undefined) => (station === undefined ? servers : (planned[station.name] ?? station.servers))
  const atWork = (station: ServiceStation | undefined) => Math.max(1, Math.floor(serversOf(station) * serversShare()))

  return {
    plan(plan) {
      servers = plan.servers ?? Number.POSITIVE_INFINITY
      mostWaiting = plan.mostWaiting ?? mostWaiting
      planned = plan.stations ?? {}
      times = new Map(plan.times.map(({ operation, businessKey, serviceMs }) => [keyOf(operation, businessKey), serviceMs]))
    },
    async serve(operation, businessKey, work, { station, factor = 1, isError } = {}) {
      const arrivedMs = nowMs()
      const trace = traceNow()
      const at = standingAt(station)
      const isFull = at.busy >= atWork(station)
      if (isFull && station === undefined && at.line.length >= mostWaiting) throw new LineFull()
      if (isFull) await new Promise<void>((resolve) => at.line.push(resolve))
      else at.busy += 1
      const startedMs = nowMs()
      try {
        const serviceMs = factor * (times.get(keyOf(operation, businessKey)) ?? times.get(keyOf(operation, '*')) ?? 0)
        if (serviceMs > 0) await wait(serviceMs)
        return await work()
      } finally {
        if (spans.length < mostSpans) {
          const more = { ...(trace === undefined ? {} : { trace }), ...(isError === undefined ? {} : { isError }) }
          spans.push({ operation, businessKey, ...more, arrivedMs, startedMs, endedMs: nowMs() })
        }
        // Servers go to the next in line without being free in between; more than one where there are more again.
        at.busy -= 1
        for (let free = atWork(station) - at.busy; free > 0 && at.line.length > 0; free--) {
          at.busy += 1
          at.line.shift()?.()
        }
        if (station !== undefined && at.busy === 0) stations.delete(station.name)
      }
    },
    get now() {
      const all = [own, ...stations.values()]
      return { busy: all.reduce((sum, { busy }) => sum + busy, 0), waiting: all.reduce((sum, { line }) => sum + line.length, 0) }
    },
    takeSpans() {
      const taken = spans
      spans = []
      return taken
    },
  }
}

/**
 * A counterparty's virtual station on the wire: so many servers, first come first served, each request in service for the time the
 * plan drew for its errand and leg. A timer and no CPU; no plan means no time. The log of arrival, start and end is what "own time"
 * of a platform under test is computed from.
 */
export interface ServiceSpan {
  readonly operation: string
  /** What the plan knows the errand by; the dialects find it in the business fields, so a foreign target needs no header. */
  readonly businessKey: string
  /** Milliseconds of the protocol clock. */
  readonly arrivedMs: number
  readonly startedMs: number
  readonly endedMs: number
}

export interface ServicePlan {
  /** Absent: as many at once as come. */
  readonly servers?: number
  /** Whoever would wait behind so many is sent away; absent: as it stood, at first nobody is. */
  readonly mostWaiting?: number
  /** Milliseconds in service by operation and business key; `*` as the key stands for every other. */
  readonly times: readonly { readonly operation: string; readonly businessKey: string; readonly serviceMs: number }[]
}

/** Nobody was served and no time was spent: the line is as long as it may be. */
export class LineFull extends Error {
  override readonly name = 'LineFull'
}

export interface ServiceLine {
  plan(plan: ServicePlan): void
  /** Waits for a server, keeps it for the planned time, then runs the work. */
  serve<T>(operation: string, businessKey: string, work: () => Promise<T>): Promise<T>
  /** Spans since the last call, oldest first. */
  takeSpans(): readonly ServiceSpan[]
  /** Requests in service and in line at this moment. */
  readonly now: { readonly busy: number; readonly waiting: number }
}

/** Spans kept until they are taken; further ones are not logged, so whoever reads them takes them in time. */
const mostSpans = 200_000

export function serviceLine(nowMs: () => number, wait: (ms: number) => Promise<void>): ServiceLine {
  let servers = Number.POSITIVE_INFINITY
  let mostWaiting = Number.POSITIVE_INFINITY
  let times = new Map<string, number>()
  let busy = 0
  let spans: ServiceSpan[] = []
  const line: (() => void)[] = []
  const keyOf = (operation: string, businessKey: string) => `${operation}\n${businessKey}`

  return {
    plan(plan) {
      servers = plan.servers ?? Number.POSITIVE_INFINITY
      mostWaiting = plan.mostWaiting ?? mostWaiting
      times = new Map(plan.times.map(({ operation, businessKey, serviceMs }) => [keyOf(operation, businessKey), serviceMs]))
    },
    async serve(operation, businessKey, work) {
      const arrivedMs = nowMs()
      if (busy >= servers && line.length >= mostWaiting) throw new LineFull()
      if (busy >= servers) await new Promise<void>((resolve) => line.push(resolve))
      else busy += 1
      const startedMs = nowMs()
      try {
        const serviceMs = times.get(keyOf(operation, businessKey)) ?? times.get(keyOf(operation, '*')) ?? 0
        if (serviceMs > 0) await wait(serviceMs)
        return await work()
      } finally {
        if (spans.length < mostSpans) spans.push({ operation, businessKey, arrivedMs, startedMs, endedMs: nowMs() })
        // The server goes to the next in line without being free in between.
        const next = line.shift()
        if (next === undefined) busy -= 1
        else next()
      }
    },
    get now() {
      return { busy, waiting: line.length }
    },
    takeSpans() {
      const taken = spans
      spans = []
      return taken
    },
  }
}

/**
 * The line of service as the actor's failures let it run. Every request of a desk passes here with its operation and business key, so
 * one place can refuse it, lose its reply or falsify an amount whatever its dialect.
 */
import type { FastifyRequest } from 'fastify'
import type { ActorLog } from './actor-log.ts'
import type { FailureOrder } from './failure-order.ts'
import type { FailureSwitch, Passing } from './failure-switch.ts'
import { WireFailure } from './failures.ts'
import { cutText, type Falsified, falsified, setBack, withoutRows } from './falsified.ts'
import type { ServedHow, ServiceLine, ServiceStation } from './service-line.ts'

export interface FailingLine extends Omit<ServiceLine, 'serve'> {
  /**
   * Waits for a server, keeps it for the planned time, then runs the work.
   *
   * @param content what the work reads, where that is not the request's body as it was parsed
   */
  serve<T>(
    operation: string,
    businessKey: string,
    work: () => Promise<T>,
    request: FastifyRequest,
    content?: unknown,
    station?: ServiceStation,
  ): Promise<T>
  /** The same for what takes no server: a callback that comes in, the download of a file. */
  beside<T>(operation: string, businessKey: string, work: () => Promise<T>, request: FastifyRequest): Promise<T>
}

/** Takes a server of the line, or none. */
type Run = <T>(operation: string, businessKey: string, work: () => Promise<T>, how: Pick<ServedHow, 'factor' | 'isError'>) => Promise<T>

export function failingLine(line: ServiceLine, failures: FailureSwitch, log: ActorLog): FailingLine {
  const inLine =
    (at: Pick<ServedHow, 'station'>): Run =>
    (operation, businessKey, work, how) =>
      line.serve(operation, businessKey, work, { ...at, ...how })
  const atOnce: Run = (_operation, _businessKey, work) => work()
  return {
    plan: line.plan,
    takeSpans: line.takeSpans,
    get now() {
      return line.now
    },
    serve(operation, businessKey, work, request, content = request.body, station = undefined) {
      const at = station === undefined ? {} : { station }
      if (!failures.isArmed) return line.serve(operation, businessKey, work, at)
      const passing = { operation, alias: namesOf(request), businessKey }
      failures.meetWhole('brown-out', passing)
      const met = failures.meet(passing)
      return met.length === 0
        ? line.serve(operation, businessKey, work, at)
        : serveFailing(met, passing, work, request, content, inLine(at))
    },
    beside(operation, businessKey, work, request) {
      if (!failures.isArmed) return work()
      const passing = { operation, alias: namesOf(request), businessKey }
      return serveFailing(failures.meet(passing), passing, work, request, request.body, atOnce)
    },
  }

  async function serveFailing<T>(
    met: readonly FailureOrder[],
    passing: Passing,
    work: () => Promise<T>,
    request: FastifyRequest,
    content: unknown,
    run: Run,
  ): Promise<T> {
    const { operation, businessKey } = passing
    if (met.length > 0) log.tell('failure-met', { operation, about: businessKey, failures: met.map(({ does, name = does }) => name) })
    let factor = 1
    for (const { does, name = does, lateMs = 0, factor: longer = 1, retryAfterSeconds = 1 } of met) {
      if (does === 'refuse') throw new WireFailure('out-of-order')
      if (does === 'quota') throw new WireFailure('too-busy', { retryAfterSeconds })
      if (does === 'reset') throw broken(request)
      if (does === 'silent') {
        await failures.keepWaiting(request.raw.socket, name)
        throw new WireFailure('out-of-order')
      }
      if (does === 'slow') {
        factor *= longer
        if (lateMs > 0) await failures.wait(lateMs, name)
      }
    }
    const isError = met.some(({ does }) => does === 'error-burst')
    const wrong = met.filter(({ does }) => does === 'wrong-amount')
    let reply = await run(
      operation,
      businessKey,
      async () => {
        if (isError) throw new WireFailure('error-burst')
        const undo = wrong.filter(({ at }) => at === 'book').map((order) => madeWrong(content, order, passing))
        return undo.reduce<T>((said, change) => setBack(said, change), await work())
      },
      { factor, ...(isError ? { isError } : {}) },
    )
    for (const order of wrong) {
      if (order.at !== 'answer') continue
      reply = structuredClone(reply)
      madeWrong(reply, order, passing)
    }
    for (const order of met) {
      if (order.does !== 'truncated') continue
      const cut = cutText(reply, order.field)
      if (cut !== reply) failures.hasMet(order, passing)
      reply = cut
    }
    for (const { does, name = does } of met) {
      if (does === 'lost-row')
        reply = withoutRows(reply, (key) => failures.meetRow(name, { operation, alias: namesOf(request), businessKey: key }))
    }
    if (met.some(({ does }) => does === 'lost-reply')) throw broken(request)
    return reply
  }

  function madeWrong(value: unknown, order: FailureOrder, passing: Passing): Falsified | undefined {
    const change = falsified(value, order.field ?? '', order.by ?? 0)
    if (change !== undefined) failures.hasMet(order, passing)
    return change
  }
}

/** The connection ends without an answer; the failure goes to nobody but the metrics. */
function broken({ raw: { socket } }: FastifyRequest): WireFailure {
  // A TLS socket cannot be reset, only closed.
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
  return new WireFailure('out-of-order')
}

/** What else a request may be called by whoever orders a failure. */
export function namesOf(request: FastifyRequest): readonly string[] {
  const { operation } = request.routeOptions.config
  const path = request.url.split('?', 1)[0] ?? ''
  return operation === undefined ? [path] : [operation, path]
}

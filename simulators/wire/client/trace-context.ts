/**
 * The trace header of the request that is being answered, wherever the work on it goes: what is sent on the way carries it on, and the span
 * of service keeps it. Nobody's book does. Work that nobody asked for just now (a day's end, a saga resumed) has none.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

const store = new AsyncLocalStorage<string>()
/** W3C traceparent; what is in another form is not passed on. */
const form = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

export const traceNow = (): string | undefined => store.getStore()

/** Runs the work under the header, or as it is where there is none. */
export function underTrace(header: unknown, work: () => void): void {
  if (typeof header === 'string' && form.test(header)) store.run(header, work)
  else work()
}

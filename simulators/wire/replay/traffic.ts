import type { ServiceSpan } from '../server/service-line.ts'

/** What came to an actor in one second of the window. */
export interface Traffic {
  readonly actor: string
  readonly operation: string
  readonly second: number
  readonly calls: number
}

/** @param beginMs of the window, on the protocol clock */
export function trafficOf(spans: readonly (ServiceSpan & { readonly actor: string })[], beginMs: number): readonly Traffic[] {
  const kept = new Map<string, { actor: string; operation: string; second: number; calls: number }>()
  for (const { actor, operation, arrivedMs } of spans) {
    const second = Math.floor((arrivedMs - beginMs) / 1000)
    const name = `${actor}\n${operation}\n${second}`
    const sum = kept.get(name) ?? { actor, operation, second, calls: 0 }
    sum.calls += 1
    kept.set(name, sum)
  }
  return [...kept.values()]
}

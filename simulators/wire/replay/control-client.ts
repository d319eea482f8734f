/** The run's side of the control endpoints: whoever holds the token opens books, sets clocks and takes what was written. */
import { controlHeader } from '../server/control.ts'

export interface ControlClient {
  /** Throws where the actor does not answer 200. */
  ask(actor: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object | string): Promise<unknown>
  /** Figures of an actor's page of metrics, by name; those that are told once, with no label but whose they are. */
  gauges(actor: string): Promise<ReadonlyMap<string, number>>
  isReady(actor: string): Promise<boolean>
}

export function controlClient(originOf: (actor: string) => string, token: string): ControlClient {
  return {
    async ask(actor, method, path, body) {
      const answer = await fetch(`${originOf(actor)}${path}`, {
        method,
        // A connection that is kept would keep the actor from stopping.
        headers: { connection: 'close', [controlHeader]: token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${actor} ${method} ${path}: ${answer.status} ${text.slice(0, 500)}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async gauges(actor) {
      const text = await (await fetch(`${originOf(actor)}/metrics`, { headers: { connection: 'close' } })).text()
      const lines = [...text.matchAll(/^([a-z_]+)(?:\{actor="[^"]*"\})? ([\d.e+-]+)$/gm)]
      return new Map(lines.map(([, name, value]) => [name as string, Number(value)]))
    },
    async isReady(actor) {
      return fetch(`${originOf(actor)}/readyz`, { headers: { connection: 'close' } }).then(
        ({ ok }) => ok,
        () => false,
      )
    },
  }
}

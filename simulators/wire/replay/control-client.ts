/** The run's side of the control endpoints: whoever holds the token opens books, sets clocks and takes what was written. */
import { controlHeader } from '../server/control.ts'

export interface ControlClient {
  /** Throws where the actor does not answer 200. */
  ask(actor: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object | string): Promise<unknown>
  /** Figures of an actor's page of metrics, by name; what differs by label is added up, and by kind stands under `name kind`, too. */
  figures(actor: string): Promise<ReadonlyMap<string, number>>
  isReady(actor: string): Promise<boolean>
  /** It answers, and says that it is not ready; silence is no word. */
  saysUnready(actor: string): Promise<boolean>
}

/** Nobody listens at an actor's port any more, or broke off in the middle. */
export class ActorGone extends Error {
  override readonly name = 'ActorGone'
  constructor(actor: string, cause: unknown) {
    super(`${actor} no longer answers`, { cause })
  }
}

/** Whoever holds an actor's port and says nothing is not waited for. */
const mostSilentMs = 5000

export function controlClient(originOf: (actor: string) => string, token: string): ControlClient {
  return {
    async ask(actor, method, path, body) {
      const gone = (error: unknown): never => {
        throw new ActorGone(actor, error)
      }
      const answer = await fetch(`${originOf(actor)}${path}`, {
        method,
        // A connection that is kept would keep the actor from stopping.
        headers: { connection: 'close', [controlHeader]: token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }).catch(gone)
      const text = await answer.text().catch(gone)
      if (!answer.ok) throw new Error(`${actor} ${method} ${path}: ${answer.status} ${text.slice(0, 500)}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async figures(actor) {
      const signal = AbortSignal.timeout(mostSilentMs)
      return figuresIn(await (await fetch(`${originOf(actor)}/metrics`, { headers: { connection: 'close' }, signal })).text())
    },
    saysUnready: (actor) =>
      fetch(`${originOf(actor)}/readyz`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(mostSilentMs) }).then(
        ({ ok }) => !ok,
        () => false,
      ),
    async isReady(actor) {
      const answers = (path: string) =>
        fetch(`${originOf(actor)}${path}`, {
          headers: { connection: 'close', [controlHeader]: token },
          signal: AbortSignal.timeout(mostSilentMs),
        }).then(
          ({ ok }) => ok,
          () => false,
        )
      // Another run's actor at the same port would be ready too, and does not take this run's token.
      return (await answers('/readyz')) && (await answers('/control/clock'))
    },
  }
}

/** A page of metrics as figures by name. */
export function figuresIn(page: string): ReadonlyMap<string, number> {
  const figures = new Map<string, number>()
  for (const [, name = '', labels = '', value] of page.matchAll(/^([a-z0-9_]+)(?:\{([^}]*)\})? (\S+)$/gm)) {
    const kind = /(?:^|,)kind="([^"]*)"/.exec(labels)?.[1]
    for (const under of kind === undefined ? [name] : [name, `${name} ${kind}`])
      figures.set(under, (figures.get(under) ?? 0) + Number(value))
  }
  return figures
}

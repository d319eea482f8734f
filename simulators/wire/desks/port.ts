/**
 * A desk is what a counterparty does, in the house's own words: one async method an operation. A port is the same desk as its caller
 * sees it: directly, in a worker or over a dialect. Only a port can stay silent, and silence is neither a refusal nor an exception.
 */

export interface NoReply {
  readonly outcome: 'no-reply'
  /** `no`: the connection was never made, so the desk cannot have heard. `maybe`: money may have moved. */
  readonly sent: 'no' | 'maybe'
  readonly why: string
  /** The party is busy and says when to come back. */
  readonly retryAfterSeconds?: number
}

export type Port<Desk> = {
  readonly [Name in keyof Desk]: Desk[Name] extends (request: infer Request) => Promise<infer Reply>
    ? (request: Request) => Promise<Reply | NoReply>
    : never
}

/** The desk itself as a port: no socket, no dialect, no signature. An exception of the desk is silence to its caller. */
export function directPort<Desk extends object>(desk: Desk): Port<Desk> {
  return new Proxy(desk, {
    get(target, name) {
      const operation = Reflect.get(target, name) as unknown
      if (typeof operation !== 'function') return operation
      return async (request: unknown) => {
        try {
          return await (operation.call(target, request) as Promise<unknown>)
        } catch (error) {
          return { outcome: 'no-reply', sent: 'maybe', why: error instanceof Error ? error.message : String(error) } satisfies NoReply
        }
      }
    },
  }) as unknown as Port<Desk>
}

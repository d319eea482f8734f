/** Why a city, or one of its actors, does not come up: told by the caller in its user's words. */

/** A port somebody else holds, told by its actor. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly actor: string
  readonly port: number

  constructor(actor: string, port: number) {
    super(`port ${port} for ${actor} is in use`)
    this.actor = actor
    this.port = port
  }
}

/** The machine does not let it listen there: no such address, no right to the port. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
  readonly host: string
  /** The system's word: EACCES, EADDRNOTAVAIL, ENOTFOUND … */
  readonly code: string

  constructor(host: string, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    super(`cannot listen at ${host}: ${code}`, { cause })
    this.host = host
    this.code = code
  }
}

/** An actor that is needed, not started here, and whose address nobody said. */
export class WhereaboutsUnknown extends Error {
  override readonly name = 'WhereaboutsUnknown'
  readonly actor: string

  constructor(actor: string) {
    super(`${actor} is not started here, and where it listens was not said`)
    this.actor = actor
  }
}

/** A book or ledger file that cannot be opened or begun. */
export class BookUnusable extends Error {
  override readonly name = 'BookUnusable'
  readonly path: string

  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.path = path
  }
}

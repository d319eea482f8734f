/**
 * An actor: a desk, its books and its app. Every actor is made by {@link startActor}, so that each has the same clock, line of service,
 * control endpoints and end. Making one listens nowhere.
 */
import type { TSchema } from 'typebox'
import type { KeyRing } from '../signing/key-ring.ts'
import type { ServerIdentity } from '../signing/local-authority.ts'
import type { BookStore } from '../stores/book-store.ts'
import type { BookEntry } from '../stores/kept-book.ts'
import { type ActorApp, actorApp, type BareActor } from './actor-app.ts'
import { type ActorLog, type LogStream, logOf } from './actor-log.ts'
import type { BusinessClock } from './business-clock.ts'
import { type FailingLine, failingLine } from './failing-line.ts'
import type { FailureSwitch } from './failure-switch.ts'
import type { ActorMetrics, WatchedBook } from './metrics.ts'
import { requestsUnderWay } from './requests-under-way.ts'
import { type ServiceLine, serviceLine } from './service-line.ts'

/** What an actor is given of the world it runs in. */
export interface ActorSurroundings {
  readonly version: string
  readonly clock: BusinessClock
  readonly keys: KeyRing
  /** Milliseconds of the protocol clock since 1970: the switch’s, so that a failure can set it wrong. */
  readonly realNowMs: () => number
  /** What the actor is ordered to do wrong. */
  readonly failureSwitch: FailureSwitch
  /** Opens or begins the book of this name. */
  readonly openBook: (name: string) => Promise<BookStore>
  /** Where an actor listens, by name: callers look it up when they call, so that actors may start in any order. */
  readonly originOf: (actor: string) => string
  /** All addresses of an actor that runs in several processes. Absent: every actor runs in one. */
  readonly originsOf?: (actor: string) => readonly string[]
  /** Absent: plain HTTP. */
  readonly tls?: ServerIdentity
  /** Structured lines; absent: none. */
  readonly logStream?: LogStream
}

/** What sort of party an actor is, told with its books: a new sort is taught to the auditor (audit/facts.ts). */
export type ActorKind = 'bureau' | 'his' | 'bank' | 'wallet' | 'platform' | 'channel' | 'identity' | 'credit-score'

export interface Actor<Desk extends object = object> {
  readonly name: string
  /** The same operations without a socket. */
  readonly desk: Desk
  readonly app: ActorApp
  /** Answers what is under way, then closes books and connections. */
  stop(): Promise<void>
}

/** A book as an actor shows it: exported, emptied, closed, its commits counted. */
interface ShownBook extends WatchedBook {
  export(): Promise<readonly BookEntry<unknown>[]>
  reset(): Promise<void>
  close(): Promise<void>
  /** How many entries it has; undefined: it has a form of its own. Never left out, or nobody would see what is missing at its end. */
  readonly lastNumber: number | undefined
  /** Why it can no longer be written. Never left out, or the actor would be ready all the same. */
  readonly failure: Error | undefined
}

export interface ActorParts<Desk extends object, Opening> {
  readonly name: string
  readonly kind: ActorKind
  readonly title: { readonly zh: string; readonly en: string }
  readonly desk: Desk
  readonly books: readonly ShownBook[]
  readonly openingSchema: TSchema
  readonly open: (opening: Opening) => Promise<void>
  readonly addRoutes: (
    app: ActorApp,
    /** `station`: where work waits that is no request of its own, past every failure. */
    parts: {
      readonly line: FailingLine
      readonly station: ServiceLine
      readonly metrics: ActorMetrics
      readonly refused: BareActor['refused']
    },
  ) => void
  /** What it keeps outside of those books, by name. */
  readonly exportMore?: () => Promise<object>
  /** Work of its own that must end before the books close: open sagas, callbacks. */
  readonly drain?: () => Promise<void>
  /** Further ground for not being ready. */
  readonly isReady?: () => boolean
  /** Of an actor that tells more than every actor does; absent: made here. */
  readonly log?: ActorLog
}

export async function startActor<Desk extends object, Opening>(
  surroundings: ActorSurroundings,
  parts: ActorParts<Desk, Opening>,
): Promise<Actor<Desk>> {
  const { version, clock, keys, failureSwitch, tls } = surroundings
  const log = parts.log ?? logOf(surroundings, parts.name)
  let stopping = false
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const station = serviceLine(failureSwitch.realNowMs, sleep, () => failureSwitch.serversShare)
  const line = failingLine(station, failureSwitch, log)
  const { app, metrics, refused } = await actorApp({
    name: parts.name,
    title: parts.title,
    version,
    controlToken: keys.controlToken,
    signaturesOff: keys.switchedOff,
    isReady: () => !stopping && parts.books.every(({ failure }) => failure === undefined) && (parts.isReady?.() ?? true),
    ...(tls === undefined ? {} : { tls }),
    log,
    control: {
      clock,
      line: station,
      openingSchema: parts.openingSchema,
      failureSwitch,
      open: parts.open as (opening: never) => Promise<void>,
      export: async () => ({
        actor: parts.name,
        kind: parts.kind,
        ...(await exported(parts.books)),
        ...(await parts.exportMore?.()),
      }),
      reset: async () => {
        failureSwitch.reset()
        for (const book of parts.books) await book.reset()
      },
    },
  })
  const requests = requestsUnderWay(app, () => stopping)
  metrics.watch(station, parts.books)
  parts.addRoutes(app, { line, station, metrics, refused })
  app.addHook('onListen', async () => {
    const at = app.server.address()
    log.tell('ready', { port: typeof at === 'object' && at !== null ? at.port : 0 })
  })
  await app.ready()
  log.tell('started', { version, signaturesOff: keys.switchedOff })
  return {
    name: parts.name,
    desk: parts.desk,
    app,
    async stop() {
      if (stopping) return
      stopping = true
      log.tell('stopping', {})
      // As when a process ends: whoever waits for an answer that will not come hears so.
      failureSwitch.heal()
      // It listens on until what is under way is answered: whoever comes meanwhile hears 503, and not that nobody is there.
      await requests.answered()
      await app.close()
      await parts.drain?.()
      for (const book of parts.books) await book.close()
      log.tell('stopped', {})
    },
  }
}

/** Entries as they lie on the disk, and how many the actor believes it wrote by then, so that a reader sees what is missing at the end. */
async function exported(
  books: readonly ShownBook[],
): Promise<{ readonly entries: readonly BookEntry<unknown>[]; readonly written?: number }> {
  const written = books.map(({ lastNumber }) => lastNumber)
  const entries = (await Promise.all(books.map((book) => book.export()))).flat()
  const known = written.filter((number) => number !== undefined)
  return { entries, ...(known.length === 0 ? {} : { written: known.reduce((sum, number) => sum + number, 0) }) }
}

/**
 * Starts actors and listens: the one place of the wire world that does. All actors of a city in this process, or the named ones alone;
 * they find each other by name.
 */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { CityPlan } from '../../scenarios/plan.ts'
import type { PolicyPlan } from '../../scenarios/plan-policy.ts'
import { walletNames } from '../../scenarios/plan-wallets.ts'
import type { Policy } from './bureau/bureau-decisions.ts'
import { momentMs } from './desks/business-time.ts'
import { fixedHosts } from './dialects/fixed-hosts.ts'
import { makeActor } from './make-actor.ts'
import { failureOf, opened, watched } from './open-book.ts'
import type { PlatformOptions } from './platform/platform-actor.ts'
import { CannotListen, PortTaken, WhereaboutsUnknown } from './serve-failures.ts'
import type { Actor, ActorSurroundings } from './server/actor.ts'
import { businessClock } from './server/business-clock.ts'
import { clocksOf } from './server/failure-switch.ts'
import type { KeyRing } from './signing/key-ring.ts'
import { type LocalAuthority, serverIdentity } from './signing/local-authority.ts'
import { type BookStore, memoryBookStore, openBookStore } from './stores/book-store.ts'

export interface ServeOptions {
  readonly city: Pick<CityPlan, 'parties' | 'people'>
  readonly policy: Policy & Pick<PolicyPlan, 'creditBands'>
  /** The policy of another business day, so that new lines count from their day on. Absent: one policy for every day. */
  readonly policyOn?: (day: string) => ServeOptions['policy'] | undefined
  /** Business day the clocks begin with, at 08:00. */
  readonly date: string
  readonly version: string
  readonly keys: KeyRing
  /** Folder of the books; undefined: books live as long as the process. */
  readonly booksFolder: string | undefined
  /** PostgreSQL that several platform processes share; absent: SQLite beside the books. */
  readonly ledgerUrl?: string
  /** Absent: every actor of the city. */
  readonly only?: readonly string[]
  readonly host: string
  /** Port of the first actor; each further one takes the next. 0: free ports. */
  readonly firstPort: number
  /** Actors with an address of their own, by name: `http://host:port`. One that is started here listens on that port. */
  readonly elsewhere?: Readonly<Record<string, string>>
  /** Further addresses of actors that run in several processes beside {@link elsewhere}; entries spread their requests over them. */
  readonly furtherAt?: Readonly<Record<string, readonly string[]>>
  /** Serves over TLS with certificates of this authority, and trusts it in this process. Absent: plain HTTP. */
  readonly tls?: LocalAuthority
  readonly logStream?: { write(line: string): void }
  /** Gives up starting; what was started is stopped again. */
  readonly interruption?: AbortSignal
  /** A book can no longer be written (its disk is full): its actor answers so from now on and is not ready. */
  readonly bookFailed?: (book: string, why: Error) => void
  /** Of the platform, for tests. */
  readonly platform?: Omit<Partial<PlatformOptions>, 'ledger' | 'wakeUps' | 'nonces'>
  /** Puts something between an actor and its book; for tests of the auditor alone. */
  readonly storeSeam?: (book: string, store: BookStore) => BookStore
}

export interface ServedActor {
  readonly actor: Actor
  readonly origin: string
}

export interface Served {
  readonly actors: readonly ServedActor[]
  originOf(actor: string): string
  /** Answers what is under way, then closes everything. */
  stop(): Promise<void>
}

/** Names an actor answers to over TLS. */
const hostsOf = (name: string, host: string): readonly string[] => [
  ...new Set([host, 'localhost', '127.0.0.1', '::1', name, ...(fixedHosts[name] ?? [])]),
]

/** Names of all actors of a city, in the order of their ports. */
export function actorNames({ parties }: Pick<CityPlan, 'parties'>): readonly string[] {
  return [
    'bureau',
    'his',
    ...parties.banks.map(({ name }) => name),
    ...walletNames,
    'platform',
    ...parties.channels.map(({ name }) => `channel-${name}`),
    'identity',
    'credit-score',
  ]
}

export async function serve(options: ServeOptions): Promise<Served> {
  const all = actorNames(options.city)
  const names = options.only ?? all
  const ports =
    options.firstPort === 0 ? await freePorts(names, options.host) : new Map(all.map((name, index) => [name, options.firstPort + index]))
  const scheme = options.tls === undefined ? 'http' : 'https'
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  const originOf = (name: string) => {
    const port = ports.get(name)
    const origin = options.elsewhere?.[name] ?? (port === undefined ? undefined : `${scheme}://${host}:${port}`)
    if (origin === undefined) throw new WhereaboutsUnknown(name)
    return origin
  }
  if (options.tls !== undefined) setDefaultCACertificates([...getCACertificates('default'), options.tls.certificate])
  const startMs = momentMs(`${options.date} 08:00:00`)
  if (startMs === undefined) throw new Error(`no such day: ${options.date}`)
  // One business moment for all actors of this process, whenever each begins.
  const bornMs = Date.now()
  const started: ServedActor[] = []
  const stop = async () => {
    // Callers first, so that whoever is called still answers them.
    for (const { actor } of started.toReversed()) await actor.stop()
  }
  try {
    for (const name of names) {
      // Books of an actor that does not come up: their workers would keep the process alive.
      const begun: { close(): Promise<void> }[] = []
      const clock = businessClock(startMs + Date.now() - bornMs, Date.now)
      const surroundings: ActorSurroundings = {
        version: options.version,
        ...clocksOf(clock, Date.now),
        keys: options.keys,
        openBook: async (book) => {
          const { booksFolder } = options
          const store = booksFolder === undefined ? memoryBookStore() : await opened(join(booksFolder, `${book}.sqlite`), openBookStore)
          begun.push(store)
          const kept = options.storeSeam?.(book, store) ?? store
          return watched(kept, failureOf(book, name, options, surroundings))
        },
        originOf,
        originsOf: (actor) => [originOf(actor), ...(options.furtherAt?.[actor] ?? [])],
        ...(options.tls === undefined ? {} : { tls: serverIdentity(options.tls, name, hostsOf(name, options.host), Date.now()) }),
        ...(options.logStream === undefined ? {} : { logStream: options.logStream }),
      }
      const actor = await unlessInterrupted(
        makeActor(name, options, surroundings, begun).catch(async (error: unknown) => {
          await Promise.all(begun.map((store) => store.close()))
          throw error
        }),
        options.interruption,
      )
      started.push({ actor, origin: originOf(name) })
      const own = options.elsewhere?.[name]
      const port = own === undefined ? (ports.get(name) as number) : Number(new URL(own).port)
      await actor.app.listen({ host: options.host, port }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE' ? new PortTaken(name, port) : new CannotListen(options.host, error)
      })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { actors: started, originOf, stop }
}

/** The actor, or the reason of the interruption; an actor that comes too late is stopped. */
async function unlessInterrupted(made: Promise<Actor>, interruption: AbortSignal | undefined): Promise<Actor> {
  if (interruption === undefined) return made
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => {
    made.then(
      (actor) => actor.stop(),
      () => undefined,
    )
    reject(interruption.reason)
  }
  if (interruption.aborted) stop()
  else interruption.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([made, promise])
  } finally {
    interruption.removeEventListener('abort', stop)
  }
}

/** Ports nobody holds now, all found before any is used, so that actors may know each other's before they listen. */
async function freePorts(names: readonly string[], host: string): Promise<Map<string, number>> {
  const servers = await Promise.all(
    names.map(
      (name) =>
        new Promise<{ name: string; port: number; close: () => Promise<void> }>((resolve, reject) => {
          const server = createServer()
          server.once('error', (error) => reject(new CannotListen(host, error)))
          server.listen(0, host, () => {
            const address = server.address()
            const port = typeof address === 'object' && address !== null ? address.port : 0
            resolve({ name, port, close: () => new Promise((closed) => server.close(() => closed())) })
          })
        }),
    ),
  )
  await Promise.all(servers.map(({ close }) => close()))
  return new Map(servers.map(({ name, port }) => [name, port]))
}

/** Throws {@link PortTaken} where somebody holds the port of one of these already. */
export async function assertPortsFree(ports: ReadonlyMap<string, number>, host: string): Promise<void> {
  for (const [actor, port] of ports) if ((await freePort(port, host)) === undefined) throw new PortTaken(actor, port)
}

/** First of so many ports in a row that nobody holds now, for actors that are started in several processes. */
export async function firstOfFreePorts(count: number, host: string): Promise<number> {
  const rows = Math.floor((belowOutgoing.end - belowOutgoing.begin) / count)
  for (let tries = 0; tries < Math.min(rows, 200); tries++) {
    const first = belowOutgoing.begin + ((process.pid + tries) % rows) * count
    const found = await Promise.all(Array.from({ length: count }, (_, index) => freePort(first + index, host)))
    if (found.every((port) => port !== undefined)) return first
  }
  throw new CannotListen(host, new Error(`no ${count} free ports in a row`))
}

/**
 * Below the ports from which systems take those of outgoing connections (Linux from 32,768 on): between choosing a port and listening on
 * it, a process that is up already may otherwise call another from that very port. Processes begin at places of their own.
 */
const belowOutgoing = { begin: 16_000, end: 32_000 }

const freePort = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })

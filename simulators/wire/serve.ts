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
import { bankActor } from './banks/bank-actor.ts'
import { bureauActor } from './bureau/bureau-actor.ts'
import type { Policy } from './bureau/bureau-decisions.ts'
import { policyOfToday } from './bureau/policy-of-today.ts'
import { channelActor } from './channels/channel-actor.ts'
import { momentMs } from './desks/business-time.ts'
import { fixedHosts } from './dialects/fixed-hosts.ts'
import { hisActor } from './his/his-actor.ts'
import { identityActor } from './identity/identity-actor.ts'
import { scoreActor } from './identity/score-actor.ts'
import { type PlatformOptions, platformActor } from './platform/platform-actor.ts'
import { patienceIn } from './sagas/message-patience.ts'
import { BookUnusable, CannotListen, PortTaken, WhereaboutsUnknown } from './serve-failures.ts'
import { type Actor, type ActorSurroundings, logOf } from './server/actor.ts'
import { businessClock } from './server/business-clock.ts'
import { clocksOf } from './server/failure-switch.ts'
import { nonceKeptMs } from './signing/hmac.ts'
import type { KeyRing } from './signing/key-ring.ts'
import { type LocalAuthority, serverIdentity } from './signing/local-authority.ts'
import { type BookRow, type BookStore, memoryBookStore, openBookStore } from './stores/book-store.ts'
import type { Ledger } from './stores/ledger.ts'
import { openPostgresLedger } from './stores/postgres-ledger.ts'
import { postgresNonces } from './stores/shared-nonces.ts'
import { openSqliteLedger } from './stores/sqlite-ledger.ts'
import { localWakeUps, postgresWakeUps } from './stores/wake-ups.ts'
import { alipayWallet } from './wallets/alipay-wallet.ts'
import { walletActor } from './wallets/wallet-actor.ts'
import { addWechatRoutes } from './wallets/wechat-routes.ts'
import { wechatWallet } from './wallets/wechat-wallet.ts'

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

async function makeActor(
  name: string,
  options: ServeOptions,
  surroundings: ActorSurroundings,
  begun: { close(): Promise<void> }[],
): Promise<Actor> {
  const { parties, people } = options.city
  const bank = parties.banks.find((one) => name === one.name)
  if (bank !== undefined) {
    const { repaymentDays } = people.credit
    const cutOff = { minuteOfDay: bank.cutOffMinute }
    const policy = policyOfToday(options.policy, options.policyOn, surroundings.clock)
    const terms = {
      repaymentDays,
      cutOff,
      get creditBands() {
        return policy.creditBands
      },
    }
    return bankActor(surroundings, { name, title: bank.title, terms })
  }
  const channel = parties.channels.find((one) => name === `channel-${one.name}`)
  if (channel !== undefined) {
    const { title, servers } = channel
    return channelActor(surroundings, name, { title, servers, health: parties.health })
  }
  switch (name) {
    case 'bureau':
      return bureauActor(surroundings, policyOfToday(options.policy, options.policyOn, surroundings.clock))
    case 'identity':
      return identityActor(surroundings)
    case 'credit-score':
      return scoreActor(
        surroundings,
        parties.banks.map((one) => one.name),
      )
    case 'his':
      return hisActor(surroundings, parties.hospitals, {
        ledger: await openLedger('his-ledger', name, options, surroundings, begun),
        banks: parties.banks.map((one) => one.name),
        patience: patienceIn(parties),
        ...(options.platform?.nationalSites === undefined ? {} : { nationalSites: options.platform.nationalSites }),
      })
    case 'alipay':
      return walletActor(surroundings, alipayWallet)
    case 'wechat':
      return walletActor(surroundings, { ...wechatWallet, addRoutes: addWechatRoutes })
    case 'platform': {
      const { banks } = parties
      const shared = await sharedParts(options.ledgerUrl, begun)
      const parts = shared ?? { ledger: await openLedger('platform', name, options, surroundings, begun), wakeUps: localWakeUps() }
      const isShared = shared !== undefined
      return platformActor(surroundings, {
        banks,
        hospitals: parties.hospitals,
        wallets: walletNames,
        patience: patienceIn(parties),
        ...options.platform,
        ...parts,
        isShared,
      })
    }
    default:
      throw new Error(`no actor is called ${name}`)
  }
}

/** What several platform processes have in common: one PostgreSQL. Undefined without an address: one process, an embedded ledger. */
async function sharedParts(url: string | undefined, begun: { close(): Promise<void> }[]) {
  if (url === undefined) return undefined
  const ledger = await openPostgresLedger(url)
  begun.push(ledger)
  const wakeUps = await postgresWakeUps(url)
  begun.push(wakeUps)
  const nonces = postgresNonces(url, nonceKeptMs)
  begun.push(nonces)
  return { ledger, wakeUps, nonces }
}

/** An embedded ledger beside the books. */
async function openLedger(
  book: string,
  actor: string,
  options: ServeOptions,
  surroundings: ActorSurroundings,
  begun: { close(): Promise<void> }[],
): Promise<Ledger> {
  const { booksFolder } = options
  const path = booksFolder === undefined ? ':memory:' : join(booksFolder, `${book}.sqlite`)
  const ledger = await opened(path, (at) => openSqliteLedger(at, failureOf(book, actor, options, surroundings)))
  begun.push(ledger)
  return ledger
}

async function opened<Store>(path: string, open: (path: string) => Promise<Store>): Promise<Store> {
  try {
    return await open(path)
  } catch (error) {
    throw new BookUnusable(path, error)
  }
}

/** Tells log and watcher that a book of an actor can no longer be written. */
const failureOf =
  (book: string, actor: string, { bookFailed }: ServeOptions, surroundings: ActorSurroundings) =>
  (why: Error): void => {
    logOf(surroundings, actor).tell('book-failed', { book })
    bookFailed?.(book, why)
  }

/** The store, with its first failure told to whoever watches. */
function watched(store: BookStore, failed: (why: Error) => void): BookStore {
  let isTold = false
  return Object.assign(Object.create(store) as BookStore, {
    append: async (row: BookRow) => {
      try {
        await store.append(row)
      } catch (error) {
        if (!isTold) failed(error as Error)
        isTold = true
        throw error
      }
    },
  })
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

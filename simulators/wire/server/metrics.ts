/**
 * What Prometheus may read of an actor: answers by operation and status class, their time, its station and books, and the delay of its
 * event loop. An actor has one histogram, since a bureau with sixty messages would else have a thousand series; operations and sites are
 * counters. metrics.test.ts holds that over every actor of a city.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { messageCounts } from '../client/message-counts.ts'
import { signatureCounts, signatureKinds } from '../signing/signature-kinds.ts'

export interface ActorMetrics {
  readonly contentType: string
  readonly registry: Registry
  answered(operation: string, status: number, seconds: number): void
  refused(why: string): void
  /** What stands at the actor's station and what its books have written, read at each scrape. */
  watch(station: WatchedStation, books: readonly WatchedBook[]): void
  text(): Promise<string>
}

export interface WatchedStation {
  /** Requests in service, and those in line for a server. */
  readonly now: { readonly busy: number; readonly waiting: number }
}

export interface WatchedBook {
  /** Absent where a book does not count its commits. */
  readonly written?: { readonly batches: number; readonly commands: number }
}

/** From a bare answer to the longest a client waits. */
const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function actorMetrics(actor: string): ActorMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ actor })
  const answers = new Counter({
    name: 'medpay_answers_total',
    help: 'Answers given, by operation and class of HTTP status',
    labelNames: ['operation', 'status'] as const,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'medpay_answer_seconds',
    help: 'From request to answer, planned service time included',
    buckets: secondsBuckets,
    registers: [registry],
  })
  const secondsOf = new Counter({
    name: 'medpay_operation_seconds_total',
    help: 'The same time by operation; over medpay_answers_total it is the mean',
    labelNames: ['operation'] as const,
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'medpay_refusals_total',
    help: 'Requests refused because their caller is not believed or has no right, or their body cannot be read, by reason',
    labelNames: ['reason'] as const,
    registers: [registry],
  })
  total(registry, 'medpay_process_messages_sent_total', 'Requests the process sent to other actors', () => messageCounts.sent)
  for (const what of ['made', 'checked'] as const) {
    new Counter({
      name: `medpay_process_signatures_${what}_total`,
      help: `Signatures the process ${what} since it began, by kind`,
      labelNames: ['kind'] as const,
      registers: [registry],
      collect() {
        this.reset()
        for (const kind of signatureKinds) this.inc({ kind }, signatureCounts[kind][what])
      },
    })
  }
  const delay = eventLoopDelay()
  new Gauge({
    name: 'medpay_event_loop_delay_p99_seconds',
    help: 'How late the event loop of the process ran its timers, 99th percentile since the last scrape',
    registers: [registry],
    collect() {
      // It measures from one look to the next.
      this.set(Math.max(0, delay.percentile(99) / 1e9 - lookEveryMs / 1000))
      delay.reset()
    },
  })
  return {
    contentType: registry.contentType,
    registry,
    answered(operation, status, elapsedSeconds) {
      answers.inc({ operation, status: `${Math.floor(status / 100)}xx` })
      seconds.observe(elapsedSeconds)
      secondsOf.inc({ operation }, elapsedSeconds)
    },
    refused: (reason) => refusals.inc({ reason }),
    watch(station, books) {
      gauge(registry, 'medpay_service_busy', 'Requests in service at the actor’s station', () => station.now.busy)
      gauge(registry, 'medpay_service_waiting', 'Requests in line for a server', () => station.now.waiting)
      const written = (which: 'batches' | 'commands') => () => books.reduce((sum, book) => sum + (book.written?.[which] ?? 0), 0)
      total(registry, 'medpay_book_commits_total', 'Commits of its books since the process began', written('batches'))
      total(registry, 'medpay_book_entries_total', 'Entries in those commits', written('commands'))
    },
    text: () => registry.metrics(),
  }
}

/** A gauge that is read when it is scraped. */
export function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}

/** A counter somebody else counts: read when it is scraped. */
function total(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}

const lookEveryMs = 20
let shared: ReturnType<typeof monitorEventLoopDelay> | undefined

/** One for the process, however many actors it runs. */
function eventLoopDelay(): NonNullable<typeof shared> {
  if (shared === undefined) {
    shared = monitorEventLoopDelay({ resolution: lookEveryMs })
    shared.enable()
  }
  return shared
}

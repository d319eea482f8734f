/**
 * What Prometheus may read of an actor: answers by operation and status class, their time, and the delay of its event loop.
 * Histograms go by operation only (≤ 100 series an actor); what is counted per site is a counter (performance-anchors §3.6).
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface ActorMetrics {
  readonly contentType: string
  readonly registry: Registry
  answered(operation: string, status: number, seconds: number): void
  refusedSignature(code: string): void
  text(): Promise<string>
}

const secondsBuckets = [0.005, 0.025, 0.1, 0.25, 1, 4]

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
    labelNames: ['operation'] as const,
    buckets: secondsBuckets,
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'medpay_signature_refusals_total',
    help: 'Requests refused before any work because of their signature, by reason',
    labelNames: ['reason'] as const,
    registers: [registry],
  })
  const delay = eventLoopDelay()
  new Gauge({
    name: 'medpay_event_loop_delay_p99_seconds',
    help: 'How late the event loop of the process ran its timers, 99th percentile since the last scrape',
    registers: [registry],
    collect() {
      this.set(delay.percentile(99) / 1e9)
      delay.reset()
    },
  })
  return {
    contentType: registry.contentType,
    registry,
    answered(operation, status, elapsedSeconds) {
      answers.inc({ operation, status: `${Math.floor(status / 100)}xx` })
      seconds.observe({ operation }, elapsedSeconds)
    },
    refusedSignature: (reason) => refusals.inc({ reason }),
    text: () => registry.metrics(),
  }
}

let shared: ReturnType<typeof monitorEventLoopDelay> | undefined

/** One for the process, however many actors it runs. */
function eventLoopDelay(): NonNullable<typeof shared> {
  if (shared === undefined) {
    shared = monitorEventLoopDelay({ resolution: 20 })
    shared.enable()
  }
  return shared
}

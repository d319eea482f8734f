/** What an observation costs in a registry as large as the platform's of a whole city. */
import { paymentCounter } from '../../simulators/wire/platform/payment-counter.ts'
import { actorMetrics } from '../../simulators/wire/server/metrics.ts'
import { microsOf } from './unit-costs.ts'

export interface MetricsCost {
  readonly series: number
  readonly answerMicros: number
  /** A payment's states counted, and its site. */
  readonly paymentMicros: number
  readonly scrapeMicros: number
}

const modes = ['credit', 'phone', 'in-consult', 'scan', 'leaving'] as const

/**
 * @param scraped lines of a platform's /metrics, whose operations and statuses are taken
 * @param sites practice sites of the city: each is one counter
 */
export async function metricsCost(scraped: readonly string[], sites: number): Promise<MetricsCost> {
  const metrics = actorMetrics('bench')
  const { reached } = paymentCounter(metrics.registry, { underWay: 0, inDoubt: 0 }, { limit: 512 }, { waiting: 0, isTelling: false })
  const operations = new Set<string>()
  for (const line of scraped) {
    const [, operation] = /^medpay_answers_total\{.*operation="([^"]+)"/.exec(line) ?? []
    if (operation !== undefined) operations.add(operation)
  }
  // A run meets refusals and silence too.
  for (const operation of operations) for (const status of [200, 404, 503]) metrics.answered(operation, status, 0.01)
  for (let site = 0; site < sites; site++) reached({ mode: 'credit', site }, 'paid')
  for (const mode of modes) for (const state of ['paid', 'refused', 'undone', 'in-doubt'] as const) reached({ mode, site: 0 }, state)
  const [operation = 'platform/order'] = operations
  const scrapes = 20
  const before = process.cpuUsage()
  let text = ''
  for (let time = 0; time < scrapes; time++) text = await metrics.text()
  const { user, system } = process.cpuUsage(before)
  return {
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    answerMicros: microsOf(100_000, () => metrics.answered(operation, 200, 0.01)),
    paymentMicros: microsOf(100_000, (time) => reached({ mode: 'credit', site: time % sites }, 'paid')),
    scrapeMicros: (user + system) / scrapes,
  }
}

/** A real Prometheus, by the configuration that ships, over the actors of a small city that pays bills meanwhile. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrapeTargets } from '../cli/scrape-targets.ts'
import { wirePanels } from '../dashboards/wire-city.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport, type Transport } from '../simulators/wire/client/transport.ts'
import type { PaymentDesk } from '../simulators/wire/desks/payment-desk.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import type { Served } from '../simulators/wire/serve.ts'
import { freePort } from '../simulators/wire/testing/free-port.ts'
import { manyBills } from '../simulators/wire/testing/many-bills.ts'
import { bank, channel, control, keys, serveSmallWire, site } from '../simulators/wire/testing/small-wire.ts'
import { prometheusProgram, type RunningPrometheus, startPrometheus } from '../tools/prometheus.ts'

const dashboards = fileURLToPath(new URL('../dashboards', import.meta.url))
/** Four scrapes of one second, as `$__rate_interval` is four scrapes of fifteen. */
const rateInterval = '4s'
const mostBills = 400

const program = prometheusProgram() as string
const bills = manyBills(mostBills)
const folder = mkdtempSync(join(tmpdir(), 'medpay-scrape-'))
let city: Served
let prometheus: RunningPrometheus
let transport: Transport
let isPaying = true
let paying: Promise<unknown>

beforeAll(async () => {
  city = await serveSmallWire(planOf('small-town'))
  for (const [actor, book] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
    ['platform', bills.platform],
  ] as const)
    await control(city, actor, 'POST', '/control/opening', book)
  mkdirSync(join(folder, 'targets'))
  writeFileSync(join(folder, 'targets', 'city.json'), JSON.stringify(scrapeTargets(city.actors)))
  copyFileSync(join(dashboards, 'alerts.yml'), join(folder, 'alerts.yml'))
  const shipped = readFileSync(join(dashboards, 'prometheus.yml'), 'utf8')
  writeFileSync(join(folder, 'prometheus.yml'), shipped.replaceAll('15s', '1s').replaceAll('5s', '1s'))
  prometheus = await startPrometheus(program, join(folder, 'prometheus.yml'), await freePort())
  transport = httpTransport({ origin: city.originOf('platform'), timeoutMs: 5000 })
  paying = payOneAfterTheOther()
})
afterAll(async () => {
  isPaying = false
  await paying
  await transport.close()
  await prometheus.stop()
  await city.stop()
  rmSync(folder, { recursive: true })
})

/** A bill every tenth of a second, so that every scrape finds more than the one before. */
async function payOneAfterTheOther(): Promise<void> {
  const platform = plainPort<PaymentDesk>(
    aggregationOperations,
    signedSender({ transport, caller: channel, key: keys.between(channel, 'platform'), nowMs: Date.now }),
  )
  for (const { person, bill, qr } of bills.persons) {
    if (!isPaying) return
    await platform.pay({ idempotencyKey: bill, channel, person, site, bill, mode: 'credit', qr })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('every actor is up by the shipped configuration, and says its own name', async () => {
  await expect
    .poll(async () => (await prometheus.query('up{job="medpay"} == 1')).length, { timeout: 20_000, interval: 200 })
    .toBe(city.actors.length)
  const named = await prometheus.query('count by (actor) (medpay_event_loop_delay_p99_seconds)')
  expect(named.map(({ metric }) => metric['actor']).sort()).toEqual(city.actors.map(({ actor }) => actor.name).sort())
})

test.for(wirePanels.map((panel) => [panel.title, panel] as const))(
  'the panel “%s” has something to show',
  async ([, { expr, mayBeEmpty }]) => {
    const query = expr.replaceAll('$__rate_interval', rateInterval).replaceAll('$actor', '.*')
    if (mayBeEmpty === true) {
      // Nothing went wrong, so nothing is there to see; that the query means something, Prometheus says.
      await prometheus.query(query)
      return
    }
    await expect
      .poll(async () => (await prometheus.query(query)).filter(({ value }) => Number.isFinite(Number(value[1]))).length, {
        timeout: 20_000,
        interval: 200,
      })
      .toBeGreaterThan(0)
  },
)

test('a forged request is seen by Prometheus, with its reason', async () => {
  await fetch(`${city.originOf('platform')}/v1/payments`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  await expect
    .poll(async () => (await prometheus.query('medpay_refusals_total{actor="platform"}'))[0]?.metric['reason'], {
      timeout: 20_000,
      interval: 200,
    })
    .toBe('unsigned')
})

test('the rules of the alerts are as their examples say', () => {
  const promtool = join(dirname(program), 'promtool')
  const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'alerts.test.yml'], { cwd: dashboards, encoding: 'utf8' })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') })
})

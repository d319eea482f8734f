import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { type Served, serve } from '../serve.ts'
import { keyRing } from '../signing/key-ring.ts'
import { payFromPhone, provision, serveSmallWire } from '../testing/small-wire.ts'

const plan = planOf('small-town')
const folder = mkdtempSync(join(tmpdir(), 'medpay-metrics-'))
let city: Served
let paying: Served
beforeAll(async () => {
  const { city: town, policy } = plan
  const options = { city: town, policy, date: '2020-10-12', version: 'test', keys: keyRing('the secret of a test') }
  city = await serve({ ...options, booksFolder: undefined, host: '127.0.0.1', firstPort: 0 })
  paying = await serveSmallWire(plan, { booksFolder: folder })
  await provision(paying)
  await payFromPhone(paying)
})
afterAll(async () => {
  await city.stop()
  await paying.stop()
  rmSync(folder, { recursive: true })
})

const seriesOf = async (served: Served, actor: string) => {
  const answer = await fetch(`${served.originOf(actor)}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  return (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

test('every actor serves at most 100 series of histograms, none of them by site, and its own event loop delay', async () => {
  for (const [served, { actor }] of [city, paying].flatMap((served) => served.actors.map((one) => [served, one] as const))) {
    const series = await seriesOf(served, actor.name)
    const histograms = series.filter((line) => /^medpay_\w+_(?:bucket|sum|count)\{/.test(line))
    expect({ actor: actor.name, many: histograms.length > 100 }).toEqual({ actor: actor.name, many: false })
    expect(histograms.filter((line) => line.includes('site='))).toEqual([])
    expect(series.filter((line) => line.startsWith(`medpay_event_loop_delay_p99_seconds{actor="${actor.name}"}`))).toHaveLength(1)
  }
})

test('a payment is seen at the platform by mode and state, and by site as a counter', async () => {
  const series = await seriesOf(paying, 'platform')
  expect(series).toContain('medpay_payments_total{mode="credit",state="paid",actor="platform"} 1')
  expect(series).toContain('medpay_site_payments_total{site="7",actor="platform"} 1')
  expect(series).toContain('medpay_payments_in_doubt{actor="platform"} 0')
})

test('the books’ commits are counted, and the answers by operation with their time', async () => {
  const series = await seriesOf(paying, 'bureau')
  const value = (name: string) =>
    Number(
      series
        .find((line) => line.startsWith(name))
        ?.split(' ')
        .at(-1),
    )
  expect(value('medpay_book_commits_total')).toBeGreaterThan(0)
  expect(value('medpay_book_entries_total')).toBeGreaterThanOrEqual(value('medpay_book_commits_total'))
  expect(series.some((line) => /^medpay_answers_total\{operation="bureau\/SI12",status="2xx",actor="bureau"\} 1$/.test(line))).toBe(true)
})

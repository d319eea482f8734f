/**
 * How much work a payment is on the wire: `npm run bench:wire`. Ratios of one alternated run, both sides printed; the unit is a request
 * to a bare node:http server. First the small payment of the anchors in three layouts, then the ledger alone, then the full payment of
 * the reference platform with its messages, commits and signatures counted.
 *
 *   --rounds 3   alternated rounds of the small payment
 *   --seconds 2  of each measurement in a round
 *   --payments 4000   of the full payment, after 2000 to warm up
 *   --profile FOLDER   leaves a CPU profile of each platform thread there, for Chromium's developer tools; its run is slower
 *
 * CPU is of the named process with all its threads; the generator's own is left out. The disk's fdatasync stands beside the figures.
 */
import { createSecretKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../simulators/wire/client/transport.ts'
import type { PaymentDesk } from '../simulators/wire/desks/payment-desk.ts'
import { aggregationOperations } from '../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { controlHeader } from '../simulators/wire/server/control.ts'
import { actorMetrics } from '../simulators/wire/server/metrics.ts'
import { isSignature, signHmac } from '../simulators/wire/signing/hmac.ts'
import { freshSecret, keyRing } from '../simulators/wire/signing/key-ring.ts'
import type { Ledger } from '../simulators/wire/stores/ledger.ts'
import { openSqliteLedger } from '../simulators/wire/stores/sqlite-ledger.ts'
import { manyBills } from '../simulators/wire/testing/many-bills.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import { verdicts } from './verdict.ts'
import { type Child, keepBusy, startChild } from './wire/child.ts'
import { hopBody, hopBy, parties } from './wire/small-saga.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    payments: { type: 'string', default: '4000' },
    profile: { type: 'string' },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const fullPayments = Number(options.payments)
const inFlight = 64
const bank = 'bank-a'
const site = 7
const folder = mkdtempSync(join(tmpdir(), 'medpay-bench-wire-'))
const secret = freshSecret()
const keys = keyRing(secret)
const children: Child[] = []

try {
  await measure()
} finally {
  for (const child of children) await child.end()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const told = verdicts()
  const disk = fdatasyncMs(folder)
  console.log(`disk of the books: fdatasync p50 ${disk.p50.toFixed(2)} ms, p99 ${disk.p99.toFixed(2)} ms`)
  const small = await smallPayment()
  const ledger = await ledgerAlone()
  const full = await fullPayment()

  const raw = median(small.raw)
  const [hop, platform, party] = [median(small.hop), median(small.platform), median(small.party)]
  const bound = raw + parties.length * hop + 2 * ledger.micros
  console.log(`\nµs of CPU, median of ${rounds} alternated rounds, ${inFlight} in flight`)
  row('a request to bare node:http, server', raw)
  row('one hop of the client', hop)
  row('one hop of a counterparty', party)
  row('two ledger commands', 2 * ledger.micros)
  row('the small payment, platform', platform)
  console.log(
    `  small payment ${median(small.socketRate).toFixed(0)}/s over sockets, ${median(small.directRate).toFixed(0)}/s by plain calls`,
  )
  console.log(
    `  ledger alone ${ledger.groupRate.toFixed(0)}/s in groups of ${ledger.perCommit.toFixed(1)}, ${ledger.singleRate.toFixed(0)}/s one at a time: ${(ledger.groupRate / ledger.singleRate).toFixed(1)}x`,
  )
  console.log('\nthe full credit payment, a payment')
  row('platform', full.platformMicros)
  console.log(
    `  ${full.rate.toFixed(0)}/s · ${full.messages.toFixed(1)} messages sent · ${full.commands.toFixed(1)} ledger commands · ${full.commits.toFixed(2)} commits (${(1 / full.commits).toFixed(2)} payments a commit) · ${full.messages.toFixed(1)} signatures made, 1 checked by the platform`,
  )
  const parts = full.messages * full.signedHop + full.commands * ledger.micros + party + full.hmacCheck
  console.log(
    `  its parts alone: ${full.messages.toFixed(1)} signed hops × ${full.signedHop.toFixed(0)}, ${full.commands.toFixed(1)} commands × ${ledger.micros.toFixed(0)}, an answer ${party.toFixed(0)} and its check ${full.hmacCheck.toFixed(1)} = ${parts.toFixed(0)} µs`,
  )
  const perSecond = full.rate * full.observations * full.observeMicros + full.scrapeMicros / 15
  console.log(
    `  metrics: ${full.observations.toFixed(1)} answers observed × ${full.observeMicros.toFixed(2)} µs, a scrape ${(full.scrapeMicros / 1000).toFixed(2)} ms every 15 s\n`,
  )

  told.tell('small-payment-over-its-bare-parts', { at: 'least', limit: 0.75, unit: 'x' }, () => bound / platform)
  told.tell('small-payment-in-raw-requests', { at: 'most', limit: 6.5, unit: 'x' }, () => platform / raw)
  told.tell('counterparty-hop-in-raw-requests', { at: 'most', limit: 1.3, unit: 'x' }, () => party / raw)
  told.tell('ledger-payment-in-raw-requests', { at: 'most', limit: 0.8, unit: 'x' }, () => (2 * ledger.micros) / raw)
  told.tell('sockets-over-direct-calls', { at: 'least', limit: 0.25, unit: 'x' }, () => median(small.socketRate) / median(small.directRate))
  told.tell('ledger-payments-per-commit', { at: 'least', limit: 16, unit: '' }, () => ledger.perCommit)
  told.tell('full-payment-efficiency', { at: 'least', limit: 0.75, unit: 'x' }, () => parts / full.platformMicros)
  told.tell('metrics-share-of-platform', { at: 'most', limit: 2, unit: '%' }, () => (100 * perSecond) / (full.rate * full.platformMicros))
  process.exitCode = told.exitCode
}

/** Raw server, one hop of client and counterparty, and the platform in two layouts: each for some seconds, in turn. */
async function smallPayment() {
  const raw = await child({ role: 'raw' })
  const party = await child({ role: 'party' })
  const partyOrigin = party.origins['party'] as string
  const bySocket = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'socket-')), party: partyOrigin })
  const direct = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'direct-')) })
  const told = { raw: [], hop: [], party: [], platform: [], socketRate: [], directRate: [] } as Record<string, number[]> as Record<
    'raw' | 'hop' | 'party' | 'platform' | 'socketRate' | 'directRate',
    number[]
  >
  const ask = async (origin: string, path: string, label: string) => {
    const transport = httpTransport({ origin, timeoutMs: 20_000 })
    const headers = { 'content-type': 'application/json' }
    const busy = await keepBusy(inFlight, seconds, async (number) => {
      const heard = await transport.send({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(hopBody(`${label}${number}`))) })
      if (heard.outcome !== 'answered' || heard.status !== 200) throw new Error(`${path}: ${JSON.stringify(heard).slice(0, 200)}`)
    })
    await transport.close()
    return busy
  }
  for (let round = -1; round < rounds; round++) {
    const keep = (list: number[], value: number) => void (round >= 0 && list.push(value))
    const label = `r${round + 1}n`
    const rawCpu = await cpuOf(raw, () => ask(raw.origins['raw'] as string, '/', label))
    keep(told.raw, rawCpu.micros / rawCpu.calls)
    const before = process.cpuUsage()
    const transport = httpTransport({ origin: partyOrigin, timeoutMs: 20_000 })
    const hop = hopBy(transport, 'bureau')
    const hops = await keepBusy(inFlight, seconds, async (number) => void (await hop(`${label}${number}`)))
    await transport.close()
    keep(told.hop, cpuSince(before) / hops.calls)
    const partyBefore = await party.cpuMicros()
    const socket = await cpuOf(bySocket, () => ask(bySocket.origins['platform'] as string, '/pay', label))
    keep(told.party, ((await party.cpuMicros()) - partyBefore) / (parties.length * socket.calls))
    keep(told.platform, socket.micros / socket.calls)
    keep(told.socketRate, socket.calls / socket.seconds)
    const plain = await cpuOf(direct, () => ask(direct.origins['platform'] as string, '/pay', label))
    keep(told.directRate, plain.calls / plain.seconds)
  }
  return told
}

/** One command a payment, many in flight and then one at a time; the CPU is this process's, where nothing else happens. */
async function ledgerAlone() {
  const ledger = await openSqliteLedger(join(folder, 'alone.sqlite'))
  const open = async (payment: string) => {
    const asked = { number: payment, channel: 'bench', idempotencyKey: payment, askedSha256: payment, person: 1, site: 1, bill: payment }
    const opened = await ledger.open({ ...asked, mode: 'credit' }, '{}', { owner: 'bench', untilMs: Date.now() + 60_000 }, Date.now())
    if (opened.outcome !== 'opened') throw new Error(opened.outcome)
  }
  await keepBusy(inFlight, seconds / 2, (number) => open(`warm${number}`))
  const written = countsOf(ledger)
  const before = process.cpuUsage()
  const group = await keepBusy(inFlight, 2 * seconds, (number) => open(`group${number}`))
  const micros = cpuSince(before) / group.calls
  const now = countsOf(ledger)
  const single = await keepBusy(1, seconds, (number) => open(`single${number}`))
  await ledger.close()
  return {
    micros,
    perCommit: (now.commands - written.commands) / (now.batches - written.batches),
    groupRate: group.calls / group.seconds,
    singleRate: single.calls / single.seconds,
  }
}
function countsOf({ written: { batches, commands } }: Ledger) {
  return { batches, commands }
}

async function fullPayment() {
  const city = await child({ role: 'city', folder: mkdtempSync(join(folder, 'city-')), secret, only: ['bureau', 'his', bank] })
  const platform = await child({ role: 'platform', folder: mkdtempSync(join(folder, 'platform-')), secret, elsewhere: city.origins })
  const origin = platform.origins['platform'] as string
  const warm = 2000
  const bills = manyBills(warm + fullPayments)
  for (const [actor, book] of [
    ['bureau', bills.bureau],
    ['his', bills.his],
    [bank, bills.bank],
    ['platform', bills.platform],
  ] as const)
    await provision((actor === 'platform' ? origin : city.origins[actor]) as string, book)
  const transport = httpTransport({ origin, timeoutMs: 30_000, connections: inFlight })
  const caller = 'channel-main-entry'
  const port = plainPort<PaymentDesk>(
    aggregationOperations,
    signedSender({ transport, caller, key: keys.between(caller, 'platform'), nowMs: Date.now }),
  )
  const pay = async (from: number, until: number) => {
    let next = from
    const one = async () => {
      while (next < until) {
        const { person, bill, qr } = bills.persons[next++] as (typeof bills.persons)[number]
        const heard = await port.pay({ idempotencyKey: bill, channel: caller, person, site, bill, mode: 'credit', qr })
        if (heard.outcome !== 'payment' || heard.payment.state !== 'paid') throw new Error(`${bill}: ${JSON.stringify(heard)}`)
      }
    }
    const began = process.hrtime.bigint()
    await Promise.all(Array.from({ length: inFlight }, one))
    return { calls: until - from, seconds: Number(process.hrtime.bigint() - began) / 1e9 }
  }
  await pay(0, warm)
  const actors = Object.values(city.origins)
  const counts = async () => ({
    messages: sum(await Promise.all(actors.map((at) => metricOf(at, 'medpay_answers_total')))),
    commands: await metricOf(origin, 'medpay_book_entries_total'),
    commits: await metricOf(origin, 'medpay_book_commits_total'),
    observations: await metricOf(origin, 'medpay_answers_total'),
  })
  const before = await counts()
  const paid = await cpuOf(platform, async () => {
    const busy = await pay(warm, warm + fullPayments)
    await quiet(origin)
    return busy
  })
  const after = await counts()
  await transport.close()
  const each = (name: keyof typeof before) => (after[name] - before[name]) / paid.calls
  return {
    rate: paid.calls / paid.seconds,
    platformMicros: paid.micros / paid.calls,
    messages: each('messages'),
    commands: each('commands'),
    commits: each('commits'),
    observations: each('observations'),
    ...(await unitCosts()),
  }
}

/** What a payment's parts cost when nothing else is done. */
async function unitCosts() {
  const raw = await child({ role: 'raw' })
  const transport = httpTransport({ origin: raw.origins['raw'] as string, timeoutMs: 20_000 })
  const key = createSecretKey(Buffer.alloc(32, 7))
  const send = signedSender({ transport, caller: 'platform', key, nowMs: Date.now })
  const hop = async (number: number) => void (await send('POST', '/hop', hopBody(`h${number}`)))
  await keepBusy(inFlight, seconds / 2, hop)
  const before = process.cpuUsage()
  const hops = await keepBusy(inFlight, seconds, hop)
  const signedHop = cpuSince(before) / hops.calls
  await transport.close()
  const parts = { caller: 'a', method: 'POST', path: '/x', body: Buffer.from(JSON.stringify(hopBody('h'))), timestamp: 1, nonce: 'n' }
  const signature = signHmac(key, parts)
  const metrics = actorMetrics('bench')
  return {
    signedHop,
    hmacCheck: microsOf(20_000, () => isSignature(key, parts, signature)),
    observeMicros: microsOf(100_000, () => metrics.answered('platform/order', 200, 0.01)),
    scrapeMicros: await scrapeMicros(metrics.text),
  }
}

async function scrapeMicros(text: () => Promise<string>): Promise<number> {
  const before = process.cpuUsage()
  for (let time = 0; time < 200; time++) await text()
  return cpuSince(before) / 200
}

function microsOf(times: number, work: () => unknown): number {
  for (let time = 0; time < times / 4; time++) work()
  const before = process.cpuUsage()
  for (let time = 0; time < times; time++) work()
  return cpuSince(before) / times
}

async function child(role: Parameters<typeof startChild>[0]): Promise<Child> {
  const isPlatform = role.role === 'platform' || role.role === 'small-platform'
  const started = await startChild(role, isPlatform ? options.profile : undefined)
  children.push(started)
  return started
}

async function cpuOf<Busy extends object>(measured: Child, work: () => Promise<Busy>): Promise<Busy & { readonly micros: number }> {
  const before = await measured.cpuMicros()
  const busy = await work()
  return { ...busy, micros: (await measured.cpuMicros()) - before }
}

/** Waits until the platform has nothing under way: what follows a payment belongs to it. */
async function quiet(origin: string): Promise<void> {
  while ((await metricOf(origin, 'medpay_payments_open')) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function metricOf(origin: string, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`))
  return sum(lines.map((line) => Number(line.slice(line.lastIndexOf(' ') + 1))))
}

async function provision(origin: string, book: object): Promise<void> {
  const answer = await fetch(`${origin}/control/opening`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [controlHeader]: keys.controlToken },
    body: JSON.stringify(book),
  })
  if (!answer.ok) throw new Error(`${origin}: ${await answer.text()}`)
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
function row(name: string, micros: number): void {
  console.log(`  ${name.padEnd(40)} ${micros.toFixed(1).padStart(8)}`)
}
function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

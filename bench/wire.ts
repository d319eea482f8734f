/**
 * How much work a payment is on the wire: `npm run bench:wire`. Ratios of one alternated run, both sides printed; the unit is a request
 * to a bare node:http server. First a small payment in three layouts, then the ledger alone, then the full payment of
 * the reference platform with its messages, commits and signatures counted.
 *
 *   --rounds 3   alternated rounds of the small payment
 *   --seconds 2  of each measurement in a round
 *   --payments 4000   of the full payment, after half as many to warm up; a fifth of it for the scanned one and while fdatasyncs are counted
 *   --page FILE   writes the price list of signatures there (docs/signatures.md)
 *   --profile FOLDER   leaves a CPU profile of each platform thread there, for Chromium's developer tools; its run is slower
 *
 * CPU is of the named process with all its threads; the generator's own is left out. The disk's fdatasync stands beside the figures.
 */
import { createSecretKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadPlan } from '../scenarios/load-plan.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../simulators/wire/client/transport.ts'
import { isSignature, signHmac } from '../simulators/wire/signing/hmac.ts'
import { freshSecret, keyRing } from '../simulators/wire/signing/key-ring.ts'
import type { Ledger } from '../simulators/wire/stores/ledger.ts'
import { openSqliteLedger } from '../simulators/wire/stores/sqlite-ledger.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import { verdicts } from './verdict.ts'
import { type Child, keepBusy, startChild } from './wire/child.ts'
import { countSyncs } from './wire/count-syncs.ts'
import { type FullPayment, fullPayment, metricsOf } from './wire/full-payment.ts'
import { metricsCost, microsOf } from './wire/metrics-cost.ts'
import { signaturePage, signatureShare } from './wire/signature-page.ts'
import { signaturePrices } from './wire/signature-prices.ts'
import { hopBody, hopBy, parties } from './wire/small-saga.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    payments: { type: 'string', default: '4000' },
    profile: { type: 'string' },
    page: { type: 'string' },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const fullPayments = Number(options.payments)
const inFlight = 64
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
  const common = { start: child, folder, secret, keys, inFlight }
  const fifth = Math.ceil(fullPayments / 5)
  const full = await fullPayment({ ...common, mode: 'credit', warm: Math.ceil(fullPayments / 2), payments: fullPayments, synced: fifth })
  const metrics = await metricsCost((await metricsOf(full.origin)).lines, sitesOfCity())
  const scanned = await fullPayment({ ...common, mode: 'scan', warm: fifth, payments: fifth, synced: 0 })
  const units = await unitCosts()
  const prices = signaturePrices(5)

  const raw = median(small.raw)
  const [hop, platform, party, alone] = [median(small.hop), median(small.platform), median(small.party), median(small.alone)]
  const bound = raw + parties.length * hop + 2 * ledger.micros
  console.log(`\nµs of CPU, median of ${rounds} alternated rounds, ${inFlight} in flight`)
  row('a request to bare node:http, server', raw)
  row('one hop of the client', hop)
  row('one hop of a counterparty, alone', alone)
  row('one hop of a counterparty, beside payments', party)
  row('two ledger commands', 2 * ledger.micros)
  row('the small payment, platform', platform)
  console.log(
    `  small payment ${median(small.socketRate).toFixed(0)}/s over sockets, ${median(small.directRate).toFixed(0)}/s by plain calls`,
  )
  console.log(
    `  ledger alone ${ledger.groupRate.toFixed(0)}/s in groups of ${ledger.perCommit.toFixed(1)}, ${ledger.singleRate.toFixed(0)}/s one at a time: ${(ledger.groupRate / ledger.singleRate).toFixed(1)}x`,
  )
  console.log('\nthe full credit payment, a payment')
  tellFull(full)
  if (full.synced !== undefined) {
    const { commits, syncs, payments } = full.synced
    console.log(
      `  ${(commits / syncs).toFixed(2)} commits a fdatasync, ${(payments / syncs).toFixed(2)} payments a fdatasync (strace, ${payments} further payments; it slows them)`,
    )
  } else console.log('  fdatasyncs not counted: strace is not here')
  const parts = full.messages * units.signedHop + full.commands * ledger.micros + alone + full.signatures.hmacChecked * units.hmacCheck
  console.log(
    `  its parts alone: ${full.messages.toFixed(1)} signed hops × ${units.signedHop.toFixed(0)}, ${full.commands.toFixed(1)} commands × ${ledger.micros.toFixed(0)}, an answer ${alone.toFixed(0)} and ${full.signatures.hmacChecked.toFixed(1)} checks × ${units.hmacCheck.toFixed(1)} = ${parts.toFixed(0)} µs`,
  )
  const perPayment = full.observations * metrics.answerMicros + metrics.paymentMicros
  const metricsMicros = full.rate * perPayment + metrics.scrapeMicros / 15
  console.log(
    `  metrics, ${metrics.series} series: ${full.observations.toFixed(1)} answers × ${metrics.answerMicros.toFixed(2)} µs and the payment ${metrics.paymentMicros.toFixed(2)} µs, a scrape ${(metrics.scrapeMicros / 1000).toFixed(1)} ms every 15 s`,
  )
  console.log('\nthe scanned payment (the wallet signs by RSA), a payment')
  tellFull(scanned)
  const shares = { credit: signatureShare(full, prices), scan: signatureShare(scanned, prices) }
  for (const [mode, { hmac, rsa }] of Object.entries(shares))
    console.log(`  signatures of a ${mode} payment: HMAC ${hmac.toFixed(1)} %, RSA ${rsa.toFixed(1)} % of the platform’s CPU`)
  console.log()
  if (options.page !== undefined) writeFileSync(options.page, signaturePage({ prices, full, scanned }))

  told.tell('small-payment-over-its-bare-parts', { at: 'least', limit: 0.75, unit: 'x' }, () => bound / platform)
  told.tell('small-payment-in-raw-requests', { at: 'most', limit: 6.5, unit: 'x' }, () => platform / raw)
  told.tell('counterparty-hop-in-raw-requests', { at: 'most', limit: 1.3, unit: 'x' }, () => alone / raw)
  told.tell('ledger-payment-in-raw-requests', { at: 'most', limit: 0.8, unit: 'x' }, () => (2 * ledger.micros) / raw)
  told.tell('sockets-over-direct-calls', { at: 'least', limit: 0.25, unit: 'x' }, () => median(small.socketRate) / median(small.directRate))
  told.tell('ledger-payments-per-commit', { at: 'least', limit: 16, unit: '' }, () => ledger.perCommit)
  const noStrace = ledger.perSync === undefined ? 'strace is not here' : undefined
  told.tell('ledger-payments-per-fdatasync', { at: 'least', limit: 16, unit: '' }, () => ledger.perSync ?? Number.NaN, noStrace)
  told.tell('full-payment-efficiency', { at: 'least', limit: 0.75, unit: 'x' }, () => parts / full.platformMicros)
  told.tell(
    'metrics-share-of-platform',
    { at: 'most', limit: 2, unit: '%' },
    () => (100 * metricsMicros) / (full.rate * full.platformMicros),
  )
  process.exitCode = told.exitCode
}

/** Raw server, one hop of client and counterparty, and the platform in two layouts: each for some seconds, in turn. */
async function smallPayment() {
  const raw = await child({ role: 'raw' })
  const party = await child({ role: 'party' })
  const partyOrigin = party.origins['party'] as string
  const bySocket = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'socket-')), party: partyOrigin })
  const direct = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'direct-')) })
  const told = { raw: [], alone: [], hop: [], party: [], platform: [], socketRate: [], directRate: [] } as Record<
    string,
    number[]
  > as Record<'raw' | 'alone' | 'hop' | 'party' | 'platform' | 'socketRate' | 'directRate', number[]>
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
    // Alone and as busy as the bare server: a process that is woken for each request spends more on it.
    const aloneCpu = await cpuOf(party, () => ask(partyOrigin, `/${parties[0]}`, label))
    keep(told.alone, aloneCpu.micros / aloneCpu.calls)
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
  let counted = 0
  const syncs = await countSyncs(process.pid, join(folder, 'ledger-syncs.txt'), async () => {
    counted = (await keepBusy(inFlight, seconds, (number) => open(`synced${number}`))).calls
  })
  await ledger.close()
  return {
    micros,
    perCommit: (now.commands - written.commands) / (now.batches - written.batches),
    perSync: syncs === undefined ? undefined : counted / syncs,
    groupRate: group.calls / group.seconds,
    singleRate: single.calls / single.seconds,
  }
}
function countsOf({ written: { batches, commands } }: Ledger) {
  return { batches, commands }
}

function tellFull({ platformMicros, rate, messages, commands, commits, signatures }: FullPayment): void {
  const { hmacMade, hmacChecked, rsaMade, rsaChecked } = signatures
  row('platform', platformMicros)
  console.log(
    `  ${rate.toFixed(0)}/s · ${messages.toFixed(1)} messages sent · ${commands.toFixed(1)} ledger commands · ${commits.toFixed(2)} commits (${(1 / commits).toFixed(2)} payments a commit) · counted: HMAC ${hmacMade.toFixed(1)} made, ${hmacChecked.toFixed(1)} checked, RSA ${rsaMade.toFixed(1)} made, ${rsaChecked.toFixed(1)} checked`,
  )
}

/** Practice sites of the city whose platform keeps these metrics. */
function sitesOfCity(): number {
  const loaded = loadPlan('shanghai-weekday')
  if ('problems' in loaded) throw new Error('shanghai-weekday does not load')
  return sum(loaded.plan.city.tiers.map(({ sites }) => sites))
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
  return { signedHop, hmacCheck: microsOf(20_000, () => isSignature(key, parts, signature)) }
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

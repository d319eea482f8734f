/**
 * How much work a payment is on the wire: `npm run bench:wire`. Ratios of one alternated run, both sides printed; the unit is a request
 * to a bare node:http server. First a small payment in three layouts, then the ledger alone, then the full payment of
 * the reference platform with its messages, commits and signatures counted.
 *
 *   --rounds 3   alternated rounds of the small payment
 *   --seconds 2  of each measurement in a round
 *   --payments 4000   of the full payment, after half as many to warm up; a fifth of it for the scanned one and while fdatasyncs are counted
 *   --page FILE   writes the price list of signatures there (docs/signatures.md)
 *   --results FILE   writes what it says into that page (bench/wire-results.md)
 *   --profile FOLDER   leaves a CPU profile of each platform thread there, for Chromium's developer tools; its run is slower
 *
 * CPU is of the named process with all its threads; the generator's own is left out. The disk's fdatasync stands beside the figures.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadPlan } from '../scenarios/load-plan.ts'
import type { WireEfficiency } from '../simulators/measures/result-wire.ts'
import { httpTransport } from '../simulators/wire/client/transport.ts'
import { platformEfficiency, type UnitCosts } from '../simulators/wire/replay/platform-efficiency.ts'
import { freshSecret, keyRing } from '../simulators/wire/signing/key-ring.ts'
import type { Ledger } from '../simulators/wire/stores/ledger.ts'
import { openSqliteLedger } from '../simulators/wire/stores/sqlite-ledger.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import { withBlock } from '../tools/page-block.ts'
import { median } from './median.ts'
import { verdicts } from './verdict.ts'
import { type Child, cpuMicrosSince, keepBusy, startChild } from './wire/child.ts'
import { countSyncs } from './wire/count-syncs.ts'
import { type FullPayment, type FullPaymentParts, fullPayment, metricsOf } from './wire/full-payment.ts'
import { hopBody } from './wire/hop-words.ts'
import { openPayment, payAtLedger } from './wire/ledger-price.ts'
import { metricsCost } from './wire/metrics-cost.ts'
import { signaturePage, signatureShare } from './wire/signature-page.ts'
import { signaturePrices } from './wire/signature-prices.ts'
import { hopBy, parties } from './wire/small-saga.ts'
import { codeShares } from './wire/time-shares.ts'
import { unitCosts } from './wire/unit-costs.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    payments: { type: 'string', default: '4000' },
    profile: { type: 'string' },
    page: { type: 'string' },
    results: { type: 'string' },
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
/** What the page of results repeats. */
const said: string[] = []

try {
  await measure()
} finally {
  for (const child of children) await child.end()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const told = verdicts()
  const disk = fdatasyncMs(folder)
  say(`${cpus()[0]?.model ?? 'a processor'}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before it began`)
  say(`disk of the books: fdatasync p50 ${disk.p50.toFixed(2)} ms, p99 ${disk.p99.toFixed(2)} ms`)
  const small = await smallPayment()
  const ledger = await ledgerAlone()
  const common = { start: child, folder, secret, keys, inFlight }
  const fifth = Math.ceil(fullPayments / 5)
  const full = await fullPayment({ ...common, mode: 'credit', warm: Math.ceil(fullPayments / 2), payments: fullPayments, synced: fifth })
  const units = await unitCosts(folder, Math.max(0, Math.round(full.commands) - 2))
  const metrics = await metricsCost((await metricsOf(full.origin)).lines, sitesOfCity())
  const scanned = await fullPayment({ ...common, mode: 'scan', warm: fifth, payments: fifth, synced: 0 })
  const shares = await sharesOfCode({ ...common, mode: 'credit', warm: fifth, payments: fifth, synced: 0 })
  const prices = signaturePrices(5)

  const raw = median(small.raw)
  const [hop, platform, party, alone] = [median(small.hop), median(small.platform), median(small.party), median(small.alone)]
  const [paidAtLedger, commands] = [median(small.ledger), median(small.commands)]
  const bound = raw + parties.length * hop + paidAtLedger
  say(`\nµs of CPU, median of ${rounds} alternated rounds, ${inFlight} in flight`)
  row('a request to bare node:http, server', raw)
  row('one hop of the client', hop)
  row('one hop of a counterparty, alone', alone)
  row('one hop of a counterparty, beside payments', party)
  row('a payment at the ledger, alone', paidAtLedger)
  row('the small payment, platform', platform)
  row('its bare parts: answer, three hops, ledger', bound)
  say(`  at the ledger: open, then advance with 4 postings; ${commands.toFixed(0)} commands a payment`)
  say(`  small payment ${median(small.socketRate).toFixed(0)}/s over sockets, ${median(small.directRate).toFixed(0)}/s by plain calls`)
  say(
    `  ledger alone, one command a payment: ${ledger.groupRate.toFixed(0)}/s in groups of ${ledger.perCommit.toFixed(1)}, ${ledger.singleRate.toFixed(0)}/s one at a time: ${(ledger.groupRate / ledger.singleRate).toFixed(1)}x`,
  )
  say('\nthe full credit payment, a payment')
  tellFull(full)
  if (full.synced !== undefined) {
    const { commits, syncs, payments } = full.synced
    say(
      `  ${(commits / syncs).toFixed(2)} commits a fdatasync, ${(payments / syncs).toFixed(2)} payments a fdatasync (strace, ${payments} further payments; it slows them)`,
    )
  } else say('  fdatasyncs not counted: strace is not here')
  const efficiency = efficiencyOf(full, units)
  tellParts(efficiency)
  const perPayment = full.observations * metrics.answerMicros + metrics.paymentMicros
  const metricsMicros = full.rate * perPayment + metrics.scrapeMicros / 15
  say(
    `  metrics, ${metrics.series} series: ${full.observations.toFixed(1)} answers × ${metrics.answerMicros.toFixed(2)} µs and the payment ${metrics.paymentMicros.toFixed(2)} µs, a scrape ${(metrics.scrapeMicros / 1000).toFixed(1)} ms every 15 s`,
  )
  say('  where its time goes, % of the main thread (a further run under the profiler):')
  for (const [owner, percent] of shares) say(`    ${percent.toFixed(1).padStart(5)}  ${owner}`)
  say('\nthe scanned payment (the wallet signs by RSA), a payment')
  tellFull(scanned)
  tellParts(efficiencyOf(scanned, units))
  for (const [mode, payment] of Object.entries({ credit: full, scan: scanned })) {
    const { hmac, rsa } = signatureShare(payment, prices)
    say(`  signatures of a ${mode} payment: HMAC ${hmac.toFixed(1)} %, RSA ${rsa.toFixed(1)} % of the platform’s CPU`)
  }
  console.log()
  if (options.page !== undefined) writeFileSync(options.page, signaturePage({ prices, full, scanned }))

  told.tell('small-payment-over-its-bare-parts', { at: 'least', limit: 0.75, unit: 'x' }, () => bound / platform)
  told.tell('small-payment-in-raw-requests', { at: 'most', limit: 6.5, unit: 'x' }, () => platform / raw)
  told.tell('counterparty-hop-in-raw-requests', { at: 'most', limit: 1.3, unit: 'x' }, () => alone / raw)
  told.tell('ledger-payment-in-raw-requests', { at: 'most', limit: 0.8, unit: 'x' }, () => paidAtLedger / raw)
  told.tell('sockets-over-direct-calls', { at: 'least', limit: 0.25, unit: 'x' }, () => median(small.socketRate) / median(small.directRate))
  told.tell('ledger-payments-per-commit', { at: 'least', limit: 16, unit: '' }, () => ledger.perCommit)
  const noStrace = ledger.perSync === undefined ? 'strace is not here' : undefined
  told.tell('ledger-payments-per-fdatasync', { at: 'least', limit: 16, unit: '' }, () => ledger.perSync ?? Number.NaN, noStrace)
  told.tell('full-payment-efficiency', { at: 'least', limit: 0.75, unit: 'x' }, () => efficiency.partsMicros / efficiency.cpuMicros)
  told.tell(
    'metrics-share-of-platform',
    { at: 'most', limit: 2, unit: '%' },
    () => (100 * metricsMicros) / (full.rate * full.platformMicros),
  )
  if (options.results !== undefined)
    writeFileSync(options.results, withBlock('measured', ['```text', ...said, '', ...told.lines, '```'].join('\n'), options.results))
  process.exitCode = told.exitCode
}

function say(line: string): void {
  console.log(line)
  said.push(...line.split('\n'))
}

function efficiencyOf(payment: FullPayment, units: UnitCosts): WireEfficiency {
  const { messages, commands, commits, signatures, platformMicros } = payment
  const counts = { sent: messages, answered: 1, command: commands, commit: commits, ...signatures }
  return platformEfficiency(counts, platformMicros, 1, units) as WireEfficiency
}
function tellParts({ parts, partsMicros, cpuMicros }: WireEfficiency): void {
  const all = parts.map(({ part, count, micros }) => `${count.toFixed(2)} ${part} × ${micros.toFixed(1)}`).join(' + ')
  say(`  its parts alone: ${all} = ${partsMicros.toFixed(0)} µs of ${cpuMicros.toFixed(0)}: ${(partsMicros / cpuMicros).toFixed(2)}`)
}

/** A run of its own, since the profiler slows what it looks at. */
async function sharesOfCode(asked: FullPaymentParts): Promise<ReturnType<typeof codeShares>> {
  const profiles = join(folder, 'profiles')
  mkdirSync(profiles)
  const start: FullPaymentParts['start'] = async (role) => {
    const started = await startChild(role, role.role === 'platform' ? profiles : undefined)
    children.push(started)
    return started
  }
  const { platform, stretchMicros } = await fullPayment({ ...asked, start })
  await platform.end()
  children.splice(children.indexOf(platform), 1)
  return codeShares(profiles, platform.pid, ...stretchMicros)
}

/** Raw server, one hop of client and counterparty, and the platform in two layouts: each for some seconds, in turn. */
async function smallPayment() {
  const raw = await child({ role: 'raw' })
  const party = await child({ role: 'party' })
  const partyOrigin = party.origins['party'] as string
  const bySocket = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'socket-')), party: partyOrigin })
  const direct = await child({ role: 'small-platform', folder: mkdtempSync(join(folder, 'direct-')) })
  const ledger = await openSqliteLedger(join(folder, 'beside.sqlite'))
  const measured = ['raw', 'alone', 'hop', 'ledger', 'commands', 'party', 'platform', 'socketRate', 'directRate'] as const
  const told = Object.fromEntries(measured.map((name) => [name, []])) as unknown as Record<(typeof measured)[number], number[]>
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
    keep(told.hop, cpuMicrosSince(before) / hops.calls)
    const paid = await payAtLedger(ledger, label, inFlight, seconds)
    keep(told.ledger, paid.micros)
    keep(told.commands, paid.commands)
    const partyBefore = await party.cpuMicros()
    const socket = await cpuOf(bySocket, () => ask(bySocket.origins['platform'] as string, '/pay', label))
    keep(told.party, ((await party.cpuMicros()) - partyBefore) / (parties.length * socket.calls))
    keep(told.platform, socket.micros / socket.calls)
    keep(told.socketRate, socket.calls / socket.seconds)
    const plain = await cpuOf(direct, () => ask(direct.origins['platform'] as string, '/pay', label))
    keep(told.directRate, plain.calls / plain.seconds)
  }
  await ledger.close()
  return told
}

/** One batch item a payment, many in flight and then one at a time. */
async function ledgerAlone() {
  const ledger = await openSqliteLedger(join(folder, 'alone.sqlite'))
  const open = async (number: string) => void (await openPayment(ledger, number))
  await keepBusy(inFlight, seconds / 2, (number) => open(`warm${number}`))
  const written = countsOf(ledger)
  const group = await keepBusy(inFlight, seconds, (number) => open(`group${number}`))
  const now = countsOf(ledger)
  const single = await keepBusy(1, seconds, (number) => open(`single${number}`))
  let counted = 0
  const syncs = await countSyncs(process.pid, join(folder, 'ledger-syncs.txt'), async () => {
    counted = (await keepBusy(inFlight, seconds, (number) => open(`synced${number}`))).calls
  })
  await ledger.close()
  return {
    perCommit: (now.commands - written.commands) / (now.batches - written.batches),
    perSync: syncs === undefined ? undefined : counted / syncs,
    groupRate: group.calls / group.seconds,
    singleRate: single.calls / single.seconds,
  }
}
function countsOf({ written: { batches, commands } }: Ledger) {
  return { batches, commands }
}

function tellFull({ platformMicros, threadMicros, rate, messages, commands, commits, signatures, sentAway }: FullPayment): void {
  const { hmacMade, hmacChecked, rsaMade, rsaChecked } = signatures
  row('platform', platformMicros)
  for (const [name, micros] of threadMicros) row(`  of that, thread: ${name}`, micros)
  say(
    `  ${rate.toFixed(0)}/s · ${messages.toFixed(1)} messages sent · ${commands.toFixed(1)} ledger commands · ${commits.toFixed(2)} commits (${(1 / commits).toFixed(2)} payments a commit) · counted: HMAC ${hmacMade.toFixed(1)} made, ${hmacChecked.toFixed(1)} checked, RSA ${rsaMade.toFixed(1)} made, ${rsaChecked.toFixed(1)} checked`,
  )
  if (sentAway > 0) say(`  sent away ${sentAway.toFixed(2)} times and come again: this machine was short of time`)
}

/** Practice sites of the city whose platform keeps these metrics. */
function sitesOfCity(): number {
  const loaded = loadPlan('shanghai-weekday')
  if ('problems' in loaded) throw new Error('shanghai-weekday does not load')
  return sum(loaded.plan.city.tiers.map(({ sites }) => sites))
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

function row(name: string, micros: number): void {
  say(`  ${name.padEnd(44)} ${micros.toFixed(1).padStart(8)}`)
}
function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

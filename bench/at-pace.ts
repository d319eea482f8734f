/**
 * What the same work costs a busy platform and one that waits between its messages: `npm run bench:pace`. A credit payment, and a bare
 * request, first with 64 always under way, as `npm run bench:wire` has them, then at the pace of a city's peak, where nearly every
 * message wakes a process that slept. What a bare request costs more is the machine's: waking, caches that others have filled meanwhile.
 *
 *   --per-second 51   payments a second, the peak of shanghai-weekday
 *   --payments 1500   of each run, after as many to warm up
 *   --rounds 2        alternated
 *   --page FILE       writes what it says there (docs/load-levels.md)
 *
 * CPU is of the named process with all its threads; the generator's own is left out.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freshSecret, keyRing } from '../simulators/wire/signing/key-ring.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import { withBlock } from '../tools/page-block.ts'
import { median } from './median.ts'
import { type Child, startChild } from './wire/child.ts'
import { type FullPayment, fullPayment } from './wire/full-payment.ts'
import { hopPrice } from './wire/unit-costs.ts'

const { values: options } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '51' },
    payments: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '2' },
    page: { type: 'string' },
  },
})
const perSecond = Number(options['per-second'])
const payments = Number(options.payments)
const folder = mkdtempSync(join(tmpdir(), 'medpay-bench-pace-'))
const secret = freshSecret()

try {
  const lines = await measured()
  console.log(lines.join('\n'))
  if (options.page !== undefined) writeFileSync(options.page, withBlock('at-pace', lines.join('\n'), options.page))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measured(): Promise<readonly string[]> {
  const load = loadavg()[0]?.toFixed(1)
  const { p50 } = fdatasyncMs(folder)
  const hops = { busy: [] as Hop[], paced: [] as Hop[] }
  const pays = { busy: [] as FullPayment[], paced: [] as FullPayment[] }
  for (let round = 0; round < Number(options.rounds); round++) {
    hops.busy.push(await hopPrice())
    // A credit payment sends ten messages.
    hops.paced.push(await hopPrice(10 * perSecond))
    pays.busy.push(await paid())
    pays.paced.push(await paid(perSecond))
  }
  const row = <Of>(
    title: string,
    { busy, paced }: Readonly<Record<'busy' | 'paced', readonly Of[]>>,
    of: (one: Of) => number,
    digits = 0,
  ) => {
    const [hot, cool] = [median(busy.map(of)), median(paced.map(of))]
    return `| ${title} | ${hot.toFixed(digits)} | ${cool.toFixed(digits)} | ${(cool / hot).toFixed(1)} × |`
  }
  return [
    `- \`npm run bench:pace -- --payments ${payments} --rounds ${options.rounds}\`; ${cpus()[0]?.model ?? 'CPU'}, ${cpus().length} 核 · cores, load ${load}, fdatasync p50 ${p50.toFixed(2)} ms`,
    '',
    `| CPU, µs | 64 件在途 · 64 under way | 每秒 ${perSecond} 笔 · ${perSecond} payments a second |  |`,
    '| --- | --- | --- | --- |',
    row('裸请求，发送方 · a bare request, its sender', hops, ({ sent }) => sent),
    row('裸请求，应答方 · a bare request, its server', hops, ({ answered }) => answered),
    row('信用支付，平台 · a credit payment, platform', pays, ({ platformMicros }) => platformMicros),
    row('信用支付，其余三方 · a credit payment, its three parties', pays, ({ partiesMicros }) => partiesMicros),
    row('每笔平台提交次数 · commits of the platform a payment', pays, ({ commits }) => commits, 2),
  ]
}

type Hop = Awaited<ReturnType<typeof hopPrice>>

/** @param pace payments a second once warm; absent: 64 always under way */
async function paid(pace?: number): Promise<FullPayment> {
  const children: Child[] = []
  try {
    return await fullPayment({
      ...{ folder, secret, keys: keyRing(secret), inFlight: 64, mode: 'credit', warm: payments, payments, synced: 0 },
      ...(pace === undefined ? {} : { perSecond: pace }),
      start: async (role) => {
        const child = await startChild(role)
        children.push(child)
        return child
      },
    })
  } finally {
    for (const child of children) await child.end()
  }
}

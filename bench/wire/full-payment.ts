/** The full payment of the reference platform, its messages, commits and signatures counted by the platform itself. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { lazyTransport } from '../../simulators/wire/client/lazy-transport.ts'
import { signedSender } from '../../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../../simulators/wire/client/transport.ts'
import { platformMerchant } from '../../simulators/wire/desks/merchant-desk.ts'
import type { PaymentDesk } from '../../simulators/wire/desks/payment-desk.ts'
import { aggregationOperations } from '../../simulators/wire/dialects/aggregation.ts'
import { plainPort } from '../../simulators/wire/dialects/plain.ts'
import { controlHeader } from '../../simulators/wire/server/control.ts'
import type { KeyRing } from '../../simulators/wire/signing/key-ring.ts'
import { manyBills } from '../../simulators/wire/testing/many-bills.ts'
import { type Child, callAtPace, callTimes } from './child.ts'
import { countSyncs } from './count-syncs.ts'
import type { Role } from './role.ts'
import { threadTicks } from './time-shares.ts'

const [bank, site, caller] = ['bank-a', 7, 'channel-main-entry'] as const

export interface FullPaymentParts {
  readonly start: (role: Role) => Promise<Child>
  readonly folder: string
  readonly secret: string
  readonly keys: KeyRing
  readonly inFlight: number
  /** The counted payments begin so many a second; absent: {@link inFlight} of them are always under way, as while it warms up. */
  readonly perSecond?: number
  /** `credit`: bureau, bank and hospital. `scan`: the wallet, which signs by RSA, in place of the bank. */
  readonly mode: 'credit' | 'scan'
  readonly warm: number
  readonly payments: number
  /** Further payments during which commits and fdatasyncs are counted; 0: they are not. */
  readonly synced: number
}

export interface FullPayment {
  readonly platform: Child
  readonly origin: string
  readonly rate: number
  readonly platformMicros: number
  /** Of bureau, hospital and payer, which share a process. */
  readonly partiesMicros: number
  /** Of that, by thread: `main`, `ledger`, `engine` (compiling, collecting). Empty where the system does not tell. */
  readonly threadMicros: ReadonlyMap<string, number>
  /** Of the monotonic clock, when the counted payments began and ended. */
  readonly stretchMicros: readonly [from: number, until: number]
  /** Refusals a payment heard before it was let in: none where the machine has time. */
  readonly sentAway: number
  /** A payment, counted. */
  readonly messages: number
  readonly commands: number
  readonly commits: number
  readonly observations: number
  readonly signatures: Readonly<Record<'hmacMade' | 'hmacChecked' | 'rsaMade' | 'rsaChecked', number>>
  /** Commits while fdatasyncs were counted, and how many of those there were; undefined: nobody could count. */
  readonly synced: { readonly commits: number; readonly syncs: number; readonly payments: number } | undefined
}

export async function fullPayment({
  start,
  folder,
  secret,
  keys,
  inFlight,
  perSecond,
  mode,
  warm,
  payments,
  synced,
}: FullPaymentParts): Promise<FullPayment> {
  const payer = mode === 'credit' ? bank : 'wechat'
  const city = await start({ role: 'city', folder: mkdtempSync(join(folder, 'city-')), secret, only: ['bureau', 'his', payer] })
  const platform = await start({ role: 'platform', folder: mkdtempSync(join(folder, 'platform-')), secret, elsewhere: city.origins })
  const origin = platform.origins['platform'] as string
  const bills = manyBills(warm + payments + synced)
  const wallet = {
    merchants: [{ ...platformMerchant, checksBy: 'certificate' }],
    payers: ['o-payer'],
    settings: { passwordAboveFen: 100_000_000, refundTakesMs: 0 },
  }
  const books: readonly (readonly [string, object])[] = [
    ['bureau', bills.bureau],
    ['his', bills.his],
    mode === 'credit' ? [bank, bills.bank] : ['wechat', wallet],
    ['platform', bills.platform],
  ]
  for (const [actor, book] of books) await provision((actor === 'platform' ? origin : city.origins[actor]) as string, book, keys)
  const transport = httpTransport({ origin, timeoutMs: 30_000, connections: inFlight })
  const port = plainPort<PaymentDesk>(
    aggregationOperations,
    signedSender({ transport, caller, key: keys.between(caller, 'platform'), nowMs: Date.now }),
  )
  const toWallet = lazyTransport(() =>
    httpTransport({ origin: city.origins['wechat'] as string, timeoutMs: 30_000, connections: inFlight }),
  )
  const phone = signedSender({ transport: toWallet, caller: 'phone', key: keys.between('phone', 'wechat'), nowMs: Date.now })
  const payCode = async () => {
    const heard = await phone('POST', '/phone/codes', { payer: 'o-payer' })
    if (heard.outcome !== 'answered' || heard.status !== 200) throw new Error(`no code: ${JSON.stringify(heard)}`)
    return (heard.body as { code: string }).code
  }
  let sentAway = 0
  const pay = async (from: number, until: number, pace?: number) => {
    let next = from
    sentAway = 0
    const one = async () => {
      const { person, bill, qr } = bills.persons[next++] as (typeof bills.persons)[number]
      const by = mode === 'credit' ? { mode } : { mode, payCode: await payCode() }
      let heard = await port.pay({ idempotencyKey: bill, channel: caller, person, site, bill, qr, ...by })
      // A platform short of time lets fewer in at once; whoever is sent away comes again.
      while (heard.outcome === 'no-reply' && heard.retryAfterSeconds !== undefined) {
        sentAway += 1
        await setTimeout(1000 * heard.retryAfterSeconds)
        heard = await port.pay({ idempotencyKey: bill, channel: caller, person, site, bill, qr, ...by })
      }
      if (heard.outcome !== 'payment' || heard.payment.state !== 'paid') throw new Error(`${bill}: ${JSON.stringify(heard)}`)
    }
    const began = process.hrtime.bigint()
    await (pace === undefined ? callTimes(inFlight, until - from, one) : callAtPace(pace, until - from, one))
    await quiet(origin)
    return Number(process.hrtime.bigint() - began) / 1e9
  }
  await pay(0, warm)
  const asked = new Set(books.map(([actor]) => actor).filter((actor) => actor !== 'platform'))
  const counts = async () => {
    const own = await metricsOf(origin)
    // Codes are shown to the generator's phone, and no message of the platform's.
    const others = await Promise.all([...asked].map(async (actor) => (await metricsOf(city.origins[actor] as string)).answers('phone')))
    return {
      messages: others.reduce((total, one) => total + one, 0),
      commands: own.sum('medpay_book_entries_total'),
      commits: own.sum('medpay_book_commits_total'),
      observations: own.answers('nothing'),
      hmacMade: own.signatures('hmac', 'made'),
      hmacChecked: own.signatures('hmac', 'checked'),
      rsaMade: own.signatures('rsa', 'made'),
      rsaChecked: own.signatures('rsa', 'checked'),
    }
  }
  const [before, ticksBefore, cpuBefore, partiesBefore] = [
    await counts(),
    threadTicks(platform.pid),
    await platform.cpuMicros(),
    await city.cpuMicros(),
  ]
  const from = monotonicMicros()
  const seconds = await pay(warm, warm + payments, perSecond)
  const micros = (await platform.cpuMicros()) - cpuBefore
  const partiesMicros = (await city.cpuMicros()) - partiesBefore
  const [until, ticks, after] = [monotonicMicros(), threadTicks(platform.pid), await counts()]
  const sentAwayShare = sentAway / payments
  const each = (name: keyof typeof before) => (after[name] - before[name]) / payments
  let syncs: number | undefined
  if (synced > 0) syncs = await countSyncs(platform.pid, join(folder, 'syncs.txt'), () => pay(warm + payments, warm + payments + synced))
  const last = await counts()
  await transport.close()
  await toWallet.close()
  return {
    platform,
    origin,
    rate: payments / seconds,
    platformMicros: micros / payments,
    partiesMicros: partiesMicros / payments,
    threadMicros: new Map([...ticks].map(([name, all]) => [name, ((all - (ticksBefore.get(name) ?? 0)) * microsOfTick) / payments])),
    stretchMicros: [from, until],
    sentAway: sentAwayShare,
    messages: each('messages'),
    commands: each('commands'),
    commits: each('commits'),
    observations: each('observations'),
    signatures: { hmacMade: each('hmacMade'), hmacChecked: each('hmacChecked'), rsaMade: each('rsaMade'), rsaChecked: each('rsaChecked') },
    synced: syncs === undefined ? undefined : { syncs, commits: last.commits - after.commits, payments: synced },
  }
}

const microsOfTick = 10_000
const monotonicMicros = () => Number(process.hrtime.bigint()) / 1000

/** Waits until the platform has nothing under way: what follows a payment belongs to it. */
async function quiet(origin: string): Promise<void> {
  while ((await metricsOf(origin)).sum('medpay_payments_open') > 0) await setTimeout(20)
}

export interface Scraped {
  readonly lines: readonly string[]
  sum(name: string): number
  /** Answers given, but for operations that begin so. */
  answers(without: string): number
  signatures(kind: string, what: string): number
}

export async function metricsOf(origin: string): Promise<Scraped> {
  const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n')
  const sumOf = (named: (line: string) => boolean) =>
    lines.filter(named).reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
  return {
    lines,
    sum: (name) => sumOf((line) => line.startsWith(`${name}{`)),
    answers: (without) => sumOf((line) => line.startsWith('medpay_answers_total{') && !line.includes(`operation="${without}`)),
    signatures: (kind, what) =>
      sumOf((line) => line.startsWith(`medpay_process_signatures_${what}_total{`) && line.includes(`kind="${kind}"`)),
  }
}

async function provision(origin: string, book: object, keys: KeyRing): Promise<void> {
  const answer = await fetch(`${origin}/control/opening`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [controlHeader]: keys.controlToken },
    body: JSON.stringify(book),
  })
  if (!answer.ok) throw new Error(`${origin}: ${await answer.text()}`)
}

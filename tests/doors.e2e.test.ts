/**
 * Every errand of the one message table has a request on the wire, and the city's actors answer it: what the generator would send is sent
 * here without it, one row an errand, each through its own place.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Adapter, Heard, Outcome } from '../load/adapter.ts'
import { adapter as medpay } from '../load/adapters/medpay.ts'
import { tryOf } from '../load/try-of.ts'
import type { WalletName } from '../scenarios/plan-wallets.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { errands } from '../simulators/platform/errands.ts'
import { firstProgress } from '../simulators/trace/next-step.ts'
import type { PlaySettings, RowToPlay } from '../simulators/trace/play.ts'
import type { OpeningPerson, Trace, TraceRow } from '../simulators/trace/trace.ts'
import { openingBooks } from '../simulators/wire/replay/opening-books.ts'
import { playOf, settingsOf } from '../simulators/wire/replay/play-of-trace.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { type Served, serve } from '../simulators/wire/serve.ts'
import { signatureHeaders, signHmac } from '../simulators/wire/signing/hmac.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'

const plan = planOf('small-town')
const secret = 'the secret of a test'
const keys = keyRing(secret)
const begun = errands.filter(({ isReversal }) => isReversal !== true)
const trace = oneRowAnErrand()
const raiser = trace.rows.findIndex(({ errand }) => errand === 'credit-payment')
let served: Served
let settings: PlaySettings
beforeAll(async () => {
  served = await serve({
    city: plan.city,
    policy: plan.policy,
    date: trace.opening.date,
    version: 'test',
    keys,
    booksFolder: undefined,
    host: '127.0.0.1',
    firstPort: 0,
    platform: { warmUpPayments: 0 },
  })
  const { originOf } = served
  const origins = {
    target: null,
    entries: trace.rules.channels.map((name) => originOf(`channel-${name}`)),
    his: originOf('his'),
    wallets: { wechat: originOf('wechat'), alipay: originOf('alipay') },
    bureau: originOf('bureau'),
    platform: originOf('platform'),
  }
  settings = settingsOf(trace, { leadMs: 0, origins, secret }, 1000)
  const ask = async (actor: string, method: string, path: string, body: object) => {
    const headers = { 'x-medpay-control': keys.controlToken, 'content-type': 'application/json' }
    const answer = await fetch(originOf(actor) + path, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${actor} ${path}: ${answer.status} ${await answer.text()}`)
  }
  for (const { actor } of served.actors) await ask(actor.name, 'PUT', '/control/clock', { now: `${trace.opening.date} 09:00:00` })
  for (const [actor, book] of openingBooks(trace, secret).books) await ask(actor, 'POST', '/control/opening', book)
})
afterAll(() => served.stop())

/** The talk of one try, as load/conversation.ts has it inside k6. */
async function talk(
  row: number,
  sends: 'errand' | 'raise' = 'errand',
  change: Partial<RowToPlay> = {},
  payment?: string,
): Promise<Outcome | 'no-door'> {
  const visit = playOf(trace, openingBooks(trace, secret).persons).find(({ rows }) => rows.some((one) => one.row === row))
  const played = visit?.rows.find((one) => one.row === row)
  if (visit === undefined || played === undefined) throw new Error(`no row ${row}`)
  const asIs = { ...played, ...change }
  const { mode, key, entries } = firstProgress(asIs)
  const asked = {
    row: asIs,
    person: visit.person,
    mode,
    key,
    sends,
    payment,
    earlier: [],
    entry: entries[0] ?? -1,
  }
  const { adapter, one } = tryOf(settings, medpay, asked)
  return talkTo(adapter, one)
}

async function talkTo(adapter: Adapter, one: Parameters<Adapter['next']>[0]): Promise<Outcome | 'no-door'> {
  const heard: Heard[] = []
  for (;;) {
    const step = adapter.next(one, heard)
    if (step.does === 'no-door') return 'no-door'
    if (step.does === 'end') return step.outcome
    const { method, url, headers = {}, body = '', signed } = step.request
    const signature: Record<string, string> = {}
    if (signed !== undefined) {
      const parts = { method, path: new URL(url).pathname, body: Buffer.from(body), timestamp: Math.floor(Date.now() / 1000) }
      const nonce = randomBytes(12).toString('base64url')
      signature[signatureHeaders.caller] = signed.as
      signature[signatureHeaders.timestamp] = String(parts.timestamp)
      signature[signatureHeaders.nonce] = nonce
      signature[signatureHeaders.signature] = signHmac(keys.between(signed.as, signed.to), { caller: signed.as, nonce, ...parts })
    }
    const answer = await fetch(url, { method, headers: { ...headers, ...signature }, ...(method === 'GET' ? {} : { body }) })
    heard.push({ status: answer.status, body: await answer.text(), headers: Object.fromEntries(answer.headers), neverArrived: false })
  }
}

test.each(trace.rows.map(({ errand, row }) => [errand, row] as const))('%s has a door, and comes to its end behind it', async (_, row) => {
  expect(await talk(row)).toMatchObject({ is: trace.rows[row]?.bill === null ? 'done' : 'paid' })
})

test.each([
  ['is not the visit’s', { visit: 999 }, 'bill-not-shown'],
  ['is of another amount than the hospital’s', { totalFen: 1 }, 'bill-of-another-amount'],
] as const)('a bill that %s is not paid in the app: the patient says why', async (_, change, reason) => {
  const row = trace.rows.find(({ errand }) => errand === 'phone-payment')?.row as number
  expect(await talk(row, 'errand', change)).toEqual({ is: 'refused', reason })
})

test.each([
  ['phone-payment', 'entry-refund'],
  ['credit-payment', 'entry-refund'],
  ['window-payment', 'window-refund'],
  ['kiosk-payment', 'window-refund'],
  ['kiosk-payment-by-code', 'window-refund'],
] as const)('a %s goes back through the door of %s, once however often it is asked', async (by, errand) => {
  const row = trace.rows.findIndex((one) => one.errand === by)
  const paid = await talk(row)
  const payment = paid === 'no-door' || paid.is === 'failed' ? undefined : paid.payment
  const refund = { errand, mode: 'none', bill: null, refunds: `MX${row}`, key: `T${row}` } as const
  for (const _ of [1, 2]) expect(await talk(row, 'errand', refund, payment)).toEqual({ is: 'done', payment })
})

test('a code shown at a kiosk is paid in the wallet whose it is, with the very key of the payment', async () => {
  for (const { row, wallet } of trace.rows) {
    if (wallet === undefined) continue
    const paid = await talk(row)
    const payment = paid === 'no-door' || paid.is === 'failed' ? undefined : paid.payment
    const headers = { 'x-medpay-control': keys.controlToken }
    const book = (await (await fetch(`${served.originOf(wallet)}/control/books`, { headers })).json()) as {
      entries: { entry: { does: string; order?: string } }[]
    }
    expect(book.entries.filter(({ entry: { does, order } }) => does === 'pay' && order === payment)).toHaveLength(1)
  }
})

test('the wish for a higher limit has one too, in the middle of a payment', async () => {
  expect(await talk(raiser, 'raise')).toEqual({ is: 'done' })
})

/** In the table's order, so that who signs was assessed before. Site 9 switches over, and its counters open with its last errand. */
function oneRowAnErrand(): Trace {
  const made = madeTrace(plan, 4, 10)
  const [first] = made.opening.persons as [OpeningPerson]
  const [bill] = made.opening.bills
  const template = (mode: string) => made.rows.find((row) => row.mode === mode) ?? (made.rows[0] as TraceRow)
  const [applicant, cardHolder, child, guardian] = [90, 91, 92, 93] as const
  const who: Readonly<Record<string, number>> = {
    'family-code': child,
    'credit-assessment': applicant,
    'credit-signing': applicant,
    'digital-card': cardHolder,
    'limit-raise': applicant,
    'terminal-sign-in': -1,
    'directory-download': -1,
  }
  const bills: Trace['opening']['bills'][number][] = []
  // One kiosk errand by the code of each wallet.
  const wallets: Readonly<Record<string, WalletName>> = { 'kiosk-registration-by-code': 'alipay', 'kiosk-payment-by-code': 'wechat' }
  const rows = begun.map(({ name: errand, mode, messages }, row): TraceRow => {
    const wallet = wallets[errand]
    const person = who[errand] ?? row
    const site = person < 0 ? 9 : 7
    const pays = mode !== 'none'
    if (pays) bills.push({ ...(bill as (typeof bills)[number]), bill: `MX${row}`, visit: row, person, site, raisedMs: -1 })
    const entry = messages[0]?.leg === 'entry' ? 0 : -1
    return {
      ...template(mode),
      ...{ row, visit: row, person, site, errand, mode, entry, heldEntries: entry < 0 ? 0 : 3, after: null, startMs: row },
      ...(wallet === undefined ? {} : { wallet }),
      ...(errand.startsWith('hold-') ? { holds: { bill: `MX${row}`, amountFen: 100 } } : {}),
      ...{ bill: pays ? `MX${row}` : null, key: `K${row}`, totalFen: pays ? (bill?.totalFen ?? 0) : 0, expected: null },
      virtual: { outcome: 'settled', failedAt: null, endMs: row + 100, doneMs: row + 100 },
    }
  })
  const payers = rows.flatMap(({ mode, person, holds }) => (mode === 'none' && holds === undefined ? [] : [person]))
  const agreement = (person: number, kind: 'credit' | 'account', raisedFen: number | null) =>
    ({ person, kind, bank: 0, limitFen: 100_000, usedFen: 0, raisedFen }) as const
  return {
    ...made,
    visits: rows.map(({ visit, person, site }) => ({ visit, person, site, replication: 0, visitOfDay: visit, cityPerson: person })),
    rows,
    opening: {
      ...made.opening,
      persons: [
        ...[...payers, applicant, cardHolder, guardian].map((person) => ({ ...first, person })),
        { ...first, person: child, ageGroup: 'child', guardian },
      ],
      agreements: payers.flatMap((person) => [agreement(person, 'credit', 200_000), agreement(person, 'account', null)]),
      bills,
      signIns: [{ site: 7 }],
      applicants: [
        { person: applicant, bank: 0, limitFen: 100_000, result: 'raised' },
        { person: cardHolder, bank: 0, limitFen: 100_000, result: 'digital-card' },
      ],
    },
  }
}

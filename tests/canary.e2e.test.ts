/**
 * Credentials that must be nowhere after a whole run of a real `medpay serve`: every table of PostgreSQL, every file of every book, both
 * streams of the process, metrics, spans, what control shows and what `medpay why` tells are searched for them as they are, in
 * hexadecimal and in base64. Each canary is first shown to have arrived where it is meant to go, so that its absence says something.
 */
import type { KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { medpay, ownFolder, startMedpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { fenOf } from '../simulators/money/fen.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../simulators/wire/client/transport.ts'
import type { CashierDesk } from '../simulators/wire/desks/cashier-desk.ts'
import type { IdentityDesk } from '../simulators/wire/desks/identity-desk.ts'
import { hospitalMerchant, platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { MobilePayerDesk } from '../simulators/wire/desks/mobile-desk.ts'
import type { MobileOrderDesk } from '../simulators/wire/desks/mobile-order-desk.ts'
import type { ScoreDesk } from '../simulators/wire/desks/score-desk.ts'
import { cashierOperations } from '../simulators/wire/dialects/cashier.ts'
import { scoreOperations } from '../simulators/wire/dialects/credit-score.ts'
import { identityOperations } from '../simulators/wire/dialects/identity.ts'
import { timestampOf } from '../simulators/wire/dialects/mobile/envelope.ts'
import type { ExampleUploaded } from '../simulators/wire/dialects/mobile/example-orders.ts'
import { mobileMessages } from '../simulators/wire/dialects/mobile/messages.ts'
import { type Sealed, seal, unseal } from '../simulators/wire/dialects/mobile/seal.ts'
import { uploadOrder } from '../simulators/wire/dialects/mobile/upload.ts'
import { mobileOrderOperations } from '../simulators/wire/dialects/mobile-orders.ts'
import { mobilePayerOperations } from '../simulators/wire/dialects/mobile-payer.ts'
import { plainPort } from '../simulators/wire/dialects/plain.ts'
import { mobileNoticePath } from '../simulators/wire/his/mobile-routes.ts'
import { identityOf } from '../simulators/wire/people/identity.ts'
import { insuredNumberOf } from '../simulators/wire/people/insured-number.ts'
import { actorNames } from '../simulators/wire/serve.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { mobileKeys } from '../simulators/wire/signing/mobile-keys.ts'
import { usualUserId } from '../simulators/wire/signing/sm2.ts'
import { walletKeys } from '../simulators/wire/signing/wallet-keys.ts'
import { freePort } from '../simulators/wire/testing/free-port.ts'
import { bank, channel, control, openings, seed, site, totalFen } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'
import { startOwnPostgres } from '../tools/postgres.ts'

const secret = 'a root secret that is a canary'
const keys = keyRing(secret)
const plan = planOf('small-town')
const { date } = plan.scenario
const actors = actorNames(plan.city)
const sessionToken = 'a-session-token-that-is-a-canary'
const secondEntry = { channel: 'channel-second-entry', token: 'a-session-token-of-the-second-entry' }
/** Speaks the national interface. */
const nationalSite = 8
/** What each pays with, by number of the person. */
const payers = {
  credit: 42,
  wechat: 43,
  window: 44,
  leaving: 45,
  national: 46,
  alipay: 47,
  mobile: 48,
  refused: 49,
  kiosk: 50,
  second: 51,
} as const
const who = (person: number) => identityOf({ seed, year: Number(date.slice(0, 4)) }, person, 'young-adult')
const billOf = (person: number) => `MX${person}`
const siteOf = (person: number) => (person === payers.national ? nationalSite : site)

/** Places where a canary may stand, as `what in place`. No book, log or page of the testbed declares an ID number or a key. */
const declared: readonly string[] = []

test('after a whole run no credential stands in a database, a stream, a page or a story', { timeout: 240_000 }, async () => {
  const postgres = await startOwnPostgres(await freePort())
  onTestFinished(() => postgres.stop())
  const [folder, work] = [ownFolder(), ownFolder()]
  const targets = join(work, 'targets.json')
  const city = startMedpay(
    [
      'serve',
      'small-town',
      '--port',
      '0',
      '--log',
      '--books',
      folder,
      '--ledger',
      postgres.url,
      '--national',
      String(nationalSite),
      '--targets',
      targets,
    ],
    { env: { MEDPAY_WIRE_SECRET: secret } },
  )
  const said = await city.says(/credit-score +http[\s\S]*Ctrl-C/)
  const originOf = (actor: string) => new RegExp(`^${actor} +(http:\\S+)`, 'm').exec(said)?.[1] ?? ''
  const ask = (actor: string, method: string, path: string, body?: object) => control({ originOf }, actor, method, path, body, keys)
  const senderTo = (actor: string, caller: string) => {
    const transport = httpTransport({ origin: originOf(actor), timeoutMs: 30_000, connections: 1 })
    onTestFinished(() => transport.close())
    return signedSender({ transport, caller, key: keys.between(caller, actor), nowMs: Date.now })
  }
  /** What it is → the word itself, and whether it did what it is for. */
  const canaries = new Map<string, { readonly word: string; readonly arrived: boolean }>()
  const canary = (what: string, word: string, arrived: boolean) => canaries.set(what, { word, arrived })

  await provision(ask, `${originOf('his')}${mobileNoticePath}`)
  const wallet = walletKeys(keys, 'wechat')
  const codeOf = async (of: string) =>
    ((await phone(originOf(of), keys.between('phone', of), '/phone/codes', { payer: openings.payer })) as { code: string }).code
  const pay = async (person: number, more: object, token = sessionToken, entry = channel) => {
    const answer = await fetch(`${originOf(entry)}/entry/v1/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        idempotencyKey: `K${person}`,
        site: siteOf(person),
        bill: billOf(person),
        qr: who(person).qr,
        forPerson: person,
        ...more,
      }),
    })
    return {
      status: answer.status,
      state: ((await answer.json()) as { payment?: { payment?: { state: string }; state?: string } }).payment,
    }
  }
  /** Asked again under its key, as a phone does that heard nothing in time. */
  const isPaid = (person: number, more: object) => within(async () => JSON.stringify(await pay(person, more)).includes('"paid"'))

  // The mobile chain, sealed: 6201, 6202, the insurer's part paid, asked for by 6301.
  const mobile = mobileKeys(keys)
  const hospital = async (code: string, data: object) => {
    const path = mobileMessages.find((one) => one.code === code)?.path ?? ''
    const body = seal(mobile.appOf(site), mobile.keyOf(site), { timestamp: timestampOf(Date.now()), version: '2.0.1' }, data, usualUserId)
    const answer = await fetch(originOf('bureau') + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answered = (await answer.json()) as Sealed & { readonly success?: boolean; readonly message?: string }
    if (answered['success'] !== true) throw new Error(`${code}: ${JSON.stringify(answered)}`)
    return unseal(mobile.appOf(site), mobile.centre, answered, usualUserId) as Record<string, never>
  }
  const onMobile = who(payers.mobile)
  const payerDesk = plainPort<MobilePayerDesk>(mobilePayerOperations, senderTo('bureau', 'wechat'))
  const allowed = await payerDesk.authorizePayment({ qr: onMobile.qr })
  if (allowed.outcome !== 'payment-authorized') throw new Error(allowed.outcome)
  const payAuthNo = allowed.authorization
  const papers = { idNo: onMobile.idNumber, userName: onMobile.name, idType: '01' }
  const [atHome, employee] = [
    { homePlace: '310000', otherPlaces: [] },
    { person: payers.mobile, insuredType: 'employee' as const },
  ]
  const uploaded = (await hospital('6201', {
    ...uploadOrder.example.request,
    ...papers,
    psnNo: insuredNumberOf(atHome, employee),
    payAuthNo,
  })) as unknown as ExampleUploaded
  const { payOrdId, payToken, extData } = uploaded
  const institution = { orgCodg: 'H31000000007', orgBizSer: 'YW1', chrgBchno: 'B1', feeType: '01' }
  await hospital('6202', { payAuthNo, payOrdId, payToken, mdtrtId: extData.mdtrtId, ...institution })
  const query = { payOrdId, payToken, orgCodg: institution.orgCodg, ...papers }
  const placed = await hospital('6301', query)
  const fenIn = (name: string) => fenOf(Math.round(100 * Number(placed[name])))
  const split = { totalFen: fenIn('feeSumamt'), fundFen: fenIn('fundPay'), accountFen: fenIn('psnAcctPay'), cashFen: fenIn('ownPayAmt') }
  const insurer = await payerDesk.payOrder({ order: payOrdId, authorization: payAuthNo, ...split })
  canary('payAuthNo', payAuthNo, insurer.outcome === 'insurer-paid')
  // 6302 brings the hospital the right to take it back; 6301 tells it, too.
  const { revsToken } = await hospital('6301', query)
  canary('reversal right of 6302', String(revsToken), await within(() => hasHeard(originOf('his'), 'his/notice')))
  const again = await payerDesk.authorizePayment({ qr: onMobile.qr })
  const second = again.outcome === 'payment-authorized' ? again.authorization : ''
  const rooms = plainPort<MobileOrderDesk>(mobileOrderOperations, senderTo('his', `site-${site}`))
  const byHospital = await rooms.place({
    ...at('consult-1', 3),
    ...{ bill: billOf(payers.mobile), person: payers.mobile, authorization: second },
    insured: { insuredNumber: insuredNumberOf(atHome, employee), insurance: '310', insuredPlace: '310000', ...papersOfPerson(onMobile) },
  })
  canary('payAuthNo at the hospital', second, byHospital.outcome === 'order-placed')
  canary('payToken', payToken, JSON.stringify(placed).includes(payOrdId))
  canary('ID number in the mobile chain', onMobile.idNumber, insurer.outcome === 'insurer-paid')
  canary('e-credential of the mobile chain', onMobile.qr, insurer.outcome === 'insurer-paid')
  canary('SM2 key of a hospital', mobile.keyOf(site).d.toString(16).padStart(64, '0'), uploaded.payOrdId.startsWith('ORD'))
  canary('secret of a hospital’s application', mobile.appOf(site).appSecret, uploaded.payOrdId.startsWith('ORD'))

  // Every way of paying.
  const credit = await isPaid(payers.credit, { mode: 'credit' })
  canary('session token', sessionToken, credit)
  canary('root secret', secret, credit)
  canary('e-credential of the 五期 payment', who(payers.credit).qr, credit)
  canary('HMAC key between platform and bureau', bytesOf(keys.between('platform', 'bureau')), credit)
  for (const scanned of ['wechat', 'alipay'] as const) {
    const code = await codeOf(scanned)
    const paid = await isPaid(payers[scanned], { mode: 'scan', payCode: code })
    canary(`付款码 of ${scanned}`, code, paid)
    // Deriving a key takes a second; the other wallet's are made and kept alike.
    if (scanned === 'alipay') continue
    canary('RSA key of the merchant', primeOf(wallet.merchant(platformMerchant.merchant).privateKey), paid)
    canary('RSA key of the wallet', primeOf(wallet.publicKey().privateKey), paid)
  }
  canary('e-credential of the national interface', who(payers.national).qr, await isPaid(payers.national, { mode: 'credit' }))
  canary('e-credential on leaving', who(payers.leaving).qr, await isPaid(payers.leaving, { mode: 'leaving' }))
  const strange = `9${who(payers.refused).qr.slice(1)}`
  canary(
    'e-credential of a refused payment',
    strange,
    JSON.stringify(await pay(payers.refused, { mode: 'credit', qr: strange })).includes('"refused"'),
  )
  const stranger = `${sessionToken}-of-nobody`
  canary('session token of nobody', stranger, (await pay(payers.credit, { mode: 'credit' }, stranger)).status === 401)
  const card = who(payers.window).cardNumber
  const cashier = plainPort<CashierDesk>(cashierOperations, senderTo('his', `site-${site}`))
  const atWindow = await cashier.pay({
    ...at('window-1', 1),
    idempotencyKey: 'W1',
    person: payers.window,
    bill: billOf(payers.window),
    credential: { kind: 'card', value: card },
    tender: { means: 'cash' },
  })
  canary('number of a 社保卡', card, JSON.stringify(atWindow).includes('"paid"'))
  const [shownAtKiosk, codeAtKiosk] = [who(payers.kiosk).qr, await codeOf('wechat')]
  const atKiosk = await cashier.pay({
    ...at('kiosk-1', 2),
    ...{ idempotencyKey: 'W2', person: payers.kiosk, bill: billOf(payers.kiosk) },
    credential: { kind: 'qr', value: shownAtKiosk },
    tender: { means: 'code', payCode: codeAtKiosk },
  })
  canary('e-credential at a kiosk', shownAtKiosk, JSON.stringify(atKiosk).includes('"paid"'))
  canary('付款码 at a kiosk', codeAtKiosk, JSON.stringify(atKiosk).includes('"paid"'))
  const { channel: entry, token: ofSecond } = secondEntry
  const atSecond = () => pay(payers.second, { mode: 'credit' }, ofSecond, entry)
  canary('session token of the second entry', ofSecond, await within(async () => JSON.stringify(await atSecond()).includes('"paid"')))
  canary('e-credential at the second entry', who(payers.second).qr, (await atSecond()).status === 200)
  canary(
    'API v3 key of the merchant',
    wallet.merchant(platformMerchant.merchant).apiV3Key,
    await within(() => hasHeard(originOf('platform'), 'platform/wallet-callback')),
  )

  // The e-credential of the identity centre: activated, shown, decoded, its holder asked for; leave to ask for a score.
  const papersOf = papersOfPerson(who(payers.credit))
  const phones = plainPort<IdentityDesk>(identityOperations, senderTo('identity', channel))
  const sites = plainPort<IdentityDesk>(identityOperations, senderTo('identity', `site-${site}`))
  canary('ID number', papersOf.idNumber, (await phones.activate({ key: 'A1', ...papersOf })).outcome === 'activated')
  const shown = await phones.show({ person: payers.credit, by: payers.credit })
  const code = shown.outcome === 'code' ? shown.code : ''
  const decoded = await sites.decode({ site, code })
  const token = decoded.outcome === 'decoded' ? decoded.token : ''
  canary('code of the e-credential', code, decoded.outcome === 'decoded')
  canary('ecToken', token, (await sites.holder({ site, token })).outcome === 'holder')
  const score = plainPort<ScoreDesk>(scoreOperations, senderTo('credit-score', channel))
  expect(await score.grantLeave({ key: 'L1', person: payers.credit, asker: bank })).toMatchObject({ outcome: 'granted' })

  // A forger holds the control token and an ID number, and learns nothing. Then the day ends and is reconciled.
  const forged = await fetch(`${originOf('platform')}/v1/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-medpay-caller': channel, 'x-medpay-signature': keys.controlToken },
    body: JSON.stringify({ qr: who(payers.credit).qr, idNumber: papersOf.idNumber }),
  })
  canary('control token', keys.controlToken, forged.status === 401 && (await ask('bank-a', 'GET', '/control/clock')) !== undefined)
  const nextDay = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  for (const actor of actors) await ask(actor, 'PUT', '/control/clock', { now: `${nextDay} 09:00:00` })
  const reconciled = await senderTo('platform', 'operator')('POST', '/v1/operator/reconciliation', {})
  expect(reconciled).toMatchObject({ status: 200 })

  expect([...canaries].filter(([, { arrived }]) => !arrived).map(([what]) => what)).toEqual([])

  const places = new Map<string, string>()
  for (const actor of actors) {
    places.set(`books of ${actor}, as shown`, JSON.stringify(await ask(actor, 'GET', '/control/books')))
    places.set(`spans of ${actor}`, JSON.stringify(await ask(actor, 'POST', '/control/spans/take')))
    places.set(`failures of ${actor}`, JSON.stringify(await ask(actor, 'GET', '/control/failure')))
    places.set(`metrics of ${actor}`, await (await fetch(`${originOf(actor)}/metrics`)).text())
  }
  const why = await medpay(['why', billOf(payers.credit), '--targets', targets], { env: { MEDPAY_WIRE_SECRET: secret } })
  expect(why.code, why.err).toBe(0)
  places.set(`medpay why ${billOf(payers.credit)}`, why.out + why.err)
  for (const [table, rows] of await tablesOf(postgres.url)) places.set(`PostgreSQL ${table}`, rows)
  city.child.kill('SIGINT')
  const { code: ended, out, err } = await city.ended
  expect(ended, err).toBe(0)
  places.set('standard output', out).set('standard error', err)
  for (const file of readdirSync(folder)) places.set(`file ${file}`, readFileSync(join(folder, file)).toString('latin1'))

  const found = [...places].flatMap(([place, contents]) =>
    [...canaries]
      .filter(([, { word }]) => spellings(word).some((spelt) => contents.includes(spelt)))
      .map(([what]) => `${what} in ${place}`),
  )
  expect(found).toEqual(declared)
  // The search finds what is there, however it is spelt, and every actor wrote to the log.
  for (const before of ['', 'x', 'xy']) {
    const planted = Buffer.from(`${before}${secret} and more`).toString('base64')
    expect(spellings(secret).some((spelt) => planted.includes(spelt))).toBe(true)
  }
  for (const place of ['file his.sqlite', 'PostgreSQL payment', 'medpay why MX42', 'books of platform, as shown']) {
    expect(places.get(place), place).toContain('MX42')
  }
  const lines = err.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as { actor: string; event: string }] : []))
  for (const actor of actors) {
    expect(lines.filter((line) => line.actor === actor).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['started', 'ready', 'day-ended', 'stopped']),
    )
  }
  expect(lines.filter(({ event }) => event === 'request-refused').map(({ actor }) => actor)).toEqual(
    expect.arrayContaining([channel, 'platform']),
  )
})

const papersOfPerson = ({ name, idNumber }: ReturnType<typeof who>) => ({ name, idNumber })
/** A terminal of the hospital, signed in as the opening book says, in this place. */
const at = (terminal: string, place: number) => ({ site, terminal, signIn: `QD${site}-${date.replaceAll('-', '')}-00000${place}` })

async function provision(
  ask: (actor: string, method: string, path: string, body: object) => Promise<unknown>,
  noticeUrl: string,
): Promise<void> {
  const all = Object.values(payers)
  const [insured] = openings.bureau.persons
  const [bill] = openings.his.bills
  const terminals = ['window', 'kiosk', 'consult'].map((kind) => ({ terminal: `${kind}-1`, kind, operator: `operator-${kind}` }))
  const credit = all.map((person) => ({ person, agreement: who(person).agreement }))
  const wallet = { ...openings.wallet, settings: { passwordAboveFen: 100_000_000, refundTakesMs: 0 } }
  const { merchant } = platformMerchant
  const books: readonly (readonly [string, object])[] = [
    [
      'bureau',
      {
        ...openings.bureau,
        sites: [
          { site, tier: 'municipal-tertiary', noticeUrl },
          { site: nationalSite, tier: 'municipal-tertiary' },
        ],
        persons: all.map((person) => ({ ...insured, person })),
      },
    ],
    [
      'his',
      {
        sites: [{ site, terminals }],
        settings: { mobileChain: 'sealed' },
        bills: all.map((person) => ({ ...bill, site: siteOf(person), bill: billOf(person), visit: `JZ${person}`, person })),
      },
    ],
    [bank, { agreements: credit.map((one) => ({ ...one, limitFen: totalFen * 10, usedFen: 0 })) }],
    ['platform', { agreements: credit.flatMap((one) => ['credit', 'leaving'].map((mode) => ({ ...one, mode, bank }))) }],
    ['wechat', { ...wallet, merchants: [...wallet.merchants, { ...hospitalMerchant, checksBy: 'public-key' }] }],
    ['alipay', { ...wallet, merchants: [{ merchant, app: merchant, checksBy: 'public-key' }] }],
    [channel, { sessions: [{ token: sessionToken, person: payers.credit, children: all.filter((person) => person !== payers.credit) }] }],
    [secondEntry.channel, { sessions: [{ token: secondEntry.token, person: payers.second, children: [] }] }],
    ['identity', { seed, year: 2020, persons: [{ person: payers.credit, ageGroup: 'young-adult', isActive: false }], families: [] }],
    [
      'credit-score',
      { persons: [{ person: payers.credit, score: 660 }], points: { overdue: -40, 'settled-late': 10, 'left-unsettled': -20 } },
    ],
  ]
  for (const [actor, book] of books) await ask(actor, 'POST', '/control/opening', book)
}

/** True once it is; a machine may be slow. */
async function within(isSo: () => Promise<boolean>): Promise<boolean> {
  await expect.poll(isSo, { timeout: 60_000 }).toBe(true)
  return true
}

const bytesOf = (key: KeyObject) => key.export().toString('latin1')

/** A prime of an RSA key: whoever prints the key in any form of it prints this. */
const primeOf = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).p ?? '', 'base64url').toString('latin1')

async function hasHeard(origin: string, operation: string): Promise<boolean> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  return text.includes(`medpay_answers_total{operation="${operation}",status="2xx"`)
}

async function tablesOf(url: string): Promise<readonly (readonly [string, string])[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    const tables: (readonly [string, string])[] = []
    for (const { name } of rows) tables.push([name, JSON.stringify((await client.query(`SELECT * FROM "${name}"`)).rows)])
    return tables
  } finally {
    await client.end()
  }
}

/** As it is, in hexadecimal of either case, in base64 at each of the three places where it may begin. */
function spellings(word: string): readonly string[] {
  const bytes = Buffer.from(word, 'latin1')
  const shifted = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
    // Characters that also stand for its neighbours are left out.
    const [from, until] = [before === 0 ? 0 : before + 1, Math.floor((8 * text.length) / 6)]
    return [text.toString('base64').slice(from, until), text.toString('base64url').slice(from, until)]
  })
  const hex = bytes.toString('hex')
  return [word, hex, hex.toUpperCase(), ...shifted]
}

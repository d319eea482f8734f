/** `medpay why` over a running city: one bill in the books of everybody who touched it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from '../cli/exit-codes.ts'
import { scrapeTargets } from '../cli/scrape-targets.ts'
import { medpay } from '../cli/testing/medpay-process.ts'
import { rowWords } from '../cli/why-words.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { signedSender } from '../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../simulators/wire/client/transport.ts'
import type { Served } from '../simulators/wire/serve.ts'
import {
  bill,
  control,
  identity,
  keys,
  openings,
  ownAccount,
  payFromPhone,
  person,
  provision,
  serveSmallWire,
  site,
} from '../simulators/wire/testing/small-wire.ts'
import { type ShownBooks, storyOfBill } from '../simulators/wire/why/story-of-bill.ts'

const env = { MEDPAY_WIRE_SECRET: 'the secret of a test' }
const folder = mkdtempSync(join(tmpdir(), 'medpay-why-'))
const books = join(folder, 'books')
mkdirSync(books)
const targets = join(folder, 'targets.json')
let city: Served
beforeAll(async () => {
  city = await serveSmallWire(planOf('small-town'), { booksFolder: books })
  await provision(city)
  writeFileSync(targets, JSON.stringify(scrapeTargets(city.actors)))
  await payFromPhone(city)
})
afterAll(async () => {
  await city.stop()
  rmSync(folder, { recursive: true })
})

test('a paid bill is told in order across entry, platform, bureau, bank and hospital, with times and amounts', async () => {
  await expect
    .poll(async () => (await medpay(['why', bill, '--targets', targets, '--lang', 'en'], { env })).out, { timeout: 20_000 })
    .toMatch(/e-invoice issued[\s\S]*the patient is told|the patient is told[\s\S]*e-invoice issued/)
  const { code, out } = await medpay(['why', bill, '--targets', targets, '--lang', 'en'], { env })
  expect(code).toBe(exitCodes.ok)
  const order = [
    /his +bill raised: total 120\.00, in scope 100\.00/,
    /platform +payment opened/,
    /his +bill locked/,
    /bureau +presettled: fund 30\.00, history account 30\.00, cash 60\.00/,
    /bank-a +held at the bank: amount 60\.00/,
    /bureau +settled: fund 30\.00/,
    /bank-a +paid from the hold: amount 60\.00/,
    /his +told that it is paid: total 120\.00/,
    /postings add up to 0\.00/,
  ]
  const lines = out.split('\n')
  // The entry's own book; the platform tells it beside the invoice, so its place among the hospital's rows may vary.
  const told = lines.findIndex((line) => /channel-main-entry +the patient is told/.test(line))
  expect(told).toBeGreaterThan(lines.findIndex((line) => /bank-a +paid from the hold/.test(line)))
  const places = order.map((form) => lines.findIndex((line) => form.test(line)))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(lines.find((line) => line.startsWith('payment '))).toMatch(/channel-main-entry · credit · paid/)
  expect((await medpay(['why', bill, '--targets', targets, '--lang', 'zh'], { env })).out).toMatch(/bureau +预结算：?.*统筹 30\.00/)
})

test('of a load run the story begins with what the patient saw and ends with what the auditor found, by row, payment or bill', async () => {
  const run = join(folder, 'run')
  mkdirSync(join(run, 'wire'), { recursive: true })
  const row = { row: 4, errand: 'credit-payment', site, bill, key: 'K1', startMs: 1250 }
  const paid = { outcome: 'paid', by: 'channel-main-entry', sentMs: 1250.4, heardMs: 1410 }
  const { payment } = (await payFromPhone(city)).body as { payment: { payment: string } }
  writeFileSync(join(run, 'wire', 'play.json'), JSON.stringify([{ visit: 0, person: { person }, rows: [row] }]))
  // The last line was cut off by whatever ended the generator.
  const seen = JSON.stringify({ row: 4, answers: [{ ...paid, payment: payment.payment }] })
  writeFileSync(join(run, 'wire', 'rows.log'), `a word of the generator\n${seen}\n{"row":5,"ans`)
  const finding = { id: `${payment.payment}-A`, words: { en: 'still open', zh: '仍未了结' }, why: '' }
  const rules = [{ name: 'nothing-unknown-after-drain', findings: [finding] }]
  writeFileSync(join(run, 'run-result.json'), JSON.stringify({ wire: { audit: { rules } } }))
  // As a run leaves them: a folder a process.
  cpSync(books, join(run, 'wire', 'books', 'all'), { recursive: true })
  const told = await Promise.all([bill, '4', 'K1', `${payment.payment}-A`].map((id) => medpay(['why', id, '--run', run, '--lang', 'en'])))
  const lines = told[0]?.out.split('\n') ?? []
  expect(lines[1]).toBe('row 4 · Card-free credit payment · intended at +1.250 s')
  expect(lines[2]).toBe(`  +1.250 s → +1.410 s · channel-main-entry · paid · ${payment.payment}`)
  expect(told[0]?.out).toMatch(/bank-a +held at the bank: amount 60\.00/)
  expect(told[0]?.out.trimEnd()).toMatch(/audit: nothing-unknown-after-drain: still open$/)
  for (const { out } of told) expect(out).toBe(told[0]?.out)
  rmSync(join(run, 'run-result.json'))
  rmSync(join(run, 'wire', 'play.json'))
  expect((await medpay(['why', bill, '--run', run, '--lang', 'zh'])).out).toContain('审计：未作')
})

test('of an errand about no bill the story is its row, what the books say of its person or site, and the finding about it', async () => {
  const run = join(folder, 'run-of-errands')
  mkdirSync(join(run, 'wire'), { recursive: true })
  const errand = (row: number, name: string, at: number) => ({ row, errand: name, site: at, bill: null, key: `E${row}`, startMs: 500 })
  const visits = [
    { person: { person }, rows: [errand(41, 'credit-signing', -1)] },
    { person: { person: -1 }, rows: [errand(42, 'terminal-sign-in', site)] },
    { person: { person: 99_999 }, rows: [errand(43, 'family-code', -1)] },
  ]
  writeFileSync(join(run, 'wire', 'play.json'), JSON.stringify(visits))
  const seen = [41, 43].map((row) => ({ row, answers: [{ outcome: 'done', by: 'main-entry', sentMs: 501, heardMs: 540 }] }))
  writeFileSync(join(run, 'wire', 'rows.log'), seen.map((one) => JSON.stringify(one)).join('\n'))
  const rules = [{ name: 'said-done-is-done', findings: [{ id: 'E43', words: { en: 'no deed', zh: '无记载' }, why: '' }] }]
  writeFileSync(join(run, 'run-result.json'), JSON.stringify({ wire: { audit: { rules } } }))
  cpSync(books, join(run, 'wire', 'books', 'all'), { recursive: true })
  const why = async (id: string, lang: string) => {
    const { code, out } = await medpay(['why', id, '--run', run, '--lang', lang])
    expect(code).toBe(exitCodes.ok)
    return out
  }
  const signing = await why('41', 'en')
  expect(signing).toMatch(
    new RegExp(
      `^errand E41 · Credit agreement signed · person ${person} · no bill · .*\\nway: k6 → entry/.*\\nrow 41 · .*\\n {2}\\+0\\.501 s → \\+0\\.540 s · main-entry · done\\n`,
    ),
  )
  expect(signing).toMatch(/bank-a +agreement in force/)
  expect(signing).not.toMatch(/settled|held at the bank/)
  expect(signing.trimEnd()).toMatch(/audit: no finding$/)
  expect(await why('E42', 'zh')).toMatch(
    /^业务 E42 · 终端签到 · 执业点 7 · 无账单[\s\S]*路径：k6 → bureau\/sign-in[\s\S]*发生器未留下记录\n各方账簿中均无相关记载\n审计：无发现\n$/,
  )
  expect(await why('row 43', 'en')).toMatch(/no book of the city knows anything of it\naudit: said-done-is-done: no deed\n$/)
})

test('a folder without books, and neither folder nor list, are told with their remedy', async () => {
  expect(await medpay(['why', bill, '--books', join(folder, 'nowhere')])).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringContaining('holds no books'),
  })
  expect(await medpay(['why', bill])).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('--books FOLDER') })
  const broken = join(folder, 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'his.sqlite'), 'no book at all')
  expect(await medpay(['why', bill, '--books', broken])).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringMatching(/his\.sqlite: .*not a database[\s\S]*1 could not be read/),
  })
})

test('a bill nobody knows, a list that is none, a secret that is missing and a city that has ended are told with their remedy', async () => {
  const why = (...words: string[]) => medpay(['why', ...words], { env })
  expect(await why('MX-nobody', '--targets', targets)).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringContaining('no book of the city knows the bill MX-nobody'),
  })
  const none = join(folder, 'none.json')
  expect(await why(bill, '--targets', none)).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringContaining('is no list of actors'),
  })
  expect(await medpay(['why', bill, '--targets', targets], { env: { MEDPAY_WIRE_SECRET: '' } })).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringContaining('MEDPAY_WIRE_SECRET'),
  })
  writeFileSync(none, JSON.stringify([{ targets: ['127.0.0.1:1'], labels: {} }]))
  const ended = await why(bill, '--targets', none)
  expect(ended).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('could not be read') })
})

test('what reconciliation asked a wallet about a refund is told in both languages, by what differed, what was heard and how it ended', () => {
  const told = ['differs: missing-there refund wechat', 'ask: ours refund wechat', 'closed: corrected-there refund wechat'].map((does) =>
    (['en', 'zh'] as const).map((language) => rowWords('platform', does, true, language)),
  )
  expect(told).toEqual([
    ['reconciliation finds a difference, missing there (refund, wechat)', '对账发现差错：对方无记录（退费，wechat）'],
    ['difference, ask the party: its books say what ours say (refund, wechat)', '差错处理，向对方查询：对方实与平台一致（退费，wechat）'],
    ['difference closed, the party corrects its books (refund, wechat)', '差错了结：对方更正其账（退费，wechat）'],
  ])
})

test('another bill of the same visit and another payment of the same key are no part of the story', () => {
  const entry = (number: number, contents: object) => ({ number, atMs: number, entry: contents })
  const books: ShownBooks[] = [
    {
      actor: 'his',
      entries: [
        entry(1, { does: 'open-bill', bill: 'MX1', visit: 'JZ0000000001', totalFen: 100 }),
        entry(2, { does: 'open-bill', bill: 'MX2', visit: 'JZ0000000001', totalFen: 200 }),
        entry(3, { does: 'open-attempt', bill: 'MX1', attempt: 'P123456789' }),
      ],
    },
    {
      actor: 'bank-a',
      entries: [
        entry(4, { does: 'authorize', key: 'P123456789-A', amountFen: 60 }),
        entry(5, { does: 'capture', key: 'K1', amountFen: 1 }),
      ],
    },
    {
      actor: 'bureau',
      entries: [
        entry(6, { does: 'trial', trial: '202010120000000001', bills: [{ bill: 'MX2' }] }),
        entry(7, { does: 'message', name: '2207', effects: [{ does: 'settle', settlement: 'JS0000000001', bill: 'MX1' }] }),
        entry(8, { does: 'reverse', settlement: 'CX0000000002', original: 'JS0000000001', totalFen: 100 }),
        entry(9, { does: 'reverse', settlement: 'CX0000000003', original: 'JS0000000009' }),
      ],
    },
  ]
  expect(storyOfBill('MX1', books)?.rows.map(({ actor, does }) => `${actor} ${does}`)).toEqual([
    'his open-bill',
    'his open-attempt',
    'bank-a authorize',
    'bureau settle',
    'bureau reverse',
  ])
  expect(storyOfBill('MX3', books)).toBeUndefined()
})

/** Paid at a window or kiosk of the site, its terminals signed in when the book opened. */
async function payAtTerminal(of: object): Promise<unknown> {
  const transport = httpTransport({ origin: city.originOf('his'), timeoutMs: 30_000 })
  const send = signedSender({ transport, caller: `site-${site}`, key: keys.between(`site-${site}`, 'his'), nowMs: Date.now })
  const heard = await send('POST', '/his/v1/window-payments', { site, person, idempotencyKey: 'S1', ...of })
  await transport.close()
  return heard
}
const terminal = (name: string, place: number) => ({ terminal: name, signIn: `QD${site}-20201012-00000${place}` })

test('payments at a window and a kiosk are told from the running city, and from its files once it has stopped or was killed', async () => {
  const more = ['MX-window', 'MX-kiosk'].map((number) => ({ ...openings.his.bills[0], bill: number, visit: `of-${number}` }))
  const terminals = ['window', 'kiosk'].map((kind) => ({ terminal: kind, kind, operator: 'C001' }))
  await control(city, 'his', 'POST', '/control/opening', { bills: more, sites: [{ site, terminals }] })
  const credential = { kind: 'card', value: identity.cardNumber }
  await payAtTerminal({ ...terminal('window', 1), bill: 'MX-window', credential, tender: { means: 'cash' } })
  const byCard = { tender: { means: 'bank', bank: 'bank-a', account: ownAccount }, idempotencyKey: 'S2' }
  await payAtTerminal({ ...terminal('kiosk', 2), bill: 'MX-kiosk', credential: { kind: 'qr', value: identity.qr }, ...byCard })
  const running = await medpay(['why', 'MX-window', '--targets', targets, '--lang', 'en'], { env })
  expect(running.out).toMatch(/payment C\S+ · site-7 · window · paid/)
  // As a killed city leaves them: with what SQLite has not moved into the files yet.
  const killed = join(folder, 'killed')
  cpSync(books, killed, { recursive: true })
  await city.stop()
  for (const place of [books, killed]) {
    const stopped = await medpay(['why', 'MX-window', '--books', place, '--lang', 'en'])
    expect(stopped).toMatchObject({ code: exitCodes.ok, err: '' })
    // The invoice may have come between the two looks.
    for (const line of running.out.split('\n').filter((one) => !one.includes('still under way'))) expect(stopped.out).toContain(line)
  }
  const kiosk = (await medpay(['why', 'MX-kiosk', '--books', books, '--lang', 'en'])).out.split('\n')
  const order = [
    /his +bill locked/,
    /bureau +presettled/,
    /bank-a +debited/,
    /bureau +settled/,
    /his +told that it is paid/,
    /postings add up to 0\.00/,
  ]
  const places = order.map((form) => kiosk.findIndex((line) => form.test(line)))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(running.out).toMatch(/his +cash into the drawer: amount/)
})

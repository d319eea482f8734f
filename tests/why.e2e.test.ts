/** `medpay why` over a running city: one bill in the books of everybody who touched it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from '../cli/exit-codes.ts'
import { scrapeTargets } from '../cli/scrape-targets.ts'
import { medpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { Served } from '../simulators/wire/serve.ts'
import { bill, payFromPhone, provision, serveSmallWire } from '../simulators/wire/testing/small-wire.ts'
import { type ShownBooks, storyOfBill } from '../simulators/wire/why/story-of-bill.ts'

const env = { MEDPAY_WIRE_SECRET: 'the secret of a test' }
const folder = mkdtempSync(join(tmpdir(), 'medpay-why-'))
const targets = join(folder, 'targets.json')
let city: Served
beforeAll(async () => {
  city = await serveSmallWire(planOf('small-town'))
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
    .toMatch(/e-invoice issued/)
  const { code, out } = await medpay(['why', bill, '--targets', targets, '--lang', 'en'], { env })
  expect(code).toBe(exitCodes.ok)
  const order = [
    /his +bill raised: total 120\.00, in scope 100\.00/,
    /platform +payment opened/,
    /his +bill locked/,
    /bureau +presettled: fund 30\.00, history account 30\.00, cash 60\.00/,
    /bank-a +held on the line of credit: amount 60\.00/,
    /bureau +settled: fund 30\.00/,
    /bank-a +advanced: amount 60\.00/,
    /his +told that it is paid: total 120\.00/,
    /postings add up to 0\.00/,
  ]
  const lines = out.split('\n')
  const places = order.map((form) => lines.findIndex((line) => form.test(line)))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(lines.find((line) => line.startsWith('payment '))).toMatch(/channel-main-entry · credit · paid/)
  expect((await medpay(['why', bill, '--targets', targets, '--lang', 'zh'], { env })).out).toMatch(/bureau +预结算：?.*统筹 30\.00/)
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
    { actor: 'bureau', entries: [entry(6, { does: 'trial', trial: '202010120000000001', bills: [{ bill: 'MX2' }] })] },
  ]
  expect(storyOfBill('MX1', books)?.rows.map(({ actor, does }) => `${actor} ${does}`)).toEqual([
    'his open-bill',
    'his open-attempt',
    'bank-a authorize',
  ])
  expect(storyOfBill('MX3', books)).toBeUndefined()
})

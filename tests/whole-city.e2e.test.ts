/** `medpay serve` with nothing said: every actor of Shanghai in one process, its 20 entries among them, and Ctrl-C. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { medpay, ownFolder, startMedpay } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { platformMerchant } from '../simulators/wire/desks/merchant-desk.ts'
import type { PaymentView, PlatformMode } from '../simulators/wire/desks/payment-desk.ts'
import { actorNames } from '../simulators/wire/serve.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { manyBills } from '../simulators/wire/testing/many-bills.ts'
import { control, site } from '../simulators/wire/testing/small-wire.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'

const secret = 'the secret of a whole city'
const keys = keyRing(secret)
const { city: town } = planOf('shanghai-weekday')
const names = actorNames(town)
const bank = town.parties.banks[0]?.name ?? ''
const modes = ['credit', 'phone', 'in-consult', 'scan', 'leaving'] as const satisfies readonly PlatformMode[]
/** Each patient is at an entry of their own: the main app, and four of the others. */
const entries = [0, 3, 8, 13, 19].map((at) => `channel-${town.parties.channels[at]?.name}`)
const tokenOf = (person: number) => `a-session-of-person-${person}`
const payerOf = (person: number) => `o-payer-${person}`

/** What `medpay why` must tell of each, in order; the entry's own book is no part of it. */
const stories: Readonly<Record<(typeof modes)[number], readonly RegExp[]>> = {
  credit: [/his +bill locked/, /bureau +presettled/, /held at the bank/, /bureau +settled/, /paid from the hold: amount 60\.00/],
  phone: [/his +bill locked/, /bureau +presettled/, /held .*60\.00/, /bureau +settled/, /60\.00/],
  'in-consult': [/his +bill locked/, /bureau +presettled/, /wechat +order/, /wechat +.*paid/, /bureau +settled/],
  scan: [/his +bill locked/, /bureau +presettled/, /wechat +order/, /wechat +.*paid/, /bureau +settled/],
  leaving: [/held .*25\.00/, /his +bill locked/, /bureau +presettled/, /held .*35\.00/, /bureau +settled/, /60\.00/],
}

test('every actor is ready and shows interface and metrics, a payment of each mode goes through an entry of its own and is told by medpay why, and Ctrl-C ends them all', async () => {
  expect(town.parties.channels).toHaveLength(20)
  const folder = ownFolder()
  const targets = join(folder, 'targets.json')
  const env = { MEDPAY_WIRE_SECRET: secret }
  const serve = startMedpay(['serve', '--port', '0', '--books', join(folder, 'books'), '--targets', targets], { env })
  const said = await serve.says(/Ctrl-C/)
  const origins = new Map([...said.matchAll(/^(\S+) +(http:\S+) {3}/gm)].map(([, name = '', origin = '']) => [name, origin]))
  expect([...origins.keys()].sort()).toEqual(names.toSorted())
  const originOf = (name: string) => origins.get(name) ?? ''
  const ask = async (path: string) =>
    Object.fromEntries(
      await Promise.all(
        names.map(async (name) => {
          const answer = await fetch(originOf(name) + path)
          return [name, { status: answer.status, text: await answer.text() }] as const
        }),
      ),
    )
  for (const [path, form] of [
    ['/healthz', /"ok"|"status"/],
    ['/readyz', /"ready"/],
    ['/openapi.json', /"openapi":"3/],
    ['/docs/', /<html/],
    ['/metrics', /medpay_event_loop_delay_p99_seconds\{actor="/],
  ] as const) {
    for (const [name, { status, text }] of Object.entries(await ask(path))) {
      expect({ name, path, status, text: form.test(text) || text.slice(0, 300) }).toEqual({ name, path, status: 200, text: true })
    }
  }

  const { persons, ...bills } = manyBills(modes.length)
  const agreementOf = (person: number) =>
    (bills.platform as { agreements: { person: number; mode: string; agreement: string }[] }).agreements.find(
      (one) => one.person === person && one.mode === 'credit',
    )?.agreement
  const told = (actor: string, book: object) => control({ originOf }, actor, 'POST', '/control/opening', book, keys)
  await told('bureau', bills.bureau)
  await told('his', bills.his)
  await told(bank, bills.bank)
  await told('wechat', {
    merchants: [{ ...platformMerchant, checksBy: 'public-key' }],
    payers: persons.map(({ person }) => payerOf(person)),
    settings: { passwordAboveFen: 9_000_000, refundTakesMs: 0 },
  })
  await told('platform', {
    agreements: persons.flatMap(({ person }) => [
      { person, mode: 'credit', bank, agreement: agreementOf(person) },
      { person, mode: 'leaving', bank, agreement: agreementOf(person) },
      { person, mode: 'phone', bank, agreement: `ZH${person}` },
      { person, mode: 'in-consult', bank: 'wechat', agreement: payerOf(person) },
    ]),
  })
  const atPhone = (path: string, body: object) => phone(originOf('wechat'), keys.between('phone', 'wechat'), path, body)

  /** One patient's payment through one entry, to its end. */
  async function paid(mode: (typeof modes)[number], entry: string, { person, bill, qr }: (typeof persons)[number]): Promise<string> {
    await told(entry, { sessions: [{ token: tokenOf(person), person, children: [] }] })
    const atEntry = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(person)}` }
      const answer = await fetch(originOf(entry) + path, { method: 'POST', headers, body: JSON.stringify(body) })
      return (await answer.json()) as { readonly outcome: string; readonly payment?: PaymentView }
    }
    if (mode === 'leaving') {
      const held = await atEntry('/entry/v1/holds', { site, visit: `JZ${person}`, bill, amountFen: 2500 })
      expect(held).toMatchObject({ outcome: 'held' })
    }
    const code = mode === 'scan' ? ((await atPhone('/phone/codes', { payer: payerOf(person) })) as { code: string }).code : undefined
    const asked = { idempotencyKey: `K-${bill}`, site, bill, mode, qr, ...(code === undefined ? {} : { payCode: code }) }
    const first = await atEntry('/entry/v1/payments', asked)
    const confirm = first.payment?.confirm
    if (confirm !== undefined) await atPhone('/phone/payments', { payer: payerOf(person), prepay: confirm.prepay, does: 'pay' })
    const state = async () => ({ mode, state: (await atEntry('/entry/v1/payments', asked)).payment?.state })
    await expect.poll(state, { timeout: 90_000 }).toEqual({ mode, state: 'paid' })
    return bill
  }
  const paidBills = await Promise.all(
    modes.map((mode, index) => paid(mode, entries[index] ?? '', persons[index] as (typeof persons)[number])),
  )

  for (const [index, mode] of modes.entries()) {
    const { code, out } = await medpay(['why', paidBills[index] ?? '', '--targets', targets, '--lang', 'en'], { env })
    const lines = out.split('\n')
    let from = 0
    for (const form of stories[mode]) {
      const at = lines.findIndex((line, place) => place >= from && form.test(line))
      expect(at >= 0 || `${mode}: no ${form} after line ${from} of\n${out}`).toBe(true)
      from = at + 1
    }
    expect({ code, head: lines.find((line) => line.startsWith('payment ')) }).toMatchObject({
      code: 0,
      head: expect.stringMatching(new RegExp(`${entries[index]} · ${mode} · paid`)),
    })
    expect(out).toMatch(/postings add up to 0\.00/)
  }

  serve.child.kill('SIGINT')
  expect(await serve.ended).toMatchObject({ code: 0, signal: null })
  for (const [name, origin] of origins)
    expect({
      name,
      answers: await fetch(origin).then(
        () => true,
        () => false,
      ),
    }).toEqual({ name, answers: false })
}, 400_000)

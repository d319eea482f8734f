/** The worked pairs on the hospitals' OpenAPI page are true: asked in this order over signed routes, the HIS answers so. */
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { MobilePayerDesk } from '../desks/mobile-desk.ts'
import { cashierOperations } from '../dialects/cashier.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { mobileOrderOperations } from '../dialects/mobile-orders.ts'
import type { PlainOperation } from '../dialects/plain.ts'
import { terminalOperations } from '../dialects/terminals.ts'
import { tillOperations } from '../dialects/tills.ts'
import type { Served } from '../serve.ts'
import { control, identity, keys, openings, serveSmallWire, site } from '../testing/small-wire.ts'

const tables = {
  hospital: hospitalOperations,
  terminals: terminalOperations,
  tills: tillOperations,
  cashier: cashierOperations,
  mobileOrders: mobileOrderOperations,
} as const
const actors = ['bureau', 'his'] as const
let served: Served
let transport: Transport
beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { only: actors })
  transport = httpTransport({ origin: served.originOf('his'), timeoutMs: 10_000 })
  await on('2020-10-12 09:00:00')
  await control(served, 'bureau', 'POST', '/control/opening', openings.bureau)
  const [first] = openings.his.bills
  // One for the platform, two of a visit that is left, one for the cashier, one for the phone.
  const bills = [
    first,
    { ...first, bill: 'MX0000000003', visit: 'JZ0000000003' },
    { ...first, bill: 'MX0000000004', visit: 'JZ0000000003' },
    { ...first, bill: 'MX0000000005', visit: 'JZ0000000005' },
    { ...first, bill: 'MX0000000006', visit: 'JZ0000000006' },
  ]
  const terminals = [
    { terminal: 'window-1', kind: 'window', operator: 'C001' },
    { terminal: 'consult-1', kind: 'consult' },
  ]
  await control(served, 'his', 'POST', '/control/opening', { bills, sites: [{ site, terminals }], settings: { mobileChain: 'signed' } })
})
afterAll(async () => {
  await transport.close()
  await served.stop()
})
async function on(now: string): Promise<void> {
  for (const actor of actors) await control(served, actor, 'PUT', '/control/clock', { now })
}

test.each(Object.entries(tables))('every message of %s has a pair in the form of its schemas', (_, operations) => {
  for (const { path, request, reply, example } of Object.values<PlainOperation>(operations)) {
    expect([path, [...Value.Errors(request, example?.request)], [...Value.Errors(reply, example?.reply)]]).toEqual([path, [], []])
    expect(JSON.stringify(example?.reply)).not.toContain('refused')
  }
})

test('the HIS answers the pairs to the letter, to platform, terminals, tills and cashier', async () => {
  /** Stand in the pairs for the number the cashier made, the card of person 42, what the person allowed, and the centre's numbers. */
  let payment = 'none yet'
  const bureau = served.actors.find(({ actor }) => actor.name === 'bureau')?.actor.desk as MobilePayerDesk
  const allowed = await bureau.authorizePayment({ qr: identity.qr })
  const authorization = allowed.outcome === 'payment-authorized' ? allowed.authorization : ''
  const told: string[] = []
  const send = async (caller: string, path: string, request: object) => {
    const body = JSON.parse(
      JSON.stringify(request)
        .replaceAll('CEXAMPLE', payment)
        .replaceAll('CARD-EXAMPLE', identity.cardNumber)
        .replaceAll('AUTH-EXAMPLE', authorization),
    ) as object
    const heard = await signedSender({ transport, caller, key: keys.between(caller, 'his'), nowMs: Date.now })('POST', path, body)
    if (heard.outcome !== 'answered') throw new Error(`${path}: ${heard.why}`)
    payment = (heard.body as { payment?: { payment?: string } }).payment?.payment ?? payment
    const said = JSON.stringify(heard.body).replaceAll(payment, 'CEXAMPLE')
    return JSON.parse(said.replace(/"ORD\d+"/, '"ORDER-EXAMPLE"').replace(/"MT\d+"/, '"VISIT-EXAMPLE"')) as object
  }
  const ask = async (caller: string, { path, example }: PlainOperation) => {
    expect({ path, said: onTheDay(await send(caller, path, example?.request ?? {})) }).toEqual({ path, said: example?.reply })
    told.push(path)
  }
  const here = `site-${site}`
  const { signIn, signOut, register, order, cancelOrder, consent, charge, dayTotals } = terminalOperations
  const { hold, collect, release, perform, giveBack, printInvoice } = tillOperations
  for (const one of [signIn, register, order]) await ask(here, one)
  for (const one of [mobileOrderOperations.place, mobileOrderOperations.revoke]) await ask(here, one)
  // Not in the pairs: what another message undoes.
  await send(here, order.path, { ...order.example?.request, order: 'YZ0002' })
  for (const one of [cancelOrder, consent, charge]) await ask(here, one)
  await send(here, hold.path, { ...hold.example?.request, attempt: 'S0001' })
  for (const one of [release, hold, collect, printInvoice, perform, giveBack]) await ask(here, one)

  const { bills, open, close, notice, invoice, perform: performed, refund, leave, dayLines } = hospitalOperations
  await ask('platform', bills)
  await send('platform', open.path, { ...open.example?.request, attempt: 'P0001' })
  for (const one of [close, open, notice, invoice, performed, refund, leave]) await ask('platform', one)

  const { pay, query, refund: refunded } = cashierOperations
  for (const one of [pay, query, dayTotals, refunded, signOut]) await ask(here, one)
  await on('2020-10-13 09:00:00')
  await ask('platform', dayLines)
  expect(told.length).toBe(Object.values(tables).flatMap((table) => Object.values(table)).length)
})

/** The clock runs with real seconds: moments of the day's lines are told as the hour they fall in. */
function onTheDay(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onTheDay)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'atMs' ? Math.floor((inner as number) / 3_600_000) * 3_600_000 : onTheDay(inner),
    ]),
  )
}

/** W3C trace context through our own city: what comes with a patient's request is with every message sent for it, and in no book. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { errands } from '../platform/errands.ts'
import { traceParent, traceParentHeader } from '../trace/trace-parent.ts'
import type { Served } from './serve.ts'
import type { ServiceSpan } from './server/service-line.ts'
import { bank, channel, control, payFromPhone, provision, serveSmallWire, sessionToken } from './testing/small-wire.ts'

let city: Served
beforeEach(async () => {
  city = await serveSmallWire(planOf('small-town'))
  await provision(city)
})
afterEach(() => city.stop())

const parties = [channel, 'platform', 'bureau', bank, 'his']
const spansAt = async (actor: string): Promise<readonly ServiceSpan[]> => {
  const { spans } = (await control(city, actor, 'POST', '/control/spans/take', {})) as { readonly spans: readonly ServiceSpan[] }
  return spans
}
async function spansOfAll(): Promise<ReadonlyMap<string, readonly ServiceSpan[]>> {
  const taken = new Map<string, ServiceSpan[]>(parties.map((actor) => [actor, []]))
  // The hospital's notice and invoice follow the answer.
  await expect
    .poll(async () => {
      for (const actor of parties) taken.get(actor)?.push(...(await spansAt(actor)))
      return taken.get('his')?.map(({ operation }) => operation)
    })
    .toEqual(expect.arrayContaining(['his/notice', 'his/invoice']))
  return taken
}

test('entry, platform, bureau, bank and hospital keep the header of the payment they served, and their books know nothing of it', async () => {
  const header = traceParent(41, 2)
  expect((await payFromPhone(city, {}, sessionToken, { [traceParentHeader]: header })).status).toBe(200)
  for (const [actor, spans] of await spansOfAll()) {
    expect(spans.length, actor).toBeGreaterThan(0)
    expect([...new Set(spans.map(({ operation, trace }) => `${operation} ${trace}`))].filter((one) => !one.endsWith(` ${header}`))).toEqual(
      [],
    )
    expect(JSON.stringify(await control(city, actor, 'GET', '/control/books'))).not.toContain(header.slice(3, 35))
  }
})

test('the bureau is asked as often for a payment as the message table says of its messages there', async () => {
  expect((await payFromPhone(city)).status).toBe(200)
  const asked = (await spansOfAll()).get('bureau') ?? []
  const messages = errands.find(({ name }) => name === 'phone-payment')?.messages.filter(({ leg }) => leg === 'bureau') ?? []
  expect(asked).toHaveLength(
    messages.reduce((sum, { besides: { before, after } = { before: 0, after: 0 } }) => sum + before + 1 + after, 0),
  )
  expect(asked.map(({ operation }) => operation)).toEqual(expect.arrayContaining(messages.map(({ operation }) => operation)))
})

test.each([
  ['no header', {}],
  ['a header in another form', { [traceParentHeader]: '00-nobody-01' }],
])('with %s nobody makes one up', async (_, headers) => {
  expect((await payFromPhone(city, {}, sessionToken, headers)).status).toBe(200)
  for (const [actor, spans] of await spansOfAll())
    expect(
      spans.filter(({ trace }) => trace !== undefined),
      actor,
    ).toEqual([])
})

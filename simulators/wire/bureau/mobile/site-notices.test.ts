import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { mobileBureau } from '../../testing/mobile-bureau.ts'
import type { BureauEntry } from '../bureau-book.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A busy machine may take its time. */
const patiently = { timeout: 10_000 }

/** A hospital that gives these answers to 6302 in turn, and the last one for ever. */
async function hospitalAnswering(...answers: readonly { readonly status: number; readonly body: string }[]) {
  const orders: string[] = []
  const server = createServer(async (request, response) => {
    const { data } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { data: { payOrdId: string } }
    const answer = answers[Math.min(orders.length, answers.length - 1)]
    orders.push(data.payOrdId)
    response.writeHead(answer?.status ?? 500).end(answer?.body)
  })
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { orders, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices` }
}

test('6302 is told again after an error and after a “not received”, each a rung of the ladder later, and never again once it was heard', async () => {
  const hospital = await hospitalAnswering(
    { status: 500, body: '{"success":true}' },
    { status: 200, body: '{"success":false,"message":"稍后再试"}' },
    { status: 200, body: '{"success":true}' },
  )
  const { bureau, paid, later, store } = await mobileBureau({ noticeUrl: hospital.url })
  onTestFinished(() => bureau.stop())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asleep = vi.spyOn(globalThis, 'setTimeout')
  const pass = (ms: number) => {
    later(ms)
    vi.advanceTimersByTime(ms)
  }
  const one = await paid()
  for (const [tries, rungMs] of [15_000, 30_000].entries()) {
    await expect.poll(() => asleep.mock.calls.map(([, ms]) => ms), patiently).toContain(rungMs)
    expect(hospital.orders).toHaveLength(tries + 1)
    pass(rungMs)
    await expect.poll(() => hospital.orders.length, patiently).toBe(tries + 2)
  }
  const ends = async () =>
    (await store.export()).map(({ text }) => JSON.parse(text) as BureauEntry).filter(({ does }) => does === 'site-told')
  await expect.poll(ends, patiently).toMatchObject([{ heard: true, tries: 3 }])
  expect(asleep.mock.calls.map(([, ms]) => ms)).not.toContain(180_000)
  expect(hospital.orders).toEqual([one.order, one.order, one.order])
})

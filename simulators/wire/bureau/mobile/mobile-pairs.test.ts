/** Every message of the mobile chain asked of the bureau over its route, and 6302 as the bureau sends it and a hospital answers. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { answerSchema, requestSchema } from '../../dialects/mobile/envelope.ts'
import { mobileMessages } from '../../dialects/mobile/messages.ts'
import { noticeAnswerSchema, noticeBodySchema } from '../../dialects/mobile/notice.ts'
import { hisActor } from '../../his/his-actor.ts'
import { mobileNoticePath } from '../../his/mobile-routes.ts'
import { clocksOf } from '../../server/failure-switch.ts'
import { memoryBookStore } from '../../stores/book-store.ts'
import { amounts, mobileBureau } from '../../testing/mobile-bureau.ts'
import { pairsPage } from '../../testing/pairs-page.ts'

/** A hospital's door for 6302 that hands what it hears to whoever is behind it, and says what passed. */
async function door() {
  const { promise: passed, resolve } = Promise.withResolvers<{ readonly request: unknown; readonly answer: unknown }>()
  let behind: Awaited<ReturnType<typeof hisActor>>['app'] | undefined
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const payload = Buffer.concat(chunks)
    const answer = await behind?.inject({ method: 'POST', url: request.url ?? '', headers: request.headers as never, payload })
    reply.writeHead(answer?.statusCode ?? 503).end(answer?.body)
    resolve({ request: JSON.parse(payload.toString()) as unknown, answer: JSON.parse(answer?.body ?? 'null') as unknown })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${mobileNoticePath}`
  return { url, passed, lead: (to: typeof behind) => (behind = to), close: () => new Promise((closed) => server.close(closed)) }
}

async function everyMessage() {
  const { url, passed, lead, close } = await door()
  const { bureau, clock, keys, realNowMs, desk, placed, authorize, send, pairs } = await mobileBureau({ noticeUrl: url })
  const store = memoryBookStore()
  const surroundings = { version: '0', ...clocksOf(clock, realNowMs), keys, openBook: async () => store, originOf: () => '' }
  const his = await hisActor(surroundings, { cutOffMinute: 1440, inDoubtMinutes: 10 })
  lead(his.app)
  const { order, reference, payAuthNo } = await placed()
  const paid = await desk.payOrder({ order, authorization: payAuthNo, ...amounts })
  expect(paid.outcome).toBe('insurer-paid')
  const notice = await passed
  await send('6301', reference)
  const parts = { totlRefdAmt: '120.00', psnAcctRefdAmt: '30.00', fundRefdAmt: '36.00', cashRefdAmt: '54.00', refdType: 'ALL' }
  const back = { payOrdId: order, appRefdSn: 'TK1', appRefdTime: '20201012110000', ...parts, payAuthNo: await authorize() }
  await send('6203', back)
  const revoked = await placed({ medOrgOrd: 'DD0000000002', iptOtpNo: 'MZ0002', chrgBchno: 'B1' })
  await send('6401', revoked.reference)
  await Promise.all([bureau.stop(), his.stop()])
  await close()
  expect(pairs.filter(({ path, answer }) => path.startsWith('/org/') && (answer as { success: boolean }).success !== true)).toEqual([])
  return { pairs, notice }
}

test('every message is answered over its route and has a worked pair; renew docs/mobile-worked-pairs.md with npx vitest run mobile-pairs -u', async () => {
  const { pairs, notice } = await everyMessage()
  const told = { code: '6302', zh: '结算结果通知', en: 'A site is told of a payment' }
  const page = pairsPage(
    {
      title: '医保移动支付：报文示例 · Worked pairs of the mobile chain',
      madeBy: 'simulators/wire/bureau/mobile/mobile-pairs.test.ts, which asks the bureau itself',
      zh: '未加密的形式；6302 由医保局发往医疗机构。支付授权码每次不同，此处以零代替。',
      en: 'In the open; 6302 goes from the bureau to a site. An authorization differs each time, zeros stand for it.',
    },
    [
      ...mobileMessages.map(({ code, zh, en, path, data, answer }) => ({
        ...{ code, zh, en },
        forms: [requestSchema(data), answerSchema(answer)] as const,
        pair: pairs.find((pair) => pair.path === path),
      })),
      { ...told, forms: [noticeBodySchema, noticeAnswerSchema], pair: notice },
    ],
  )
  await expect(page.replaceAll(/AUTH[0-9A-F]{32}/g, `AUTH${'0'.repeat(32)}`)).toMatchFileSnapshot('../../../../docs/mobile-worked-pairs.md')
})

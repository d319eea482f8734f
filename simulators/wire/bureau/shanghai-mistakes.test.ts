import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { identities, people } from '../dialects/national/example-messages.ts'
import { presettleCharge } from '../dialects/shanghai/charge.ts'
import { queryAccount } from '../dialects/shanghai/credential.ts'
import { inEnvelope, shanghaiPath } from '../dialects/shanghai/envelope.ts'
import { signatureHeaders } from '../signing/hmac.ts'
import { nationalBureau } from '../testing/national-bureau.ts'

/** Nothing may be written to it. */
const bureau = nationalBureau()
const credential = { kind: 'card', value: identities[people.employee]?.cardNumber ?? '' } as const
const bill = { bill: 'MX0000000001', totalFen: fenOf(12_000), coveredFen: fenOf(10_000) }

interface Trial {
  readonly xxnr: { readonly mxzdhs: readonly object[] }
  readonly [name: string]: unknown
}

/** 门诊收费试算 of site 7, sound but for the bill, which nobody uploaded. */
async function trial(): Promise<Trial> {
  const { clock } = await bureau
  const from = { site: 7, message: { sequence: 1, atMs: clock.nowMs() } }
  return inEnvelope('SI11', from, presettleCharge.ask({ ...from, credential, bills: [bill] })) as Trial
}
const withBill = (change: object) => (body: Trial) => ({ ...body, xxnr: { ...body.xxnr, mxzdhs: [{ ...body.xxnr.mxzdhs[0], ...change }] } })
const withEnvelope = (change: object) => (body: Trial) => ({ ...body, ...change })

async function expectRefusal(answer: Readonly<Record<string, unknown>>, status: number, code: string, words: RegExp, before: number) {
  const { entries } = await bureau
  expect(answer).toMatchObject({ status, xxfhm: code, fhxx: expect.stringMatching(words) })
  expect(String(answer['fhxx']).length).toBeLessThanOrEqual(200)
  expect(answer).not.toHaveProperty('xxnr')
  expect(await entries()).toBe(before)
}

test.each<[string, (body: Trial) => object, number, string, RegExp]>([
  ['another code than the address', withEnvelope({ xxlxm: 'SI12' }), 400, 'E900', /消息类型码 SI12 与接口 SI11 不符/],
  [
    'a well-formed number of another site',
    withEnvelope({ msgid: '9900000000820201012000000001' }),
    400,
    'E900',
    /msgid 应以医疗机构代码开头/,
  ],
  ['a number of 27 digits', withEnvelope({ msgid: '990000000072020101200000001' }), 400, 'E900', /msgid/],
  ['a number without a day in it', withEnvelope({ msgid: '9900000000720201399000000001' }), 400, 'E900', /msgid 第12至19位应为日期/],
  ['no such day', withEnvelope({ jysj: '2020-02-30 09:00:00' }), 400, 'E900', /没有这个时刻 2020-02-30 09:00:00/],
  ['a negative amount', withBill({ totalexpense: -120 }), 400, 'E900', /totalexpense/],
  ['a negative amount in digits', withBill({ totalexpense: '-120.00' }), 400, 'E900', /totalexpense/],
  ['an over-precise amount', withBill({ totalexpense: 120.001 }), 400, 'E900', /totalexpense/],
  ['a body without content', withEnvelope({ xxnr: undefined }), 400, 'E900', /xxnr/],
  [
    'a site that nobody registered',
    withEnvelope({ jgdm: '99000000009', msgid: '9900000000920201012000000001' }),
    200,
    'E102',
    /^医疗机构代码未登记$/,
  ],
  [
    'a code of no site of the city',
    withEnvelope({ jgdm: '12000000007', msgid: '1200000000720201012000000001' }),
    200,
    'E102',
    /^医疗机构代码未登记$/,
  ],
  ['a bill that nobody uploaded', (body) => body, 200, 'E202', /^明细账单未上传$/],
])('%s is refused in 五期’s own form and nothing is written', async (_, change, status, code, words) => {
  const { post, entries } = await bureau
  const before = await entries()
  const body = change(await trial())
  const answer = await post(`${shanghaiPath}/SI11`, body)
  await expectRefusal(answer, status, code, words, before)
  const { msgid } = body as Trial
  expect(answer).toMatchObject({ msgid })
})

test.each([
  ['card', 'E101', /^查无此人$/],
  ['token', 'E104', /^凭证无效或已过期$/],
] as const)('a %s that is nobody’s is refused in 五期’s own form', async (kind, code, words) => {
  const { post, clock, entries } = await bureau
  const before = await entries()
  const from = { site: 7, message: { sequence: 1, atMs: clock.nowMs() } }
  const content = queryAccount.ask({ ...from, credential: { kind, value: 'Z99999999' } })
  const answer = await post(`${shanghaiPath}/${queryAccount.code}`, inEnvelope(queryAccount.code, from, content))
  await expectRefusal(answer, 200, code, words, before)
})

test('an unknown code and an oversized body are refused in 五期’s own form', async () => {
  const { post, entries } = await bureau
  const before = await entries()
  const body = await trial()
  await expectRefusal(await post(`${shanghaiPath}/ZZ99`, { ...body, xxlxm: 'ZZ99' }), 404, 'E900', /未知的消息类型码/, before)
  await expectRefusal(await post(`${shanghaiPath}/SI11`, { ...body, more: 'x'.repeat(1 << 20) }), 413, 'E900', /请求体过大/, before)
})

test('a bad signature, none, and a body that is no JSON are refused in 五期’s own form', async () => {
  const { bureau: actor, entries, realNowMs } = await bureau
  const before = await entries()
  const payload = JSON.stringify(await trial())
  const send = async (text: string, headers: object) => {
    const url = `${shanghaiPath}/SI11`
    const { statusCode, body } = await actor.app.inject({
      ...{ method: 'POST', url, payload: text },
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: statusCode, ...JSON.parse(body) }
  }
  const wrong = {
    [signatureHeaders.caller]: 'his',
    [signatureHeaders.timestamp]: String(realNowMs() / 1000),
    [signatureHeaders.nonce]: 'once',
    [signatureHeaders.signature]: '0'.repeat(64),
  }
  await expectRefusal(await send(payload, wrong), 401, 'E900', /签名不正确/, before)
  await expectRefusal(await send(payload, {}), 401, 'E900', /请求未签名/, before)
  await expectRefusal(await send('{', wrong), 400, 'E900', /请求体不是合法的 JSON/, before)
})

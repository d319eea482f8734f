import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { sm2KeyOf } from '../../signing/sm2.ts'
import { answerSchema, requestSchema } from './envelope.ts'
import { mobileMessages } from './messages.ts'
import { isNoticeHeard, noticeSchema, writeNotice } from './notice.ts'
import { queryOrder } from './order.ts'
import { seal, unseal } from './seal.ts'

const outer = { appId: 'MP0000000070123456789ABCDEF01234', version: '2.0.1', timestamp: '20201012090000' }

test.each(mobileMessages.map((message) => [message.code, message] as const))('%s: its worked pair is in form', (_, message) => {
  const { request, reply } = message.example as { request: never; reply: never }
  expect([...Value.Errors(requestSchema(message.data), { ...outer, data: request })]).toEqual([])
  expect(message.read(request)).toBeDefined()
  const answer = { code: 0, success: true, message: '成功', ...outer, data: message.write(reply) }
  expect([...Value.Errors(answerSchema(message.answer), JSON.parse(JSON.stringify(answer)))]).toEqual([])
})

test('what the insurer and the patient pay makes the fee, and the notice says the same as the query', () => {
  const view = queryOrder.example.reply
  const answer = queryOrder.write(view)
  expect([answer.feeSumamt, answer.ownPayAmt, answer.psnAcctPay, answer.fundPay]).toEqual(['120.00', '54.00', '30.00', '36.00'])
  expect(answer).toMatchObject({ ordStas: '3', setlType: 'ALL', callType: '02', traceTime: '20201012100000' })
  const notice = writeNotice(view)
  expect([...Value.Errors(noticeSchema, notice)]).toEqual([])
  const { ordStas: _, ...same } = answer
  expect(notice).toMatchObject(same)
})

test('a notice is heard when the institution says so with status 200', () => {
  expect(isNoticeHeard(200, '{"success":true}')).toBe(true)
  for (const [status, body] of [
    [500, '{"success":true}'],
    [200, '{"success":false}'],
    [200, 'null'],
    [200, 'ok'],
  ] as const)
    expect(isNoticeHeard(status, body)).toBe(false)
})

test('a sealed message opens for its own application, key and user id, and only unchanged', () => {
  const app = { appId: outer.appId, appSecret: '0123456789ABCDEF0123456789ABCDEF' }
  const key = sm2KeyOf(Buffer.alloc(32, 7))
  const data = { b: '2', a: { d: 1, c: '' }, list: [{ y: 1, x: 2 }] }
  const sealed = seal(app, key, outer, data, '1234567812345678')
  expect(JSON.stringify(sealed)).not.toContain('list')
  expect(unseal(app, key, sealed, '1234567812345678')).toEqual(data)
  expect(unseal(app, key, sealed, 'another id')).toBeUndefined()
  expect(unseal(app, sm2KeyOf(Buffer.alloc(32, 8)), sealed, '1234567812345678')).toBeUndefined()
  expect(unseal({ ...app, appSecret: 'F'.repeat(32) }, key, sealed, '1234567812345678')).toBeUndefined()
  expect(unseal(app, key, { ...sealed, timestamp: '20201012090001' }, '1234567812345678')).toBeUndefined()
  expect(unseal(app, key, { ...sealed, encData: `00${sealed.encData?.slice(2)}` }, '1234567812345678')).toBeUndefined()
  const bare = seal(app, key, outer, undefined, '1234567812345678')
  expect(bare.encData).toBeUndefined()
  expect(unseal(app, key, bare, '1234567812345678')).toEqual({})
})

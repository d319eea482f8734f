import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import {
  answered,
  answerSchema,
  contentOf,
  inEnvelope,
  requestSchema,
  type ShanghaiAnswer,
  type ShanghaiRequest,
  senderOf,
} from './envelope.ts'
import { shanghaiMessages } from './messages.ts'

test.each(shanghaiMessages.map((message) => [message.code, message] as const))(
  '%s: its worked pair is in form, and each end reads what the other wrote',
  (_, message) => {
    const { request, reply } = message.example as { request: never; reply: never }
    const sent = JSON.parse(JSON.stringify(inEnvelope(message.code, request, message.ask(request)))) as ShanghaiRequest
    expect([...Value.Errors(requestSchema(message.content), sent)]).toEqual([])
    expect(message.read(contentOf(sent), senderOf(sent))).toEqual(request)
    const answer = JSON.parse(JSON.stringify(answered(sent, message.write(reply)))) as ShanghaiAnswer
    expect([...Value.Errors(answerSchema(message.answer), answer)]).toEqual([])
    expect(message.hear(answer.xxnr as never)).toEqual(reply)
  },
)

test('the message number is 28 digits: institution, day, sequence', () => {
  const message = { sequence: 15, atMs: Date.parse('2020-10-12T00:30:00Z') }
  expect(inEnvelope('SI12', { site: 7, message }, {})).toMatchObject({ msgid: '9900000000720201012000000015', jysj: '2020-10-12 08:30:00' })
})

import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { fenOf } from '../../../money/fen.ts'
import { hearSplit, hearStaySplit, writeSplit, writeStaySplit } from './amounts.ts'
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
import { exampleSplit } from './example-claim.ts'
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

test('what a relative’s account pays (共济账户) is account money, in the deductible too; a segment that pays it is the segment', () => {
  const { zfdxjzfs: _, ...written } = writeSplit(exampleSplit, 'pooled')
  const paid = { ...written, zfdxjzfs: 0, gjzhzfs: 24, tcdgjzhzfs: 24, tcdxjzfs: 0 }
  expect(hearSplit(paid)).toEqual({
    split: { ...exampleSplit, historyAccountFen: fenOf(5400), cashFen: fenOf(1000) },
    segment: 'pooled',
  })
  // The deductible is 30 yuan either way: here a relative pays 10 of it.
  const byRelative = { ...written, zfdxjzfs: 0, hisaccountpay: 20, zfdlnzhzfs: 20, zfdgjzhzfs: 10, gjzhzfs: 10 }
  expect(hearSplit(byRelative)).toEqual({ split: exampleSplit, segment: 'pooled' })
})

test('a stay has 起付段 in the place of 自负段, and both are heard alike', () => {
  const written = writeStaySplit(exampleSplit, 'pooled')
  expect(written).toMatchObject({ qfdxjzfs: 0, qfdzhzfs: 30 })
  expect(written).not.toHaveProperty('zfdlnzhzfs')
  expect(hearStaySplit(written)).toEqual({ split: exampleSplit, segment: 'pooled' })
  const { qfdzhzfs: __, ...rest } = written
  expect(hearStaySplit({ ...rest, hisaccountpay: 20, qfdzhzfs: 20, qfdgjzhzfs: 10, gjzhzfs: 10 })).toEqual({
    split: exampleSplit,
    segment: 'pooled',
  })
})

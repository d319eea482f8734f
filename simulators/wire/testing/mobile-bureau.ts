/** A bureau without sockets and a hospital that places orders of the mobile chain for one insured person. */
import { Value } from 'typebox/value'
import { expect } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { answerSchema } from '../dialects/mobile/envelope.ts'
import { askingTotals, type ExampleUploaded, named, placing, uploading } from '../dialects/mobile/example-orders.ts'
import { mobileMessages } from '../dialects/mobile/messages.ts'
import { identities, people } from '../dialects/national/example-messages.ts'
import { nationalBureau } from './national-bureau.ts'

/** Of the one order's lines. */
export const amounts = { totalFen: fenOf(12_000), fundFen: fenOf(3600), accountFen: fenOf(3000), cashFen: fenOf(5400) }

/** @param own as of {@link nationalBureau} */
export async function mobileBureau(own?: { readonly noticeUrl: string }) {
  const { bureau, clock, institution, post, pairs, entries, store, later, keys, realNowMs } = await nationalBureau({}, {}, own)
  const { desk } = bureau
  const hospital = await institution(7)
  const send = async (code: string, data: object) => {
    const message = mobileMessages.find((known) => known.code === code)
    if (message === undefined) throw new Error(code)
    const outer = { appId: 'MP0000000070123456789ABCDEF01234', version: '2.0.1', timestamp: '20201012090000' }
    const answer = await post(message.path, { ...outer, data })
    expect([...Value.Errors(answerSchema(message.answer), answer)].filter(({ keyword }) => keyword !== 'additionalProperties')).toEqual([])
    return answer
  }
  const authorize = async (person: number = people.employee) => {
    const reply = await desk.authorizePayment({ qr: identities[person]?.qr ?? '' })
    return reply.outcome === 'payment-authorized' ? reply.authorization : ''
  }
  const upload = async (change: object = {}) => {
    const payAuthNo = await authorize()
    const data = uploading(payAuthNo, change)
    return { payAuthNo, data, answer: await send('6201', data) }
  }
  const placed = async (change: object = {}) => {
    const { payAuthNo, answer } = await upload(change)
    const order = answer['data'] as ExampleUploaded
    const placing_ = placing(order, payAuthNo)
    expect(await send('6202', placing_)).toMatchObject({ success: true })
    return { ...named(order), payAuthNo, placing: placing_ }
  }
  const paid = async () => {
    const one = await placed()
    const reply = await desk.payOrder({ order: one.order, authorization: one.payAuthNo, ...amounts })
    if (reply.outcome !== 'insurer-paid') throw new Error(reply.reason)
    return { ...one, settlement: reply.settlement }
  }
  const totals = async () => (await hospital.send('5206', askingTotals())).output.cuminfo.map(({ cum }: { cum: number }) => cum)
  return {
    bureau,
    keys,
    realNowMs,
    desk,
    clock,
    hospital,
    institution,
    send,
    authorize,
    upload,
    placing,
    placed,
    paid,
    totals,
    pairs,
    entries,
    store,
    later,
  }
}

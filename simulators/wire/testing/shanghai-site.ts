/** A site that speaks 五期 to a bureau, message by message, each over its own route; throws where one is refused. */
import { expect } from 'vitest'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import { contentOf, inEnvelope, type ShanghaiAnswer, shanghaiPath } from '../dialects/shanghai/envelope.ts'
import type { ReplyOf, RequestOf } from '../dialects/shanghai/message.ts'
import { shanghaiMessages } from '../dialects/shanghai/messages.ts'

/** @param nowMs of the site's own clock */
export function shanghaiSite(post: (path: string, body: unknown) => Promise<unknown>, site: number, nowMs: () => number) {
  let sequence = 0
  return async <Name extends keyof BureauDesk>(does: Name, request: Omit<RequestOf<Name>, 'site' | 'message'>): Promise<ReplyOf<Name>> => {
    const message = shanghaiMessages.find((one) => one.does === does)
    if (message === undefined) throw new Error(`no message does ${does}`)
    sequence += 1
    const from = { site, message: { sequence, atMs: nowMs() } }
    const body = inEnvelope(message.code, from, message.ask({ ...from, ...request } as never))
    const answer = (await post(`${shanghaiPath}/${message.code}`, body)) as ShanghaiAnswer
    expect([message.code, answer.fhxx]).toEqual([message.code, '成功'])
    return message.hear(contentOf(answer)) as unknown as ReplyOf<Name>
  }
}

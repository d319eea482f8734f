/**
 * 上海医保五期 (S1 counts its transactions; fields OH). The real transport is a local library that takes and gives one JSON text; here
 * it is POST /shanghai/<code>. msgid = jgdm (11) + yyyyMMdd (8) + sequence (9) = 28.
 */
import { type Static, type TObject, Type } from 'typebox'
import type { FromSite, MessageStamp } from '../../desks/bureau-desk.ts'
import { compactDateOf, momentMs, secondOf } from '../../desks/business-time.ts'
import { coded, fields, optional, text } from '../field.ts'
import { interfaceFailureCode, successCode } from './codes.ts'

export const shanghaiPath = '/shanghai'

const common = {
  jysj: text('交易时间', 19, { pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$', standing: 'enforced' }),
  xxlxm: text('消息类型码', 4, { standing: 'enforced', minLength: 4 }),
  bbh: optional(text('版本号', 10)),
  msgid: text('报文ID', 28, { pattern: '^\\d{28}$', standing: 'enforced' }),
  xzqhdm: text('发卡地行政区划', 6, { pattern: '^\\d{6}$' }),
  jgdm: text('医疗机构代码', 11, { pattern: '^\\d{11}$', standing: 'enforced' }),
  czybm: text('操作员编码', 30),
  czyxm: text('操作员姓名', 50),
  jyqd: optional(coded('交易渠道', { 10: '线下', 20: '线上' })),
  jyyzm: optional(text('交易验证码', 100, { standing: 'ignored' })),
  zdjbhs: optional(text('终端设备识别码', 200, { standing: 'ignored' })),
}

export const requestSchema = <Content extends TObject>(content: Content) => fields({ ...common, xxnr: content })
export const answerSchema = <Content extends TObject>(content: Content) =>
  fields({
    ...common,
    xxfhm: text('返回码', 4, { standing: 'enforced' }),
    fhxx: text('返回信息', 200),
    xxnr: optional(content),
  })

const anyContent = Type.Object({})
const anyRequest = requestSchema(anyContent)
const anyAnswer = answerSchema(anyContent)
export type ShanghaiRequest = Static<typeof anyRequest>
export type ShanghaiAnswer = Static<typeof anyAnswer>

/** Practice site of the city → 医疗机构代码: 99 begins no code of a real institution. */
export const institutionCode = (site: number): string => `99${String(site).padStart(9, '0')}`
/** Undefined for a code that is none of the city's. */
export const siteOfCode = (code: string): number | undefined => (/^99\d{9}$/.test(code) ? Number(code.slice(2)) : undefined)

const messageId = (site: number, { sequence, atMs }: MessageStamp) =>
  institutionCode(site) + compactDateOf(atMs) + String(sequence).padStart(9, '0')

/** A request in its envelope. */
export function inEnvelope(code: string, { site, message }: FromSite, xxnr: object): object {
  return {
    jysj: secondOf(message.atMs),
    xxlxm: code,
    bbh: '5.0',
    msgid: messageId(site, message),
    xzqhdm: '310000',
    jgdm: institutionCode(site),
    czybm: 'medpay',
    czyxm: '自助',
    jyqd: '20',
    xxnr,
  }
}

/** 消息内容, checked by the message's own schema. */
export const contentOf = (body: ShanghaiRequest | ShanghaiAnswer): never => body.xxnr as never

/** What stands wrong in an envelope although its form is right; undefined: nothing. */
export function envelopeMistake(code: string, body: ShanghaiRequest): string | undefined {
  if (body.xxlxm !== code) return `消息类型码 ${body.xxlxm} 与接口 ${code} 不符`
  if (!body.msgid.startsWith(body.jgdm)) return 'msgid 应以医疗机构代码开头'
  if (momentMs(body.jysj) === undefined) return `没有这个时刻 ${body.jysj}`
  const day = body.msgid.slice(11, 19)
  return momentMs(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`) === undefined ? 'msgid 第12至19位应为日期' : undefined
}

/** Sender and message of an envelope that {@link envelopeMistake} found sound; the site may still be unknown to the desk. */
export function senderOf(body: ShanghaiRequest): FromSite {
  return {
    site: siteOfCode(body.jgdm) ?? Number.NaN,
    message: { sequence: Number(body.msgid.slice(19)), atMs: momentMs(body.jysj) as number },
  }
}

/** An answer repeats the request's envelope. */
export function answered(body: ShanghaiRequest, xxnr: object): object {
  return { ...envelopeOf(body), xxfhm: successCode, fhxx: '成功', xxnr }
}
export function refused(body: ShanghaiRequest, { code, words }: { readonly code: string; readonly words: string }): object {
  return { ...envelopeOf(body), xxfhm: code, fhxx: words }
}
/** For a request that may not even have an envelope. */
export function failed(body: unknown, words: string): object {
  const known = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as Partial<ShanghaiRequest>) : {}
  const plain = Object.fromEntries(
    (['jysj', 'xxlxm', 'msgid', 'jgdm'] as const).map((name) => [name, typeof known[name] === 'string' ? known[name].slice(0, 40) : '']),
  )
  return { ...plain, xxfhm: interfaceFailureCode, fhxx: words.slice(0, 200) }
}

const envelopeOf = ({ jysj, xxlxm, bbh, msgid, xzqhdm, jgdm, czybm, czyxm, jyqd }: ShanghaiRequest) => ({
  jysj,
  xxlxm,
  ...(bbh === undefined ? {} : { bbh }),
  msgid,
  xzqhdm,
  jgdm,
  czybm,
  czyxm,
  ...(jyqd === undefined ? {} : { jyqd }),
})

/** The envelope of the mobile chain (JJ): the message's data in the open, or sealed. The real paths are those of the messages. */
import { type TObject, Type } from 'typebox'
import { compactSecondOf, momentMs } from '../../desks/business-time.ts'
import { coded, fields, optional, text } from '../field.ts'

const longestSealed = 400_000
const outer = {
  appId: text('应用编号', 40, { standing: 'enforced', minLength: 16 }),
  version: text('版本号', 10),
  timestamp: text('时间戳', 14, { standing: 'enforced', pattern: '^\\d{14}$' }),
  encType: optional(coded('加密方式', { '': '不加密', SM4: 'SM4' }, { standing: 'enforced' })),
  signType: optional(coded('签名方式', { '': '由传输签名', SM2: 'SM3withSM2' }, { standing: 'enforced' })),
  signData: optional(text('签名', 200, { standing: 'enforced' })),
  encData: optional(text('密文', longestSealed, { standing: 'enforced', pattern: '^[0-9A-F]*$' })),
  extra: optional(text('扩展', 4000, { standing: 'ignored' })),
}
const answerFields = {
  code: Type.Integer({ title: '返回码（0 成功）', 'x-source': 'unverified' }),
  success: Type.Boolean({ title: '是否成功' }),
  message: text('返回信息', 200),
  appId: text('应用编号', 40),
  timestamp: text('时间戳', 14),
  version: text('版本号', 10),
  encType: optional(coded('加密方式', { SM4: 'SM4' })),
  signType: optional(coded('签名方式', { SM2: 'SM3withSM2' })),
  signData: optional(text('签名', 200)),
  encData: optional(text('密文', 4_000_000)),
}

/** The envelope without its data, for the coverage page. */
export const envelopeSchema = { request: fields(outer), answer: fields(answerFields) }
export const requestSchema = (data: TObject) => fields({ ...outer, data })
export const answerSchema = (data: TObject) => fields({ ...answerFields, data: optional(data) })

/** The words of an answer, before it is sealed or not. */
export const outcomeOf = (mistake: string | undefined) =>
  mistake === undefined ? { code: 0, success: true, message: '成功' } : { code: -1, success: false, message: mistake.slice(0, 200) }

export const mobileVersion = '2.0.1'
export const timestampOf = compactSecondOf

/** yyyyMMddHHmmss → epoch milliseconds; undefined: no such moment. */
export const momentOfTimestamp = (timestamp: string): number | undefined => {
  const [, date, month, day, hour, minute, second] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(timestamp) ?? []
  return date === undefined ? undefined : momentMs(`${date}-${month}-${day} ${hour}:${minute}:${second}`)
}

/**
 * 国家医保信息平台, the envelope of the HIS interface (form: OH, BF and BM of docs/dialect-coverage.md agree). msgid = institution (12) + yyyyMMddHHmmss (14) +
 * sequence (4). The receiver's number is place (6) + yyyyMMddHHmmss (14) + sequence (10). The real path is the province's; here it is
 * POST /national/<infno>.
 */
import { type Static, type TObject, Type } from 'typebox'
import { compactSecondOf, momentMs } from '../../desks/business-time.ts'
import { coded, fields, optional, seenIn, text } from '../field.ts'
import { moment } from './fields.ts'

export const nationalPath = '/national'
const longestInput = 40_000
const longestError = 200

const enforced = { standing: 'enforced', minLength: 1 } as const
const ignored = { standing: 'ignored' } as const

const envelopeFields = {
  infno: text('交易编号', 6, enforced),
  msgid: text('发送方报文ID', 30, { standing: 'enforced', pattern: '^[0-9A-Z]{12}\\d{18}$' }),
  mdtrtarea_admvs: text('就医地医保区划', 6, { pattern: '^\\d{6}$' }),
  insuplc_admdvs: optional(text('参保地医保区划', 6, { standing: 'enforced', pattern: '^(?:\\d{6})?$' })),
  recer_sys_code: text('接收方系统代码', 10),
  dev_no: optional(text('设备编号', 100)),
  dev_safe_info: optional(text('设备安全信息', 2000, ignored)),
  cainfo: optional(text('数字签名信息', 1024, ignored)),
  signtype: optional(coded('签名类型', { '': '无', SM2: 'SM2', SM3: 'SM3' }, ignored)),
  infver: text('接口版本号', 6),
  opter_type: coded('经办人类别', { 1: '经办人', 2: '自助终端', 3: '移动终端' }),
  opter: text('经办人', 30, enforced),
  opter_name: text('经办人姓名', 50),
  inf_time: moment('交易时间', { standing: 'enforced' }),
  fixmedins_code: text('定点医药机构编号', 12, { standing: 'enforced', minLength: 12 }),
  fixmedins_name: text('定点医药机构名称', 200),
  sign_no: optional(text('交易签到流水号', 30, { standing: 'enforced' })),
  // OH has them in a comment: seen, not used there.
  serv_code: optional(text('服务商代码', 50, ignored)),
  serv_sign: optional(text('服务商识别码', 50, ignored)),
  ...seenIn('BF JX', { fixmedins_soft_fcty: optional(text('软件厂商', 50, ignored)) }),
  ...seenIn('BF', {
    enc_type: optional(coded('加密方式', { '': '不加密' }, { standing: 'enforced' })),
  }),
}
const answerFields = {
  /** A number, as the samples have it. */
  infcode: Type.Unsafe<0 | -1>({ type: 'integer', enum: [0, -1], title: '交易状态码' }),
  inf_refmsgid: text('接收方报文ID', 30),
  refmsg_time: text('接收报文时间', 17),
  respond_time: text('响应报文时间', 17),
  err_msg: text('错误信息', longestError),
  // Empty here: an answer is neither sealed nor signed.
  enctype: optional(text('加密方式', 10)),
  signtype: optional(text('签名类型', 10)),
}

/** The envelope without its body, for the coverage page. */
export const envelopeSchema = { request: fields(envelopeFields), answer: fields(answerFields) }
export const requestSchema = <Input extends TObject>(input: Input) => fields({ ...envelopeFields, input })
export const answerSchema = (output: TObject) => fields({ ...answerFields, output: optional(output) })

const anyRequest = requestSchema(fields({}))
export type NationalRequest = Static<typeof anyRequest>

/** Practice site → 定点医药机构编号: no institution of a real place has 310000 in it, which is the municipality itself. */
export const institutionCode = (site: number): string => `H310000${String(site).padStart(5, '0')}`
export const siteOfInstitution = (code: string): number => (/^H310000\d{5}$/.test(code) ? Number(code.slice(7)) : Number.NaN)

/** Who sends a message, with which sign-in, and where its person is insured, as the envelope has it. */
export const senderOf = ({ fixmedins_code, msgid, opter, sign_no, insuplc_admdvs }: NationalRequest) => ({
  sender: { site: siteOfInstitution(fixmedins_code), message: msgid, operator: opter },
  signIn: sign_no,
  insuredPlace: insuplc_admdvs === '' ? undefined : insuplc_admdvs,
})

/** What stands wrong in an envelope although its form is right; undefined: nothing. */
export function envelopeMistake(infno: string, body: NationalRequest): string | undefined {
  if (body.infno !== infno) return `交易编号 ${body.infno} 与接口 ${infno} 不符`
  if (!body.msgid.startsWith(body.fixmedins_code)) return '发送方报文ID应以定点医药机构编号开头'
  const at = body.msgid.slice(12, 26)
  const written = `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)} ${at.slice(8, 10)}:${at.slice(10, 12)}:${at.slice(12)}`
  if (momentMs(written) === undefined) return '发送方报文ID第13至26位应为时间'
  if (momentMs(body.inf_time) === undefined) return `没有这个时刻 ${body.inf_time}`
  return JSON.stringify(body.input).length > longestInput ? `交易输入超过 ${longestInput} 个字符` : undefined
}

export interface Answering {
  readonly place: string
  readonly sequence: number
  readonly receivedMs: number
  readonly answeredMs: number
}

const millisecondOf = (ms: number) => compactSecondOf(ms) + String(Math.trunc(ms) % 1000).padStart(3, '0')

export function inEnvelope(
  { place, sequence, receivedMs, answeredMs }: Answering,
  result: { readonly output: object } | { readonly mistake: string },
): object {
  const isDone = 'output' in result
  return {
    infcode: isDone ? 0 : -1,
    inf_refmsgid: place + compactSecondOf(answeredMs) + String(sequence % 10_000_000_000).padStart(10, '0'),
    refmsg_time: millisecondOf(receivedMs),
    respond_time: millisecondOf(answeredMs),
    err_msg: isDone ? '' : result.mistake.slice(0, longestError),
    enctype: '',
    signtype: '',
    ...(isDone ? { output: result.output } : {}),
  }
}

/** Every HTTP failure of the wire world: code, status, Chinese, English. A dialect puts them into its own envelope. */
export const failures = {
  'bad-json': { status: 400, zh: '请求体不是合法的 JSON', en: 'the body is not JSON' },
  'bad-content-type': { status: 415, zh: '请求体类型不受支持，应为 application/json', en: 'the body must be application/json' },
  'bad-request': { status: 400, zh: '请求不符合接口规范', en: 'the request does not match the interface' },
  'body-too-large': { status: 413, zh: '请求体过大', en: 'the body is too large' },
  unsigned: { status: 401, zh: '请求未签名', en: 'the request is not signed' },
  'unknown-caller': { status: 401, zh: '调用方未登记', en: 'the caller is not known here' },
  'wrong-signature': { status: 401, zh: '签名不正确', en: 'the signature is wrong' },
  'expired-signature': { status: 401, zh: '签名时间超出允许范围', en: 'the signature is too old, or from the future' },
  replayed: { status: 401, zh: '请求重放', en: 'this very request was here before' },
  'wrong-token': { status: 401, zh: '控制令牌不正确', en: 'the control token is wrong' },
  'not-from-here': { status: 403, zh: '控制接口只接受本机访问', en: 'control endpoints answer this machine only' },
  forbidden: { status: 403, zh: '无权访问该对象', en: 'this caller may not see or touch that object' },
  'not-found': { status: 404, zh: '没有这个接口', en: 'there is no such endpoint' },
  'unknown-object': { status: 404, zh: '对象不存在', en: 'there is no such object' },
  conflict: { status: 409, zh: '与已有记录冲突', en: 'this conflicts with what is recorded' },
  'too-busy': { status: 429, zh: '系统繁忙，请稍后重试', en: 'too busy now; come back after the stated time' },
  'platform-busy': { status: 429, zh: '平台繁忙，请稍后重试', en: 'the platform is too busy now; come back after the stated time' },
  'error-burst': { status: 500, zh: '系统差错，未办理', en: 'an error; nothing was done' },
  'out-of-order': { status: 503, zh: '系统故障，请改用其他入口', en: 'out of order; use another entry' },
  'not-ready': { status: 503, zh: '尚未就绪或正在停止', en: 'not ready yet, or stopping' },
  'book-failed': { status: 503, zh: '账簿无法写入，结果不予确认', en: 'the book cannot be written; nothing is confirmed' },
  'party-unreachable': { status: 503, zh: '对方系统无法连接，未发送', en: 'the party behind cannot be reached; nothing was sent' },
  'party-silent': {
    status: 504,
    zh: '对方系统未答复，结果未知，请查询，勿重复收费',
    en: 'the party behind did not answer; the outcome is unknown: ask, do not collect again',
  },
  internal: { status: 500, zh: '程序内部错误', en: 'a mistake of our own' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly zh: string; readonly en: string }>>

export type FailureCode = keyof typeof failures

/** What is turned away at the door, before any signature work: too large, or nothing that could be read. */
const unreadable: readonly FailureCode[] = ['bad-json', 'bad-content-type', 'body-too-large']

/** Who asks is not believed, has no right to it, or sends what cannot be read: counted, told in the log, and no trace of it in any book. */
export const isRefusal = (code: FailureCode): boolean =>
  failures[code].status === 401 || failures[code].status === 403 || unreadable.includes(code)

/** Ends a request. `detail` says what exactly, in both languages, and never repeats a credential. */
export class WireFailure extends Error {
  readonly code: FailureCode
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly retryAfterSeconds: number | undefined

  constructor(code: FailureCode, detail?: { readonly zh?: string; readonly en?: string; readonly retryAfterSeconds?: number }) {
    const { status, zh, en } = failures[code]
    super(detail?.en === undefined ? en : `${en}: ${detail.en}`)
    this.name = 'WireFailure'
    this.code = code
    this.status = status
    this.en = this.message
    this.zh = detail?.zh === undefined ? zh : `${zh}：${detail.zh}`
    this.retryAfterSeconds = detail?.retryAfterSeconds
  }
}

/** A failure as the testbed's own interfaces write it; dialects with an envelope of their own write it there. */
export const plainFailure = ({ code, zh, en }: WireFailure): object => ({ error: { code, zh, en } })

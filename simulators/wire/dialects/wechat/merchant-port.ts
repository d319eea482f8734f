/**
 * WeChat Pay v3 as a merchant calls it: each request signed by the merchant's key, each answer checked by the wallet's public key or by
 * its certificates (answer-keys.ts). An answer whose signature is wrong, or by a key nobody has, says nothing.
 */
import { createHash, type KeyObject, randomBytes } from 'node:crypto'
import { fenOf } from '../../../money/fen.ts'
import { type JsonAnswer, unheard } from '../../client/signed-sender.ts'
import type { Transport, WireAnswer } from '../../client/transport.ts'
import type { MerchantBillDesk, MerchantDesk, MerchantOrdered } from '../../desks/merchant-desk.ts'
import type { NoReply, Port } from '../../desks/port.ts'
import type { OrderState, WalletRefusal, WalletRefused } from '../../desks/wallet-desk.ts'
import { isRsaSignature, signRsa } from '../../signing/rsa.ts'
import type { WalletKeys } from '../../signing/wallet-keys.ts'
import { hasForm } from '../has-form.ts'
import { byCertificate, byPublicKey } from './answer-keys.ts'
import { readTradeBill } from './bills.ts'
import { prepaid, refundAnswer, transaction, writeOrderRequest, writeRefundRequest } from './payments.ts'
import { answerHeaders, answerWords, requestWords, scheme, windowSeconds } from './signature.ts'

export interface WechatMerchantOptions {
  readonly transport: Transport
  readonly keys: WalletKeys
  readonly merchant: string
  /** Absent: by its public key, which a change of certificates leaves alone. */
  readonly checksBy?: 'certificate' | 'public-key'
  /** Protocol clock. */
  readonly nowMs: () => number
}

const stateOf: Readonly<Record<string, OrderState>> = {
  SUCCESS: 'paid',
  REFUND: 'paid',
  NOTPAY: 'unpaid',
  USERPAYING: 'paying',
  CLOSED: 'closed',
  REVOKED: 'revoked',
  PAYERROR: 'failed',
}
const refundStateOf = { SUCCESS: 'done', PROCESSING: 'under-way', CLOSED: 'closed', ABNORMAL: 'abnormal' } as const
const reasonOf: Readonly<Record<string, WalletRefusal>> = {
  ORDER_NOT_EXIST: 'unknown-order',
  RESOURCE_NOT_EXISTS: 'unknown-order',
  AUTH_CODE_INVALID: 'unknown-code',
  OUT_TRADE_NO_USED: 'known-with-other-contents',
  ORDER_PAID: 'already-paid',
  ORDER_CLOSED: 'closed',
  ORDER_REVERSED: 'revoked',
  NOT_ENOUGH: 'not-enough-money',
  INVALID_REQUEST: 'over-refund',
  STATEMENT_CREATING: 'bill-not-ready',
  NO_STATEMENT_EXIST: 'bill-too-old',
}

export function wechatMerchantPort(options: WechatMerchantOptions): Port<MerchantDesk & MerchantBillDesk> {
  const { transport, keys, merchant, checksBy = 'public-key', nowMs } = options
  const own = keys.merchant(merchant)
  const isSigned = ({ headers, body }: WireAnswer, key: KeyObject) => {
    const header = (name: string) => String(headers[name] ?? '')
    const at = header(answerHeaders.timestamp)
    const isOfNow = Math.abs(nowMs() / 1000 - Number(at)) <= windowSeconds
    const words = answerWords(at, header(answerHeaders.nonce), body.toString('utf8'))
    return isOfNow && isRsaSignature(key, words, header(answerHeaders.signature))
  }
  const answerKeys =
    checksBy === 'certificate' ? byCertificate(keys, merchant, (path) => exchange('GET', path), isSigned) : byPublicKey(keys)

  async function exchange(method: 'GET' | 'POST', path: string, content?: object): Promise<WireAnswer | NoReply> {
    const body = content === undefined ? '' : JSON.stringify(content)
    const timestamp = String(Math.floor(nowMs() / 1000))
    const nonce = randomBytes(16).toString('hex')
    const signature = signRsa(own.privateKey, requestWords(method, path, timestamp, nonce, body))
    const words = { mchid: merchant, nonce_str: nonce, timestamp, serial_no: own.certificate.serial, signature }
    return transport.send({
      method,
      path,
      headers: {
        accept: 'application/json',
        authorization: `${scheme} ${Object.entries(words)
          .map(([name, value]) => `${name}="${value}"`)
          .join(',')}`,
        [answerHeaders.serial]: answerKeys.asksFor,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: content === undefined ? undefined : Buffer.from(body),
    })
  }
  async function send(method: 'GET' | 'POST', path: string, content?: object): Promise<JsonAnswer | NoReply> {
    const heard = await exchange(method, path, content)
    if (heard.outcome === 'no-reply') return heard
    const text = heard.body.toString('utf8')
    const key = await answerKeys.named(String(heard.headers[answerHeaders.serial] ?? ''))
    const isSound = key !== undefined && isSigned(heard, key)
    if (!isSound) return { outcome: 'no-reply', sent: 'maybe', why: `status ${heard.status} under a signature that is not the wallet's` }
    try {
      const retryAfterSeconds = Number(heard.headers['retry-after'] ?? Number.NaN)
      return {
        outcome: 'answered',
        status: heard.status,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
        retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : undefined,
      }
    } catch {
      return { outcome: 'no-reply', sent: 'maybe', why: `status ${heard.status} with a body that is not JSON` }
    }
  }
  const refused = (heard: JsonAnswer): WalletRefused | NoReply => {
    const code = String((heard.body as { readonly code?: unknown } | undefined)?.code ?? '')
    const reason = reasonOf[code]
    return reason === undefined ? unheard(heard, code) : { outcome: 'refused', reason }
  }
  const ordered = (heard: JsonAnswer | NoReply): MerchantOrdered | WalletRefused | NoReply => {
    if (heard.outcome === 'no-reply') return heard
    if (heard.status === 202) return { outcome: 'order', order: { state: 'paying' } }
    if (heard.status !== 200) return refused(heard)
    if (!hasForm(transaction, heard.body)) return unheard(heard, 'no transaction in form')
    const { trade_state: state, transaction_id: number } = heard.body
    return { outcome: 'order', order: { state: stateOf[state] ?? 'unpaid', ...(number === undefined ? {} : { transaction: number }) } }
  }
  const ended = async (path: string, content: object, state: OrderState) => {
    const heard = await send('POST', path, content)
    if (heard.outcome === 'no-reply') return heard
    return heard.status === 204 ? ({ outcome: 'order', order: { state } } as const) : refused(heard)
  }

  return {
    async order(request) {
      const heard = await send('POST', '/v3/pay/transactions/jsapi', writeOrderRequest(request))
      if (heard.outcome === 'no-reply') return heard
      if (heard.status !== 200) return refused(heard)
      return hasForm(prepaid, heard.body)
        ? { outcome: 'order', order: { state: 'unpaid', prepay: heard.body.prepay_id } }
        : unheard(heard, 'no prepay_id')
    },
    codePay: async (request) => ordered(await send('POST', '/v3/pay/transactions/codepay', writeOrderRequest(request))),
    query: async ({ order }) => ordered(await send('GET', `/v3/pay/transactions/out-trade-no/${order}?mchid=${merchant}`)),
    close: ({ order }) => ended(`/v3/pay/transactions/out-trade-no/${order}/close`, { mchid: merchant }, 'closed'),
    revoke: ({ order }) => ended(`/v3/pay/transactions/out-trade-no/${order}/reverse`, { mchid: merchant }, 'revoked'),
    async refund(request) {
      const heard = await send('POST', '/v3/refund/domestic/refunds', writeRefundRequest(request))
      if (heard.outcome === 'no-reply') return heard
      if (heard.status !== 200) return refused(heard)
      if (!hasForm(refundAnswer, heard.body)) return unheard(heard, 'no refund in form')
      return { outcome: 'refund', refund: { state: refundStateOf[heard.body.status] } }
    },
    async queryRefund({ refund }) {
      const heard = await send('GET', `/v3/refund/domestic/refunds/${refund}`)
      if (heard.outcome === 'no-reply') return heard
      if (heard.status !== 200) {
        const said = refused(heard)
        return said.outcome === 'refused' && said.reason === 'unknown-order' ? { outcome: 'refused', reason: 'unknown-refund' } : said
      }
      if (!hasForm(refundAnswer, heard.body)) return unheard(heard, 'no refund in form')
      const { status, amount } = heard.body
      return { outcome: 'refund', refund: { state: refundStateOf[status], amountFen: fenOf(amount.refund) } }
    },
    async tradeBill({ date }) {
      const named = await send('GET', `/v3/bill/tradebill?bill_date=${date}&bill_type=ALL`)
      if (named.outcome === 'no-reply') return named
      if (named.status !== 200) return refused(named)
      const { hash_value: sha1, download_url: address } = named.body as { readonly hash_value?: string; readonly download_url?: string }
      const url = URL.parse(address ?? '')
      if (url === null) return unheard(named, 'no address of a bill')
      const file = await exchange('GET', url.pathname + url.search)
      if (file.outcome === 'no-reply') return file
      const read = readTradeBill(file.body.toString('utf8'))
      const isWhole = file.status === 200 && createHash('sha1').update(file.body).digest('hex') === sha1
      if (!isWhole || 'mistakes' in read) return { outcome: 'no-reply', sent: 'maybe', why: 'the bill is not whole' }
      return { outcome: 'bill', lines: read.lines }
    },
  }
}

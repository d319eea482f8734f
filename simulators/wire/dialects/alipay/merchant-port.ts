/**
 * Alipay's open gateway as a merchant calls it: RSA2 forms, answers checked over the exact bytes of their node. Cancel finds nothing to
 * cancel and says so as success, as Alipay's does.
 */
import { fenOf, fenOfYuan, yuanOf } from '../../../money/fen.ts'
import type { Transport } from '../../client/transport.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { MerchantBillDesk, MerchantDesk, MerchantOrdered } from '../../desks/merchant-desk.ts'
import type { NoReply, Port } from '../../desks/port.ts'
import type { OrderState, WalletRefusal, WalletRefused } from '../../desks/wallet-desk.ts'
import { isRsaSignature, signRsa } from '../../signing/rsa.ts'
import type { WalletKeys } from '../../signing/wallet-keys.ts'
import { readAlipayBills } from './bills.ts'
import { signedWords } from './notice.ts'

export interface AlipayMerchantOptions {
  readonly transport: Transport
  readonly keys: WalletKeys
  readonly app: string
  /** Protocol clock. */
  readonly nowMs: () => number
}

const stateOf: Readonly<Record<string, OrderState>> = {
  WAIT_BUYER_PAY: 'paying',
  TRADE_SUCCESS: 'paid',
  TRADE_FINISHED: 'paid',
  TRADE_CLOSED: 'closed',
}
const reasonOf: Readonly<Record<string, WalletRefusal>> = {
  'ACQ.TRADE_NOT_EXIST': 'unknown-order',
  'ACQ.PAYMENT_AUTH_CODE_INVALID': 'unknown-code',
  'ACQ.CONTEXT_INCONSISTENT': 'known-with-other-contents',
  'ACQ.TRADE_HAS_SUCCESS': 'already-paid',
  'ACQ.TRADE_HAS_CLOSE': 'closed',
  'ACQ.TRADE_STATUS_ERROR': 'not-paid',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': 'over-refund',
  'ACQ.TRADE_HAS_FINISHED': 'refund-too-late',
  'isp.bill_not_exist': 'bill-not-ready',
}
interface Answer {
  readonly code: string
  readonly sub_code?: string
  readonly trade_no?: string
  readonly trade_status?: string
  readonly qr_code?: string
  readonly bill_download_url?: string
  readonly refund_amount?: string
  readonly refund_status?: string
}
/** Failed at the door, before any work on the message. */
const atTheDoor = new Set(['40001', '40002', '40006'])

export function alipayMerchantPort({ transport, keys, app, nowMs }: AlipayMerchantOptions): Port<MerchantDesk & MerchantBillDesk> {
  const { privateKey } = keys.merchant(app)
  const walletKey = keys.publicKey().publicKey

  async function send(method: string, content: object, noticeUrl?: string): Promise<Answer | NoReply> {
    const form = {
      app_id: app,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: secondOf(nowMs()),
      version: '1.0',
      biz_content: JSON.stringify(content),
      ...(noticeUrl === undefined ? {} : { notify_url: noticeUrl }),
    }
    const sign = signRsa(privateKey, signedWords(form))
    const heard = await transport.send({
      method: 'POST',
      path: '/gateway.do',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: Buffer.from(new URLSearchParams({ ...form, sign }).toString()),
    })
    if (heard.outcome === 'no-reply') return heard
    const silence = (why: string): NoReply => ({ outcome: 'no-reply', sent: 'maybe', why: `status ${heard.status}: ${why}` })
    const [, node = '', signature = ''] = /^\{"\w+_response":(.*),"sign":"([^"]+)"\}$/s.exec(heard.body.toString('utf8')) ?? []
    if (!isRsaSignature(walletKey, node, signature)) return silence('a signature that is not the wallet’s')
    try {
      return JSON.parse(node) as Answer
    } catch {
      return silence('no JSON')
    }
  }
  /** Refused in Alipay's words; what it does not know the end of (20000) is silence. */
  const refused = ({ code, sub_code: sub = '' }: Answer): WalletRefused | NoReply => {
    const reason = reasonOf[sub]
    if (reason !== undefined) return { outcome: 'refused', reason }
    return { outcome: 'no-reply', sent: atTheDoor.has(code) ? 'no' : 'maybe', why: `${code} ${sub}` }
  }
  const asked = async (method: string, content: object, state: (answer: Answer) => OrderState, noticeUrl?: string) => {
    const heard = await send(method, content, noticeUrl)
    if ('outcome' in heard) return heard
    if (heard.code === '10003') return { outcome: 'order', order: { state: 'paying' } } as const
    if (heard.code !== '10000') return refused(heard)
    const { trade_no: number } = heard
    const order = { state: state(heard), ...(number === undefined ? {} : { transaction: number }) }
    return { outcome: 'order', order } satisfies MerchantOrdered
  }

  const billFile = async (date: string, type: 'trade' | 'signcustomer'): Promise<string | WalletRefused | NoReply> => {
    const heard = await send('alipay.data.dataservice.bill.downloadurl.query', { bill_type: type, bill_date: date })
    if ('outcome' in heard) return heard
    if (heard.code !== '10000') return refused(heard)
    const url = URL.parse(heard.bill_download_url ?? '')
    const file = url === null ? undefined : await transport.send({ method: 'GET', path: url.pathname + url.search, headers: {} })
    if (file?.outcome === 'no-reply') return file
    if (file?.status !== 200) return { outcome: 'no-reply', sent: 'maybe', why: 'no file at the address of the bill' }
    return file.body.toString('utf8')
  }

  return {
    async tradeBill({ date }) {
      const trade = await billFile(date, 'trade')
      if (typeof trade !== 'string') return trade
      const fundFlow = await billFile(date, 'signcustomer')
      if (typeof fundFlow !== 'string') return fundFlow
      const read = readAlipayBills(trade, fundFlow)
      return 'mistakes' in read ? { outcome: 'no-reply', sent: 'maybe', why: read.mistakes.join('; ') } : { outcome: 'bill', ...read }
    },
    // The patient's phone opens the code's address; which payer it is, the gateway learns when the order is paid.
    async order({ order, amountFen, description, noticeUrl }) {
      const content = { out_trade_no: order, total_amount: yuanOf(amountFen), subject: description }
      const heard = await send('alipay.trade.precreate', content, noticeUrl)
      if ('outcome' in heard) return heard
      if (heard.code !== '10000' || heard.qr_code === undefined) return refused(heard)
      return { outcome: 'order', order: { state: 'unpaid', prepay: heard.qr_code.slice(heard.qr_code.lastIndexOf('/') + 1) } }
    },
    codePay: ({ order, amountFen, description, code, noticeUrl }) =>
      asked(
        'alipay.trade.pay',
        { out_trade_no: order, total_amount: yuanOf(amountFen), subject: description, auth_code: code, scene: 'bar_code' },
        () => 'paid',
        noticeUrl,
      ),
    query: ({ order }) =>
      asked('alipay.trade.query', { out_trade_no: order }, ({ trade_status: status = '' }) => stateOf[status] ?? 'unpaid'),
    close: ({ order }) => asked('alipay.trade.close', { out_trade_no: order }, () => 'closed'),
    revoke: ({ order }) => asked('alipay.trade.cancel', { out_trade_no: order }, () => 'revoked'),
    async refund({ order, refund, amountFen, why }) {
      const heard = await send('alipay.trade.refund', {
        out_trade_no: order,
        out_request_no: refund,
        refund_amount: yuanOf(amountFen),
        ...(why === undefined ? {} : { refund_reason: why }),
      })
      if ('outcome' in heard) return heard
      return heard.code === '10000' ? { outcome: 'refund', refund: { state: 'done' } } : refused(heard)
    },
    async queryRefund({ order, refund }) {
      const ofOrder = order === undefined ? {} : { out_trade_no: order }
      const heard = await send('alipay.trade.fastpay.refund.query', { ...ofOrder, out_request_no: refund })
      if ('outcome' in heard) return heard
      const { refund_amount: amount, refund_status: status } = heard
      // A refund that was never made is told as success without an amount, or as a trade nobody knows.
      const isUnknown = heard.sub_code === 'ACQ.TRADE_NOT_EXIST' || (heard.code === '10000' && amount === undefined)
      if (isUnknown) return { outcome: 'refused', reason: 'unknown-refund' }
      if (heard.code !== '10000' || amount === undefined) return refused(heard)
      const state = status === 'REFUND_SUCCESS' ? 'done' : 'under-way'
      return { outcome: 'refund', refund: { state, amountFen: fenOf(fenOfYuan(amount)) } }
    },
  }
}

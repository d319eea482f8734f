/** The wallet in WeChat Pay v3 shape, all but its routes: with which key it signs to whom, and how it tells a merchant. */
import { randomBytes } from 'node:crypto'
import { mixedNotice } from '../dialects/wechat/med-ins.ts'
import { paymentNotice, refundNotice, timeOf } from '../dialects/wechat/payments.ts'
import { signedHeaders } from '../dialects/wechat/signature.ts'
import { sealResource } from '../signing/resource-cipher.ts'
import { numberOf, type WalletDialect, type WalletParts } from './wallet-actor.ts'
import { keyOf, type Notice } from './wallet-book.ts'

/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h: 24 h 4 min (WX, WS). */
const paymentLadderSeconds = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]
/** 医保: a few within 30 s (WS); their spacing is an assumption. */
const mixedLadderSeconds = [5, 10, 15]
export const wechatWallet: Omit<WalletDialect, 'addRoutes'> = {
  name: 'wechat',
  title: { zh: '微信支付', en: 'Wallet in WeChat Pay v3 shape' },
  codePrefix: '13',
  courier: ({ state, keys, protocolMs, businessMs, underNewKey }) => ({
    ladderMs: ({ subject }) => (subject.about === 'mixed' ? mixedLadderSeconds : paymentLadderSeconds).map((seconds) => seconds * 1000),
    isHeard: (status) => status === 200 || status === 204,
    pack(notice) {
      const { id, kind, summary, contents } = contentsOf(state(), notice)
      const { merchant } = notice.subject
      const nonce = randomBytes(6).toString('hex')
      const body = JSON.stringify({
        id: `medpay-${String(notice.notice).padStart(12, '0')}`,
        create_time: timeOf(businessMs()),
        resource_type: 'encrypt-resource',
        event_type: id,
        summary,
        resource: { original_type: kind, ...sealResource(keys.merchant(merchant).apiV3KeyObject, JSON.stringify(contents), nonce, kind) },
      })
      const timestamp = String(Math.floor(protocolMs() / 1000))
      const signer = signerFor({ state, keys }, merchant, undefined)
      if (signer.isNew) underNewKey({ operation: `callback/${notice.subject.about}`, alias: [], businessKey: numberOf(notice.subject) })
      return {
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(signer, timestamp, randomBytes(16).toString('hex'), body),
        },
        body,
      }
    },
  }),
}

function contentsOf(state: ReturnType<WalletParts['state']>, { subject }: Notice) {
  switch (subject.about) {
    case 'payment':
      return paymentNotice(known(state.orders.get(keyOf(subject.merchant, subject.order))))
    case 'refund':
      return refundNotice(known(state.refunds.get(keyOf(subject.merchant, subject.refund))))
    case 'mixed':
      return mixedNotice(known(state.mixed.get(subject.mixed)))
    default:
      return subject satisfies never
  }
}

function known<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('a notice is about something in the book')
  return thing
}

/** The key a merchant checks with: as the request asks (Wechatpay-Serial), or as it is registered. */
export function signerFor({ state, keys }: Pick<WalletParts, 'state' | 'keys'>, merchant: string, asked: string | undefined) {
  const byKey = asked === undefined ? state().merchants.get(merchant)?.checksBy === 'public-key' : asked.startsWith('PUB_KEY_ID_')
  if (byKey) {
    // Who asks for an earlier key of the wallet is answered under it; an id nobody has, under the latest.
    const latest = state().publicKeyNumber
    const ids = Array.from({ length: latest }, (_, index) => keys.publicKeyIdOf(index + 1))
    const number = asked === undefined ? latest : ids.indexOf(asked) + 1 || latest
    return { privateKey: keys.publicKey(number).privateKey, serial: keys.publicKeyIdOf(number), isNew: number > 1 }
  }
  const { keyNumber } = state()
  const { privateKey, certificate } = keys.platform(keyNumber)
  return { privateKey, serial: certificate.serial, isNew: keyNumber > 1 }
}

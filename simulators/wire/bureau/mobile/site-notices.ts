/** 6302 to sites that have an address for it, until they say that they heard. */
import { type KeyObject, randomBytes } from 'node:crypto'
import { Courier } from '../../client/courier.ts'
import { mobileVersion, timestampOf } from '../../dialects/mobile/envelope.ts'
import { isNoticeHeard, writeNotice } from '../../dialects/mobile/notice.ts'
import type { ActorLog } from '../../server/actor-log.ts'
import type { FailureSwitch } from '../../server/failure-switch.ts'
import { signatureHeaders, signHmac } from '../../signing/hmac.ts'
import type { KeptBook } from '../../stores/kept-book.ts'
import type { BureauEntry, BureauState } from '../bureau-book.ts'
import type { MobileCredentials } from './mobile-credentials.ts'
import { viewOf } from './mobile-decisions.ts'
import type { MobileNotice } from './mobile-state.ts'

/** ASSUMPTION: no source has the centre's ladder; a few tries, then the site asks by 6301. */
const ladderMs = [15_000, 30_000, 180_000, 600_000]

export interface SiteNoticesParts {
  readonly book: KeptBook<BureauState, BureauEntry>
  readonly credentials: MobileCredentials
  readonly key: KeyObject
  /** Protocol clock. */
  readonly nowMs: () => number
  readonly failureSwitch: FailureSwitch
  readonly log: ActorLog
}

export function siteNotices({ book, credentials, key, nowMs, failureSwitch, log }: SiteNoticesParts) {
  const courier = new Courier<MobileNotice>({
    ladderMs: () => ladderMs,
    divisor: () => 1,
    protocolMs: nowMs,
    pack: ({ order, url }) => {
      const known = book.state.mobile.orders.get(order)
      if (known === undefined) throw new Error(`order ${order} was paid before it was told`)
      const data = writeNotice({ ...viewOf(known), reversalToken: credentials.reversalTokenOf(order) })
      const body = JSON.stringify({ timestamp: timestampOf(nowMs()), version: mobileVersion, data })
      const { pathname, search } = new URL(url)
      const parts = {
        ...{ caller: 'bureau', method: 'POST', path: pathname + search, body: Buffer.from(body) },
        timestamp: Math.floor(nowMs() / 1000),
        nonce: randomBytes(12).toString('base64url'),
      }
      return {
        body,
        headers: {
          'content-type': 'application/json',
          [signatureHeaders.caller]: parts.caller,
          [signatureHeaders.timestamp]: String(parts.timestamp),
          [signatureHeaders.nonce]: parts.nonce,
          [signatureHeaders.signature]: signHmac(key, parts),
        },
      }
    },
    isHeard: isNoticeHeard,
    carry: ({ order }, send) => failureSwitch.carry('mobile-order', order, send),
    done: ({ notice, order }, end, tries) => {
      if (end !== 'heard') log.tell('callback-given-up', { about: order, why: end, tries })
      void book
        .answer((state) => ({
          entries: state.mobile.notices.has(notice) ? [{ does: 'site-told', notice, heard: end === 'heard', tries }] : [],
          reply: undefined,
        }))
        .catch(() => undefined)
    },
  })
  return {
    look: () => courier.look(book.state.mobile.notices.values()),
    forget: () => courier.forget(),
    stop: () => courier.stop(),
  }
}

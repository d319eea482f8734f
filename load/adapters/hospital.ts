/**
 * Windows and kiosks of the city's hospitals: their errands never pass the platform, whichever it is, so they are played against our own
 * HIS beside every target. The window settles with the bureau itself; at a kiosk the patient pays by bank card, or shows a wallet's 付款码.
 */
import type { Adapter, AdapterRequest, Heard, Try } from '../adapter.ts'
import { failed, givenBack, said } from '../our-answers.ts'

/** Terminals every site is opened with, in the order of their sign-ins (wire/replay/opening-books.ts). */
export const replayTerminals = ['window', 'kiosk'] as const

export const adapter: Adapter = {
  name: 'hospital',
  next(asked, heard) {
    const last = heard.at(-1)
    const isRefund = asked.row.refunds !== undefined
    const byCode = paysByCode(asked)
    // Before each time that the kiosk is asked the phone shows a fresh code.
    if (last !== undefined && byCode && heard.length % 2 === 1) {
      const payCode = codeIn(last)
      if (payCode !== undefined) return { does: 'send', request: atTerminal(asked, payCode) }
      return { does: 'end', outcome: { is: 'failed', at: 'hospital', mayHaveArrived: heard.length > 1, reason: 'no-code' } }
    }
    const first = byCode ? showsCode : atTerminal
    if (last === undefined) return { does: 'send', request: isRefund ? backAtWindow(asked) : first(asked) }
    const says = isRefund ? givenBack : said
    // Asked again with the same key it is the same payment, so a question is the errand once more.
    const outcome = last.status === 200 ? says(last) : failed(last, true)
    if (outcome.is === 'refused' && outcome.reason === notOpen) {
      if (!isRefund && heard.length < mostAsks) {
        const pauseMs = heard.length <= soonAsks ? 250 : 1000
        // Half of what was heard are codes.
        return { does: 'send', request: first(asked), afterMs: byCode ? 2 * pauseMs : pauseMs }
      }
      return { does: 'end', outcome: { is: 'failed', at: 'hospital', mayHaveArrived: false, reason: notOpen } }
    }
    return { does: 'end', outcome: outcome.is === 'failed' ? { ...outcome, at: 'hospital' } : outcome }
  },
}

/** A counter whose site is not ready holds the settlement, as in the virtual city: the patient keeps the place at it, and is served once it opens. */
const notOpen = 'not-signed-in'
/** Within a quarter of a second for five, then each second: a site that is not ready after 80 s more than in the virtual city has failed. */
const soonAsks = 20
const mostAsks = 96

const paysByCode = ({ mode, person, row }: Try): boolean => mode === 'kiosk' && person.wallet !== null && row.refunds === undefined

/** The patient opens the wallet, which shows a fresh code; it has no real interface of its own. */
function showsCode({ person, origins }: Try): AdapterRequest {
  const { wallet, payer } = person.wallet as NonNullable<Try['person']['wallet']>
  return {
    method: 'POST',
    url: `${origins.wallets[wallet]}/phone/codes`,
    name: 'phone-code',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payer }),
    signed: { as: 'phone', to: wallet },
  }
}

function codeIn({ status, body }: Heard): string | undefined {
  try {
    return status === 200 ? (JSON.parse(body) as { readonly code?: string }).code : undefined
  } catch {
    return undefined
  }
}

function atTerminal({ row, person, mode, key, origin, businessDate }: Try, payCode?: string): ReturnType<typeof signedPayment> {
  const place = mode === 'kiosk' ? 1 : 0
  const isCard = mode === 'kiosk' && person.account !== null
  const byHand = isCard ? { means: 'bank', ...person.account } : { means: 'cash' }
  return signedPayment(origin, row.site, {
    site: row.site,
    terminal: replayTerminals[place],
    signIn: `QD${row.site}-${businessDate}-${String(place + 1).padStart(6, '0')}`,
    idempotencyKey: key,
    person: person.person,
    bill: row.bill,
    credential: { kind: 'card', value: person.card },
    tender: payCode === undefined ? byHand : { means: 'code', payCode },
  })
}

/** What was paid at a kiosk goes back at the window, the way it came. */
function backAtWindow({ row: { site, lines }, payment, key, origin, businessDate }: Try): ReturnType<typeof signedPayment> {
  const body = {
    site,
    terminal: replayTerminals[0],
    signIn: `QD${site}-${businessDate}-000001`,
    payment,
    idempotencyKey: key,
    ...(lines === undefined ? {} : { lines }),
  }
  return { ...signedPayment(origin, site, body), url: `${origin}/his/v1/window-payments/refund`, name: 'window-refund' }
}

function signedPayment(origin: string, site: number, body: object): AdapterRequest {
  return {
    method: 'POST',
    url: `${origin}/his/v1/window-payments`,
    name: 'window-payment',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signed: { as: `site-${site}`, to: 'his' },
  }
}

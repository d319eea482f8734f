/**
 * Windows and kiosks of the city's hospitals: their errands never pass the platform, whichever it is, so they are played against our own
 * HIS beside every target. The window settles with the bureau itself; at a kiosk the patient pays by bank card.
 */
import type { Adapter, AdapterRequest, Try } from '../adapter.ts'
import { failed, givenBack, said } from '../our-answers.ts'

/** Terminals every site is opened with, in the order of their sign-ins (wire/replay/opening-books.ts). */
export const replayTerminals = ['window', 'kiosk'] as const

export const adapter: Adapter = {
  name: 'hospital',
  next(asked, heard) {
    const last = heard.at(-1)
    const isRefund = asked.row.refunds !== undefined
    if (last === undefined) return { does: 'send', request: isRefund ? backAtWindow(asked) : atTerminal(asked) }
    const says = isRefund ? givenBack : said
    // Asked again with the same key it is the same payment, so a question is the errand once more.
    const outcome = last.status === 200 ? says(last) : failed(last, true)
    if (outcome.is === 'refused' && outcome.reason === notOpen) {
      if (!isRefund && heard.length < mostAsks)
        return { does: 'send', request: atTerminal(asked), afterMs: heard.length <= soonAsks ? 250 : 1000 }
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

function atTerminal({ row, person, mode, key, origin, businessDate }: Try): ReturnType<typeof signedPayment> {
  const place = mode === 'kiosk' ? 1 : 0
  const isCard = mode === 'kiosk' && person.account !== null
  return signedPayment(origin, row.site, {
    site: row.site,
    terminal: replayTerminals[place],
    signIn: `QD${row.site}-${businessDate}-${String(place + 1).padStart(6, '0')}`,
    idempotencyKey: key,
    person: person.person,
    bill: row.bill,
    credential: { kind: 'card', value: person.card },
    tender: isCard ? { means: 'bank', ...person.account } : { means: 'cash' },
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

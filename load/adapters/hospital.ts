/**
 * Windows and kiosks of the city's hospitals: their errands never pass the platform, whichever it is, so they are played against our own
 * HIS beside every target. The window settles with the bureau itself; at a kiosk the patient pays by bank card.
 */
import type { Adapter, AdapterRequest, Outcome, Try } from '../adapter.ts'
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
    const outcome = last.status === 200 ? heldOrSaid(says(last)) : failed(last, true)
    return { does: 'end', outcome: outcome.is === 'failed' ? { ...outcome, at: 'hospital' } : outcome }
  },
}

/** A counter whose site is not ready holds the errand: the patient waits there as for a bureau that does not answer. */
function heldOrSaid(outcome: Outcome): Outcome {
  const isHeld = outcome.is === 'refused' && outcome.reason === 'not-signed-in'
  return isHeld ? { is: 'failed', at: 'hospital', mayHaveArrived: false, reason: 'not-signed-in' } : outcome
}

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

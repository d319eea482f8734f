/**
 * The reference platform behind the city's entries. Each errand is a talk of a few requests: a phone opens the app where the errand begins
 * with that, then asks; on leaving, the site asks the platform itself.
 */
import type { Adapter, AdapterRequest, Heard, Outcome, Try } from '../adapter.ts'
import { doneWhen, failed, offered, refusalIn, said } from '../our-answers.ts'

interface Talk {
  /** In order; each may look at what was answered before it. */
  readonly asks: readonly ((asked: Try, heard: readonly Heard[]) => AdapterRequest)[]
  readonly reads: (last: Heard, asked: Try) => Outcome
  /** An answer that does not come leaves money in doubt. */
  readonly moves: boolean
}

const entry =
  (path: string, name: string, body: (asked: Try) => object): Talk['asks'][number] =>
  (asked) =>
    request(asked, `/entry/v1/${path}`, name, { idempotencyKey: asked.key, ...body(asked) }, tokenOf(asked))

/** The entry answers it by itself, so that one that is silent is noticed sooner than a payment that is long on its way. */
const open: Talk['asks'][number] = (asked) => ({
  ...request(asked, '/entry/v1/sessions', 'open', { person: asked.person.payer, secret: tokenOf(asked) }),
  patience: 'entry',
})

const pay = (asked: Try, token: string | undefined): AdapterRequest => {
  const { row, person, key, mode } = asked
  const who = person.payer === person.person ? {} : { forPerson: person.person }
  return request(
    asked,
    '/entry/v1/payments',
    'pay',
    { idempotencyKey: key, ...who, site: row.site, bill: row.bill, mode, qr: person.qr },
    token,
  )
}
const payInSession: Talk = { asks: [(asked) => pay(asked, tokenOf(asked))], reads: said, moves: true }
const payInApp: Talk = {
  asks: [open, (asked, [opened]) => pay(asked, (JSON.parse((opened as Heard).body) as { token: string }).token)],
  reads: said,
  moves: true,
}
const talk = (reads: Talk['reads'], ...asks: Talk['asks']): Talk => ({ asks, reads, moves: false })

/** A person has one assessment, so that whoever signs later names it without having seen it. */
const assessmentOf = ({ person }: Try): string => `A${person.person}`
const papers = ({ person: { name, idNumber } }: Try) => ({ name, idNumber })

/** 离院: no phone is asked; the site's kiosk asks the platform in the site's name. */
const leave: Talk = {
  asks: [
    (asked) => {
      const { row, person, key } = asked
      const body = {
        idempotencyKey: key,
        channel: siteOf(asked),
        person: person.person,
        site: row.site,
        bill: row.bill,
        mode: 'leaving',
        qr: person.qr,
      }
      return { ...request(asked, '/v1/payments', 'pay', body), signed: { as: siteOf(asked), to: 'platform' } }
    },
  ],
  reads: said,
  moves: true,
}
const raise = talk(
  doneWhen('raised'),
  entry('credit/raises', 'raise', () => ({})),
)

const talks: Readonly<Record<string, Talk>> = {
  'phone-registration': payInApp,
  'phone-payment': payInApp,
  'internet-payment': payInApp,
  'credit-payment': payInSession,
  'settle-on-leaving': leave,
  'family-code': talk(doneWhen('code'), entry('family-codes', 'family-code', papers)),
  'credit-assessment': talk(offered, open, entry('credentials', 'credential', papers), (asked) =>
    request(asked, '/entry/v1/credit/assessments', 'assess', { idempotencyKey: assessmentOf(asked), ...papers(asked) }, tokenOf(asked)),
  ),
  'credit-signing': talk(doneWhen('signed-up'), (asked) =>
    request(asked, '/entry/v1/credit/agreements', 'sign', { assessment: assessmentOf(asked), bank: asked.creditBank }, tokenOf(asked)),
  ),
  'digital-card': talk(
    doneWhen('card'),
    entry('credit/cards', 'card', ({ creditBank }) => ({ bank: creditBank })),
  ),
  'limit-raise': raise,
}

export const adapter: Adapter = {
  name: 'medpay',
  next(asked, heard) {
    const found = talkOf(asked)
    if (found === undefined) return { does: 'no-door' }
    const { asks, reads, moves } = found
    const last = heard.at(-1)
    const isLast = heard.length === asks.length
    if (last !== undefined && last.status !== 200) return { does: 'end', outcome: atItsPlace(asked, failed(last, moves && isLast)) }
    if (last !== undefined && isLast) return { does: 'end', outcome: atItsPlace(asked, reads(last, asked)) }
    const no = last === undefined ? undefined : refusalIn(last)
    if (no !== undefined) return { does: 'end', outcome: { is: 'refused', reason: no } }
    return { does: 'send', request: (asks[heard.length] as Talk['asks'][number])(asked, heard) }
  },
}

function talkOf(asked: Try): Talk | undefined {
  const { row, mode, sends, payment, sentTo } = asked
  if (sentTo === 'entry' && tokenOf(asked) === undefined) return undefined
  if (sends === 'raise') return raise
  if (sends === 'question' && payment !== undefined) return { asks: [question(payment)], reads: said, moves: true }
  const own = talks[row.errand]
  // Who turned to own money is in the entry already.
  return own === payInApp && mode !== 'phone' ? payInSession : own
}

const question =
  (payment: string): Talk['asks'][number] =>
  (asked) => {
    if (asked.sentTo === 'entry') {
      const { body: _, ...rest } = request(asked, `/entry/v1/payments/${payment}`, 'query', {}, tokenOf(asked))
      return { ...rest, method: 'GET' }
    }
    const body = { payment, channel: siteOf(asked) }
    return { ...request(asked, '/v1/payments/query', 'query', body), signed: { as: siteOf(asked), to: 'platform' } }
  }

/** Where no entry stands between, it was not the entry that failed. */
function atItsPlace({ sentTo }: Try, outcome: Outcome): Outcome {
  return outcome.is === 'failed' && sentTo !== 'entry' ? { ...outcome, at: 'platform' } : outcome
}

const tokenOf = ({ person, entry: at }: Try): string | undefined => person.sessions[at]
const siteOf = ({ row }: Try): string => `site-${row.site}`

function request({ origin }: Try, path: string, name: string, body: object, token?: string): AdapterRequest {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    method: 'POST',
    url: `${origin}${path}`,
    name,
    headers: { 'content-type': 'application/json', ...bearer },
    body: JSON.stringify(body),
  }
}

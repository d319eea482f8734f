/**
 * The reference platform behind the city's entries. Each errand is a talk of a few requests: a phone opens the app where the errand begins
 * with that, then asks; on leaving, the site asks the platform itself.
 */
import { billQuery } from '../../simulators/trace/seen-row.ts'
import type { Adapter, AdapterRequest, Heard, Outcome, Try } from '../adapter.ts'
import { doneWhen, failed, givenBack, isPlatformBusy, jsonOf, notShown, offered, refusalIn, said } from '../our-answers.ts'

interface Talk {
  /** In order; each may look at what was answered before it. */
  readonly asks: readonly ((asked: Try, heard: readonly Heard[]) => AdapterRequest)[]
  readonly reads: (last: Heard, asked: Try) => Outcome
  /** An answer that does not come leaves money in doubt. */
  readonly moves: boolean
  /** Place of the request whose answer must show the bill as it is about to be paid. */
  readonly looks?: number
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

/** A guardian's phone asks and pays for the child. */
const whom = ({ person }: Try) => (person.payer === person.person ? {} : { forPerson: person.person })

/** What the app shows before anybody pays: the bills of the visit. */
const bills = (asked: Try, token: string | undefined): AdapterRequest =>
  request(asked, '/entry/v1/bills/query', billQuery, { ...whom(asked), site: asked.row.site, visit: visitOf(asked) }, token)
const pay = (asked: Try, token: string | undefined): AdapterRequest => {
  const { row, person, key, mode } = asked
  const body = { idempotencyKey: key, ...whom(asked), site: row.site, bill: row.bill, mode, qr: person.qr }
  return { ...request(asked, '/entry/v1/payments', 'pay', body, token), handsOn: true }
}
const payInSession: Talk = {
  // The first that is asked of an entry finds out whether it is there, as opening the app does.
  asks: [(asked) => ({ ...bills(asked, tokenOf(asked)), patience: 'entry' }), (asked) => pay(asked, tokenOf(asked))],
  reads: said,
  moves: true,
  looks: 0,
}
const opened = ([first]: readonly Heard[]): string => (jsonOf(first as Heard) as { token: string }).token
const payInApp: Talk = {
  asks: [open, (asked, heard) => bills(asked, opened(heard)), (asked, heard) => pay(asked, opened(heard))],
  reads: said,
  moves: true,
  looks: 1,
}
/** Told by the platform to come back, the app does not sign in again, nor ask for bills that are on its screen. */
function payInOpenApp({ earlier }: Try): Talk | undefined {
  const last = earlier.at(-1)
  if (last === undefined || !isPlatformBusy(last)) return undefined
  const has = (field: string) => earlier.filter((heard) => heard.status === 200 && field in (jsonOf(heard) as object))
  const session = has('token')
  if (session.length === 0) return undefined
  const token = opened(session.slice(-1))
  const pays: Talk['asks'][number] = (asked) => pay(asked, token)
  if (has('bills').length > 0) return { asks: [pays], reads: said, moves: true }
  return { asks: [(asked) => bills(asked, token), pays], reads: said, moves: true, looks: 0 }
}
const talk = (reads: Talk['reads'], ...asks: Talk['asks']): Talk => ({ asks, reads, moves: false })

/** A person has one assessment, so that whoever signs later names it without having seen it. */
const assessmentOf = ({ person }: Try): string => `A${person.person}`
const papers = ({ person: { name, idNumber } }: Try) => ({ name, idNumber })

/** 先诊疗后付费: the site has the amount of a bill held; held once for a bill, however often it is asked. */
const hold = talk(doneWhen('held'), (asked) => {
  const { row, person } = asked
  const body = {
    channel: siteOf(asked),
    person: person.person,
    site: row.site,
    visit: visitOf(asked),
    bill: row.holds?.bill,
    amountFen: row.holds?.amountFen,
  }
  return { ...request(asked, '/v1/holds', 'hold', body), signed: { as: siteOf(asked), to: 'platform' } }
})

/** 离院: no phone is asked. The site's window or kiosk has the hospital make one bill of the visit's, and asks the platform in the site's name. */
const leave: Talk = {
  asks: [
    (asked) => ({
      ...request(asked, '/his/v1/visits/leave', 'leave', { site: asked.row.site, visit: visitOf(asked) }),
      url: `${asked.origins.his}/his/v1/visits/leave`,
      signed: { as: siteOf(asked), to: 'his' },
      patience: 'his',
    }),
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
  looks: 0,
}
/** Those that go back; absent: all. */
const linesOf = ({ row: { lines } }: Try) => (lines === undefined ? {} : { lines })

/** 退费, asked of the entry that took the payment; asked again with the same key it is the same refund. */
const refund: Talk = {
  asks: [
    (asked) =>
      request(
        asked,
        `/entry/v1/payments/${asked.payment}/refunds`,
        'refund',
        { idempotencyKey: asked.key, ...linesOf(asked) },
        tokenOf(asked),
      ),
  ],
  reads: givenBack,
  moves: true,
}
/** @param leave where banks ask for the score: the answer to the request before this one, by which the wanted bank may */
const assess =
  (leave?: (heard: readonly Heard[]) => Heard | undefined): Talk['asks'][number] =>
  (asked, heard) => {
    const { authorization } = JSON.parse(leave?.(heard)?.body ?? '{}') as { authorization?: string }
    const leaves = authorization === undefined ? {} : { scoreAuthorizations: [{ bank: asked.creditBank, authorization }] }
    const body = { idempotencyKey: assessmentOf(asked), ...papers(asked), ...leaves }
    return request(asked, '/entry/v1/credit/assessments', 'assess', body, tokenOf(asked))
  }
/** 天津: the person lets the bank of their choice ask for the score first. */
const assessByScore = talk(
  offered,
  open,
  entry('credentials', 'credential', papers),
  (asked) => {
    const body = { idempotencyKey: assessmentOf(asked), bank: asked.creditBank }
    return request(asked, '/entry/v1/credit/score-authorizations', 'score-leave', body, tokenOf(asked))
  },
  assess((heard) => heard.at(-1)),
)
const raise = talk(
  doneWhen('raised'),
  entry('credit/raises', 'raise', () => ({})),
)

const talks: Readonly<Record<string, Talk>> = {
  'phone-registration': payInApp,
  'phone-payment': payInApp,
  'internet-payment': payInApp,
  'credit-payment': payInSession,
  'hold-registration': hold,
  'hold-examination': hold,
  'hold-drugs': hold,
  'settle-on-leaving': leave,
  'entry-refund': refund,
  'family-code': talk(doneWhen('code'), entry('family-codes', 'family-code', papers)),
  'credit-assessment': talk(offered, open, entry('credentials', 'credential', papers), assess()),
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
    const { asks, reads, moves, looks } = found
    const last = heard.at(-1)
    const isLast = heard.length === asks.length
    if (last !== undefined && last.status !== 200) return { does: 'end', outcome: atItsPlace(asked, failed(last, moves && isLast)) }
    if (last !== undefined && isLast) return { does: 'end', outcome: atItsPlace(asked, reads(last, asked)) }
    const no = last === undefined ? undefined : heard.length - 1 === looks ? notShown(last, asked) : refusalIn(last)
    if (no !== undefined) return { does: 'end', outcome: { is: 'refused', reason: no } }
    return { does: 'send', request: (asks[heard.length] as Talk['asks'][number])(asked, heard) }
  },
}

function talkOf(asked: Try): Talk | undefined {
  const { row, mode, sends, payment, sentTo } = asked
  if (sentTo === 'entry' && tokenOf(asked) === undefined) return undefined
  if (sends === 'raise') return raise
  if (sends === 'question' && payment !== undefined && row.refunds === undefined)
    return { asks: [question(payment)], reads: said, moves: true }
  const own = row.errand === 'credit-assessment' && asked.person.givesLeave === true ? assessByScore : talks[row.errand]
  // Who turned to own money is in the entry already.
  if (own === payInApp && mode !== 'phone') return payInSession
  return own === payInApp ? (payInOpenApp(asked) ?? own) : own
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
const visitOf = ({ row }: Try): string => `JZ${row.visit}`

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

/** The reference platform behind the city's entries: a phone signs in where the errand begins with opening the app, then pays. */
import type { Adapter, AdapterRequest, Attempt, AttemptOutcome, Heard, Step } from '../adapter.ts'

/** What an entry's health and the platform's own words are called where the entry answers for it. */
const atPlatform: Readonly<Record<string, boolean>> = { 'party-unreachable': false, 'party-silent': true }
/** Answers before any work. */
const beforeWork = ['out-of-order', 'not-ready']
/** How often a payment that is under way is asked about, and how long apart. */
const mostQueries = 30
const queryEveryMs = 1000
const opensTheApp = ['phone-registration', 'phone-payment', 'internet-payment']
const paysByEntry = [...opensTheApp, 'credit-payment']

export const adapter: Adapter = {
  name: 'medpay',
  next(attempt, heard) {
    const { row, person, mode } = attempt
    if (!paysByEntry.includes(row.errand)) return { does: 'no-door' }
    const session = person.sessions[attempt.entry]
    if (session === undefined) return { does: 'no-door' }
    const opens = mode === 'phone' && opensTheApp.includes(row.errand)
    if (!opens) return payNext(attempt, session, heard)
    const [opened, ...later] = heard
    if (opened === undefined) return { does: 'send', request: signIn(attempt, session) }
    if (opened.status !== 200) return { does: 'end', outcome: failed(opened, false) }
    return payNext(attempt, (JSON.parse(opened.body) as { token: string }).token, later)
  },
}

function payNext(attempt: Attempt, token: string, heard: readonly Heard[]): Step {
  const last = heard.at(-1)
  if (last === undefined) return { does: 'send', request: payment(attempt, token) }
  const outcome = last.status === 200 ? said(last) : failed(last, true)
  if (outcome.is !== 'under-way' || outcome.payment === undefined || heard.length > mostQueries) return { does: 'end', outcome }
  const url = `${attempt.origin}/entry/v1/payments/${outcome.payment}`
  return {
    does: 'send',
    afterMs: queryEveryMs,
    request: { method: 'GET', url, name: 'query', headers: { authorization: `Bearer ${token}` } },
  }
}

const json = { 'content-type': 'application/json' }

function signIn({ origin, person }: Attempt, secret: string): AdapterRequest {
  const body = JSON.stringify({ person: person.payer, secret })
  return { method: 'POST', url: `${origin}/entry/v1/sessions`, name: 'open', headers: json, body }
}

function payment({ origin, row, person, key, mode }: Attempt, token: string): AdapterRequest {
  const who = person.payer === person.person ? {} : { forPerson: person.person }
  const body = JSON.stringify({ idempotencyKey: key, ...who, site: row.site, bill: row.bill, mode, qr: person.qr })
  return { method: 'POST', url: `${origin}/entry/v1/payments`, name: 'pay', headers: { ...json, authorization: `Bearer ${token}` }, body }
}

interface Said {
  readonly outcome?: string
  readonly reason?: string
  readonly payment?: { readonly payment: string; readonly state: string; readonly reason?: string; readonly split?: never }
  readonly error?: { readonly code?: string }
}

const bodyOf = ({ body }: Heard): Said | undefined => {
  try {
    return JSON.parse(body) as Said
  } catch {
    return undefined
  }
}

/** The payment as entry and hospital tell it. */
export function said(heard: Heard): AttemptOutcome {
  const body = bodyOf(heard)
  if (body?.outcome === 'refused') return { is: 'refused', reason: body.reason ?? 'unsaid' }
  const told = body?.payment
  if (body?.outcome !== 'payment' || told === undefined)
    return { is: 'failed', at: 'platform', mayHaveArrived: true, reason: `an answer of another form: ${body?.outcome ?? 'no JSON'}` }
  const { payment, state, reason, split } = told
  const is = state === 'refunding' || state === 'refunded' ? 'undone' : (state as 'paid')
  return { is, payment, ...(reason === undefined ? {} : { reason }), ...(split === undefined ? {} : { split }) }
}

/** @param moves the request could have moved money */
export function failed(heard: Heard, moves: boolean): AttemptOutcome {
  const { status, headers, neverArrived } = heard
  if (status === 0) return { is: 'failed', at: 'entry', mayHaveArrived: moves && !neverArrived, reason: 'no answer' }
  const code = bodyOf(heard)?.error?.code ?? `status ${status}`
  const isPlatform = atPlatform[code]
  if (isPlatform !== undefined) return { is: 'failed', at: 'platform', mayHaveArrived: moves && isPlatform, reason: code }
  if (status < 500 && status !== 429) return { is: 'refused', reason: code }
  const waitSeconds = Number(headers['retry-after'])
  return {
    is: 'failed',
    at: 'entry',
    mayHaveArrived: moves && status >= 500 && !beforeWork.includes(code),
    reason: code,
    ...(waitSeconds > 0 ? { retryAfterMs: waitSeconds * 1000 } : {}),
  }
}

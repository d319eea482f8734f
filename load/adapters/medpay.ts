/** The reference platform behind the city's entries: a phone signs in where the errand begins with opening the app, then pays. */
import type { Adapter, AdapterRequest, Attempt, AttemptOutcome, Heard, Step } from '../adapter.ts'

/** What an entry's health and the platform's own words are called where the entry answers for it. */
const atPlatform: Readonly<Record<string, boolean>> = { 'party-unreachable': false, 'party-silent': true }
/** Answers before any work. */
const beforeWork = ['out-of-order', 'not-ready']
const opensTheApp = ['phone-registration', 'phone-payment', 'internet-payment']
const paysByEntry = [...opensTheApp, 'credit-payment']

export const adapter: Adapter = {
  name: 'medpay',
  next(attempt, heard) {
    const { row, person, mode, sends } = attempt
    const session = person.sessions[attempt.entry]
    if (!paysByEntry.includes(row.errand) || session === undefined || sends === 'raise') return { does: 'no-door' }
    if (sends === 'question' && attempt.payment !== undefined) return lastSaid(heard, question(attempt, session, attempt.payment))
    const opens = mode === 'phone' && opensTheApp.includes(row.errand)
    if (!opens) return lastSaid(heard, payment(attempt, session))
    const [opened, ...later] = heard
    if (opened === undefined) return { does: 'send', request: signIn(attempt, session) }
    if (opened.status !== 200) return { does: 'end', outcome: failed(opened, false) }
    return lastSaid(later, payment(attempt, (JSON.parse(opened.body) as { token: string }).token))
  },
}

/** One request, then whatever was answered. */
function lastSaid([answer]: readonly Heard[], request: AdapterRequest): Step {
  if (answer === undefined) return { does: 'send', request }
  return { does: 'end', outcome: answer.status === 200 ? said(answer) : failed(answer, true) }
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

const question = ({ origin }: Attempt, token: string, number: string): AdapterRequest => ({
  method: 'GET',
  url: `${origin}/entry/v1/payments/${number}`,
  name: 'query',
  headers: { authorization: `Bearer ${token}` },
})

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
  const is =
    state === 'refunding' || state === 'refunded' ? 'undone' : (state as Extract<AttemptOutcome, { readonly payment?: string }>['is'])
  const failedAt = is === 'refused' || is === 'undone' ? whoCouldNot(reason ?? '') : undefined
  return {
    is,
    payment,
    ...(reason === undefined ? {} : { reason }),
    ...(failedAt === undefined ? {} : { failedAt }),
    ...(split === undefined ? {} : { split }),
  }
}

/** The platform's reasons name the step, or the bank's word. */
const whoCouldNot = (reason: string): 'bureau' | 'bank' | undefined =>
  reason.includes('bureau') ? 'bureau' : /bank|limit|balance/.test(reason) ? 'bank' : undefined

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

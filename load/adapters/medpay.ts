/** The reference platform behind the city's entries: a phone signs in where the errand begins with opening the app, then pays. */
import type { Adapter, AdapterRequest, Heard, Step, Try } from '../adapter.ts'
import { failed, said } from '../our-answers.ts'

const opensTheApp = ['phone-registration', 'phone-payment', 'internet-payment']
const paysByEntry = [...opensTheApp, 'credit-payment']

export const adapter: Adapter = {
  name: 'medpay',
  next(asked, heard) {
    const { row, person, mode, sends } = asked
    const session = person.sessions[asked.entry]
    if (!paysByEntry.includes(row.errand) || session === undefined || sends === 'raise') return { does: 'no-door' }
    if (sends === 'question' && asked.payment !== undefined) return lastSaid(heard, question(asked, session, asked.payment))
    const opens = mode === 'phone' && opensTheApp.includes(row.errand)
    if (!opens) return lastSaid(heard, payment(asked, session))
    const [opened, ...later] = heard
    if (opened === undefined) return { does: 'send', request: signIn(asked, session) }
    if (opened.status !== 200) return { does: 'end', outcome: failed(opened, false) }
    return lastSaid(later, payment(asked, (JSON.parse(opened.body) as { token: string }).token))
  },
}

/** One request, then whatever was answered. */
function lastSaid([answer]: readonly Heard[], request: AdapterRequest): Step {
  if (answer === undefined) return { does: 'send', request }
  return { does: 'end', outcome: answer.status === 200 ? said(answer) : failed(answer, true) }
}

const json = { 'content-type': 'application/json' }

function signIn({ origin, person }: Try, secret: string): AdapterRequest {
  const body = JSON.stringify({ person: person.payer, secret })
  return { method: 'POST', url: `${origin}/entry/v1/sessions`, name: 'open', headers: json, body }
}

function payment({ origin, row, person, key, mode }: Try, token: string): AdapterRequest {
  const who = person.payer === person.person ? {} : { forPerson: person.person }
  const body = JSON.stringify({ idempotencyKey: key, ...who, site: row.site, bill: row.bill, mode, qr: person.qr })
  return { method: 'POST', url: `${origin}/entry/v1/payments`, name: 'pay', headers: { ...json, authorization: `Bearer ${token}` }, body }
}

const question = ({ origin }: Try, token: string, number: string): AdapterRequest => ({
  method: 'GET',
  url: `${origin}/entry/v1/payments/${number}`,
  name: 'query',
  headers: { authorization: `Bearer ${token}` },
})

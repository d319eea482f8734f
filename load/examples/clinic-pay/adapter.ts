/**
 * Adapter of ClinicPay, the example of a platform of others (platform.ts beside it): form-encoded bodies, amounts in yuan as text, an order
 * that is accepted first and asked about until it ends, no headers that trace it.
 */
import type { Adapter, AdapterRequest, Heard, Outcome, Step, Try } from '../../adapter.ts'

const askAgainMs = 150
/** Then the patient is told that it is under way, and what follows is not the adapter's to decide. */
const mostRequests = 60
const rails = { credit: 'CREDIT', phone: 'DEBIT' } as const

export const adapter: Adapter = {
  name: 'clinic-pay',
  readyPath: '/health',
  next(asked, heard) {
    const last = heard.at(-1)
    if (last === undefined) return asked.sends === 'question' ? ask(asked, 0) : order(asked)
    if (last.status === 0) return failed(!last.neverArrived, 'no answer')
    const said = formOf(last.body)
    if (last.status === 429) return failed(false, 'busy', 1000 * Number(last.headers['retry-after'] ?? 1))
    if (last.status === 404) return failed(false, 'order unknown')
    if (last.status >= 500) return failed(true, `status ${last.status}`)
    if (last.status >= 400) return { does: 'end', outcome: { is: 'refused', reason: said['why'] ?? `status ${last.status}` } }
    switch (said['state']) {
      case 'ACCEPTED':
      case 'WORKING':
        if (heard.length < mostRequests) return ask(asked, askAgainMs)
        return { does: 'end', outcome: { is: 'under-way', payment: said['order'] ?? '' } }
      case 'PAID':
        return { does: 'end', outcome: paid(said) }
      case 'DECLINED':
        return { does: 'end', outcome: declined(said) }
      default:
        return failed(true, 'an answer of another form')
    }
  },
}

function order({ origin, row, person, mode, key, sends, businessDate }: Try): Step {
  const rail = mode === 'credit' || mode === 'phone' ? rails[mode] : undefined
  const at = mode === 'credit' ? person.credit : person.account && { bank: person.account.bank, agreement: person.account.account }
  if (rail === undefined || row.bill === null || at === null || sends === 'raise') return { does: 'no-door' }
  const body = formText({
    reference: key,
    clinic: String(row.site),
    invoice: row.bill,
    patient: String(person.person),
    ecard: person.qr,
    rail,
    bank: at.bank,
    mandate: at.agreement,
    total: (row.totalFen / 100).toFixed(2),
    day: businessDate,
  })
  return send({
    method: 'POST',
    url: `${origin}/cashier/orders`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    name: 'order',
  })
}

/** By the reference, so that it can be asked too when the order's answer never came. */
const ask = ({ origin, key }: Try, afterMs: number): Step =>
  send({ method: 'GET', url: `${origin}/cashier/orders?reference=${encodeURIComponent(key)}`, name: 'ask' }, afterMs)

const send = (request: AdapterRequest, afterMs = 0): Step => ({ does: 'send', request, afterMs })

const failed = (mayHaveArrived: boolean, reason: string, retryAfterMs = 0): Step => ({
  does: 'end',
  outcome: { is: 'failed', at: 'platform', mayHaveArrived, reason, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) },
})

const paid = (said: Form): Outcome => ({
  is: 'paid',
  payment: said['order'] ?? '',
  split: {
    fundFen: fen(said['fund']),
    currentAccountFen: fen(said['account']),
    historyAccountFen: fen(said['savings']),
    cashFen: fen(said['own']),
  },
})
const declined = (said: Form): Outcome => ({
  is: 'refused',
  payment: said['order'] ?? '',
  reason: said['why'] ?? 'declined',
  ...(said['who'] === 'bank' || said['who'] === 'bureau' ? { failedAt: said['who'] } : {}),
})

const fen = (yuan: string | undefined): number => Math.round(Number(yuan) * 100)

type Form = Readonly<Record<string, string | undefined>>
const formText = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
const formOf = (text: Heard['body']): Form =>
  Object.fromEntries(text.split('&').map((pair) => pair.split('=').map((word) => decodeURIComponent(word.replaceAll('+', ' ')))))

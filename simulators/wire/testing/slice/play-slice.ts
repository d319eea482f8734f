/** A slice played on a wire city, wherever its actors listen: books opened, rows asked for at the entry, the end waited for, books collected. */
import type { AuditInput, NumberedBook, SeenAnswer, SeenRow } from '../../audit/audit-input.ts'
import { signedSender } from '../../client/signed-sender.ts'
import { httpTransport } from '../../client/transport.ts'
import type { ReconciliationOperatorDesk } from '../../desks/reconciliation-desk.ts'
import { plainPort } from '../../dialects/plain.ts'
import { reconciliationOperatorOperations } from '../../dialects/reconciliation.ts'
import type { Served } from '../../serve.ts'
import { phone } from '../../wallets/testing/phone.ts'
import { bank, channel, control, keys } from '../small-wire.ts'
import { payerOf, type Slice, type SliceRow } from './slice.ts'

export type ListeningCity = Pick<Served, 'originOf'>

export const sliceActors = ['bureau', 'his', bank, 'wechat', 'platform', channel] as const

/** Empties every book and opens it with the slice's. */
export async function openSlice(city: ListeningCity, { openings }: Slice): Promise<void> {
  for (const actor of sliceActors) {
    await control(city, actor, 'POST', '/control/reset')
    await control(city, actor, 'POST', '/control/opening', openings[actor])
  }
}

export async function auditInputOf(
  city: ListeningCity,
  rest: Pick<AuditInput, 'planned' | 'seen' | 'policy' | 'faults' | 'replay'> & { readonly clockToleranceMs?: number },
): Promise<AuditInput> {
  return {
    clockToleranceMs: 0,
    ...rest,
    books: await Promise.all(sliceActors.map(async (actor) => (await control(city, actor, 'GET', '/control/books')) as NumberedBook)),
    mustHaveMoved: ['bureau', 'his', 'platform'],
    folder: 'reports/runs/slice',
  }
}

/** What the patient of a row asks for, and heard. */
export async function playRow(city: ListeningCity, row: SliceRow): Promise<SeenRow> {
  const answers: SeenAnswer[] = []
  const payCode = row.mode === 'scan' ? await shownCode(city, payerOf(row.person)) : undefined
  const { site, bill, mode, qr, key } = row
  const pay = async () => {
    const answer = await ask(city, row, '/entry/v1/payments', {
      idempotencyKey: key,
      site,
      bill,
      mode,
      qr,
      ...(payCode === undefined ? {} : { payCode }),
    })
    answers.push(answer)
    return answer
  }
  const first = await pay()
  if (row.asksAgain) await pay()
  if (row.wantsRefund && first.outcome === 'paid' && first.payment !== undefined) {
    // The invoice is issued after the patient has gone; until then a refund is told to wait.
    for (let tries = 0; tries < 40; tries += 1) {
      const answer = await ask(city, row, `/entry/v1/payments/${first.payment}/refunds`, { idempotencyKey: `${key}-R` })
      if (answer.reason !== 'under-way') {
        answers.push(answer)
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  return { row: row.row, answers }
}

/** The wallet shows it; while the wallet is away the patient tries again. */
async function shownCode(city: ListeningCity, payer: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return ((await phone(city.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/codes', { payer })) as { code: string }).code
    } catch (error) {
      if (tries >= 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** The platform lets in what its machine has time for: who is told to come back does, for so long. */
const mostReturns = 60

async function ask(city: ListeningCity, row: SliceRow, path: string, body: object, returns = 0): Promise<SeenAnswer> {
  const { token } = row
  const answer = await fetch(`${city.originOf(channel)}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (answer.status === 429 && returns < mostReturns) {
    await answer.arrayBuffer()
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get('retry-after') ?? 1)))
    return ask(city, row, path, body, returns + 1)
  }
  if (!answer.ok) return { outcome: 'no-answer', reason: String(answer.status) }
  const said = (await answer.json()) as {
    readonly outcome: string
    readonly reason?: string
    readonly payment?: { readonly payment: string; readonly state: string; readonly reason?: string; readonly split?: SeenAnswer['split'] }
  }
  if (said.payment === undefined) return { outcome: said.outcome, reason: said.reason }
  const { payment, state, reason, split } = said.payment
  return { outcome: state, payment, reason, split }
}

/** Of the small wire; and the morning after, when everybody's day is over and told. */
export const sliceDay = '2020-10-12 10:00:00'
const nextMorning = '2020-10-13 09:30:00'

export async function setSliceClocks(city: ListeningCity, now: string): Promise<void> {
  const atMs = Date.now()
  await Promise.all(sliceActors.map((actor) => control(city, actor, 'PUT', '/control/clock', { now, atMs })))
}

/** Has the platform reconcile and pay out. */
export async function endSliceDay(city: ListeningCity): Promise<void> {
  await setSliceClocks(city, nextMorning)
  const transport = httpTransport({ origin: city.originOf('platform'), timeoutMs: 60_000 })
  try {
    const send = signedSender({ transport, caller: 'operator', key: keys.between('operator', 'platform'), nowMs: Date.now })
    await plainPort<ReconciliationOperatorDesk>(reconciliationOperatorOperations, send).reconcile({})
  } finally {
    await transport.close()
  }
}

const stateOf = ({ payment, number = payment, state }: { readonly payment?: string; readonly number?: string; readonly state?: string }) =>
  `${number} ${state}`

/** Until no payment is open and every entry has been told, or for as long as a drain may take. */
export async function drained(city: ListeningCity, mustHear: boolean, mostMs = 20_000): Promise<void> {
  const isQuiet = async () => {
    const [{ ledger }, told] = (await Promise.all([
      control(city, 'platform', 'GET', '/control/books'),
      control(city, channel, 'GET', '/control/books'),
    ])) as [NumberedBook, NumberedBook]
    const heard = new Set(told.entries.map(({ entry }) => entry as { readonly payment?: string; readonly state?: string }).map(stateOf))
    return ledger?.payments.every((payment) => !payment.isOpen && (!mustHear || heard.has(stateOf(payment)))) === true
  }
  const untilMs = Date.now() + mostMs
  while (!(await isQuiet()) && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 15))
}

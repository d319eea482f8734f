/**
 * A patient's phone for the tests of entries: pays through those it holds, and when one fails goes on as the fallback table of the virtual city says. The
 * payment keeps its key whatever entry it goes through, so the platform's one attempt per bill guards a reply that was lost.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RetryPlan } from '../../../../scenarios/plan-parties.ts'
import { onwardFrom, otherEntry, TO_KIOSK, TO_OWN_MONEY } from '../../../channels/fallback.ts'
import { ownSwing } from '../../../channels/own-swing.ts'
import { retryPause } from '../../../channels/retry-pause.ts'
import { httpTransport, type Transport } from '../../client/transport.ts'
import type { PayReply, PayRequest } from '../../desks/payment-desk.ts'

export interface HeldEntry {
  readonly name: string
  /** Of the city's plan: smaller is tried earlier. */
  readonly backupOrder: number
  readonly origin: string
  readonly token: string
}
export interface PhoneOptions {
  /** The preferred one first. */
  readonly entries: readonly HeldEntry[]
  /** Of the city: how long an answer is waited for, how often an entry is tried, how long the pauses are. */
  readonly retry: RetryPlan
  /** Absent: a timer. */
  readonly wait?: (ms: number) => Promise<unknown>
  readonly takesKiosk: boolean
  /** Own money lies elsewhere than at the bank of the agreement. */
  readonly hasOwnMoney: boolean
}
export type PhonePayment = Omit<PayRequest, 'channel' | 'person'> & { readonly forPerson?: number }

export type PhoneOutcome =
  /** The platform said what became of it. */
  | { readonly outcome: 'answered'; readonly entry: string; readonly tried: readonly string[]; readonly reply: PayReply }
  /** `inDoubt`: money may have moved, so whoever collects asks the hospital first. */
  | { readonly outcome: 'onward'; readonly to: 'window' | 'kiosk'; readonly inDoubt: boolean; readonly tried: readonly string[] }
  /** A mistake of the phone's own: no entry would take it. */
  | { readonly outcome: 'not-taken'; readonly entry: string; readonly code: string }

type Heard =
  | { readonly is: 'reply'; readonly reply: PayReply }
  | { readonly is: 'failed'; readonly at: 'entry' | 'platform'; readonly mayHaveArrived: boolean }
  | { readonly is: 'mistake'; readonly code: string }

export async function payByPhone(options: PhoneOptions, payment: PhonePayment): Promise<PhoneOutcome> {
  const { entries, takesKiosk, hasOwnMoney } = options
  const backupOrder = Int32Array.from(entries, (entry) => entry.backupOrder)
  const tried: string[] = []
  let bits = 0
  let inDoubt = false
  for (let at = 0; at >= 0; at = otherEntry(2 ** entries.length - 1, bits, tried.length - 1, entries.length, backupOrder)) {
    const entry = entries[at] as HeldEntry
    tried.push(entry.name)
    bits |= 1 << at
    const { heard, mayHaveArrived } = await askPatiently(options, entry, payment)
    if (heard.is === 'mistake') return { outcome: 'not-taken', entry: entry.name, code: heard.code }
    if (heard.is === 'reply') {
      const { reply } = heard
      const isRefused = reply.outcome === 'payment' && reply.payment.state === 'refused'
      if (isRefused && payment.mode === 'credit' && onwardFrom(false, true, takesKiosk, hasOwnMoney) === TO_OWN_MONEY)
        return payByPhone(options, { ...payment, mode: 'phone', idempotencyKey: `${payment.idempotencyKey}-own` })
      return { outcome: 'answered', entry: entry.name, tried, reply }
    }
    inDoubt ||= mayHaveArrived
    if (heard.at === 'platform')
      return { outcome: 'onward', to: placeOf(onwardFrom(false, false, takesKiosk, hasOwnMoney)), inDoubt, tried }
  }
  return { outcome: 'onward', to: placeOf(onwardFrom(true, false, takesKiosk, hasOwnMoney)), inDoubt, tried }
}

/** An entry that fails is tried again before it is left; a try that may have arrived stays in doubt whatever the next ones say. */
async function askPatiently(
  { retry, wait = sleep }: PhoneOptions,
  entry: HeldEntry,
  payment: PhonePayment,
): Promise<{ readonly heard: Heard; readonly mayHaveArrived: boolean }> {
  const { attempts, backoffSeconds, backoffFactor, jitterShare, timeoutSeconds } = retry
  let mayHaveArrived = false
  for (let tries = 1; ; tries += 1) {
    const heard = await ask(entry, payment, timeoutSeconds.entry * 1000)
    if (heard.is !== 'failed') return { heard, mayHaveArrived }
    mayHaveArrived ||= heard.mayHaveArrived
    if (tries >= attempts) return { heard, mayHaveArrived }
    await wait(1000 * retryPause(backoffSeconds, backoffFactor, jitterShare, tries, ownSwing(payment.idempotencyKey, tries)))
  }
}

async function ask({ origin, token }: HeldEntry, payment: PhonePayment, timeoutMs: number): Promise<Heard> {
  const transport: Transport = httpTransport({ origin, timeoutMs, connections: 1 })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await transport.send({ method: 'POST', path: '/entry/v1/payments', headers, body: Buffer.from(JSON.stringify(payment)) })
  await transport.close()
  if (answer.outcome === 'no-reply') return { is: 'failed', at: 'entry', mayHaveArrived: answer.sent === 'maybe' }
  const body = bodyOf(answer.body)
  if (answer.status === 200) return { is: 'reply', reply: body as PayReply }
  const code = (body as { readonly error?: { readonly code?: string } } | undefined)?.error?.code ?? `status ${answer.status}`
  switch (code) {
    case 'party-unreachable':
    case 'platform-busy':
      return { is: 'failed', at: 'platform', mayHaveArrived: false }
    case 'party-silent':
      return { is: 'failed', at: 'platform', mayHaveArrived: true }
    default:
      if (answer.status < 500 && answer.status !== 429) return { is: 'mistake', code }
      return { is: 'failed', at: 'entry', mayHaveArrived: answer.status >= 500 && code !== 'out-of-order' && code !== 'not-ready' }
  }
}

function bodyOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

const placeOf = (to: number) => (to === TO_KIOSK ? 'kiosk' : 'window')

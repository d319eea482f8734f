/** How the house's own entries and hospitals answer: the payment as they tell it, and what a failed request leaves open. */
import { billNotShown, billOfAnotherAmount, isForWantOfReply } from '../simulators/trace/seen-row.ts'
import type { Heard, Outcome, Try } from './adapter.ts'

interface Said {
  readonly outcome?: string
  readonly reason?: string
  readonly payment?: {
    readonly payment: string
    readonly state: string
    readonly reason?: string
    readonly refundRefused?: string
    readonly split?: never
  }
  readonly error?: { readonly code?: string }
}

const bodyOf = (heard: Heard): Said | undefined => {
  try {
    return jsonOf(heard) as Said
  } catch {
    return undefined
  }
}

const read = Symbol('read')

/**
 * Several questions are asked of one answer, and reading JSON is dear in k6: each body is read once, and kept on its answer. Not in a WeakMap:
 * that of k6's engine goes by address, and may hand an answer what was read from one that lay there before it was collected. Throws where it is none.
 */
export function jsonOf(heard: Heard): unknown {
  const kept: Heard & { [read]?: unknown } = heard
  if (!(read in kept)) kept[read] = JSON.parse(heard.body)
  return kept[read]
}
/** The payment as entry and hospital tell it. */
export function said(heard: Heard): Outcome {
  const body = bodyOf(heard)
  if (body?.outcome === 'refused') return { is: 'refused', reason: body.reason ?? 'unsaid' }
  const told = body?.payment
  if (body?.outcome !== 'payment' || told === undefined) return ofAnotherForm(body, true)
  const { payment, state, reason, split } = told
  const is = state === 'refunding' || state === 'refunded' ? 'undone' : (state as Extract<Outcome, { readonly payment?: string }>['is'])
  const failedAt = is === 'refused' || is === 'undone' ? whoCouldNot(reason ?? '') : undefined
  return {
    is,
    payment,
    ...(reason === undefined ? {} : { reason }),
    ...(failedAt === undefined ? {} : { failedAt, isForWantOfReply: isForWantOfReply(reason) }),
    ...(split === undefined ? {} : { split }),
  }
}

/** A payment that goes back: done when it has. */
export function givenBack(heard: Heard): Outcome {
  const body = bodyOf(heard)
  const told = body?.payment
  if (body?.outcome !== 'payment' || told === undefined) return said(heard)
  const { payment, state, refundRefused } = told
  if (state === 'refunded') return { is: 'done', payment }
  if (refundRefused !== undefined) return { is: 'refused', reason: refundRefused }
  return { is: state === 'refunding' ? 'under-way' : 'in-doubt', payment }
}

const ofAnotherForm = (body: Said | undefined, moves: boolean): Outcome => ({
  is: 'failed',
  at: 'platform',
  mayHaveArrived: moves,
  reason: `an answer of another form: ${body?.outcome ?? 'no JSON'}`,
})

/** What an entry's health and the platform's own words are called where the entry answers for it. */
const atPlatform: Readonly<Record<string, boolean>> = { 'party-unreachable': false, 'party-silent': true, 'platform-busy': false }
/** Answers before any work. */
const beforeWork = ['out-of-order', 'not-ready']

/** The platform's reasons name the step, or the bank's word. */
const whoCouldNot = (reason: string): 'bureau' | 'bank' | undefined =>
  reason.includes('bureau') ? 'bureau' : /bank|limit|balance/.test(reason) ? 'bank' : undefined

/** @param moves the request could have moved money */
export function failed(heard: Heard, moves: boolean): Outcome {
  const { status, headers, neverArrived } = heard
  if (status === 0) return { is: 'failed', at: 'entry', mayHaveArrived: moves && !neverArrived, reason: 'no answer' }
  const code = bodyOf(heard)?.error?.code ?? `status ${status}`
  const waitSeconds = Number(headers['retry-after'])
  const wait = waitSeconds > 0 ? { retryAfterMs: waitSeconds * 1000 } : {}
  const isPlatform = atPlatform[code]
  // Another entry would lead to the same platform.
  if (isPlatform !== undefined) return { is: 'failed', at: 'platform', mayHaveArrived: moves && isPlatform, reason: code, ...wait }
  if (status < 500 && status !== 429) return { is: 'refused', reason: code }
  return {
    is: 'failed',
    at: 'entry',
    mayHaveArrived: moves && status >= 500 && !beforeWork.includes(code),
    reason: code,
    ...wait,
  }
}

/** The entry passed on that the platform had no room; what was asked of the entry before it stands. */
export const isPlatformBusy = (heard: Heard): boolean => heard.status === 429 && bodyOf(heard)?.error?.code === 'platform-busy'

/** Where nothing is paid: done with this word. */
export const doneWhen =
  (outcome: string) =>
  (heard: Heard): Outcome => {
    const body = bodyOf(heard)
    if (body?.outcome === outcome) return { is: 'done' }
    const no = refusalIn(heard)
    return no === undefined ? ofAnotherForm(body, false) : { is: 'refused', reason: no }
  }

/** Why the answer is no; undefined where it is not. */
export function refusalIn(heard: Heard): string | undefined {
  const body = bodyOf(heard)
  return body?.outcome === 'refused' ? (body.reason ?? 'unsaid') : undefined
}

interface Shown {
  readonly bill: string
  readonly totalFen: number
}

/** Nobody pays a bill the hospital does not show, or shows with another amount. Undefined: it is there as it is to be paid. */
export function notShown(heard: Heard, { row }: Try): string | undefined {
  const no = refusalIn(heard)
  if (no !== undefined) return no
  const { bills, bill } = jsonOf(heard) as { readonly bills?: readonly Shown[]; readonly bill?: Shown }
  const shown = (bills ?? (bill === undefined ? [] : [bill])).find(({ bill }) => bill === row.bill)
  if (shown === undefined) return billNotShown
  return shown.totalFen === row.totalFen ? undefined : billOfAnotherAmount
}

/** An assessment is done whatever it says; only a bank that did not answer is asked again. */
export function offered(heard: Heard, { creditBank }: Pick<Try, 'creditBank'>): Outcome {
  const done = doneWhen('offers')(heard)
  if (done.is !== 'done') return done
  const { offers, without } = jsonOf(heard) as {
    readonly offers: readonly { readonly bank: string }[]
    readonly without: readonly { readonly bank: string; readonly reason: string }[]
  }
  if (offers.some(({ bank }) => bank === creditBank)) return done
  const why = without.find(({ bank }) => bank === creditBank)?.reason ?? 'not-asked'
  if (why === 'no-reply') return { is: 'failed', at: 'platform', mayHaveArrived: false, reason: 'bank-no-reply' }
  return { is: 'done', reason: why }
}

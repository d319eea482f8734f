/**
 * 实时核对 at work: asks the parties of movements that are a minute old, a few at a time, and only while few patients wait; and of a movement
 * whose settlement is to be matched in the same transaction (离院结算) at once, while its patient waits.
 */
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import { decideLive, isLookedAt, type LiveTimes, type LiveWord, type LookedAt } from '../reconciliation/live-matching.ts'
import type { ReconciliationEntry, ReconciliationState } from '../reconciliation/reconciliation-book.ts'
import type { MoneyRecord } from '../reconciliation/records.ts'
import { within } from '../sagas/payments.ts'
import type { Ports, SagaMemory } from '../sagas/saga-words.ts'
import type { Ledger, Posted } from '../stores/ledger.ts'
import type { SharedBook } from '../stores/shared-book.ts'
import { type Leg, legsOf } from './movements.ts'

/** ASSUMPTION: a party books its side within a minute, and one that knows nothing after a quarter of an hour never will. Tried 10–300 s, 5–60 min. */
export const usualLiveTimes: LiveTimes = { settleMs: 60_000, graceMs: 900_000 }
/** In one round; the rest waits for the next. */
const mostAtOnce = 64
/** Movements are read from the ledger in pieces of so long; where nothing moved in one, in pieces twice as long. */
const pieceMs = 20_000
/** Another process may have written with an earlier moment meanwhile, so it begins a while before where it ended. */
const overlapMs = 10_000
/** While more payments than this are under way the parties are left to the patients. */
const mostUnderWay = 64
/**
 * ASSUMPTION: a patient on the way out waits so long for parties that are silent; the rounds ask them again. Played at 0.3, 3 and 10 s
 * (`tianjin-leaving`, a window of 15 s): where parties answer no bill moves by it. With a silent party it was played at no other value.
 */
const usualAtOnceMs = 3000
/** A posting is booked within this of the moment its saga goes on at. */
const bookedWithinMs = 1000

export interface LiveMatcherParts {
  readonly ledger: Pick<Ledger, 'posted' | 'firstMs'>
  readonly book: SharedBook<ReconciliationState, ReconciliationEntry>
  readonly ports: Ports
  readonly clearing: Port<ClearingDesk>
  /** Business clock. */
  readonly nowMs: () => number
  readonly times: LiveTimes
  /** Payments of this process that patients wait for. */
  readonly underWay: () => number
}

/** One round. @returns movements that were decided; 0: nothing to do, or no time for it */
export async function matchLive(parts: LiveMatcherParts): Promise<number> {
  const { book, times, underWay } = parts
  if (underWay() > mostUnderWay) return 0
  const { fresh, untilMs } = await nextPiece(parts, await book.read())
  if (fresh.length === 0) return 0
  const now = fresh.slice(0, mostAtOnce)
  const looked = await Promise.all(now.map((one) => lookAt(parts, one)))
  const next = fresh[mostAtOnce]
  return book.answer((known, atMs) => decideLive(known, looked, next?.one.atMs ?? untilMs, atMs, times))
}

/**
 * One payment's movement, however young. Only what all its parties say now is kept: the silent are asked again by the rounds.
 *
 * @param bookedMs business moment at which it was posted
 */
async function matchAtOnce(parts: LiveMatcherParts, payment: string, bookedMs: number): Promise<void> {
  const { ledger, book, times } = parts
  const posted = await ledger.posted(bookedMs, bookedMs + bookedWithinMs)
  const fresh = freshOf(
    posted.filter((one) => one.payment.number === payment),
    await book.read(),
  )
  const looked = await Promise.all(fresh.map((one) => lookAt(parts, one)))
  await book.answer((known, atMs) => decideLive(known, looked, known.live.untilMs, atMs, times))
}

export interface LiveMatching {
  /** {@link matchAtOnce}, waited for so long and no longer; never rejects. What comes later is kept all the same. */
  atOnce(payment: string, bookedMs: number, mostMs?: number): Promise<void>
  stop(): Promise<void>
}

/** Round after round, one at a time; whoever cannot be asked now is asked in the next. */
export function matchLiveEvery(everyMs: number, parts: LiveMatcherParts): LiveMatching {
  const asked = new Set<Promise<unknown>>()
  let isStopped = false
  let round: Promise<unknown> | undefined
  const timer = setInterval(() => {
    round ??= matchLive(parts)
      .catch(() => undefined)
      .finally(() => {
        round = undefined
      })
  }, everyMs)
  timer.unref()
  return {
    async atOnce(payment, bookedMs, mostMs = usualAtOnceMs) {
      if (isStopped) return
      const asking = matchAtOnce(parts, payment, bookedMs)
        .catch(() => undefined)
        .finally(() => asked.delete(asking))
      asked.add(asking)
      await within(asking, mostMs)
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await round
      await Promise.all(asked)
    },
  }
}

interface Fresh {
  readonly one: Posted
  readonly legs: readonly Leg[]
  readonly does: MoneyRecord['does']
}

/** The next movements nobody looked at yet, oldest first. */
async function nextPiece(
  { ledger, nowMs, times }: LiveMatcherParts,
  state: ReconciliationState,
): Promise<{ readonly fresh: readonly Fresh[]; readonly untilMs: number }> {
  const endMs = nowMs() - times.settleMs
  let fromMs = state.live.untilMs === 0 ? ((await ledger.firstMs()) ?? endMs) : state.live.untilMs - overlapMs
  for (let lengthMs = pieceMs + overlapMs; fromMs < endMs; lengthMs *= 2) {
    const untilMs = Math.min(endMs, fromMs + lengthMs)
    const posted = await ledger.posted(fromMs, untilMs)
    const fresh = freshOf(posted, state)
    if (fresh.length > 0) return { fresh: fresh.toSorted((a, b) => a.one.atMs - b.one.atMs), untilMs }
    fromMs = untilMs
  }
  return { fresh: [], untilMs: endMs }
}

const freshOf = (posted: readonly Posted[], state: ReconciliationState) =>
  posted.flatMap((one): Fresh[] => {
    const legs = legsOf(one)
    const does = legs[0]?.record.does
    return does === undefined || isLookedAt(state, one.payment.number, does) ? [] : [{ one, legs, does }]
  })

async function lookAt(parts: LiveMatcherParts, { one, legs, does }: Fresh): Promise<LookedAt> {
  const words = await Promise.all(legs.map(async (leg) => ({ party: leg.party, word: await wordOf(parts, leg, one) })))
  return { payment: one.payment.number, does, atMs: one.atMs, words }
}

const isSilent = (heard: { readonly outcome: string }): heard is NoReply => heard.outcome === 'no-reply'
const agreesIf = (agrees: boolean): LiveWord => (agrees ? 'agrees' : 'differs')

async function wordOf({ ports, clearing }: LiveMatcherParts, { party, record }: Leg, { payment }: Posted): Promise<LiveWord> {
  const { key, does, site, amountFen, parts } = record
  switch (party.kind) {
    case 'insurer': {
      const heard = await clearing.settlement({ site, settlement: key })
      if (isSilent(heard)) return 'silent'
      if (heard.outcome === 'refused' || (does === 'refund' && !heard.isReversed)) return 'unknown'
      return agreesIf(partNames.every((name) => parts?.[name] === heard.line[name]))
    }
    case 'payer':
      return ports.walletOf(party.name) === undefined ? atBank(ports, party.name, record) : atWallet(ports, party.name, record)
    case 'hospital': {
      const { visit } = JSON.parse(payment.memory) as SagaMemory
      if (visit === undefined) return 'unknown'
      const heard = await ports.his.bills({ site, visit })
      if (isSilent(heard)) return 'silent'
      const bill = heard.outcome === 'bills' ? heard.bills.find((one) => one.bill === payment.bill) : undefined
      // A payment that went back since was noted before it did.
      const isNoted = bill?.state === 'refunded' || (does === 'pay' && bill?.state === 'paid')
      return bill === undefined || !isNoted ? 'unknown' : agreesIf(bill.totalFen === amountFen)
    }
    default:
      return party.kind satisfies never
  }
}

const partNames = ['fundFen', 'currentAccountFen', 'historyAccountFen', 'cashFen'] as const

async function atBank(ports: Ports, name: string, { key, amountFen }: MoneyRecord): Promise<LiveWord> {
  const heard = await ports.bankOf(name)?.query({ key })
  if (heard === undefined || isSilent(heard)) return 'silent'
  const fen = 'paidFen' in heard ? heard.paidFen : 'refundedFen' in heard ? heard.refundedFen : undefined
  return fen === undefined ? 'unknown' : agreesIf(fen === amountFen)
}

/** A wallet tells whether an order was paid, whose amount is fixed. A refund that is on its way to the payer is no word yet. */
async function atWallet(ports: Ports, name: string, { key, does, payment: order, amountFen }: MoneyRecord): Promise<LiveWord> {
  const wallet = ports.walletOf(name)
  if (wallet === undefined) return 'silent'
  const { merchant } = wallet
  if (does === 'refund') {
    const told = await wallet.desk.queryRefund({ merchant, ...(order === undefined ? {} : { order }), refund: key })
    if (isSilent(told)) return 'silent'
    if (told.outcome === 'refused') return 'unknown'
    const { state } = told.refund
    if (state === 'under-way') return 'silent'
    // What the wallet closed or cannot bring home is not with the payer, whatever the platform booked.
    return agreesIf(state === 'done' && told.refund.amountFen === amountFen)
  }
  const heard = await wallet.desk.query({ merchant, order: key })
  if (isSilent(heard)) return 'silent'
  return heard.outcome === 'order' && heard.order.state === 'paid' ? 'agrees' : 'unknown'
}

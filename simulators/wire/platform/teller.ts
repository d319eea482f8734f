/**
 * Tells callers of the states of their payments, at the addresses they gave: at once, then along a ladder until it is heard. What is
 * untold stands in the ledger with its turn, so a restart or another process goes on where this one stopped. A caller may hear of a
 * state twice and knows it by its number.
 */
import type { PaymentNotice, PaymentView } from '../desks/payment-desk.ts'
import { noticeOf } from '../dialects/payment-notice.ts'
import type { Ledger, LedgerPayment, Untold } from '../stores/ledger.ts'

/** Milliseconds between tries: the ladder of WeChat Pay's v3 documents, 24 h 4 m in all. */
export const usualLadderMs: readonly number[] = [
  15_000, 15_000, 30_000, 180_000, 600_000, 1_200_000, 1_800_000, 1_800_000, 1_800_000, 3_600_000, 10_800_000, 10_800_000, 10_800_000,
  21_600_000, 21_600_000,
]
/** Longer than one try takes, so that nobody else tries at the same time. */
const turnMs = 30_000
const mostAtOnce = 32
/** A payment whose row another write holds at that moment is passed over by the ledger: so much later nobody holds it. */
const usualPassedOverMs = 1000
/** After the last try: never by itself. */
const never = Number.MAX_SAFE_INTEGER

export interface TellerOptions {
  readonly ledger: Pick<Ledger, 'untold' | 'told'>
  readonly realNowMs: () => number
  readonly ladderMs: readonly number[]
  readonly viewOf: (payment: LedgerPayment) => PaymentView
  /** True when it was heard. */
  readonly send: (caller: string, url: string, notice: PaymentNotice) => Promise<boolean>
  /** Milliseconds until it is looked once more for those that were passed over; absent: a second. */
  readonly passedOverMs?: number
  /** The ladder of a state is at its end, and nobody heard. */
  readonly givenUp?: (payment: LedgerPayment, tries: number) => void
}

export interface Teller {
  /** Tells whoever's turn has come; asked while it is telling, it looks once more afterwards. */
  look(): Promise<void>
  /**
   * For a process that begins: turns that may be of one that died while it told are anybody's at once, and it looks. Who was to be told
   * again so soon is told now; of what a living process is telling a caller may hear twice. A row that a write holds at that very moment is
   * passed over and keeps its turn, half a minute at most: nearly always it is of a living process, which tells it.
   */
  takeOver(): Promise<void>
  /** Notices not heard so far that this process will tell again. */
  readonly waiting: number
  /** Somebody is being told, or it is being looked up who is to be, or will be once more. */
  readonly isTelling: boolean
  stop(): Promise<void>
}

export function teller({ ledger, realNowMs, ladderMs, viewOf, send, givenUp, passedOverMs = usualPassedOverMs }: TellerOptions): Teller {
  let underWay: Promise<void> | undefined
  let again = false
  let stopped = false
  const timers = new Set<NodeJS.Timeout>()
  let onceMore: NodeJS.Timeout | undefined

  async function tell(payment: LedgerPayment, tries: number): Promise<void> {
    const view = viewOf(payment)
    const heard = await send(payment.channel, payment.noticeUrl ?? '', noticeOf(view))
    const waitMs = ladderMs[tries]
    if (heard) return ledger.told(payment.number, payment.state, undefined)
    await ledger.told(payment.number, payment.state, { tries: tries + 1, againMs: waitMs === undefined ? never : realNowMs() + waitMs })
    if (waitMs === undefined) givenUp?.(payment, tries + 1)
    if (waitMs === undefined || stopped) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void look()
    }, waitMs)
    timer.unref()
    timers.add(timer)
  }

  async function round(): Promise<void> {
    do {
      again = false
      const now = realNowMs()
      const untold = await ledger.untold(now, now + turnMs, mostAtOnce)
      await Promise.all(untold.map(({ payment, tries }) => tell(payment, tries)))
      again ||= untold.length === mostAtOnce
    } while (again && !stopped)
  }

  async function freeTurns(): Promise<void> {
    const lastTurnMs = realNowMs() + turnMs
    const held: Untold[] = []
    let found: readonly Untold[]
    do {
      found = await ledger.untold(lastTurnMs, lastTurnMs + 1, mostAtOnce)
      held.push(...found)
    } while (found.length === mostAtOnce)
    const againMs = realNowMs()
    await Promise.all(held.map(({ payment, tries }) => ledger.told(payment.number, payment.state, { tries, againMs })))
  }

  function look(): Promise<void> {
    if (stopped) return Promise.resolve()
    onceMore ??= setTimeout(() => {
      onceMore = undefined
      void lookNow()
    }, passedOverMs)
    onceMore.unref()
    return lookNow()
  }

  function lookNow(first: () => Promise<void> = async () => undefined): Promise<void> {
    if (underWay !== undefined) {
      again = true
      return underWay
    }
    // A ledger that cannot be read now tells its payments' callers later: the next look asks again.
    underWay = first()
      .then(round)
      .catch(() => undefined)
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }

  return {
    look,
    takeOver: () => lookNow(freeTurns),
    get waiting() {
      return timers.size
    },
    get isTelling() {
      return underWay !== undefined || onceMore !== undefined
    },
    async stop() {
      stopped = true
      for (const timer of [...timers, onceMore]) clearTimeout(timer)
      await underWay
    },
  }
}

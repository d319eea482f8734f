/** The platform's desk: takes payments, answers each key once, and keeps every open saga going. */
import { createHash } from 'node:crypto'
import { walletOfCode } from '../desks/merchant-desk.ts'
import type { DeadEnd, OperatorDesk } from '../desks/operator-desk.ts'
import type { PaymentDesk, PaymentRefundReply, PaymentRefundRequest, PaymentView, PayReply, PayRequest } from '../desks/payment-desk.ts'
import { callerOfSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'
import { StoreFailed } from '../stores/batch-worker.ts'
import type { LedgerPayment, NewPayment, PaymentState, Posting } from '../stores/ledger.ts'
import { hold, visitAtBank } from './holds.ts'
import { driveSaga, FencedOff, freshMemory, hangingIn, type Progress, type SagaSurroundings } from './saga.ts'
import { sagaPlan } from './saga-plan.ts'
import type { InHand, SagaMemory } from './saga-words.ts'

export interface PaymentOptions extends SagaSurroundings {
  readonly owner: string
  /** A number for a new payment, unique for ever. */
  readonly newNumber: () => string
  /** Payments under way at most; the next caller hears 429 and when to come back. */
  readonly mostUnderWay: number
  /** Of those, how many are taken now; absent: all. */
  readonly limitNow?: () => number
  readonly retryAfterSeconds: number
  /** A caller is answered within this, with what is known by then. */
  readonly answerWithinMs: number
  readonly report: (error: unknown) => void
  /** Payments of a process that is gone go on here. */
  readonly takenOver?: (payment: LedgerPayment) => void
  /** Another process has taken it over. */
  readonly fencedOff?: (payment: LedgerPayment) => void
  /** Hears each state of a payment that a patient would want to know. */
  readonly news?: (payment: LedgerPayment, state: PaymentState) => void
  /** Whether a caller may be told at an address; absent: no caller anywhere. */
  readonly mayBeTold?: (caller: string, url: string) => boolean
  /** Whether a new payment may have the bill of one that is in doubt: it is given up then. Absent: never. */
  readonly mayTakeOver?: (asked: Beginning['payment'], inDoubt: string) => boolean
  /** Ends a payment's waiting early. */
  readonly wake?: (payment: string) => void
}

interface Running {
  readonly payment: LedgerPayment
  progress: Progress
  /** Resolves with the first state a caller wants to hear of; rejects where the ledger can no longer keep one. */
  readonly news: Promise<void>
  /** Asked for by somebody who is to have the bill; resolves when the book says so, or it has ended otherwise. */
  giveUp(): Promise<void>
  readonly end: Promise<void>
}

/** What a payment begins with, whoever collects it. */
export interface Beginning {
  readonly payment: Omit<NewPayment, 'number'>
  readonly memory: Partial<SagaMemory>
  readonly inHand: InHand
}

export interface Payments extends PaymentDesk, OperatorDesk {
  /** Takes a payment of any mode. */
  begin(beginning: Beginning): Promise<PayReply>
  /** As {@link PaymentDesk.refund}, with what the way back must know. */
  giveBack(request: PaymentRefundRequest, memory: Partial<SagaMemory>): Promise<PaymentRefundReply>
  /** Keeps the payments of this process while it lives: an answer may take longer than a lease. */
  renew(): Promise<void>
  /** Takes over payments whose process is gone; all of them when nobody else works on this ledger. */
  resume(expiredMs: number): Promise<number>
  /** Waits for the steps under way; what waits for an answer stays on the disk. */
  drain(): Promise<void>
  readonly underWay: number
  /** Those of them whose outcome nobody knows yet. */
  readonly inDoubt: number
}

export function payments(options: PaymentOptions): Payments {
  const running = new Map<string, Running>()

  function start(payment: LedgerPayment, inHand: InHand, isResumed: boolean): Running {
    const { promise: news, resolve, reject } = Promise.withResolvers<void>()
    // Whoever waits for it hears of it; a payment nobody waits for is not to crash for it.
    news.catch(() => undefined)
    const givenUp = Promise.withResolvers<void>()
    let isGivenUp = false
    const entry: Running = {
      payment,
      giveUp() {
        isGivenUp = true
        options.wake?.(payment.number)
        return givenUp.promise
      },
      progress: { state: payment.state, memory: JSON.parse(payment.memory) as SagaMemory },
      news,
      end: Promise.resolve(),
    }
    const heard = (progress: Progress) => {
      entry.progress = progress
      options.news?.(payment, progress.state)
      resolve()
      if (progress.state !== 'in-doubt') givenUp.resolve()
    }
    const end = driveSaga(options, payment, inHand, isResumed, heard, () => isGivenUp)
      .catch((error: unknown) => {
        if (error instanceof FencedOff) options.fencedOff?.(payment)
        else if (error instanceof StoreFailed) reject(error)
        else if (!(error instanceof Stopping)) options.report(error)
      })
      .finally(() => {
        // Somebody may have taken it over meanwhile, this very process included.
        if (running.get(payment.number) === entry) running.delete(payment.number)
        resolve()
        givenUp.resolve()
      })
    Object.assign(entry, { end })
    running.set(payment.number, entry)
    return entry
  }

  /** Takes an ended payment up again; undefined where somebody was quicker. */
  async function reopen(
    payment: LedgerPayment,
    from: PaymentState,
    state: PaymentState,
    memory: SagaMemory,
    event: string,
    postings: readonly Posting[],
  ): Promise<Running | undefined> {
    const again = await options.ledger.reopen({
      number: payment.number,
      from,
      state,
      lease: { owner: options.owner, untilMs: options.realNowMs() + options.leaseMs },
      atMs: options.nowMs(),
      memory: JSON.stringify(memory),
      event,
      eventNumber: payment.events + 1,
      postings,
    })
    if (again === undefined) return undefined
    options.boundary?.(`written ${event}`)
    return start(again, {}, false)
  }

  async function answer(entry: Running): Promise<Told> {
    await within(entry.news, options.answerWithinMs)
    return { outcome: 'payment', payment: viewOf(entry.payment, entry.progress) }
  }

  function assertRoom(): void {
    if (running.size >= (options.limitNow?.() ?? options.mostUnderWay))
      throw new WireFailure('too-busy', { retryAfterSeconds: options.retryAfterSeconds })
  }

  /** The bill of a payment in doubt becomes free, and that payment goes back when its end is known. */
  async function giveUp(number: string): Promise<void> {
    const here = running.get(number)
    if (here !== undefined) return here.giveUp()
    const payment = await options.ledger.payment(number)
    // A dead end: people decide about it as before, and its bill is free.
    if (payment?.state === 'in-doubt')
      await reopen(payment, 'in-doubt', 'given-up', JSON.parse(payment.memory) as SagaMemory, 'given up', [])
  }

  async function begin(beginning: Beginning, mayGiveUp = true): Promise<PayReply> {
    const { payment: asked, memory: known, inHand } = beginning
    assertRoom()
    const payment = { ...asked, number: options.newNumber() }
    const lease = { owner: options.owner, untilMs: options.realNowMs() + options.leaseMs }
    const memory: SagaMemory = { ...freshMemory(options.nowMs()), ...known }
    const opened = await options.ledger.open(payment, JSON.stringify(memory), lease, options.nowMs())
    switch (opened.outcome) {
      case 'opened':
        options.boundary?.('written opened')
        return answer(start(opened.payment, inHand, false))
      case 'known': {
        const here = running.get(opened.payment.number)
        return here === undefined ? stored(opened.payment) : answer(here)
      }
      case 'key-reused':
        return { outcome: 'refused', reason: 'key-reused' }
      case 'bill-taken':
        if (
          mayGiveUp &&
          opened.state === 'in-doubt' &&
          opened.number !== undefined &&
          options.mayTakeOver?.(asked, opened.number) === true
        ) {
          await within(giveUp(opened.number), options.answerWithinMs)
          return begin(beginning, false)
        }
        return { outcome: 'refused', reason: opened.state === 'paid' ? 'bill-paid' : 'bill-in-doubt' }
      default:
        return opened satisfies never
    }
  }

  async function giveBack(request: PaymentRefundRequest, change: Partial<SagaMemory>): Promise<PaymentRefundReply> {
    const { payment: number, channel, idempotencyKey, lines } = request
    const payment = await options.ledger.payment(number)
    if (payment === undefined || !isTheirs(payment, channel)) return { outcome: 'unheard-of' }
    const memory = JSON.parse(payment.memory) as SagaMemory
    if (memory.refund !== undefined) {
      if (memory.refund !== idempotencyKey) return { outcome: 'refused', reason: 'already-refunded' }
      if (String(memory.refundLines) !== String(lines)) return { outcome: 'refused', reason: 'key-reused' }
      const here = running.get(number)
      return here === undefined ? stored(payment) : answer(here)
    }
    if (payment.state !== 'paid') return { outcome: 'refused', reason: payment.state === 'under-way' ? 'under-way' : 'not-paid' }
    // The invoice is on its way still.
    if (payment.isOpen) return { outcome: 'refused', reason: 'under-way' }
    const at = sagaPlan(payment.mode).steps.length - 1
    const asked: SagaMemory = {
      ...memory,
      ...change,
      direction: 'back',
      at,
      sent: false,
      refund: idempotencyKey,
      refundLines: lines,
      refundRefused: undefined,
      reason: 'refund',
    }
    const again = await reopen(payment, 'paid', 'refunding', asked, `refund asked ${idempotencyKey}`, [])
    return again === undefined ? { outcome: 'refused', reason: 'under-way' } : answer(again)
  }

  return {
    begin: (beginning) => begin(beginning),
    giveBack,
    async pay(request) {
      assertRoom()
      const { idempotencyKey, channel, person, site, bill, mode, qr, payCode, noticeUrl } = request
      if (noticeUrl !== undefined && options.mayBeTold?.(channel, noticeUrl) !== true)
        return { outcome: 'refused', reason: 'notice-url-not-allowed' }
      const payment = {
        channel,
        idempotencyKey,
        askedSha256: digestOf(request),
        person,
        site,
        bill,
        mode,
        ...(noticeUrl === undefined ? {} : { noticeUrl }),
      }
      const wallet = payCode === undefined ? undefined : walletOfCode(payCode)
      if (mode === 'scan' && wallet === undefined) return { outcome: 'refused', reason: 'no-pay-code' }
      const memory = wallet === undefined ? {} : { bank: wallet }
      return begin({ payment, memory, inHand: { qr, ...(payCode === undefined ? {} : { payCode }) } })
    },
    refund: (request) => giveBack(request, {}),
    hold: (request) => hold(request, options),
    visit: (request) => visitAtBank(request, options),
    async deadEnds() {
      const all = await options.ledger.deadEnds()
      return { outcome: 'dead-ends', deadEnds: all.map(deadEndOf) }
    },
    async decide({ payment: number, does, by }) {
      const payment = (await options.ledger.deadEnds()).find((one) => one.number === number)
      if (payment === undefined) return { outcome: 'refused', reason: 'no-dead-end' }
      const memory = JSON.parse(payment.memory) as SagaMemory
      const back = hangingIn({ payment, memory, inHand: {}, nowMs: 0 }).map(({ account, amountFen }) => ({
        account,
        amountFen: -amountFen,
      }))
      const next = { ...memory, at: does === 'done-by-hand' ? memory.at - 1 : memory.at }
      const again = await reopen(payment, payment.state, payment.state, next, `${does} by ${by}`, back)
      return again === undefined ? { outcome: 'refused', reason: 'no-dead-end' } : answer(again)
    },
    async query({ payment: number, channel }) {
      const payment = await options.ledger.payment(number)
      // A payment of another entry or site is nobody's business: it is as if there were none.
      return payment !== undefined && isTheirs(payment, channel) ? stored(payment) : { outcome: 'unheard-of' }
    },
    async renew() {
      const held = [...running.values()].map(({ payment: { number, fence } }) => ({ number, fence }))
      if (held.length > 0) await options.ledger.renew(held, options.realNowMs() + options.leaseMs)
    },
    async resume(expiredMs) {
      const lease = { owner: options.owner, untilMs: options.realNowMs() + options.leaseMs }
      const taken = await options.ledger.claim(lease, expiredMs, options.mostUnderWay)
      for (const payment of taken) {
        options.takenOver?.(payment)
        start(payment, {}, true)
      }
      return taken.length
    },
    async drain() {
      await Promise.all([...running.values()].map(({ end }) => end))
    },
    get underWay() {
      return running.size
    },
    get inDoubt() {
      return [...running.values()].filter(({ progress }) => progress.state === 'in-doubt').length
    },
  }
}

/** Waits for it, but no longer. */
export async function within(what: Promise<void>, mostMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostMs)
  })
  await Promise.race([what, late]).finally(() => clearTimeout(timer))
}

/** The process stops: whoever waits to try again lets go, and the next process resumes. */
export class Stopping extends Error {
  override readonly name = 'Stopping'
}

/** Of the entry that asked for it, or of the site whose bill it pays. */
export const isTheirs = ({ channel, site }: LedgerPayment, caller: string) => channel === caller || callerOfSite(site) === caller

function deadEndOf(payment: LedgerPayment): DeadEnd {
  const memory = JSON.parse(payment.memory) as SagaMemory
  const hanging = hangingIn({ payment, memory, inHand: {}, nowMs: 0 }).find(({ account }) => account === 'suspense')
  return {
    payment: viewOf(payment, { state: payment.state, memory }),
    step: sagaPlan(payment.mode).steps[memory.at]?.operation ?? 'the end',
    reason: memory.reason ?? '',
    hangingFen: 0 - (hanging?.amountFen ?? 0),
  }
}

/** What was asked, without the credential, which differs at every showing, and without the caller's address, which may move. */
function digestOf({ person, site, bill, mode }: PayRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([person, site, bill, mode]))
    .digest('hex')
}

type Told = Extract<PayReply, { readonly outcome: 'payment' }>
const stored = (payment: LedgerPayment): Told => ({ outcome: 'payment', payment: storedView(payment) })

/** A payment as its caller may know it, from the ledger. */
export const storedView = (payment: LedgerPayment): PaymentView =>
  viewOf(payment, { state: payment.state, memory: JSON.parse(payment.memory) as SagaMemory })

function viewOf({ number, person, site, bill, mode }: LedgerPayment, { state, memory }: Progress): PaymentView {
  const { reason, totalFen, split, bank, prepay, patienceUntilMs } = memory
  const waits = state === 'under-way' && patienceUntilMs !== undefined && bank !== undefined && prepay !== undefined
  return {
    payment: number,
    person,
    site,
    bill,
    mode,
    state,
    ...(reason === undefined || state === 'paid' ? {} : { reason }),
    ...(memory.refundRefused === undefined ? {} : { refundRefused: memory.refundRefused }),
    ...(totalFen === undefined ? {} : { totalFen }),
    ...(split === undefined ? {} : { split }),
    ...(memory.restBill === undefined ? {} : { restBill: memory.restBill }),
    ...(waits ? { confirm: { wallet: bank, prepay } } : {}),
  }
}

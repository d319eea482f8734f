/**
 * Drives one payment to its end: paid, refused or undone. Every write comes before the message it stands for, so wherever the process
 * dies another finds out where the payment was and goes on, forward or back. What was heard is written with the next such write: until
 * then nothing rests on it, and the message it answers may be sent again.
 *
 * Silence is asked about, never taken for a refusal. Going back undoes the steps in reverse; what stays unknown and has no tombstone at
 * the receiver is asked about until it is answered, and the payment is in doubt meanwhile.
 */
import type { CarriedEvent, Ledger, LedgerAccount, LedgerPayment, PaymentState, Posting } from '../stores/ledger.ts'
import { sagaPlan } from './saga-plan.ts'
import type { InHand, Ports, SagaMemory, SagaPayment, SagaStep, StepEnd } from './saga-words.ts'

export interface SagaSurroundings {
  readonly ledger: Ledger
  readonly ports: Ports
  /** Business clock. */
  readonly nowMs: () => number
  /** Protocol clock, for leases. */
  readonly realNowMs: () => number
  readonly leaseMs: number
  /** Tries of one step before the saga turns round or is in doubt. */
  readonly attempts: number
  /** Milliseconds after so many tries (from 1) of the same step of a payment. */
  readonly backoffMs: (tries: number, payment: string) => number
  /** Milliseconds between questions whether the payer has answered. */
  readonly payerPollMs: number
  /** Rejects when the process stops: the payment waits on the disk. */
  readonly wait: (ms: number, payment: string) => Promise<void>
  /** A place where the process may die; the crash tests end it here. */
  readonly boundary?: (where: string) => void
  /** Waited for between a payment's last step that its patient waits for and the write that calls it paid. It may not reject. */
  readonly beforePaid?: (payment: LedgerPayment, memory: SagaMemory) => Promise<void> | undefined
  /** A way back that was refused, once that is written: people decide. */
  readonly deadEnd?: (payment: LedgerPayment, step: string, hanging: readonly Posting[]) => void
}

/** Another process took the payment over: this one writes nothing more. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff'
}

export const freshMemory = (sentAtMs: number): SagaMemory => ({ at: 0, direction: 'forward', sent: true, sentAtMs })

export interface Progress {
  readonly state: PaymentState
  readonly memory: SagaMemory
}

/**
 * @param isResumed the step it stands at may have been sent by a process that is gone
 * @param news hears every state that a patient would want to know: paid, in doubt, refused, undone
 * @param isGivenUp somebody else is to have the bill: the saga says so in its book and goes back as soon as it is known how far it came
 */
export async function driveSaga(
  surroundings: SagaSurroundings,
  payment: LedgerPayment,
  inHand: InHand,
  isResumed: boolean,
  news: (progress: Progress) => void,
  isGivenUp: () => boolean = () => false,
): Promise<void> {
  const {
    ledger,
    ports,
    nowMs,
    realNowMs,
    leaseMs,
    attempts,
    backoffMs,
    payerPollMs,
    wait,
    boundary = () => undefined,
    beforePaid,
    deadEnd,
  } = surroundings
  const { steps, released } = sagaPlan(payment.mode)
  let memory = JSON.parse(payment.memory) as SagaMemory
  let { state } = payment
  let { events } = payment
  let maybeSent = isResumed && memory.sent
  let tries = 0
  let hasEnded = false
  /** Steps that are over and have no write so far. */
  let carried: CarriedEvent[] = []

  async function write(event: string, change: Partial<SagaMemory>, next: PaymentState, isOpen: boolean, postings: readonly Posting[] = []) {
    memory = { ...memory, ...change }
    const eventNumber = events + carried.length + 1
    const written = await ledger.advance({
      number: payment.number,
      fence: payment.fence,
      leaseUntilMs: realNowMs() + leaseMs,
      atMs: nowMs(),
      state: next,
      isOpen,
      memory: JSON.stringify(memory),
      event,
      eventNumber,
      ...(carried.length === 0 ? {} : { carried }),
      postings,
    })
    if (written === 'fenced-off') throw new FencedOff(payment.number)
    events = eventNumber
    carried = []
    boundary(`written ${event}`)
    const isNews = next !== state && next !== 'under-way'
    state = next
    if (isNews) news({ state, memory })
  }

  /** Turns round; `from` is the last step to undo. */
  const turn = (from: number, reason: string) => {
    maybeSent = false
    tries = 0
    return write(
      `back from ${steps[memory.at]?.operation ?? 'the end'}: ${reason}`,
      { direction: 'back', at: from, sent: false, reason },
      state,
      true,
    )
  }

  async function ended(step: SagaStep, end: StepEnd & { readonly end: 'done' }) {
    const at = memory.at + 1
    maybeSent = false
    tries = 0
    const next = steps[at]
    // Neither a message that must be on the disk first nor anything a patient hears of hangs on it: the next write carries it.
    if (end.postings === undefined && next !== undefined && !next.stored && at !== released) {
      memory = { ...memory, ...end.learnt, at, sent: false, patienceUntilMs: undefined }
      if (step.stored) carried.push({ event: step.operation, atMs: nowMs() })
      return
    }
    const isPaid = at >= released
    if (isPaid && state !== 'paid' && state !== 'given-up') await beforePaid?.(payment, memory)
    const sentAtMs = next?.stored === true ? nowMs() : memory.sentAtMs
    await write(
      step.operation,
      {
        ...end.learnt,
        at,
        sent: next?.stored === true,
        sentAtMs,
        patienceUntilMs: undefined,
        ...(next?.keepsMoment === true ? { settleSentAtMs: sentAtMs } : {}),
      },
      state === 'given-up' ? state : isPaid ? 'paid' : 'under-way',
      next !== undefined,
      end.postings,
    )
  }

  const isBuried = ({ hasTombstone }: SagaStep) =>
    typeof hasTombstone === 'function' ? hasTombstone({ payment, memory, inHand, nowMs: nowMs() }, ports) : hasTombstone === true

  async function forward(step: SagaStep) {
    const ask = maybeSent ? (step.ask ?? step.run) : step.run
    const end = await ask({ payment, memory, inHand, nowMs: nowMs() }, ports)
    boundary(`heard ${step.operation}`)
    switch (end.end) {
      case 'done':
        return ended(step, end)
      case 'refused':
        if (step.onRefusal === 'note') return ended(step, { end: 'done', learnt: { reason: `${step.operation}: ${end.reason}` } })
        return turn(end.mayStillCome === true ? memory.at : memory.at - 1, end.reason)
      case 'not-yet': {
        maybeSent = true
        tries = 0
        const { patienceUntilMs } = memory
        if (patienceUntilMs === undefined) {
          await write(`waits at ${step.operation}`, { ...end.learnt, patienceUntilMs: realNowMs() + end.patienceMs }, state, true)
          news({ state, memory })
        } else if (realNowMs() >= patienceUntilMs) {
          return turn(memory.at, `the payer did not answer ${step.operation}`)
        }
        return wait(payerPollMs, payment.number)
      }
      case 'silent': {
        maybeSent ||= end.sent === 'maybe'
        tries += 1
        if (tries >= attempts) {
          if (step.onSilence === 'go-back' && (!maybeSent || isBuried(step) || !step.stored)) {
            return turn(maybeSent && step.undo !== undefined ? memory.at : memory.at - 1, `no reply from ${step.operation}`)
          }
          if (state === 'under-way') await write(`in doubt at ${step.operation}`, {}, 'in-doubt', true)
        }
        return wait(backoffMs(tries, payment.number), payment.number)
      }
      default:
        return end satisfies never
    }
  }

  /** A refund may be refused by whom it asks first, the hospital; nothing has been undone then. */
  const isFirstToUndo = (step: SagaStep) => steps.slice(steps.indexOf(step) + 1).every(({ undo }) => undo === undefined)

  async function back(step: SagaStep) {
    if (step.undo === undefined) {
      memory = { ...memory, at: memory.at - 1, sent: false }
      return
    }
    if (!memory.sent) await write(`undo ${step.operation}`, { sent: true, sentAtMs: nowMs() }, state, true)
    const end = await step.undo({ payment, memory, inHand, nowMs: nowMs() }, ports)
    boundary(`heard undo ${step.operation}`)
    switch (end.end) {
      case 'done':
        tries = 0
        return write(`undone ${step.operation}`, { ...end.learnt, at: memory.at - 1, sent: false }, state, true, end.postings)
      case 'not-yet':
        return wait(payerPollMs, payment.number)
      case 'refused': {
        hasEnded = true
        if (memory.refund !== undefined && isFirstToUndo(step)) {
          const asBefore = { direction: 'forward', at: steps.length, sent: false, refund: undefined, refundLines: undefined } as const
          return write(`refund refused: ${end.reason}`, { ...asBefore, refundRefused: end.reason }, 'paid', false)
        }
        // Nothing a machine may decide: the payment stays in doubt where it is, and is left to people.
        const hanging = hangingIn({ payment, memory, inHand, nowMs: nowMs() })
        await write(
          `undo of ${step.operation} refused: ${end.reason}`,
          { sent: false, reason: end.reason },
          state === 'given-up' ? state : 'in-doubt',
          false,
          hanging,
        )
        return deadEnd?.(payment, step.operation, hanging)
      }
      case 'silent':
        tries += 1
        if (tries >= attempts && state === 'under-way') await write(`in doubt at undo of ${step.operation}`, {}, 'in-doubt', true)
        return wait(backoffMs(tries, payment.number), payment.number)
      default:
        return end satisfies never
    }
  }

  while (!hasEnded) {
    const step = steps[memory.at]
    if (isGivenUp() && (state === 'under-way' || state === 'in-doubt')) {
      await write('given up', {}, 'given-up', true)
      news({ state, memory })
    }
    if (state === 'given-up' && memory.direction === 'forward' && step !== undefined && (!maybeSent || isBuried(step))) {
      await turn(maybeSent && step.undo !== undefined ? memory.at : memory.at - 1, 'given up')
      continue
    }
    if (memory.direction === 'forward') {
      if (step === undefined) return
      await forward(step)
    } else if (step === undefined) {
      return write('the end', {}, endOfWayBack(memory), false)
    } else {
      await back(step)
    }
  }
}

/** What hangs at a dead end: all that was paid at the step that cannot be undone and before it. */
export function hangingIn(saga: SagaPayment): readonly Posting[] {
  const sums = new Map<LedgerAccount, number>()
  for (const { hanging } of sagaPlan(saga.payment.mode).steps.slice(0, saga.memory.at + 1)) {
    for (const { account, amountFen } of hanging?.(saga) ?? []) sums.set(account, (sums.get(account) ?? 0) + amountFen)
  }
  return [...sums].map(([account, amountFen]) => ({ account, amountFen }))
}

/** Nothing moved, everything went back, or the patient has the money again. */
const endOfWayBack = ({ refund, settlement }: SagaMemory): PaymentState =>
  refund !== undefined ? 'refunded' : settlement === undefined ? 'refused' : 'undone'

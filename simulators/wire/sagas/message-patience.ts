/**
 * How long whoever collects a payment (the platform, a hospital's counter) waits for a party's answer, how often one message is tried and how
 * long the pauses are: what the city's file says of it, as the virtual city takes it (virtual/kernel/calls.ts).
 */
import type { CityPlan } from '../../../scenarios/plan.ts'
import { ownSwing } from '../../channels/own-swing.ts'
import { retryPause } from '../../channels/retry-pause.ts'

/** ASSUMPTION: 20 s a message; the insurer's own clients are seen with 120 s (liwerAKM/BusinessFactory244), WeChat Pay's callbacks with 5 s. Tried 1–120. */
export const messageTimeoutMs = 20_000

/** Doubles from 200 ms and stays at 30 s, so that a party that is back is found within half a minute. */
export const doublingBackoffMs = (attempt: number): number => Math.min(30_000, 200 * 2 ** Math.min(attempt - 1, 8))

export interface MessagePatience {
  readonly timeoutMsOf: (actor: string) => number
  /** Tries of one message before its payment turns round or is in doubt. */
  readonly attempts: number
  /** After so many tries of the same message, from 1, of this payment. */
  readonly backoffMs: (tries: number, payment: string) => number
  /** Its own caller is told by then what is known. */
  readonly answerWithinMs: number
}

/** Where no city says anything. */
export const usualPatience: MessagePatience = {
  timeoutMsOf: () => messageTimeoutMs,
  attempts: 3,
  backoffMs: doublingBackoffMs,
  answerWithinMs: 25_000,
}

/** What goes on after its tries are used up pauses for a probe's interval and begins a new round. Wallets are waited for as banks are. */
export function patienceIn({ retry, health }: Pick<CityPlan['parties'], 'retry' | 'health'>): MessagePatience {
  const { timeoutSeconds, attempts, backoffSeconds, backoffFactor, jitterShare } = retry
  const ofLeg = (actor: string) =>
    actor === 'bureau' || actor === 'his' ? actor : ['identity', 'platform'].includes(actor) ? 'platform' : 'bank'
  return {
    timeoutMsOf: (actor) => 1000 * timeoutSeconds[ofLeg(actor)],
    attempts,
    backoffMs(tries, payment) {
      const ofRound = tries % attempts
      if (ofRound === 0) return 1000 * health.probeSeconds
      return 1000 * retryPause(backoffSeconds, backoffFactor, jitterShare, ofRound, ownSwing(payment, tries))
    },
    answerWithinMs: 1000 * timeoutSeconds.platform,
  }
}

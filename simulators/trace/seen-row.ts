/** What the patient of one row of a trace saw on the wire: one line of the generator a row, read by whoever compares and audits. */

/** Milliseconds are of the protocol clock, from the window's begin. */
export interface SeenRow {
  readonly row: number
  /** Why it was never sent; such a row has no answers. */
  readonly notSent?: NotSentReason
  /** When it was to start: the intended start, or its predecessor's end and the pause after it, whichever is later. */
  readonly dueMs: number
  /** How much later than intended that is. */
  readonly heldMs: number
  readonly sentMs?: number
  readonly endMs?: number
  /** In order; the last one is how it ended. Nothing heard is an answer too: `no-answer`. */
  readonly answers: readonly SeenAnswer[]
}

export type NotSentReason =
  /** The wire has no door for this errand. */
  | 'no-door'
  /** It goes on from a failure that did not happen on the wire. */
  | 'not-needed'
  /** The row before it was not sent, or its end came too late for this one. */
  | 'predecessor-failed'
  | 'past-deadline'
  /** The run ended before its turn. */
  | 'run-ended'

export interface SeenAnswer {
  /** Idempotency key it was asked under: one as long as the patient pays in one way, another once he turns to another. */
  readonly key: string
  /** State of the payment as the target tells it, `done` where nothing is paid, `refused`, or `no-answer`. */
  readonly outcome: string
  readonly payment?: string
  readonly reason?: string
  readonly split?: SeenSplit
  /** Name of the entry, `hospital`, or `site` where its own machines ask. */
  readonly by: string
  readonly sentMs: number
  /** When the entry had answered all that it answers by itself, and was to hand on what followed; absent: it did not come to that. */
  readonly enteredMs?: number
  readonly heardMs: number
  /** Of each HTTP request of this attempt. */
  readonly calls: readonly SeenCall[]
}

/** Why an answer is none: the entry counted as down (health-board.ts) and was not called. */
export const heldForDown = 'held-for-down'

/**
 * Came to nothing at the entry: its first request, which the entry answers by itself, was answered by nobody, badly, or not made, or a later
 * one was answered with a failure of the entry's own. Whose silence a later request met is not known.
 */
export const isAtEntry = ({ outcome, calls, reason = '' }: Pick<SeenAnswer, 'outcome' | 'calls' | 'reason'>): boolean =>
  outcome === 'no-answer' && !platformSaid.includes(reason) && (calls.length <= 1 || saysNo(calls.at(-1)?.status ?? 0))

const saysNo = (status: number): boolean => status >= 500 || status === 429

/** What a try tells whether its entry is there, and when: as soon as it hands on, or at the end, and a failure after all. Nothing if it was not made. */
export function heardOfEntry(answer: SeenAnswer): readonly { readonly endMs: number; readonly isFailed: boolean }[] {
  const { reason, enteredMs, heardMs } = answer
  // What was held back is no call.
  if (reason === heldForDown) return []
  const isFailed = isAtEntry(answer)
  const entered = enteredMs === undefined ? [] : [{ endMs: enteredMs, isFailed: false }]
  return isFailed || enteredMs === undefined ? [...entered, { endMs: heardMs, isFailed }] : entered
}

/** What an entry that is there says of the platform behind it. */
const platformSaid: readonly string[] = ['party-unreachable', 'party-silent', 'platform-busy']

/** The reference platform's and hospitals' word for a payment that is refused because a party behind gave no answer. */
export const isForWantOfReply = (reason = ''): boolean => reason.startsWith('no reply from ')

/** No party's yes or no: silence, undone, in doubt or still under way. */
export const isUnanswered = ({ outcome }: { readonly outcome: string }): boolean =>
  ['no-answer', 'undone', 'in-doubt', 'under-way'].includes(outcome)

/** Tries after which the patient went another way or none. */
export const lastTries = (answers: readonly SeenAnswer[]): readonly SeenAnswer[] =>
  answers.filter(({ by, key }, place) => {
    const next = answers[place + 1]
    return next === undefined || next.by !== by || next.key !== key
  })

/** Name of the request for a visit's bills, and what a patient tells who does not find the bill among them as it is to be paid. */
export const billQuery = 'bills'
export const billNotShown = 'bill-not-shown'
export const billOfAnotherAmount = 'bill-of-another-amount'

export interface SeenCall {
  /** As the adapter and k6's metrics call the request. */
  readonly name?: string
  /** 0: no answer came. */
  readonly status: number
  readonly ms: number
  /** Of the answer's body, as text. */
  readonly bytes?: number
}

export interface SeenSplit {
  readonly fundFen: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  readonly cashFen: number
}

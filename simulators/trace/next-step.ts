/**
 * What a patient does after a try, live on the wire: once more, ask, another entry, own money, kiosk, window, or give up. Pure, and
 * of language alone, so that k6 loads the very file that Node tests. The rules are the kernel's (virtual/kernel: calls.ts for tries and
 * pauses, visits.ts for what follows a failure); where a payment goes on is channels/fallback.ts for both worlds.
 *
 * TRIES     A request that failed is sent again with the same key, `attempts` times in all, after a growing pause or what the answer asks
 *           for (Retry-After), whichever is longer. A party held for down is not tried.
 * UNKNOWN   Who was told that nobody knows asks what became of it, so often, and then goes to the window in doubt. Who was told that it is
 *           under way goes on asking for as long as a message to a party behind may be tried.
 * DEADLINE  Nothing begins after the row's deadline.
 */

import { onwardFrom, otherEntry, TO_KIOSK, TO_OWN_MONEY } from '../channels/fallback.ts'
import { retryPause } from '../channels/retry-pause.ts'
import { drawWord, uniformOf } from '../engine/random.ts'
import type { TraceMode, TraceRow, TraceRules } from './trace.ts'

export type DecidedRow = Pick<
  TraceRow,
  | 'row'
  | 'mode'
  | 'startMs'
  | 'deadlineMs'
  | 'entry'
  | 'heldEntries'
  | 'entryPausesMs'
  | 'takesWindow'
  | 'takesKiosk'
  | 'hasOwnMoney'
  | 'creditBank'
  | 'ownBank'
  | 'bureauDown'
  | 'key'
  | 'raisesLimit'
>

/** Where a row stands: all that later decisions need of earlier ones. */
export interface RowProgress {
  /** What is sent: the errand, a question after it, or the wish for a higher limit. */
  readonly sends: 'errand' | 'question' | 'raise'
  readonly mode: TraceMode
  /** The same for every try of one payment; another way of paying has another. */
  readonly key: string
  /** Entries tried for this payment in order, the one in use last; none where no entry is asked. */
  readonly entries: readonly number[]
  /** This one included, of the same sending at the same entry. */
  readonly tries: number
  /** An earlier try may have moved money. */
  readonly inDoubt: boolean
  /** How often the patient has waited for the bureau. */
  readonly waits: number
}

export type TryOutcome =
  /** The target said so. */
  | {
      readonly is: 'paid' | 'done' | 'refused' | 'under-way' | 'in-doubt' | 'undone'
      /** Of what was refused or undone: who could not. */
      readonly failedAt?: 'bureau' | 'bank' | undefined
      /** Who could not never answered. */
      readonly isForWantOfReply?: boolean | undefined
    }
  /** It said nothing that can be used. */
  | {
      readonly is: 'failed'
      readonly at: 'entry' | 'platform' | 'hospital'
      readonly mayHaveArrived: boolean
      readonly retryAfterMs?: number | undefined
      /** It counts as down and was not tried (channels/health.ts). */
      readonly isHeldForDown?: boolean | undefined
    }

export type NextStep =
  | { readonly does: 'send'; readonly atMs: number; readonly progress: RowProgress }
  /** On foot; `inDoubt`: whoever collects there asks first. */
  | { readonly does: 'go-on'; readonly to: 'window' | 'kiosk'; readonly inDoubt: boolean }
  | { readonly does: 'stop'; readonly as: 'settled' | 'pays-in-full' | 'leaves-owing' | 'unpaid' | 'gave-up' | 'in-doubt' }

export function firstProgress({ mode, key, entry }: DecidedRow): RowProgress {
  return { sends: 'errand', mode, key, entries: entry < 0 ? [] : [entry], tries: 1, inDoubt: false, waits: 0 }
}

/** @param nowMs when the outcome was heard, from the window's begin */
export function nextStep(rules: TraceRules, row: DecidedRow, before: RowProgress, outcome: TryOutcome, nowMs: number): NextStep {
  const progress: RowProgress = { ...before, inDoubt: before.inDoubt || leavesDoubt(outcome) }
  const step = decide(rules, row, progress, outcome, nowMs)
  if (step.does !== 'send' || step.atMs <= row.startMs + row.deadlineMs) return step
  return { does: 'stop', as: progress.inDoubt ? 'in-doubt' : 'gave-up' }
}

function decide(rules: TraceRules, row: DecidedRow, progress: RowProgress, outcome: TryOutcome, nowMs: number): NextStep {
  switch (outcome.is) {
    case 'paid':
    case 'done':
      if (progress.sends !== 'raise') return { does: 'stop', as: 'settled' }
      return { does: 'send', atMs: nowMs, progress: { ...progress, sends: 'errand', key: `${row.key}-raised`, tries: 1 } }
    case 'under-way':
    case 'in-doubt':
      return askAgain(rules, row, progress, outcome.is === 'under-way', nowMs)
    case 'refused':
      if (outcome.isForWantOfReply !== true) return afterRefusal(rules, row, progress, outcome.failedAt, nowMs)
      return onward(rules, row, { ...progress, inDoubt: false }, outcome.failedAt ?? 'platform', nowMs)
    case 'undone':
      return onward(rules, row, { ...progress, inDoubt: false }, outcome.failedAt ?? 'platform', nowMs)
    case 'failed':
      return afterFailure(rules, row, progress, outcome, nowMs)
    default:
      return outcome satisfies never
  }
}

/** Money may have moved, as far as this patient knows. */
function leavesDoubt(outcome: TryOutcome): boolean {
  if (outcome.is === 'failed') return outcome.mayHaveArrived && outcome.isHeldForDown !== true
  return outcome.is === 'in-doubt' || outcome.is === 'under-way'
}

function askAgain(rules: TraceRules, row: DecidedRow, progress: RowProgress, isUnderWay: boolean, nowMs: number): NextStep {
  const asked = progress.sends === 'question' ? progress.tries : 0
  if (isUnderWay ? askedForMs(rules, asked) >= longestMs(rules) : asked >= rules.attempts)
    return row.takesWindow ? { does: 'go-on', to: 'window', inDoubt: true } : { does: 'stop', as: 'in-doubt' }
  return {
    does: 'send',
    atMs: nowMs + questionPauseMs(rules, row, asked + 1),
    progress: { ...progress, sends: 'question', tries: asked + 1 },
  }
}

/** The pause grows no longer than one waits for the platform anyhow. */
function questionPauseMs(rules: TraceRules, row: DecidedRow, asked: number): number {
  const pause = pauseMs(rules, row, asked)
  return asked > rules.attempts && pause > rules.timeoutMs.platform ? rules.timeoutMs.platform : pause
}

/** By so many questions, without their swing. */
function askedForMs({ backoffMs, backoffFactor, timeoutMs }: TraceRules, asked: number): number {
  let sum = 0
  for (let n = 1; n <= asked; n++) {
    const pause = retryPause(backoffMs, backoffFactor, 0, n, 0)
    sum += Math.min(pause, timeoutMs.platform)
  }
  return sum
}

/** The longest that one message is tried. */
function longestMs({ attempts, timeoutMs, backoffMs, backoffFactor }: TraceRules): number {
  let sum = attempts * Math.max(timeoutMs.bureau, timeoutMs.bank)
  for (let n = 1; n < attempts; n++) sum += retryPause(backoffMs, backoffFactor, 0, n, 0)
  return sum
}

/** A refusal is an answer. Want of credit is mended by a higher limit or own money; whoever wants no more is told by the window. */
function afterRefusal(
  rules: TraceRules,
  row: DecidedRow,
  progress: RowProgress,
  failedAt: 'bureau' | 'bank' | undefined,
  nowMs: number,
): NextStep {
  const known = { ...progress, inDoubt: false }
  if (progress.sends === 'errand' && progress.mode === 'credit' && failedAt !== 'bureau' && row.raisesLimit && progress.key === row.key)
    return { does: 'send', atMs: nowMs, progress: { ...known, sends: 'raise', key: `${row.key}-raise`, tries: 1 } }
  return onward(rules, row, known, failedAt === 'bureau' ? 'bureau' : 'credit-limit', nowMs)
}

function afterFailure(
  rules: TraceRules,
  row: DecidedRow,
  progress: RowProgress,
  { at, retryAfterMs = 0, isHeldForDown = false }: Extract<TryOutcome, { readonly is: 'failed' }>,
  nowMs: number,
): NextStep {
  if (!isHeldForDown && progress.tries < rules.attempts) {
    const pause = pauseMs(rules, row, progress.tries)
    return {
      does: 'send',
      atMs: nowMs + (retryAfterMs > pause ? retryAfterMs : pause),
      progress: { ...progress, tries: progress.tries + 1 },
    }
  }
  if (at === 'entry' && rules.mutualBackup) {
    const entry = nextEntry(rules, row, progress.entries)
    if (entry >= 0) {
      const pause = row.entryPausesMs[progress.entries.length - 1] ?? 0
      return { does: 'send', atMs: nowMs + pause, progress: { ...progress, entries: [...progress.entries, entry], tries: 1 } }
    }
  }
  // A hospital's own counter talks to the bureau and to nobody else.
  return onward(rules, row, progress, at === 'hospital' ? 'bureau' : at, nowMs)
}

function nextEntry({ backupOrder }: TraceRules, { heldEntries }: DecidedRow, tried: readonly number[]): number {
  let bits = 0
  for (const entry of tried) bits |= 1 << entry
  return otherEntry(heldEntries, bits, tried.length - 1, backupOrder.length, Int32Array.from(backupOrder))
}

/** The fallback table: what failed × what step and patient have. */
function onward(
  { switchPauseMs }: TraceRules,
  row: DecidedRow,
  progress: RowProgress,
  failed: 'entry' | 'platform' | 'bureau' | 'bank' | 'credit-limit',
  nowMs: number,
): NextStep {
  if (progress.mode === 'none') {
    // A site's own machines have nowhere else to go.
    if (switchPauseMs !== undefined && row.entry < 0)
      return { does: 'send', atMs: nowMs + switchPauseMs, progress: { ...progress, tries: 1 } }
    if (!row.takesWindow) return { does: 'stop', as: 'gave-up' }
    return { does: 'go-on', to: failed === 'entry' && row.takesKiosk ? 'kiosk' : 'window', inDoubt: false }
  }
  if (failed === 'bureau') return whileBureauIsDown(row, progress, nowMs)
  const atPayer = failed === 'bank' || failed === 'credit-limit'
  const ownMoneyLiesElsewhere = failed !== 'bank' || row.ownBank !== row.creditBank
  const to = onwardFrom(failed === 'entry', atPayer, row.takesKiosk, row.hasOwnMoney && progress.mode === 'credit' && ownMoneyLiesElsewhere)
  if (to !== TO_OWN_MONEY) {
    if (to !== TO_KIOSK && !row.takesWindow) return { does: 'stop', as: progress.inDoubt ? 'in-doubt' : 'unpaid' }
    return { does: 'go-on', to: to === TO_KIOSK ? 'kiosk' : 'window', inDoubt: progress.inDoubt }
  }
  const entries = row.entry < 0 ? [] : [row.entry]
  return { does: 'send', atMs: nowMs, progress: { ...progress, sends: 'errand', mode: 'phone', key: `${row.key}-own`, entries, tries: 1 } }
}

const ends = { 'pay-in-full': 'pays-in-full', 'leave-owing': 'leaves-owing', 'leave-unpaid': 'unpaid' } as const

/** As the patient's own draws say: comes back after a while, to the window where there is one, or ends without the insurer. */
function whileBureauIsDown(row: DecidedRow, progress: RowProgress, nowMs: number): NextStep {
  const step = row.bureauDown[progress.waits < row.bureauDown.length ? progress.waits : row.bureauDown.length - 1]
  if (step === undefined) return { does: 'stop', as: 'gave-up' }
  if (step.does !== 'wait') return { does: 'stop', as: ends[step.does] }
  const waits = progress.waits + 1
  // A known end is an end of its key, and a window keeps another book than the entry: whoever comes back pays anew.
  const isAnew = !progress.inDoubt || (row.takesWindow && progress.mode !== 'window')
  const later = { ...progress, sends: 'errand', tries: 1, waits, key: isAnew ? `${row.key}-again-${waits}` : progress.key } as const
  if (row.takesWindow) return { does: 'send', atMs: nowMs + step.ms, progress: { ...later, mode: 'window', entries: [] } }
  return { does: 'send', atMs: nowMs + step.ms, progress: { ...later, entries: row.entry < 0 ? [] : [row.entry] } }
}

/** After so many tries. The swing is the row's own, so that a row replayed pauses alike and rows do not come back all at once. */
function pauseMs({ backoffMs, backoffFactor, jitterShare }: TraceRules, { row }: DecidedRow, tries: number): number {
  return Math.round(retryPause(backoffMs, backoffFactor, jitterShare, tries, uniformOf(drawWord(SWING, SWING, row, tries))))
}

const SWING = 0x7061_7573

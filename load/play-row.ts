/** One row: waits for its moment, tries as the shared decisions say, and tells what was seen. */

import { firstEntry } from '../simulators/trace/first-entry.ts'
import type { HealthBoard } from '../simulators/trace/health-board.ts'
import { firstProgress, type NextStep, nextStep, type RowProgress, type TryOutcome } from '../simulators/trace/next-step.ts'
import type { PlaySettings, RowToPlay, VisitToPlay } from '../simulators/trace/play.ts'
import { heldForDown, isAtEntry, type NotSentReason, type SeenAnswer, type SeenRow } from '../simulators/trace/seen-row.ts'
import { traceParent } from '../simulators/trace/trace-parent.ts'
import type { Heard } from './adapter.ts'
import type { Conversation } from './conversation.ts'
import { sleepUntil } from './sleep.ts'

export interface RowParts {
  readonly settings: PlaySettings
  readonly talk: Conversation
  /** Of the entries, as patients know them; undefined: they know nothing. */
  readonly board: HealthBoard | undefined
  /** The window's begin, of the machine's clock. */
  readonly beginMs: number
  readonly visit: VisitToPlay
  readonly row: RowToPlay
  /** The row before it in the same visit, and the one whose failure it goes on from. */
  readonly before: Promise<SeenRow> | undefined
  readonly instead: Promise<SeenRow> | undefined
  /** Another row goes on where this one fails, so the patient is not sent on here. */
  readonly hasHeir: boolean
}

export async function playRow({ settings, talk, board, beginMs, visit, row, before, instead, hasHeir }: RowParts): Promise<SeenRow> {
  const first = await before
  const failedOne = await instead
  const pausedMs = first === undefined ? row.startMs : Math.max(row.startMs, (first.endMs ?? row.startMs - row.gapMs) + row.gapMs)
  const dueMs = Math.round(pausedMs * 10) / 10
  const heldMs = Math.round((dueMs - row.startMs) * 10) / 10
  const notSent = (reason: NotSentReason) => told({ row: row.row, notSent: reason, dueMs, heldMs, answers: [] })
  if (failedOne !== undefined && !hasFailed(failedOne)) return notSent('not-needed')
  const paid = row.refunds === undefined ? undefined : first?.answers.at(-1)
  if (row.refunds !== undefined && paid?.outcome !== 'paid') return notSent('predecessor-failed')
  if (heldMs > row.deadlineMs) return notSent('past-deadline')
  if (dueMs > settings.windowSeconds * 1000 + settings.graceMs) return notSent('run-ended')
  await sleepUntil(beginMs + dueMs)
  const endMs = settings.windowSeconds * 1000 + settings.graceMs
  const untilMs = beginMs + Math.min(row.startMs + row.deadlineMs, endMs)
  const answers: SeenAnswer[] = []
  let at = { place: '', heard: [] as readonly Heard[] }
  for (
    let progress: RowProgress | undefined = firstProgress({ ...row, entry: firstEntry(settings.rules, row, first) });
    progress !== undefined;
  ) {
    const { mode, key, sends, entries } = progress
    const payment = paid?.payment ?? answers.findLast((answer) => answer.payment !== undefined && answer.key === key)?.payment
    // Money goes back where it was paid, whichever entry that came to be.
    const entry = paid === undefined ? (entries.at(-1) ?? -1) : settings.rules.channels.indexOf(paid.by)
    const place = `${entry} ${key}`
    const earlier = at.place === place ? at.heard : []
    const traceparent = traceParent(row.row, answers.length + 1)
    // Whoever asks what became of a payment asks where it was sent.
    const isHeld = board !== undefined && entry >= 0 && sends === 'errand' && !board.mayCall(entry)
    let outcome: TryOutcome = held
    if (isHeld) {
      const nowMs = Date.now() - beginMs
      const by = settings.rules.channels[entry] ?? ''
      answers.push({ key, outcome: 'no-answer', reason: heldForDown, by, sentMs: nowMs, heardMs: nowMs, calls: [] })
    } else {
      const tellsOfEntry = entry >= 0 && sends === 'errand'
      let isEntered = false
      // Whoever is let in knows that the entry is there, long before the payment is through.
      const onEntered = () => {
        isEntered = true
        if (tellsOfEntry) board?.note(entry, false)
      }
      const asked = { row, person: visit.person, mode, key, sends, payment, earlier, entry }
      const talked = await talk({ ...asked, untilMs, traceparent, onEntered })
      if (talked.is === 'no-door' && answers.length === 0) return notSent('no-door')
      outcome = talked.is === 'talked' ? talked.outcome : noDoor
      if (talked.is === 'talked') {
        answers.push(talked.answer)
        at = { place, heard: [...earlier, ...talked.heard] }
        const isFailed = isAtEntry(talked.answer)
        if (tellsOfEntry && (isFailed || !isEntered)) board?.note(entry, isFailed)
      }
    }
    const next = nextStep(settings.rules, row, progress, outcome, Date.now() - beginMs)
    // A patient who would come back after the run is over is one who was not served in it.
    if (next.does === 'send' && next.atMs >= endMs) break
    progress = next.does === 'send' ? next.progress : next.does === 'go-on' && !hasHeir ? onFoot(row, progress, next) : undefined
    if (next.does === 'send') await sleepUntil(beginMs + next.atMs)
  }
  return told({ row: row.row, dueMs, heldMs, sentMs: answers[0]?.sentMs as number, endMs: answers.at(-1)?.heardMs as number, answers })
}

/** What the target has no request for is as good as refused. */
const noDoor = { is: 'refused' } as const

/** The entry counts as down: it is not called, so nothing can have arrived there. */
const held = { is: 'failed', at: 'entry', mayHaveArrived: false, isHeldForDown: true } as const

/** The patient walks there; a payment of its own, which the hospital allows only when it knows that nothing else is open for the bill. */
function onFoot(
  { key, bill }: RowToPlay,
  progress: RowProgress,
  { to }: Extract<NextStep, { readonly does: 'go-on' }>,
): RowProgress | undefined {
  if (bill === null || progress.mode === 'window' || progress.mode === 'kiosk') return undefined
  return { ...progress, sends: 'errand', mode: to, key: `${key}-${to}`, entries: [], tries: 1 }
}

const hasFailed = ({ answers }: SeenRow): boolean => !['paid', 'done'].includes(answers.at(-1)?.outcome ?? '')

/** The line that Node reads; k6 has no other way to write a file. */
function told(seen: SeenRow): SeenRow {
  console.log(JSON.stringify(seen))
  return seen
}

/** One row: waits for its moment, tries as the shared decisions say, and tells what was seen. */
import type { PlayedRow, PlayedVisit, PlaySettings } from '../simulators/trace/play.ts'
import type { NotSentReason, SeenAnswer, SeenRow } from '../simulators/trace/seen-row.ts'
import type { Conversation } from './conversation.ts'
import { sleepUntil } from './sleep.ts'

export interface RowParts {
  readonly settings: PlaySettings
  readonly talk: Conversation
  /** The window's begin, of the machine's clock. */
  readonly beginMs: number
  readonly visit: PlayedVisit
  readonly row: PlayedRow
  /** The row before it in the same visit, and the one whose failure it goes on from. */
  readonly before: Promise<SeenRow> | undefined
  readonly instead: Promise<SeenRow> | undefined
  /** Another row goes on where this one fails, so the patient is not sent on here. */
  readonly hasHeir: boolean
}

export async function playRow({ settings, talk, beginMs, visit, row, before, instead }: RowParts): Promise<SeenRow> {
  const first = await before
  const failedOne = await instead
  const pausedMs = first === undefined ? row.startMs : Math.max(row.startMs, (first.endMs ?? row.startMs - row.gapMs) + row.gapMs)
  const dueMs = Math.round(pausedMs * 10) / 10
  const heldMs = Math.round((dueMs - row.startMs) * 10) / 10
  const notSent = (reason: NotSentReason) => told({ row: row.row, notSent: reason, dueMs, heldMs, answers: [] })
  if (failedOne !== undefined && !hasFailed(failedOne)) return notSent('not-needed')
  if (heldMs > row.deadlineMs) return notSent('past-deadline')
  if (dueMs > settings.windowSeconds * 1000 + settings.graceMs) return notSent('run-ended')
  await sleepUntil(beginMs + dueMs)
  const untilMs = beginMs + row.startMs + row.deadlineMs
  const answers: SeenAnswer[] = []
  const talked = await talk({ row, person: visit.person, mode: row.mode, key: row.key, entry: entryOf(row), untilMs })
  if (talked.is === 'no-door') return notSent('no-door')
  answers.push(talked.answer)
  return told({ row: row.row, dueMs, heldMs, sentMs: talked.answer.sentMs, endMs: talked.answer.heardMs, answers })
}

const entryOf = (row: PlayedRow): number => (row.mode === 'window' || row.mode === 'kiosk' ? -1 : row.entry)
const hasFailed = ({ answers }: SeenRow): boolean => !['paid', 'done'].includes(answers.at(-1)?.outcome ?? '')

/** The line that Node reads; k6 has no other way to write a file. */
function told(seen: SeenRow): SeenRow {
  console.log(JSON.stringify(seen))
  return seen
}

/**
 * Situations in which a patient decides, generated one by one: every kind of row × every outcome × first and last try × few and many
 * entries. Node and k6 decide the same table; a checked-in page of it can be read. Plain data, so that it crosses into k6 as JSON.
 */
import { type DecidedRow, firstProgress, type NextStep, nextStep, type RowProgress, type TryOutcome } from './next-step.ts'
import type { TraceRules } from './trace.ts'

export interface Situation {
  readonly says: string
  readonly rules: TraceRules
  readonly row: DecidedRow
  readonly progress: RowProgress
  readonly outcome: TryOutcome
  readonly nowMs: number
}

const rules: TraceRules = {
  channels: ['main-entry', 'bank-app', 'wallet', 'closed-entry'],
  backupOrder: [0, 2, 1, -1],
  mutualBackup: true,
  banks: ['bank-a', 'bank-b'],
  attempts: 3,
  backoffMs: 1000,
  backoffFactor: 2,
  jitterShare: 0.2,
  inDoubtAtMostMs: 600_000,
  timeoutMs: { entry: 8000, platform: 15_000, bureau: 30_000, bank: 10_000, his: 10_000, files: 60_000 },
}
const basic: DecidedRow = {
  row: 17,
  mode: 'phone',
  startMs: 10_000,
  deadlineMs: 300_000,
  entry: 0,
  heldEntries: 0b1111,
  entryPausesMs: [4000, 5000],
  takesWindow: true,
  takesKiosk: false,
  hasOwnMoney: false,
  creditBank: 0,
  ownBank: 1,
  bureauDown: [{ does: 'wait', ms: 60_000 }, { does: 'leave-owing' }],
  key: 'K17',
  raisesLimit: false,
}
const rows: readonly (readonly [string, Partial<DecidedRow>])[] = [
  ['phone', {}],
  ['phone, one entry', { heldEntries: 0b1 }],
  ['phone, takes a kiosk', { takesKiosk: true, heldEntries: 0b1 }],
  ['credit, own money elsewhere', { mode: 'credit', hasOwnMoney: true }],
  ['credit, own money at the same bank', { mode: 'credit', hasOwnMoney: true, ownBank: 0 }],
  ['credit, asks for more', { mode: 'credit', raisesLimit: true, hasOwnMoney: true }],
  ['credit, no own money, takes a kiosk', { mode: 'credit', takesKiosk: true }],
  ['window', { mode: 'window', entry: -1, heldEntries: 0, entryPausesMs: [] }],
  ['kiosk', { mode: 'kiosk', entry: -1, heldEntries: 0, entryPausesMs: [] }],
  ['code for a child', { mode: 'none', bureauDown: [], takesKiosk: true }],
  ['asking for credit', { mode: 'none', bureauDown: [], takesWindow: false }],
  ['online visit', { takesWindow: false, bureauDown: [{ does: 'wait', ms: 60_000 }, { does: 'leave-unpaid' }] }],
]
const outcomes: readonly TryOutcome[] = [
  { is: 'paid' },
  { is: 'done' },
  { is: 'refused' },
  { is: 'refused', failedAt: 'bank' },
  { is: 'refused', failedAt: 'bureau' },
  { is: 'refused', failedAt: 'bank', isForWantOfReply: true },
  { is: 'under-way' },
  { is: 'in-doubt' },
  { is: 'undone', failedAt: 'bureau' },
  { is: 'undone', failedAt: 'bank' },
  { is: 'undone' },
  { is: 'failed', at: 'entry', mayHaveArrived: false },
  { is: 'failed', at: 'entry', mayHaveArrived: true },
  { is: 'failed', at: 'entry', mayHaveArrived: false, isHeldForDown: true },
  { is: 'failed', at: 'entry', mayHaveArrived: false, retryAfterMs: 7000 },
  { is: 'failed', at: 'platform', mayHaveArrived: true },
  { is: 'failed', at: 'hospital', mayHaveArrived: true },
]
const situations: readonly (readonly [string, (progress: RowProgress) => RowProgress, number])[] = [
  ['first try', (progress) => progress, 11_000],
  ['third try', (progress) => ({ ...progress, tries: 3 }), 40_000],
  ['third question', (progress) => ({ ...progress, sends: 'question', tries: 3, inDoubt: true }), 60_000],
  [
    'third try, every entry tried',
    (progress) => ({ ...progress, tries: 3, entries: progress.entries.length === 0 ? [] : [0, 2, 1] }),
    90_000,
  ],
  ['just before the deadline', (progress) => progress, 309_999],
]

export const decisionTable: readonly Situation[] = [false, true].flatMap((alone) =>
  rows.flatMap(([who, change]) =>
    situations.flatMap(([when, of, nowMs]) =>
      // Without mutual backup only what fails at the entry differs.
      outcomes
        .filter((outcome) => !alone || (outcome.is === 'failed' && outcome.at === 'entry'))
        .map((outcome) => {
          const row = { ...basic, ...change }
          const says = `${who}${alone ? ', entries alone' : ''} · ${when} · ${inWords(outcome)}`
          return { says, rules: { ...rules, mutualBackup: !alone }, row, progress: of(firstProgress(row)), outcome, nowMs }
        }),
    ),
  ),
)

/** What is decided, one line a situation. */
export const decided = (table: readonly Situation[]): readonly string[] =>
  table.map(({ says, ...of }) => `${says} → ${stepInWords(nextStep(of.rules, of.row, of.progress, of.outcome, of.nowMs), of.nowMs)}`)

function inWords(outcome: TryOutcome): string {
  if (outcome.is !== 'failed') {
    const { is, failedAt, isForWantOfReply } = outcome
    return failedAt === undefined ? is : `${is} at the ${failedAt}${isForWantOfReply === true ? ' that did not answer' : ''}`
  }
  const { at, mayHaveArrived, retryAfterMs, isHeldForDown } = outcome
  const how = isHeldForDown === true ? 'held for down' : mayHaveArrived ? 'silent' : 'not reached'
  return `${at} ${how}${retryAfterMs === undefined ? '' : `, retry after ${retryAfterMs} ms`}`
}

function stepInWords(step: NextStep, nowMs: number): string {
  if (step.does === 'stop') return step.as
  if (step.does === 'go-on') return `${step.to}${step.inDoubt ? ', in doubt' : ''}`
  const { sends, mode, key, entries, tries, inDoubt, waits } = step.progress
  const where = entries.length === 0 ? '' : ` through ${entries.join('>')}`
  return `after ${step.atMs - nowMs} ms ${sends} by ${mode}${where}, key ${key}, try ${tries}${waits > 0 ? `, waited ${waits}` : ''}${inDoubt ? ', in doubt' : ''}`
}

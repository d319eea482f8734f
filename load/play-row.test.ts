/** One row as the generator plays it: at its moment and not before, after its predecessor and its pause, or not sent with the reason. No request is made. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PlaySettings, RowToPlay, VisitToPlay } from '../simulators/trace/play.ts'
import type { SeenRow } from '../simulators/trace/seen-row.ts'
import type { TraceRules } from '../simulators/trace/trace.ts'
import type { Outcome } from './adapter.ts'
import type { AskedUntil, Conversation } from './conversation.ts'
import { playRow } from './play-row.ts'

const rules = {
  ...{ channels: ['main-entry'], backupOrder: [0], mutualBackup: true, banks: ['bank-a'] },
  ...{ attempts: 3, backoffMs: 200, backoffFactor: 2, jitterShare: 0, inDoubtAtMostMs: 60_000 },
  timeoutMs: { entry: 8000, platform: 15_000, bureau: 30_000, bank: 10_000, his: 10_000, files: 0 },
} satisfies TraceRules
const beginMs = 1_000_000
const settings = { rules, windowSeconds: 120, graceMs: 60_000 } as unknown as PlaySettings
const row = {
  ...{ row: 0, visit: 0, site: 7, errand: 'phone-payment', mode: 'phone', bill: 'MX0', key: 'K0', totalFen: 500 },
  ...{ startMs: 5000, deadlineMs: 60_000, gapMs: 700, after: null, insteadOf: null, bureauDown: [] },
  ...{ entry: 0, heldEntries: 1, entryPausesMs: [500], takesWindow: true, takesKiosk: false, hasOwnMoney: false },
  ...{ creditBank: 0, ownBank: 0, isOverLimit: false, raisesLimit: false },
} as unknown as RowToPlay
const visit = { visit: 0, person: { person: 0 }, rows: [row] } as unknown as VisitToPlay
const answerMs = 40

beforeEach(() => {
  vi.useFakeTimers({ now: beginMs })
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A target that ends each try with the next of these outcomes, some milliseconds after it was asked. */
function talking(...outcomes: readonly Outcome[]): {
  readonly talk: Conversation
  readonly asked: (AskedUntil & { readonly atMs: number })[]
} {
  const asked: (AskedUntil & { readonly atMs: number })[] = []
  return {
    asked,
    async talk(one) {
      const sentMs = Date.now()
      asked.push({ ...one, atMs: sentMs - beginMs })
      await new Promise<void>((resolve) => setTimeout(resolve, answerMs))
      const outcome = outcomes[asked.length - 1] ?? { is: 'paid', payment: 'P1' }
      const times = { key: one.key, by: 'main-entry', sentMs: sentMs - beginMs, heardMs: Date.now() - beginMs, calls: [] }
      const answer =
        outcome.is === 'failed' ? { outcome: 'no-answer', reason: outcome.reason, ...times } : { outcome: outcome.is, ...times }
      return { is: 'talked', outcome, answer, sentMs, heard: [] }
    },
  }
}

async function played(parts: Partial<Parameters<typeof playRow>[0]>, talk: Conversation): Promise<SeenRow> {
  const base = { settings, talk, board: undefined, beginMs, visit, row, before: undefined, instead: undefined, hasHeir: false }
  const playing = playRow({ ...base, ...parts })
  await vi.runAllTimersAsync()
  return playing
}

const ended = (outcome: string, endMs: number): Promise<SeenRow> =>
  Promise.resolve({
    row: 9,
    dueMs: 0,
    heldMs: 0,
    sentMs: 0,
    endMs,
    answers: [{ key: 'K', outcome, by: '', sentMs: 0, heardMs: endMs, calls: [] }],
  })

test('is sent at its intended start, neither before nor after, and told with what was heard', async () => {
  const { talk, asked } = talking()
  const seen = await played({}, talk)
  expect(asked.map(({ atMs }) => atMs)).toEqual([5000])
  expect(seen).toMatchObject({ row: row.row, dueMs: 5000, heldMs: 0, sentMs: 5000, endMs: 5000 + answerMs })
  expect(console.log).toHaveBeenCalledWith(JSON.stringify(seen))
})

test.each([
  ['a predecessor that ended early enough does not hold it', 1000, 5000, 0],
  ['a late predecessor holds it, and the pause after it', 6000, 6700, 1700],
])('%s', async (_, endMs, dueMs, heldMs) => {
  const { talk, asked } = talking()
  expect(await played({ before: ended('refused', endMs) }, talk)).toMatchObject({ dueMs, heldMs })
  expect(asked.map(({ atMs }) => atMs)).toEqual([dueMs])
})

test.each([
  ['past-deadline', { before: ended('paid', 65_000) }],
  ['run-ended', { row: { ...row, startMs: 181_000 } }],
  ['not-needed', { instead: ended('paid', 100) }],
  ['predecessor-failed', { before: ended('refused', 100), row: { ...row, refunds: 9 } as unknown as RowToPlay }],
] as const)('is not sent, with the reason: %s', async (notSent, parts) => {
  const { talk, asked } = talking()
  expect(await played(parts, talk)).toMatchObject({ notSent, answers: [] })
  expect(asked).toEqual([])
})

test('goes on instead of one that failed', async () => {
  const { talk, asked } = talking()
  expect(await played({ instead: ended('refused', 100) }, talk)).toMatchObject({ sentMs: 5000 })
  expect(asked).toHaveLength(1)
})

test('a try that was not heard is made again under the same key, and nothing is asked after the run is over', async () => {
  const lost: Outcome = { is: 'failed', at: 'entry', mayHaveArrived: true, reason: 'no answer' }
  const { talk, asked } = talking(lost)
  const seen = await played({}, talk)
  expect(asked.map(({ key }) => key)).toEqual([row.key, row.key])
  expect(asked[1]?.atMs).toBeGreaterThanOrEqual(5000 + answerMs + rules.backoffMs)
  expect(seen.answers.map(({ outcome }) => outcome)).toEqual(['no-answer', 'paid'])
  const late = talking(lost)
  const atTheEnd = { ...settings, windowSeconds: 5, graceMs: 60 } as PlaySettings
  expect((await played({ settings: atTheEnd }, late.talk)).answers.map(({ outcome }) => outcome)).toEqual(['no-answer'])
  expect(late.asked.map(({ untilMs }) => untilMs - beginMs)).toEqual([5060])
})

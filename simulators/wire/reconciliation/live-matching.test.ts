import { expect, test } from 'vitest'
import { decideLive, isLookedAt, type LiveWord } from './live-matching.ts'
import { type ReconciliationEntry, reconciliationRules } from './reconciliation-book.ts'

const times = { settleMs: 60_000, graceMs: 900_000 }
const looked = (payment: string, atMs: number, ...words: LiveWord[]) => ({
  payment,
  does: 'refund' as const,
  atMs,
  words: words.map((word, index) => ({ party: { kind: 'payer' as const, name: `party ${index}` }, word })),
})

test('a movement that stayed without an answer too long keeps no other from its turn', () => {
  const state = reconciliationRules.empty()
  const decide = (atMs: number, ...all: ReturnType<typeof looked>[]): readonly ReconciliationEntry[] => {
    const { entries } = decideLive(state, all, 100_000, atMs, times)
    for (const entry of entries) reconciliationRules.apply(state, entry, atMs)
    return entries
  }
  decide(160_000, looked('P2', 20_000, 'silent'), looked('P3', 30_000, 'agrees'))
  // The silent one is asked again, so it is not passed by.
  expect(state.live).toMatchObject({ untilMs: 20_000, left: new Set(), matchedMs: new Map([['P3 refund', 160_000]]) })
  expect(decide(170_000, looked('P2', 20_000, 'silent'))).toEqual([])
  decide(930_000, looked('P2', 20_000, 'silent'))
  expect(state.live).toMatchObject({ untilMs: 100_000, left: new Set(['P2 refund']) })
  expect(['P2', 'P3', 'P4'].map((payment) => isLookedAt(state, payment, 'refund'))).toEqual([true, true, false])
})

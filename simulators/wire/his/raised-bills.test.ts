/** A bill that is to be raised later is no bill yet, whoever asks: platform, window, the visit's list, leaving. */
import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { hisRules } from './his-book.ts'
import { decideBills, decideOpen } from './his-decisions.ts'
import { decideLeave } from './leave-decision.ts'

test('before its moment a bill is unknown, and from then on it is there', () => {
  const rules = hisRules({ inDoubtAtMostMs: 600_000 })
  const state = rules.empty()
  const bill = { site: 7, bill: 'MX1', visit: 'JZ1', person: 42, totalFen: fenOf(100), coveredFen: fenOf(100), lines: [], raisedAtMs: 1000 }
  rules.apply(state, { does: 'open-bill', ...bill }, 0)
  const asked = (nowMs: number) => [
    decideOpen(state, { site: 7, bill: 'MX1', attempt: 'P1', person: 42, by: 'platform' }, nowMs).reply,
    decideBills(state, { site: 7, visit: 'JZ1' }, nowMs).reply,
    decideLeave(state, { site: 7, visit: 'JZ1' }, nowMs).reply,
  ]
  expect(asked(999)).toEqual([
    { outcome: 'refused', reason: 'unknown-bill' },
    { outcome: 'bills', bills: [] },
    { outcome: 'refused', reason: 'nothing-to-pay' },
  ])
  expect(asked(1000)).toMatchObject([{ outcome: 'open' }, { bills: [{ bill: 'MX1' }] }, { outcome: 'leaving' }])
})

import { expect, test } from 'vitest'
import { type Fen, fenOf } from '../../money/fen.ts'
import type { HisEntry } from './his-book.ts'
import { hisRules } from './his-book.ts'
import { decideClose, decideOpen } from './his-decisions.ts'
import { decideLeave } from './leave-decision.ts'

const bill = (number: string, totalFen: Fen) => ({
  site: 7,
  bill: number,
  visit: 'JZ1',
  person: 42,
  totalFen,
  coveredFen: totalFen,
  lines: [{ number: 1, prescription: 'RX1', code: 'Y1', name: '示例', priceFen: totalFen, count: 1, totalFen, coveredFen: totalFen }],
})
const visit = { site: 7, visit: 'JZ1' }

function hospital() {
  const rules = hisRules({ inDoubtAtMostMs: 600_000 })
  const state = rules.empty()
  const does = <Reply>({ entries, reply }: { readonly entries: readonly HisEntry[]; readonly reply: Reply }): Reply => {
    for (const entry of entries) rules.apply(state, entry, 0)
    return reply
  }
  const raise = (number: string, totalFen: Fen) => does({ entries: [{ does: 'open-bill', ...bill(number, totalFen) }], reply: undefined })
  const open = (number: string) => does(decideOpen(state, { site: 7, bill: number, attempt: `P-${number}`, person: 42, by: 'platform' }, 0))
  return { state, does, raise, open }
}

test('the unpaid bills of a visit become one with one lock, and asked again it is the same one', () => {
  const { state, does, raise, open } = hospital()
  raise('MX1', fenOf(100))
  raise('MX2', fenOf(200))
  const reply = does(decideLeave(state, visit, 0))
  expect(reply).toMatchObject({ outcome: 'leaving', bill: { bill: 'JZ1-L1', totalFen: 300, lines: [{ number: 1 }, { number: 2 }] } })
  expect(does(decideLeave(state, visit, 0))).toEqual(reply)
  expect(open('MX1')).toEqual({ outcome: 'refused', reason: 'part-of-another-bill' })
  expect(open('JZ1-L1')).toMatchObject({ outcome: 'open' })
  // What is ordered on the way out joins in, but not while the bill is being paid.
  raise('MX3', fenOf(400))
  expect(does(decideLeave(state, visit, 0))).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  does(decideClose(state, { site: 7, bill: 'JZ1-L1', attempt: 'P-JZ1-L1' }))
  expect(does(decideLeave(state, visit, 0))).toMatchObject({ bill: { bill: 'JZ1-L2', totalFen: 700 } })
})

test('a visit without unpaid bills has nothing to settle', () => {
  const { state, does } = hospital()
  expect(does(decideLeave(state, visit, 0))).toEqual({ outcome: 'refused', reason: 'nothing-to-pay' })
})

import { expect, test } from 'vitest'
import { fenOf, noMoney } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { openings } from '../testing/small-wire.ts'
import { decideDayLines } from './day-lines.ts'
import { totalsOf } from './day-totals.ts'
import { hospitalRules } from './hospital-rules.ts'

test('a hospital that closes its money day at five puts what is paid at half past five into the next day, lines and totals alike', () => {
  const rules = hospitalRules({ minuteOfDay: 17 * 60 }, { inDoubtAtMostMs: 600_000 })
  const state = rules.empty()
  const [bill] = openings.his.bills
  const [fundFen, historyAccountFen, cashFen] = [fenOf(3600), fenOf(3000), fenOf(5400)]
  const split = { fundFen, currentAccountFen: noMoney, historyAccountFen, cashFen, uncoveredFen: fenOf(2000), deductibleFen: fenOf(4000) }
  const of = { site: 7, bill: bill?.bill ?? '', attempt: 'P1' } as const
  const at = (moment: string) => momentMs(`2020-10-12 ${moment}`) ?? Number.NaN
  rules.apply(state, { does: 'open-bill', ...(bill as NonNullable<typeof bill>) }, at('09:00:00'))
  rules.apply(state, { does: 'open-attempt', ...of, by: 'window' }, at('16:00:00'))
  rules.apply(state, { does: 'cash-in', ...of, terminal: 'window-1', amountFen: fenOf(5400) }, at('16:59:59'))
  rules.apply(state, { does: 'paid', ...of, totalFen: fenOf(12_000), split, settlement: 'L1', payer: 'cash' }, at('17:30:00'))
  expect(totalsOf(state.days, 7, '2020-10-12').paidCount).toBe(0)
  expect(totalsOf(state.days, 7, '2020-10-13')).toMatchObject({ paidCount: 1, totalFen: 12_000 })
  expect(decideDayLines(state, { site: 7, date: '2020-10-13' }, '2020-10-13').reply).toEqual({ outcome: 'refused', reason: 'day-not-over' })
  expect(decideDayLines(state, { site: 7, date: '2020-10-13' }, '2020-10-14').reply).toMatchObject({
    lines: [{ attempt: 'P1', does: 'pay' }],
  })
  expect([...state.drawers.days.keys()]).toEqual(['7 2020-10-12'])
})

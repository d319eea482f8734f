import { expect, test } from 'vitest'
import { calendarDay } from '../reconciliation/accounting-day.ts'
import { bill, openings, person, site } from '../testing/small-wire.ts'
import { mayTakeOver } from './cashier.ts'
import { decideOpen } from './his-decisions.ts'
import { hospitalRules } from './hospital-rules.ts'

const boundMs = 600_000
const asked = (mode: 'window' | 'kiosk') => ({ channel: 'site-7', idempotencyKey: 'S2', askedSha256: '', person, site, bill, mode })

test.each(['platform', 'kiosk', 'window'] as const)(
  'a window, and no kiosk, may have the bill of a doubt at the %s once it has lasted its time',
  (by) => {
    const rules = hospitalRules(calendarDay, { inDoubtAtMostMs: boundMs })
    const state = rules.empty()
    for (const one of openings.his.bills) rules.apply(state, { does: 'open-bill', ...one }, 0)
    for (const entry of decideOpen(state, { site, bill, attempt: 'C1', person, by }, 0).entries) rules.apply(state, entry, 0)
    const may = (mode: 'window' | 'kiosk', inDoubt: string, nowMs: number) => [
      mayTakeOver(state, asked(mode), inDoubt, nowMs),
      decideOpen(state, { site, bill, attempt: 'C2', person, by: mode }, nowMs).reply.outcome,
    ]
    expect(may('window', 'C1', boundMs - 1)).toEqual([false, 'refused'])
    expect(may('kiosk', 'C1', boundMs)).toEqual([false, 'refused'])
    expect(may('window', 'C1', boundMs)).toEqual([true, 'open'])
    // The lock is another's: the payment in doubt is not what keeps the bill.
    expect(may('window', 'C9', boundMs)[0]).toBe(false)
  },
)

/** What the kernel would draw for an errand, drawn again outside it: service times of its calls, pauses between entries, what a patient does while the bureau is down. */

import { MOST_OTHER_ENTRIES } from '../../channels/fallback.ts'
import { drawTicks } from '../../engine/distribution.ts'
import { decisionCounter, drawWord, uniformOf } from '../../engine/random.ts'
import { type Errand, errands } from '../../platform/errands.ts'
import type { BureauDownStep, PlannedService } from '../../trace/trace.ts'
import {
  RULE_DECISION_DOWN,
  RULE_DECISION_SWITCH,
  RULE_DECISION_WAIT,
  RULE_KEY0,
  RULE_KEY1,
  RULE_SWITCH_LAW,
  RULE_WAIT_LAW,
  RULE_WAIT_TRIES,
  SERVE,
  SHARE_DOWN_OWE,
  SHARE_DOWN_PAY,
  SHARE_DOWN_WAIT,
} from '../kernel/inputs.ts'
import type { KernelTables } from '../kernel-tables.ts'
import type { SentErrand } from './trace-visits.ts'

const TICKS_PER_MS = 10

export interface ErrandPlan {
  servicesOf(drawId: number, sent: SentErrand): readonly PlannedService[]
  /** @param others how many further entries there are at most */
  entryPausesMs(drawId: number, sent: SentErrand, others: number): readonly number[]
  bureauDown(drawId: number, sent: Pick<SentErrand, 'point' | 'again' | 'pathwayRow'>): readonly BureauDownStep[]
}

/** @param tables of the arm's city with the day's keys */
export function errandPlan(tables: KernelTables): ErrandPlan {
  const rules = tables.whole.rules as Int32Array
  const shares = tables.double.ruleShares as Float64Array
  const whole = (name: keyof KernelTables['whole'], at: number): number => tables.whole[name]?.[at] as number
  const word = (drawId: number, decision: number, attempt: number): number =>
    drawWord(rules[RULE_KEY0] as number, rules[RULE_KEY1] as number, drawId, decisionCounter(decision, attempt))
  const ticksOf = (law: number, drawn: number): number =>
    drawTicks(whole('lawKind', law), tables.double.lawA?.[law] as number, tables.double.lawB?.[law] as number, drawn)
  const ruled = (decision: number, law: number, drawId: number, attempt: number): number =>
    ticksOf(rules[law] as number, word(drawId, rules[decision] as number, attempt)) / TICKS_PER_MS

  return {
    servicesOf(drawId, { errand, point, again }) {
      const { messages } = errands[errand] as Errand
      const first = whole('errandFirst', errand)
      // The number of a message's first try, as kernel/errands.ts counts them.
      const attempt = ((point & 3) << 6) | ((again * 4) & 31)
      return messages.map(({ leg, operation }, n) => {
        const ticks = ticksOf(whole('messageLaw', first + n), word(drawId, whole('messageDecision', first + n), attempt))
        return { leg, operation, ms: ticks / TICKS_PER_MS }
      })
    },
    entryPausesMs(drawId, { point }, others) {
      return Array.from({ length: Math.min(others, MOST_OTHER_ENTRIES) }, (_, n) =>
        ruled(RULE_DECISION_SWITCH, RULE_SWITCH_LAW, drawId, (point << 3) | (n + 1)),
      )
    },
    bureauDown(drawId, { point, again, pathwayRow }) {
      const steps: BureauDownStep[] = []
      for (let waits = again; ; waits++) {
        const attempt = (point << 4) | (waits & 15)
        const u = uniformOf(word(drawId, rules[RULE_DECISION_DOWN] as number, attempt))
        const [wait, pay, owe] = [SHARE_DOWN_WAIT, SHARE_DOWN_PAY, SHARE_DOWN_OWE].map((share) => shares[share] as number) as [
          number,
          number,
          number,
        ]
        if (u < wait && waits < (rules[RULE_WAIT_TRIES] as number)) {
          steps.push({ does: 'wait', ms: ruled(RULE_DECISION_WAIT, RULE_WAIT_LAW, drawId, attempt) })
          continue
        }
        const hasNoWindow = whole('rowWindow', pathwayRow) < 0 && whole('rowDoes', pathwayRow) !== SERVE
        const pays = u < wait ? u * (pay + owe) < wait * pay : u < wait + pay
        steps.push({ does: hasNoWindow ? 'leave-unpaid' : pays ? 'pay-in-full' : 'leave-owing' })
        return steps
      }
    },
  }
}

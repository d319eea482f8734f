/**
 * The visits behind the errands that the kernel kept, each with who it is and what of its errands lies in the window. People are written
 * anew, one visit at a time, so that nothing is held of a day but its window.
 */
import type { ArmPlan, Plan } from '../../../scenarios/plan.ts'
import { coveredFenOf, POINTS } from '../../patients/bills.ts'
import type { DayVisits } from '../../patients/day-visits.ts'
import { ONCE_PARTS, VISIT_SIGN_UP, VISIT_SWITCH } from '../../patients/day-visits.ts'
import { modeOf, settlesOnLeaving } from '../compile-day.ts'
import {
  KEPT_AGAIN,
  KEPT_CHANNEL,
  KEPT_DONE,
  KEPT_END,
  KEPT_ERRAND,
  KEPT_FAILED,
  KEPT_ORDERED,
  KEPT_POINT,
  KEPT_RESTART,
  KEPT_ROW,
  KEPT_TICK,
  KEPT_VISIT,
  KEPT_WORDS,
} from '../kernel/keep.ts'
import type { VisitTable } from '../kernel-tables.ts'
import { visitColumns } from '../kernel-tables.ts'
import type { WindowDay } from './window-day.ts'

/** One errand of a visit, from its first try on, whatever entries it went through. Ticks of the day. */
export interface SentErrand {
  readonly tick: number
  /** Numbers in the errand table and in the pathways' rows. */
  readonly errand: number
  readonly pathwayRow: number
  readonly point: number
  readonly entry: number
  readonly again: number
  /** Tick from which its bill stands; 0 where nothing was ordered before. */
  readonly orderedTick: number
  readonly endTick: number
  /** −1 settled, otherwise the leg or the limit. */
  readonly failed: number
  /** −1 where what follows by itself came to no end. */
  readonly doneTick: number
}

export interface WindowVisit {
  /** Among the day's visits. */
  readonly number: number
  /** In the order they were sent. */
  readonly sent: readonly SentErrand[]
}

/** By visit, in order of the visit's first errand; those of one visit in order of sending. */
export function windowVisits(kept: Int32Array): readonly WindowVisit[] {
  const byVisit = new Map<number, SentErrand[]>()
  for (let at = 0; at < kept.length; at += KEPT_WORDS) {
    const word = (field: number): number => kept[at + field] as number
    const sent = byVisit.get(word(KEPT_VISIT)) ?? []
    byVisit.set(word(KEPT_VISIT), sent)
    const answer = { endTick: word(KEPT_END), failed: word(KEPT_FAILED), doneTick: word(KEPT_DONE) }
    const before = sent.at(-1)
    // Another entry goes on with the same errand.
    if (word(KEPT_RESTART) > 0 && before !== undefined) sent[sent.length - 1] = { ...before, ...answer }
    else {
      sent.push({
        tick: word(KEPT_TICK),
        errand: word(KEPT_ERRAND),
        pathwayRow: word(KEPT_ROW),
        point: word(KEPT_POINT),
        entry: word(KEPT_CHANNEL),
        again: word(KEPT_AGAIN) - word(KEPT_RESTART),
        orderedTick: word(KEPT_ORDERED),
        ...answer,
      })
    }
  }
  return [...byVisit].map(([number, sent]) => ({ number, sent }))
}

/** The facts of one visit that rows and opening book are made from. */
export interface VisitFacts {
  /** Columns of the day with this visit in row 0; valid until the next visit is asked for. */
  readonly day: DayVisits
  readonly drawId: number
  /** Bit fields as the kernel was given them; patients/traits.ts. */
  readonly payer: number
  readonly isNobody: boolean
  /** All its bills are settled as one, on leaving. */
  readonly settlesOnce: boolean
  readonly asksForCredit: boolean
}

/** Reads visits of the day one by one. */
export function visitReader(arm: ArmPlan, { staged }: WindowDay): (visit: number) => VisitFacts {
  const into = Object.fromEntries(Object.keys(visitColumns).map((name) => [name, new Int32Array(1)])) as unknown as VisitTable
  return (visit) => {
    const day = staged.people.write(visit, visit + 1)
    staged.compile(day, into)
    const kind = day.kind[0] as number
    return {
      day,
      drawId: day.drawId[0] as number,
      payer: into.visitPayer[0] as number,
      isNobody: kind === VISIT_SWITCH,
      settlesOnce: settlesOnLeaving(arm, day, modeOf(day, staged.thresholds, 0), 0),
      asksForCredit: kind === VISIT_SIGN_UP,
    }
  }
}

/** Bills of a visit as the day has them: fen by payment point. */
export interface PointBill {
  readonly totalFen: number
  readonly coveredFen: number
  readonly fundFen: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  readonly cashFen: number
}

/** All bills of a visit as the one that the hospital makes of them when the patient leaves. */
export function wholeBill(plan: Plan, day: DayVisits): PointBill {
  const bills = Array.from({ length: POINTS }, (_, point) => pointBill(plan, day, point))
  const [fundFen, currentAccountFen, historyAccountFen, cashFen] = day.onceFen.subarray(0, ONCE_PARTS) as unknown as [
    number,
    number,
    number,
    number,
  ]
  return {
    totalFen: bills.reduce((sum, { totalFen }) => sum + totalFen, 0),
    coveredFen: bills.reduce((sum, { coveredFen }) => sum + coveredFen, 0),
    fundFen,
    currentAccountFen,
    historyAccountFen,
    cashFen,
  }
}

export function pointBill({ city }: Plan, day: DayVisits, point: number): PointBill {
  const totalFen = day.billFen[point] as number
  return {
    totalFen,
    coveredFen: coveredFenOf(point, totalFen, city.bills),
    fundFen: day.fundFen[point] as number,
    currentAccountFen: day.currentAccountFen[point] as number,
    historyAccountFen: day.historyAccountFen[point] as number,
    cashFen: day.cashFen[point] as number,
  }
}

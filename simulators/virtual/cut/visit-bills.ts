/** The bills of one visit as the trace has them: each by itself, or all as the one that the hospital makes of them when the patient leaves. */
import { OVER_LIMIT_SHIFT } from '../../patients/traits.ts'
import type { SentErrand, VisitFacts } from './trace-visits.ts'

/** Writes a bill into the opening book and tells its number; null where no errand of the window tells the moment it was raised. */
export type RaiseBill = (bill: NewBill, raisedTick: number | null) => string

export interface NewBill {
  readonly point: number
  /** Where it is not the next one's. */
  readonly number?: string
  /** The bills it is made of. */
  readonly mergedFrom?: readonly string[]
}

/** The bills of one visit, each opened when an errand first speaks of it. */
export class VisitBills {
  readonly #raise: RaiseBill
  readonly #facts: VisitFacts
  readonly #visit: number
  readonly #byPoint = new Map<number, string>()
  #whole: string | undefined

  constructor(raise: RaiseBill, facts: VisitFacts, visit: number) {
    this.#raise = raise
    this.#facts = facts
    this.#visit = visit
  }

  /** The bill that an errand is about. */
  of({ point, tick, orderedTick }: SentErrand): string {
    return this.#opened(point, point === 0 || orderedTick === 0 ? tick : orderedTick)
  }

  /** The bill that an errand pays: all of the visit's as one where it is settled on leaving. */
  paidBy(sent: SentErrand): string {
    if (!this.#facts.settlesOnce) return this.of(sent)
    if (this.#whole !== undefined) return this.#whole
    const parts = [0, 1, 2].filter((point) => (this.#facts.day.billFen[point] as number) > 0).map((point) => this.#opened(point, null))
    const [only] = parts
    this.#whole =
      parts.length === 1
        ? (only as string)
        : this.#raise({ point: sent.point, number: billOnLeaving(this.#visit), mergedFrom: parts }, sent.tick)
    return this.#whole
  }

  #opened(point: number, raisedTick: number | null): string {
    const known = this.#byPoint.get(point)
    if (known !== undefined) return known
    const bill = this.#raise({ point }, raisedTick)
    this.#byPoint.set(point, bill)
    return bill
  }
}

/** As the hospital numbers it (wire/his/leave-decision.ts). */
const billOnLeaving = (visit: number): string => `JZ${visit}-L1`

/** What a hold asks for: the patient's part of its bill, and of those before it whose hold was refused. */
export function heldFen({ day, payer }: VisitFacts, point: number): number {
  let amountFen = 0
  for (let at = point; at >= 0; at--) {
    if (at < point && ((payer >> (OVER_LIMIT_SHIFT + at)) & 1) === 0) break
    amountFen += day.cashFen[at] as number
  }
  return amountFen
}

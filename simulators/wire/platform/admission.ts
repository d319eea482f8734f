import type { Ledger } from '../stores/ledger.ts'

/**
 * How many payments the platform has under way at most. A fixed number fits one machine: above what a slower one can do, every payment
 * waits behind hundreds that nobody waits for any more. So the number goes by how long one turn takes, from a step's being decided to its
 * being on the disk and heard of again: the platform's own want of processor or disk, and never a slow bank's. Late, and the number falls
 * below what is under way; in time with no room left, and it grows again.
 */
export interface Admission {
  /** Payments under way at most, now. */
  readonly limit: number
  /** The ledger, its turns timed. */
  readonly timed: Ledger
  stop(): void
}

/** ASSUMPTION: a payment has some ten turns, so at a tenth of a second each it is a second slower. Tried 50–200 ms. */
const lateMs = 100
const decideEveryMs = 250
/** One slow write of the disk is no want of time: an open turn counts for a part of its age. */
const patience = 4
/** What was let in before a cut goes on burning time for so many decisions, and is no reason for another cut. Tried 0–8. */
const restAfterCut = 4
const leastLimit = 8

export interface AdmissionState {
  readonly limit: number
  readonly underWay: number
  /** Of the turns since the last decision, or a part of the age of the oldest that has not ended; 0 where there was none. */
  readonly meanTurnMs: number
  /** Decisions since the limit was last cut. */
  readonly sinceCut: number
}

/** The next limit, at most `most`. */
export function nextLimit({ limit, underWay, meanTurnMs, sinceCut }: AdmissionState, most: number): number {
  if (meanTurnMs > lateMs)
    return sinceCut < restAfterCut ? limit : Math.min(limit, Math.max(leastLimit, Math.floor(0.8 * Math.min(limit, underWay))))
  return underWay < 0.9 * limit ? limit : Math.min(most, limit + Math.max(1, Math.ceil(limit / 20)))
}

export function admission(most: number, ledger: Ledger, underWay: () => number): Admission {
  let limit = most
  let sinceCut = restAfterCut
  let turns = { count: 0, ms: 0 }
  /** In the order they began: one that does not end says so before it has. */
  const open = new Set<{ readonly began: number }>()
  const turn = async <Of>(does: Promise<Of>): Promise<Of> => {
    const one = { began: performance.now() }
    open.add(one)
    try {
      return await does
    } finally {
      open.delete(one)
      turns.count += 1
      turns.ms += performance.now() - one.began
    }
  }
  const timer = setInterval(() => {
    const [oldest] = open
    const openMs = oldest === undefined ? 0 : (performance.now() - oldest.began) / patience
    const meanTurnMs = Math.max(turns.count === 0 ? 0 : turns.ms / turns.count, openMs)
    turns = { count: 0, ms: 0 }
    const next = nextLimit({ limit, underWay: underWay(), meanTurnMs, sinceCut }, most)
    sinceCut = next < limit ? 0 : sinceCut + 1
    limit = next
  }, decideEveryMs)
  timer.unref()
  return {
    get limit() {
      return limit
    },
    timed: Object.assign(Object.create(ledger) as Ledger, {
      open: ((payment, memory, lease, atMs) => turn(ledger.open(payment, memory, lease, atMs))) satisfies Ledger['open'],
      advance: ((step) => turn(ledger.advance(step))) satisfies Ledger['advance'],
    }),
    stop: () => clearInterval(timer),
  }
}

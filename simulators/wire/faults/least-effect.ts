/** How much effect a fault must have at the least: from its own size and from what its target had to do meanwhile in the fault-free twin. */
import type { HealthPlan } from '../../../scenarios/plan-parties.ts'
import type { FaultOnWire, LeastEffect } from './wire-fault.ts'

/** What the twin's target had to do in the seconds of the fault. */
export interface TwinWork {
  /** Requests of the operations the fault is about. */
  readonly calls: number
  /** Milliseconds of service that is planned for them, together. */
  readonly plannedMs: number
  /** Rows that began then and ask it. */
  readonly rows: number
  /** Of those operations, what a row that asks it sends on average over the whole window. */
  readonly callsPerRow: number
  /** Rows of those that were under way at any moment of it. */
  readonly underWay: number
  /** Payments through an entry that were paid then, of which the entry is told. */
  readonly paid: number
  /** Rows of the day's file. */
  readonly fileRows: number
  /** Its servers as planned; undefined: it works on as many requests at once as come. */
  readonly servers: number | undefined
}

/** Least marks of one fault of one run; those that are absent are not asked for. */
export interface LeastMarks {
  readonly calls: number
  /** Of the rows that began while it lasted and ask its target: ended otherwise, or so much later, than the same row in the twin. */
  readonly harm?: { readonly share: number; readonly laterMs: number }
  /** Milliseconds the median of these rows is later. */
  readonly medianLaterMs?: number
}

/**
 * ASSUMPTION: half of what is to be expected. Whoever fails early asks no further, and a busy machine moves work across the fault's edges: no
 * fault of docs/faults-measured.md met less than 0.6 of it, so any part up to that passes all of them. No other value was played.
 */
const certainPart = 0.5
/** The dice behind a share fall short by so many standard deviations at most. */
const mostDeviations = 2
/** Below it a line is no line. */
const leastLineMs = 10

export function leastMarks(
  { meets, patients }: LeastEffect,
  fault: FaultOnWire,
  work: TwinWork,
  { minimumCalls, failureShare }: Pick<HealthPlan, 'minimumCalls' | 'failureShare'>,
): LeastMarks {
  const { share } = fault
  const atLeast = (of: number, chance: number) => Math.max(1, Math.floor(certainly(of, chance)))
  const calls = (): number => {
    switch (meets) {
      case 'nobody':
        return 0
      case 'requests':
        return atLeast(work.calls, share)
      case 'requests-until-down':
        // Fewer failures than the rule asks for never have the party counted as down.
        return share < failureShare ? atLeast(work.calls, share) : Math.min(atLeast(work.calls, share), atLeast(minimumCalls, 1))
      case 'a-request-a-row':
        return atLeast(Math.min(work.calls, work.rows * Math.min(1, work.callsPerRow)), share)
      case 'callbacks':
        return atLeast(work.paid, share)
      case 'rows-under-way':
        return atLeast(work.underWay, 1)
      case 'a-file':
        return 1
      case 'rows-of-a-file':
        return atLeast(work.fileRows, share)
      default:
        return meets satisfies never
    }
  }
  return { calls: calls(), ...(patients === undefined ? {} : marksOfPatients(patients, fault, work)) }
}

function marksOfPatients(patients: NonNullable<LeastEffect['patients']>, fault: FaultOnWire, work: TwinWork): Omit<LeastMarks, 'calls'> {
  const { calls, rows, callsPerRow, servers, plannedMs } = work
  if (patients.see === 'harm') {
    // Not every row asks what is met, and some that began while it lasted come to that only once it is over.
    const arrives = rows * callsPerRow === 0 ? 0 : Math.min(1, callsPerRow) * Math.min(1, calls / (rows * callsPerRow))
    // A row with several requests is met by one of them the more likely.
    const chance = arrives * (1 - (1 - fault.share) ** Math.max(1, callsPerRow))
    return {
      harm: {
        share: Math.max(1, certainly(rows, chance)) / Math.max(1, rows),
        laterMs: patients.laterMs?.(fault) ?? Number.POSITIVE_INFINITY,
      },
    }
  }
  if (servers === undefined) return {}
  const lastsMs = (fault.toSecond - fault.fromSecond) * 1000
  const left = patients.serversLeft(fault, servers)
  // What comes in excess of those left waits; halfway through, as long as it takes them to serve the excess of the first half.
  const waitMs = Math.max(0, plannedMs / left - lastsMs) / 2
  return { medianLaterMs: Math.max(leastLineMs, certainPart * waitMs) }
}

const certainly = (of: number, chance: number): number =>
  certainPart * (of * chance - mostDeviations * Math.sqrt(of * chance * (1 - chance)))

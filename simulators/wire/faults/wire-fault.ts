/**
 * A kind of failure on the wire: what it has an actor or its process do while it lasts, the least effect it must have, and what must be
 * true of the money afterwards. One small file each; to make one, copy noop.ts and list it in all-wire-faults.ts (docs/faults.md).
 */
import type { Words } from '../../../scenarios/plan.ts'
import type { FaultPlan } from '../../../scenarios/plan-faults.ts'
import type { FailureOrder } from '../server/failure-order.ts'

/** One fault of a run. */
export interface FaultOnWire {
  /** Names its dice and its lines in the log. */
  readonly name: string
  readonly kind: WireFaultName
  /** Actor it strikes, by its name on the wire. */
  readonly target: string
  /** Seconds of the window. */
  readonly fromSecond: number
  readonly toSecond: number
  /** Of what can be met; 1: everything. */
  readonly share: number
  /** How strong, in the kind's own unit; absent: the kind's usual. */
  readonly amount?: number
  /** Operations it is limited to; absent: the kind's own. */
  readonly only?: readonly string[]
  readonly seed: number
}

export const wireFaultNames = [
  'noop',
  'outage',
  'black-hole',
  'slow',
  'brown-out',
  'error-burst',
  'connection-reset',
  'lost-reply',
  'callback-late',
  'callback-duplicate',
  'callback-reordered',
  'callback-lost',
  'wrong-amount',
  'stale-status',
  'over-limit-credit',
  'quota-full',
  'certificate-rotation',
  'clock-skew',
  'truncated-file',
  'lost-row',
  'disk-full',
  'process-paused',
  'process-killed',
  'database-restarted',
] as const
export type WireFaultName = (typeof wireFaultNames)[number]

export interface WireFaultKind {
  readonly title: Words
  /** The same failure in the virtual city, or why there is none. */
  readonly virtually:
    | { readonly is: 'the-same'; readonly kind: FaultPlan['kind']; readonly form?: FaultPlan['form'] }
    | { readonly is: 'wire-only'; readonly why: Words }
  readonly strikes: (fault: FaultOnWire) => Strike
  readonly leastEffect: LeastEffect
  /** What must hold of the money once the fault is over. */
  readonly afterwards: Words
  /** It strikes while the day's files are made and read, whatever seconds of the window it is given. Absent: in the window. */
  readonly strikesAt?: 'day-end'
  /**
   * It leaves differences in books or, at the day's end, in files: the findings of audit and reconciliation equal what it planted. How reconciliation names what was planted
   * under a business key (party, direction, kind, key); undefined where the platform has no part in it and only the audit looks. Absent: none.
   */
  readonly plants?: (fault: FaultOnWire, key: string) => string | undefined
}

export type Strike =
  | { readonly by: 'order'; readonly order: FailureOrder }
  /** The actor's opening endpoint is told something in the middle of the run; the order writes down whom that met. */
  | { readonly by: 'opening'; readonly opening: object; readonly order: FailureOrder }
  | { readonly by: 'process'; readonly does: ProcessStrike }
  | { readonly by: 'nothing' }

/** What is done to the process an actor runs in, and to the database it writes to. */
export type ProcessStrike = 'pause' | 'kill' | 'fill-disk' | 'restart-database'

/**
 * Below it the fault is toothless and the run void. What is stated is what the fault is about; how much of it there must be follows from the
 * fault's size and from what its target had to do in the fault-free twin meanwhile: least-effect.ts.
 */
export interface LeastEffect {
  /** Whom it meets, for as many of them as its share: */
  readonly meets:
    | 'nobody'
    /** requests of the operations it is about, */
    | 'requests'
    /** the same, whose senders stop asking once the party counts as down; */
    | 'requests-until-down'
    /** the first of each row's, where an answer is held up until later ones come after the fault; */
    | 'a-request-a-row'
    /** notices of payments that ended, */
    | 'callbacks'
    /** patients whose rows are under way behind it, */
    | 'rows-under-way'
    /** one file, */
    | 'a-file'
    /** rows of one file. */
    | 'rows-of-a-file'
  /** Operations of the target that count, where its order names none; absent: all. */
  readonly only?: readonly string[]
  /** What patients who ask its target see of it; absent: the sound platform hides it from them. */
  readonly patients?: /** Who is met ends otherwise than in the twin, or so many milliseconds later; absent: otherwise. */
    | { readonly see: 'harm'; readonly laterMs?: (fault: FaultOnWire) => number }
    /** Nobody is chosen: a line grows before so many of its servers, and the median is later. */
    | { readonly see: 'a-line'; readonly serversLeft: (fault: FaultOnWire, servers: number) => number }
}

/** ASSUMPTION: what a patient notices. A machine that makes the same row later by itself voids the run by its late starts. No other value was played. */
export const noticedMs = 100

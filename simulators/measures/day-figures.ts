import type { Words } from '../../scenarios/plan.ts'
import type { WaitCells } from './wait-groups.ts'

/**
 * What one arm's day leaves for measuring: plain sums in typed arrays, ready to cross from a worker (pure data, no rules).
 * Times are ticks of 100 µs, money whole fen, histograms as in histogram.ts.
 */
export interface DayFigures {
  /** By slice (see slices.ts), VISIT_SUMS numbers each. */
  readonly visitSums: Float64Array
  /** Minutes of completed visits, as a histogram in milliseconds. */
  readonly durations: Int32Array
  /** Waits to pay by group; null in a reduced city, and where not every slice is asked for. */
  readonly paymentWaits: WaitCells | null
  /** By station kind: histogram of waits. */
  readonly waits: readonly Int32Array[]
  /** By station kind: sum and number of waits. */
  readonly waitSum: Float64Array
  readonly waitCount: Float64Array
  /** By station kind × tier × 24: servers busy, on duty, and busy past the end of their shift, integrated over the hour. */
  readonly hourBusy: Float64Array
  readonly hourDuty: Float64Array
  readonly hourOvertime: Float64Array
  /** By station kind × 24: sum and number of waits by hour of joining. */
  readonly hourWaitSum: Float64Array
  readonly hourWaitCount: Float64Array
  /** By payment mode (window, kiosk, phone, credit): settlement time and how many payment points were settled so. */
  readonly settlements: readonly Int32Array[]
  readonly settlementSum: Float64Array
  /** Payments of insured patients at hospitals (五期交易), by mode. */
  readonly settledByMode: Float64Array
  /** By leg (entry, platform, bureau, bank, his). */
  readonly legAssumed: Float64Array
  readonly legComputed: Float64Array
  readonly legCount: Float64Array
  /** By channel. */
  readonly channelAttempted: Int32Array
  readonly channelSettled: Int32Array
  readonly channelFailed: Int32Array
  readonly channelFellBack: Int32Array
  readonly channelSpilledIn: Int32Array
  /** By party (channels, platform, bureau, banks). */
  readonly peakCalls: Int32Array
  readonly calls: Float64Array
  /** By party × 1440. */
  readonly minuteBusy: Float64Array
  readonly minuteDuty: Float64Array
  /** By minute of intended start, 1440 each: payments started, settled, settled within the service level. */
  readonly minuteStarted: Int32Array
  readonly minuteSettled: Int32Array
  readonly minuteWithin: Int32Array
  /** By fault of the arm; ticks or −1. */
  readonly faultTouched: Int32Array
  readonly faultDetected: Int32Array
  readonly faultFirstFailure: Int32Array
  readonly faultFirstRouted: Int32Array
  readonly callsSent: number
  readonly callsNeeded: number
  readonly lateReplies: number
  readonly paymentsFailed: number
  readonly backupCouldNot: number
  readonly reversals: number
  readonly reversalsFailed: number
  readonly stationsJoined: number
  readonly callsJoined: number
  /** Sign-ups by how they ended; lost: a call failed on the way, so that the result was not reached. */
  readonly signUpsGranted: number
  readonly signUpsWithDigitalCard: number
  readonly signUpsWithRaisedLimit: number
  readonly signUpsRefused: number
  readonly signUpsLost: number
  /** Sign-ups that took place, however they ended. */
  readonly signUpsAttempted: number
  /** Null on days on which no site switches over. */
  readonly goLive: GoLiveFigures | null
  readonly money: {
    readonly fundFen: number
    readonly accountFen: number
    readonly creditFen: number
    readonly cashFen: number
    readonly owingFen: number
    readonly claimLaterFen: number
    /** Bills that were settled and went back whole. */
    readonly refundedFen: number
  }
  /** Settled payments of patients insured here, in hospitals: 五期交易. */
  readonly insured: {
    readonly transactions: number
    readonly credentialTransactions: number
    readonly creditPayments: number
    /** Whole bills of all three, and of credit payments the part on credit. */
    readonly billFen: number
    readonly credentialFen: number
    readonly creditFen: number
    /** Bills that were due and not settled. */
    readonly billsLeft: number
  }
  readonly audit: {
    readonly bills: number
    readonly fen: number
    readonly findings: number
    readonly firstFinding: Words | null
    readonly littleBreaches: number
    readonly linesChecked: number
  }
  /** By site × station kind × 24, only where a user's observed waits stand beside the model. */
  readonly siteWaits: { readonly sum: Float64Array; readonly count: Float64Array } | null
}

/** What sites that switch over did. */
export interface GoLiveFigures {
  /** By site: the tick at which it was ready, −1 for sites that do not switch. */
  readonly siteReady: Int32Array
  /** Terminals that signed in, directories that were loaded. */
  readonly terminals: number
  readonly directories: number
  /** Payments that wanted a way not open at their site yet. */
  readonly paymentsTheOldWay: number
  /** Settlements that waited for their site. */
  readonly settlementsHeld: number
}

/** Numbers per slice in `visitSums`. */
export const VISIT_SUMS = 18
export const SUM_VISITS = 0
export const SUM_PAYMENT_WAIT = 1
export const SUM_CLINICAL_WAIT = 2
export const SUM_AFTER_PAYMENT_WAIT = 3
/** Completed visits, their ticks in the hospital and of these in lines. */
export const SUM_DONE = 4
export const SUM_DURATION = 5
export const SUM_DONE_WAIT = 6
/** Six line counts: payment joined, any wait, over a minute; clinical likewise. */
export const SUM_LINES = 7
export const SUM_UNDER_1_HOUR = 13
export const SUM_3_HOURS_OR_MORE = 14
export const SUM_BALKED = 15
export const SUM_RENEGED = 16
export const SUM_UNPAID = 17

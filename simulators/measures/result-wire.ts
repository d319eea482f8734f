/**
 * Section of a result whose world is `wire`: what real requests over real sockets showed in one window of the day, what the books said
 * afterwards, and whether any of it may be quoted. Times are milliseconds of the protocol clock unless a name says otherwise.
 */
import type { Words } from '../../scenarios/plan.ts'
import type { Wrongdoing } from '../../scenarios/plan-bills.ts'
import type { WireCreditTerm } from './result-credit-term.ts'
import type { WireGoLive } from './result-wire-go-live.ts'

export const wireOutcomeVersion = 1

export interface WireOutcome {
  readonly version: typeof wireOutcomeVersion
  /** Seconds of the business day. */
  readonly window: { readonly date: string; readonly fromSecond: number; readonly toSecond: number; readonly arm: string }
  readonly level: WireLevel
  readonly target: WireTarget
  readonly generator: WireGenerator
  /** Absent in results of before they were watched. */
  readonly processes?: readonly WireProcessFigures[]
  /** Kinds of signatures in use over the window, by our processes that lived through it; absent in results of before they were told apart. */
  readonly signatures?: readonly WireSignatures[]
  readonly rows: WireRows
  readonly errands: readonly WireErrand[]
  readonly legs: readonly WireLeg[]
  /** Absent in results from before it was told. */
  readonly divergence?: readonly WireDivergence[]
  /** Where the platform's money stands after the day's end, and how old it is there; absent where the target reconciles by itself or no day was ended. */
  readonly money?: readonly WireMoneyStage[]
  /** Bills that were planned to offend against the insurer's rules, and what its review made of them; absent: none was planned. */
  readonly review?: WireReview
  readonly closingBooks: ClosingBooks
  /** Absent where the plan plays nothing after the day. */
  readonly creditTerm?: WireCreditTerm
  readonly audit: WireAudit
  readonly faults: readonly WireFault[]
  /** Payments that the faults broke, on the wire and as the virtual city foretold it; null: no fault, no twin, or one the virtual city lacks. */
  readonly failover: { readonly wire: FailoverFigures; readonly virtual: FailoverFigures } | null
  /** Further levels of the same command, lowest first; empty where one was played. */
  readonly levels: readonly LevelFigures[]
  readonly machine: WireMachine
  /** Where sites switch over within the window. */
  readonly goLive?: WireGoLive
  /** What the level's name promises, each measured; absent where it promises nothing. */
  readonly verdicts?: readonly WireVerdict[]
  /** What a reader of these figures must know beside them: what was held, what gave way first. */
  readonly notes?: readonly Words[]
}

/** Short of its goal, a level is as valid as any: it says what this machine and this platform can do. */
export interface WireVerdict {
  readonly name: string
  readonly title: Words
  /** Null where it could not be measured, which is short of any goal. */
  readonly measured: number | null
  readonly is: 'at-least' | 'at-most'
  readonly goal: number
  readonly unit: string
  readonly standing: 'ok' | 'short'
}

export interface WireLevel {
  /** `spot`, `city-peak`, `stress`, `overload`, or the scenario's own. */
  readonly name: string
  readonly title: Words
  /** Superposed independent seeds; below 1: a share of whole sites with their people. */
  readonly scale: number
  /** Of the city's arrivals; anything but 1 is a labelled option, and its latencies are never fed back. */
  readonly clockSpeed: number
  readonly errandsPerSecond: number
  readonly platformPaymentsPerSecond: number
  /** What the payments cost the platform, beside every payments/s; null where the target does not tell. */
  readonly perPayment: {
    readonly messages: number | null
    readonly commits: number | null
    readonly signatures: number | null
    readonly verifications: number | null
  }
  /** Absent where the target does not tell, and in results of before it was measured. */
  readonly efficiency?: WireEfficiency
}

/** What the parts of a payment cost when each is measured alone, beside what the platform's processor did in the window, a payment. */
export interface WireEfficiency {
  readonly cpuMicros: number
  readonly partsMicros: number
  /** Of a payment: how many, at how many microseconds each. */
  readonly parts: readonly {
    readonly part: 'sent' | 'answered' | 'command' | 'commit' | 'hmacChecked' | 'rsaMade' | 'rsaChecked'
    readonly count: number
    readonly micros: number
  }[]
}
/** Of the platform's processor, what its bare parts are to come to at least. */
export const leastEfficiency = 0.75

export interface WireReview {
  readonly kinds: readonly (WireReviewFigures & { readonly kind: Wrongdoing })[]
  /** Each settlement counts once, for however many kinds it is held back. */
  readonly all: WireReviewFigures
}

export interface WireReviewFigures {
  /** Bills of the virtual city's plan. */
  readonly planned: number
  /** Of these, those whose lines reached the insurer, and the bills in whose lines it found the offence. */
  readonly sent: number
  readonly found: number
  /** Their settlements that stand with money of the insurer in them, and those it held back (预扣). */
  readonly settled: number
  readonly held: number
  /** 预扣; 申诉 won and paid; 最终扣款, borne by the hospital. Held is the sum of the other two once the month is cleared. */
  readonly heldFen: number
  readonly paidFen: number
  readonly deductedFen: number
}

/** A void rate says nothing of the target. */
export type RateStanding = 'held' | 'lost' | 'void'

export interface LevelFigures extends WireLevel {
  readonly valid: boolean
  /** Of a rate that was tried; absent in results of before void ones were told apart. */
  readonly standing?: RateStanding
  readonly sent: number
  readonly settledShare: number
  readonly refusedBusy: number
  readonly ownMsP99: number | null
  readonly totalMsP95: number | null
  /** Where the command is of levels to be fed back; a rate that was tried on the way has none. */
  readonly divergence?: readonly WireDivergence[]
}

/** Where our platform may keep its ledger. */
export const ledgerKinds = ['sqlite', 'postgres'] as const
export type LedgerKind = (typeof ledgerKinds)[number]

export interface WireTarget {
  readonly name: string
  readonly isOurs: boolean
  readonly ledger: LedgerKind | 'its-own'
  readonly processes: number
  /** Which parts share a process: one entry a process, its actors' names. */
  readonly layout: readonly (readonly string[])[]
}

export interface WireGenerator {
  readonly name: string
  readonly version: string
  readonly vus: number
  /** Of one core, over the window; null where it could not be read. */
  readonly cpuShare: number | null
  /** As {@link WireProcessFigures.niceness}: actors stand behind the generator, so that it keeps its moments. */
  readonly niceness?: number | null
  readonly startLateMs: { readonly p50: number; readonly p99: number; readonly max: number; readonly count: number } | null
  readonly droppedStarts: number
  /** Late beyond 20 ms at p99, dropped starts or an exhausted pool make a generator unhealthy and the run void. */
  readonly isHealthy: boolean
}

/** A process of the run over the window. */
export interface WireProcessFigures {
  readonly actors: readonly string[]
  /** Of one core; null where the system does not tell. */
  readonly cores: number | null
  /** How late its event loop ran its timers; null where it did not answer. */
  readonly loopDelayMsP99: number | null
  /** How far it stood behind for the processor, −20 to 19; null where the system does not tell, absent in results of before it was told. */
  readonly niceness?: number | null
}

/** `hmac`: between machines of the testbed; `rsa`: of the wallets; `sm`: of the mobile chain. */
export interface WireSignatures {
  readonly kind: 'hmac' | 'rsa' | 'sm'
  readonly made: number
  readonly checked: number
}

/** planned = sent + notSent, checked. */
export interface WireRows {
  readonly planned: number
  readonly sent: number
  readonly heldByPredecessor: number
  readonly notSent: readonly { readonly reason: string; readonly title: Words; readonly rows: number }[]
}

export interface WireErrand {
  /** Of the message table (simulators/platform/errands.ts). */
  readonly errand: string
  readonly outcomes: readonly { readonly outcome: string; readonly rows: number }[]
  /** From the intended start to the last answer; null where none was answered. */
  readonly totalMs: WireQuantiles | null
}

export const wireLegs = [
  'channel',
  'platform',
  'bureau',
  'payer',
  'his',
  'intended-to-authorised',
  'authorised-to-settled',
  'settled-to-confirmed',
  'confirmed-to-reconciled',
  'reconciled-to-paid-out',
  'intended-to-answered',
] as const
export type WireLegName = (typeof wireLegs)[number]

export interface WireLeg {
  readonly leg: WireLegName
  /** What was felt, the counterparties' planned service included. */
  readonly totalMs: WireQuantiles | null
  /** Of the target the total less the counterparties' spans on the way; of a counterparty its service without its line; null where it cannot be told apart. */
  readonly ownMs: WireQuantiles | null
  /** By trace headers where the target passes them on, else joined by business keys; the last two steps are of the business clock. */
  readonly from: 'trace-headers' | 'business-keys' | 'business-clock'
}

/** The same payments in both worlds, mean ms of a payment: what the plan drew for a leg and what the wire took. */
export interface WireDivergence {
  /** `platform`: its own time. `answered`: the whole, from the intended start to the patient's answer, lines of both worlds included. */
  readonly leg: 'channel' | 'platform' | 'bureau' | 'payer' | 'his' | 'answered'
  readonly payments: number
  readonly virtualMs: number
  readonly wireMs: number
  readonly differenceMs: number
  /** 95 % of the difference, by batch means; null where the window is too thin for one. */
  readonly interval: readonly [number, number] | null
}

/** Ages count from the patient's intended start on the business clock and are weighted by fen. */
export interface WireMoneyStage {
  readonly stage: 'intended' | 'authorised' | 'settled' | 'confirmed' | 'matched' | 'reconciled' | 'paid-out'
  /** Sums that reached it: of a payment the payer's part and the insurer's. */
  readonly sums: number
  readonly amountFen: number
  readonly meanAgeSeconds: number | null
  readonly oldestAgeSeconds: number | null
  /** What stands here and has reached no later stage. */
  readonly standingFen: number
  readonly standingMeanAgeSeconds: number | null
}

/** `buckets` merge by adding up: [bucket of simulators/measures/statistics/histogram.ts, count], empty ones left out. */
export interface WireQuantiles {
  readonly count: number
  readonly p50: number
  readonly p95: number
  /** Null below 1,000 observations. */
  readonly p99: number | null
  readonly max: number
  readonly buckets: readonly (readonly [number, number])[]
}

/** Rows whose split on the wire is the virtual city's to the fen, of those no fault and no changed order touched. */
export interface ClosingBooks {
  readonly compared: number
  readonly equal: number
  readonly rest: readonly { readonly reason: string; readonly title: Words; readonly rows: number; readonly examples: readonly string[] }[]
}

export type AuditVerdict = 'passed' | 'failed' | 'void'
export type RuleStanding = 'kept' | 'broken' | 'not-applicable'

export interface WireAudit {
  readonly verdict: AuditVerdict
  readonly voidReasons: readonly Words[]
  readonly rules: readonly WireAuditRule[]
  readonly books: readonly { readonly actor: string; readonly entries: number }[]
  /** Prints this very run again. */
  readonly replay: string
}

export interface WireAuditRule {
  readonly name: string
  readonly title: Words
  readonly standing: RuleStanding
  /** Bills, payments or entries it looked at. */
  readonly checked: number
  readonly broken: number
  /** The first of them. */
  readonly findings: readonly WireAuditFinding[]
}

export interface WireAuditFinding {
  /** Bill, payment or key. */
  readonly id: string
  readonly words: Words
  /** The command that tells its story. */
  readonly why: string
}

/** Of the payments of the window that begin at an entry. */
export interface FailoverFigures {
  readonly payments: number
  /** Their first way came to nothing, for another reason than want of credit. */
  readonly broke: number
  /** Of those that broke, not paid through another entry. */
  readonly notSaved: number
  /** Of those that broke, went on at a window or kiosk. */
  readonly toHospital: number
  /** Came to nothing at an entry that no fault strikes: what stands in gives way in its turn. */
  readonly atOtherEntries: number
}

export interface WireFault {
  readonly name: string
  readonly kind: string
  readonly title: Words
  readonly target: string
  /** Of the window. */
  readonly fromSecond: number
  readonly toSecond: number
  readonly callsTouched: number
  /** Share or milliseconds on the affected leg beside the fault-free twin. */
  readonly effect: { readonly measure: string; readonly twin: number; readonly found: number; readonly leastDifference: number }
  readonly isToothless: boolean
  /** Rows that came once everything was healed, of persons no fault had disturbed, and those that ended as in the twin; null: no twin. `fromSecond`: when the
   * last fault was over and every entry up again. */
  readonly afterHeal: { readonly fromSecond?: number; readonly compared: number; readonly equal: number } | null
  /** When the scenario's health rule would have marked the part down, by the calls it had on the wire. */
  readonly detectedAfterSeconds: number | null
  readonly firstPatientFailureAfterSeconds: number | null
  readonly firstRoutedAwayAfterSeconds: number | null
  /** The same moments as the virtual city foretold them on the same cut; null: it has no such fault, or was not asked. */
  readonly foretold: {
    readonly detectedAfterSeconds: number | null
    readonly firstPatientFailureAfterSeconds: number | null
    readonly firstRoutedAwayAfterSeconds: number | null
  } | null
  /** Null: not back by the end of the window. */
  readonly backAfterSeconds: number | null
  /** Ids of differences it planted, and those that were found. */
  readonly planted: number
  readonly found: number
}

export interface WireMachine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  /** Median of single fdatasync calls on the books' disk, measured in the same run; null where it was not. */
  readonly fdatasyncMsP50: number | null
}

/**
 * What the virtual city hands to the wire: every errand of a window with its intended start, and the books as they stood when the
 * window began. Plain versioned data like the plan and the run result; cut by virtual/cut/cut-trace.ts, played by k6, checked by the auditor.
 *
 * UNITS    times are milliseconds from the window's begin (exact to 0.1, the kernel's tick); money is whole fen.
 * NUMBERS  rows, visits and persons are numbered within the trace from 0; who of the city a visit was stands in {@link TraceVisit}.
 *          A site's number is the one the wire's HIS and bureau know it by. −1 stands for nobody (a terminal's errand) and for no site
 *          (asking for credit outside a hospital).
 */
import type { AgeGroup, InsuredType, PaymentMode, Tier } from '../../scenarios/plan.ts'
import type { Wrongdoing } from '../../scenarios/plan-bills.ts'
import type { CreditTermPlan, RepaymentWallet } from '../../scenarios/plan-credit.ts'
import type { WalletName } from '../../scenarios/plan-wallets.ts'
import type { Leg } from '../platform/errands.ts'

export const traceFormat = 'medpay-trace'
export const traceVersion = 3

export interface Trace {
  readonly format: typeof traceFormat
  readonly version: typeof traceVersion
  /** SHA-256 of the plan it was cut from, in hex. */
  readonly planHash: string
  /** Name of the arm of the scenario. */
  readonly arm: string
  readonly window: TraceWindow
  readonly scale: TraceScale
  readonly rules: TraceRules
  /** Where sites of the arm switch over on that day. */
  readonly goLive?: TraceGoLive
  readonly visits: readonly TraceVisit[]
  /** In order of intended start; `row` is the place in this list. */
  readonly rows: readonly TraceRow[]
  readonly opening: OpeningBook
  /** What becomes of advances after the day; absent: the plan plays nothing of it. */
  readonly term?: TraceTerm
}

export interface TraceTerm extends Pick<CreditTermPlan, 'scorePoints'> {
  /** Without interest; what is still owed after them is overdue. */
  readonly days: number
  /** Of everybody who may pay on credit in the window. */
  readonly repayments: readonly PlannedRepayment[]
}

export interface PlannedRepayment {
  readonly person: number
  /** Days after the window's day on which all that is owed is repaid; null: nothing is. */
  readonly afterDays: number | null
  readonly wallet: RepaymentWallet
}

export interface TraceWindow {
  /** Second of the day at which it begins; whole. */
  readonly fromSecond: number
  readonly seconds: number
}

/** How the load was made: independent days of the city on top of each other, or a part of its sites. */
export interface TraceScale {
  readonly asked: number
  /** Replications superposed, each with people, sites and fates of its own; the virtual city played each by itself. */
  readonly replications: readonly number[]
  /** Some sites were left out, whole with their people. Latencies of such a run are never fed back. */
  readonly isSubSampled: boolean
}

/** Moments of the morning on which sites switch, seconds of the day, and the bureau's file desk. */
export interface TraceGoLive {
  readonly switchSecond: number
  readonly readyBySecond: number
  /** 9102: transfers at a time. */
  readonly fileDeskTransfers: number
}

/** What {@link TraceRow} decisions need of the plan. */
export interface TraceRules {
  /** Names by number: entries, then their order as second choices; below zero: not open on the day. */
  readonly channels: readonly string[]
  readonly backupOrder: readonly number[]
  /** Entries stand in for each other in this arm. */
  readonly mutualBackup: boolean
  readonly banks: readonly string[]
  readonly attempts: number
  readonly backoffMs: number
  readonly backoffFactor: number
  readonly jitterShare: number
  /** Where sites switch over: a terminal or directory that failed tries again after this pause (the plan's mean). */
  readonly switchPauseMs?: number
  /** So long a payment in doubt keeps the window from collecting for its bill. */
  readonly inDoubtAtMostMs: number
  /** How long the caller of one message waits for it, by leg. */
  readonly timeoutMs: Readonly<Record<Leg, number>>
}

/** Who a visit is, for reading a trace; the wire plays from rows and opening book. */
export interface TraceVisit {
  readonly visit: number
  readonly person: number
  readonly site: number
  /** The replication, and the visit's number among that day's as `medpay visit` takes it. */
  readonly replication: number
  readonly visitOfDay: number
  /** The person's number in the city; −1 where the visit is a terminal's or a directory's. */
  readonly cityPerson: number
}

export type TraceMode = PaymentMode | 'none'

export interface TraceRow {
  readonly row: number
  readonly visit: number
  readonly person: number
  readonly site: number
  /** A name of platform/errands.ts. */
  readonly errand: string
  /** How it pays; none for what pays nothing. */
  readonly mode: TraceMode
  /** Intended start. */
  readonly startMs: number
  /** The row of the same visit before it, and the time the virtual city let pass between that one's answer and this start. */
  readonly after: number | null
  readonly gapMs: number
  /** The row whose failure this one goes on from in the virtual city; played on the wire only if that row failed there too. */
  readonly insteadOf: number | null
  /** No attempt begins later than this after the row's start. */
  readonly deadlineMs: number
  /** Number of the entry tried first, −1 where no entry is asked; and a bit for each entry the patient holds. */
  readonly entry: number
  readonly heldEntries: number
  /** Pauses before each further entry, in the order they are tried; as many as there could be. */
  readonly entryPausesMs: readonly number[]
  /** The step can go on at a window; paying without being anywhere cannot. */
  readonly takesWindow: boolean
  /** The step can go on at a kiosk, and this patient takes one. */
  readonly takesKiosk: boolean
  /** The step can be paid with own money by phone. */
  readonly hasOwnMoney: boolean
  /** Number in {@link TraceRules.banks} of the credit agreement's bank and of the own money's. */
  readonly creditBank: number
  readonly ownBank: number
  /** The wallet whose 付款码 the patient shows when paying at a kiosk; absent: pays there with a bank card, or comes to none. */
  readonly wallet?: WalletName
  /** What this patient does each time the bureau fails, the last of them for good; empty for what pays nothing. */
  readonly bureauDown: readonly BureauDownStep[]
  /** In the opening book; null for what pays nothing. */
  readonly bill: string | null
  /** Idempotency key, the same for every attempt. */
  readonly key: string
  readonly totalFen: number
  /** As the virtual city split the bill, should the row settle; null for what pays nothing. */
  readonly expected: ExpectedSplit | null
  /** Of a refund: the bill that goes back, which the row before it pays. */
  readonly refunds?: string
  /** Of a refund in part: the lines that go back; what stands is a bill of its own. */
  readonly lines?: readonly number[]
  /** Of an errand that holds an amount for the visit (先诊疗后付费): the bill it stands for, and how much. */
  readonly holds?: { readonly bill: string; readonly amountFen: number }
  /** The bill's cash part is above what is left of the credit: the bank refuses, or raises the limit where the patient asks for it. */
  readonly isOverLimit: boolean
  readonly raisesLimit: boolean
  /** Planned service time of each message's first try, in the order of the errand's messages. */
  readonly services: readonly PlannedService[]
  /** What became of it in the virtual city. */
  readonly virtual: VirtualOutcome
}

/** Adds up to the bill. Credit and cash are the patient's share, by how it is paid. */
export interface ExpectedSplit {
  readonly fundFen: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  readonly creditFen: number
  readonly cashFen: number
}

/** Coming back to the window after a while, or an end without the insurer. */
export type BureauDownStep =
  | { readonly does: 'wait'; readonly ms: number }
  | { readonly does: 'pay-in-full' | 'leave-owing' | 'leave-unpaid' }

export interface PlannedService {
  readonly leg: Leg
  readonly operation: string
  readonly ms: number
}

export interface VirtualOutcome {
  readonly outcome: 'settled' | 'failed'
  /** Where it failed: a leg, or the limit of the credit; null where it did not. */
  readonly failedAt: Leg | 'credit-limit' | null
  /** When the patient had the answer. */
  readonly endMs: number
  /** When what follows by itself (notice, invoice) was over; null where the errand failed. */
  readonly doneMs: number | null
}

/** The books as they stood when the window began, of everybody whose errand lies in it and of no one else. */
export interface OpeningBook {
  /** The scenario's day, yyyy-MM-dd, and the seed that identities are made from. */
  readonly date: string
  readonly seed: number
  /** Most lines of the covered part of an examination's or a prescription's bill. */
  readonly mostLines: number
  readonly sites: readonly OpeningSite[]
  readonly persons: readonly OpeningPerson[]
  readonly agreements: readonly OpeningAgreement[]
  readonly bills: readonly OpeningBill[]
  readonly signIns: readonly OpeningSignIn[]
  readonly applicants: readonly OpeningApplicant[]
}

export interface OpeningSite {
  readonly site: number
  readonly tier: Tier
  /** What is paid there without a visit: an internet hospital, a pharmacy. */
  readonly kind: 'hospital' | 'internet-hospital' | 'pharmacy'
}

/** A person's insurance year after everything that was paid before their first row. */
export interface OpeningPerson {
  readonly person: number
  readonly insuredType: InsuredType
  readonly ageGroup: AgeGroup
  readonly currentAccountLeftFen: number
  readonly historyAccountLeftFen: number
  readonly deductiblePaidFen: number
  readonly fundPaidFen: number
  /** Entries held, a bit each. */
  readonly heldEntries: number
  /** Of a child: who holds its entries and pays for it (亲属随申码). A guardian pays nothing of their own in the window. */
  readonly guardian: number | null
}

/** A line of credit, or the patient's own account with what stands in it. */
export interface OpeningAgreement {
  readonly person: number
  readonly kind: 'credit' | 'account'
  readonly bank: number
  readonly limitFen: number
  readonly usedFen: number
  /** The limit after a raise, should the patient ask for one; null where the bank gives none. */
  readonly raisedFen: number | null
  /** 海河分 of a person with a line of credit; absent: no score is asked. */
  readonly score?: number
}

export interface OpeningBill {
  readonly site: number
  /** Number within the trace, unique over all sites. */
  readonly bill: string
  readonly visit: number
  readonly person: number
  readonly totalFen: number
  /** 政策范围内费用. */
  readonly coveredFen: number
  /** 0 registration · 1 examination · 2 drugs. */
  readonly point: 0 | 1 | 2
  /** When the hospital raised it; before 0: it was open when the window began. */
  readonly raisedMs: number
  /** The bills it is made of when the patient leaves; no hospital has it before. */
  readonly mergedFrom?: readonly string[]
  /** The bill of which it is what stands after a refund in part; no hospital has it before. */
  readonly restOf?: string
  /** How its lines offend against the insurer's rules; absent: they do not. The wire sees its lines alone. */
  readonly wrongdoing?: Wrongdoing
  /** Of its amounts, what is to go back: a line of its own. */
  readonly returned?: { readonly totalFen: number; readonly coveredFen: number }
}

/** A site whose terminals the window uses and have signed in (签到) before it began. */
export interface OpeningSignIn {
  readonly site: number
}

/** Somebody who asks for a credit agreement in the window. */
export interface OpeningApplicant {
  readonly person: number
  readonly bank: number
  /** What the bank grants; at a raise, once more on top. */
  readonly limitFen: number
  readonly result: 'granted' | 'digital-card' | 'raised' | 'refused'
  /** 海河分; absent: no score is asked. */
  readonly score?: number
}

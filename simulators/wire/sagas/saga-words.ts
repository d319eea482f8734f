/** The words of a payment's saga: what it remembers, what a step can end with. */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { BureauDesk, FundSegment } from '../desks/bureau-desk.ts'
import type { CashDrawerDesk } from '../desks/cash-drawer-desk.ts'
import type { Tender } from '../desks/cashier-desk.ts'
import type { HisBill, HisDesk } from '../desks/his-desk.ts'
import type { Merchant, MerchantDesk } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import type { SitePort } from '../desks/site-port.ts'
import type { LedgerPayment, Posting } from '../stores/ledger.ts'

export interface Ports {
  readonly bureau: Port<BureauDesk>
  readonly his: Port<HisDesk>
  /** Cash at the hospital's own windows; the platform has none. */
  readonly drawers?: Port<CashDrawerDesk>
  /** Of a site that speaks the national interface to the bureau; undefined for one that speaks 五期. */
  readonly nationalOf?: (site: number) => SitePort | undefined
  /** Undefined for a bank the platform has no contract with. */
  readonly bankOf: (bank: string) => Port<BankDesk> | undefined
  /** Likewise of wallets, with the number one collects under. */
  readonly walletOf: (wallet: string) =>
    | (Merchant & {
        readonly desk: Port<MerchantDesk>
        /** Where the wallet is to tell of an order; absent: it is only asked. */
        readonly noticeUrl?: string
      })
    | undefined
}

/** Stored with every step. Credentials are not in it: they live in {@link InHand}. */
export interface SagaMemory {
  /** Index of the step to run (forward) or to undo (back). */
  readonly at: number
  readonly direction: 'forward' | 'back'
  /** The step at `at` may have been sent: it is asked about before it is sent again. */
  readonly sent: boolean
  /** Business moment at which the step's message was first sent. */
  readonly sentAtMs: number
  /** Bank or wallet that pays the patient's part, and who the patient is there: agreement, account, or the wallet's payer. */
  readonly bank?: string
  readonly agreement?: string
  /** At a window or kiosk: what the patient's part is paid with, and where. */
  readonly tender?: Tender['means']
  readonly terminal?: string
  /** 自费: the patient pays all of it and no insurer is asked. */
  readonly isSelfPaid?: true
  /** The terminal at which a refund was asked for: cash goes back there. */
  readonly refundTerminal?: string
  /** The wallet's order, for the phone that is to confirm it. */
  readonly prepay?: string
  /** The payer is waited for until then, by the protocol clock. */
  readonly patienceUntilMs?: number | undefined
  /** 就诊单元号 of the bill. */
  readonly visit?: string
  readonly totalFen?: Fen
  readonly coveredFen?: Fen
  /** 计算申请序号 of 五期; the visit and the year before it, of the national interface. */
  readonly trial?: string
  /** Business moment at which the settlement was first sent: taking it back names its message. */
  readonly settleSentAtMs?: number
  readonly split?: BillSplit
  readonly settlement?: string
  /** Which fund the insurer's part came from: day totals tell them apart. */
  readonly segment?: FundSegment
  /** The patient's part has been paid: a captured hold, a paid order. */
  readonly isCaptured?: true
  readonly invoice?: string
  /** Key of a refund that was asked for, and the lines it is about; absent: all. */
  readonly refund?: string | undefined
  readonly refundLines?: readonly number[] | undefined
  /** Why the hospital does not give it back. */
  readonly refundRefused?: string | undefined
  /** The hospital's bill of the lines that stand after a refund. */
  readonly restBill?: string
  /** Why it goes back, or was refused. */
  readonly reason?: string
}

/** What only the living process knows. After a restart it is gone, and a saga that still needs it goes back. */
export interface InHand {
  readonly qr?: string
  /** 社保卡号, read at a terminal. */
  readonly card?: string
  /** 付款码 of the patient's phone. */
  readonly payCode?: string
  bill?: HisBill
  /** 电子凭证令牌. */
  token?: string
}

export interface SagaPayment {
  readonly payment: LedgerPayment
  readonly memory: SagaMemory
  readonly inHand: InHand
  /** Business clock now. */
  readonly nowMs: number
}

export type StepEnd =
  | { readonly end: 'done'; readonly learnt?: Partial<SagaMemory>; readonly postings?: readonly Posting[] }
  /** `mayStillCome`: what was sent before may yet arrive, so the step itself is undone as well. */
  | { readonly end: 'refused'; readonly reason: string; readonly mayStillCome?: true }
  /** The other side waits for the payer; asked again and again, undone after `patienceMs`. */
  | { readonly end: 'not-yet'; readonly learnt?: Partial<SagaMemory>; readonly patienceMs: number }
  /** `no`: surely nothing happened. `maybe`: it must be asked about. */
  | { readonly end: 'silent'; readonly sent: 'no' | 'maybe'; readonly why: string }

export interface SagaStep {
  /** Of the city's message table (simulators/platform/errands.ts). */
  readonly operation: string
  /** It leaves something at the other side, so it is on the disk before it is sent. */
  readonly stored: boolean
  /** When the other side stays silent and surely did nothing: turn round, or go on asking because what was done shall stand. */
  readonly onSilence: 'go-back' | 'go-on'
  /** A refusal turns the saga round, or is noted: what it would have added is not worth undoing a payment. */
  readonly onRefusal: 'go-back' | 'note'
  readonly run: (saga: SagaPayment, ports: Ports) => Promise<StepEnd>
  /** What became of it, after silence or a restart. Absent: running it again has the same effect. */
  readonly ask?: (saga: SagaPayment, ports: Ports) => Promise<StepEnd>
  /** Absent: it leaves nothing behind. Works also for a step nobody knows the end of, where the receiver keeps a tombstone. */
  readonly undo?: (saga: SagaPayment, ports: Ports) => Promise<StepEnd>
  /** What hangs when it cannot be undone: paid by somebody, owed to nobody. */
  readonly hanging?: (saga: SagaPayment) => readonly Posting[]
  /** The receiver refuses what comes after its undoing, so it may be undone while its end is unknown. */
  readonly hasTombstone?: true | ((saga: SagaPayment, ports: Ports) => boolean)
  /** When it was first sent is kept, since its undoing names its message. */
  readonly keepsMoment?: true
}

export const done: StepEnd = { end: 'done' }

/** A trace dressed for the generator: what k6 needs to send its rows and nothing that it need not know. Written by Node, read by load/replay.ts. */
import type { HealthPlan } from '../../scenarios/plan-parties.ts'
import type { WalletName } from '../../scenarios/plan-wallets.ts'
import type { TraceRow, TraceRules } from './trace.ts'

/** All rows of one visit; one virtual user plays them. In order of first start. */
export interface VisitToPlay {
  readonly visit: number
  readonly person: PersonToPlay
  readonly rows: readonly RowToPlay[]
}

export type RowToPlay = Omit<TraceRow, 'services' | 'virtual' | 'person'> & {
  /** What makes its site ready comes last of all here: its counters open when it is done. */
  readonly opensCounters?: true
}

export interface PersonToPlay {
  readonly person: number
  /** Who is signed in for this person: a child's guardian, else the same. */
  readonly payer: number
  /** 医保电子凭证二维码 and 社保卡号. */
  readonly qr: string
  readonly card: string
  readonly name: string
  readonly idNumber: string
  /** By number of the entry, of those held: token of the session that stands there, which is the account's secret too. */
  readonly sessions: Readonly<Record<number, string>>
  /** Bank and number of the patient's own account; null where there is none. */
  readonly account: { readonly bank: string; readonly account: string } | null
  /** Bank and number of the patient's agreement of credit (信用就医). */
  readonly credit: { readonly bank: string; readonly agreement: string } | null
  /** Applies for credit where banks ask for the score, which takes the person's leave. */
  readonly givesLeave?: true
  /** Whose 付款码 the patient shows at a kiosk, and the patient's name there; null: pays there by the account's card. */
  readonly wallet: { readonly wallet: WalletName; readonly payer: string } | null
}

export interface PlaySettings {
  readonly rules: TraceRules
  /** Second of the day at which the window begins, and its length. */
  readonly fromSecond: number
  readonly windowSeconds: number
  /** Virtual users, each with its fixed share of the visits. */
  readonly vus: number
  /** From the start of the generator to the window's begin. */
  readonly leadMs: number
  /** After the window's end nothing begins, and nothing is waited for longer than this. */
  readonly graceMs: number
  /** By which patients leave out an entry that is down; absent: they try it always. Those of one user know of each other's calls and of no others'. */
  readonly health?: HealthPlan
  readonly origins: PlayOrigins
  /** Root of the run's keys (signing/key-ring.ts): terminals sign for their site. */
  readonly secret: string
  /** yyyyMMdd of the business day, as sign-in numbers have it. */
  readonly businessDate: string
}

export interface PlayOrigins {
  /** The target, where it is not ours. */
  readonly target: string | null
  /** By number of the entry. */
  readonly entries: readonly string[]
  readonly his: string
  /** Where phones ask a wallet for a 付款码. */
  readonly wallets: Readonly<Record<WalletName, string>>
  /** Of our own city, whoever the target is. */
  readonly bureau: string
  /** Ours, for what a site asks of it itself. */
  readonly platform: string
}

/** Section of a result: a roll-out of many days, transaction by transaction, beside what is published. */
import type { Words } from '../../scenarios/plan.ts'

export interface RollOutOutcome {
  readonly fromDate: string
  readonly toDate: string
  readonly days: number
  /** 医保五期 transactions simulated, and hospital visits among them. */
  readonly transactions: number
  readonly visits: number
  readonly transactionsPerVisit: number
  /** How start date, transactions a visit and the insured share of visits are tied to the published total; every row satisfies it. */
  readonly equation: Words
  readonly choices: readonly {
    readonly title: Words
    readonly startDate: string
    readonly transactionsPerDay: number
    readonly transactionsPerVisit: number
    readonly insuredShare: number
    readonly chosen: boolean
    /** Whether a conclusion of the report changes under this choice. */
    readonly changes: Words
  }[]
  /** Waves of the roll-out with the sites that have joined by then, and their share of the city's visits. */
  readonly waves: readonly { readonly on: string; readonly title: Words; readonly sitesLive: number; readonly visitShare: number }[]
  /**
   * By calendar month: transactions, e-credential transactions, credit payments with what they add up to, sign-ups granted, sites live and entries open at its end. `billFen` is of all transactions, the bill with the insurance's part.
   */
  readonly months: readonly {
    readonly month: string
    readonly transactions: number
    readonly credentialTransactions: number
    readonly creditPayments: number
    readonly signUps: number
    readonly sitesLive: number
    readonly channelsOpen: number
    readonly billFen: number
    readonly credentialFen: number
    /** The part of the bills that was paid on credit. */
    readonly creditFen: number
  }[]
  /** Growth shapes between launch and 31 December, each meeting the fitted totals. */
  readonly shapes: readonly {
    readonly name: string
    readonly title: Words
    readonly chosen: boolean
    /** Share of transactions paid by phone or credit at the end of each month of `months`. */
    readonly adoptionAtMonthEnd: readonly number[]
    /** What the shape comes to over the window: the totals it is fitted to. */
    readonly meets: { readonly credentialTransactions: number; readonly creditPayments: number; readonly signUps: number }
    /** Of the shape played: simulated; of the others: by the hours a transaction saves, month by month. */
    readonly patientHoursSaved: number | null
  }[]
  /** Against the same people without the reform, on the sampled days, scaled to all days. */
  readonly patientHoursSaved: { readonly value: number; readonly interval: readonly [number, number] | null; readonly sampledDays: number }
  /** Left behind by queues and faults, without a trace on later days: bills not paid, sign-ups not finished. */
  readonly notCarriedOver: { readonly billsLeft: number; readonly signUpsLost: number }
  /** Features of the weekday that were on; nothing is off. */
  readonly features: readonly Words[]
  readonly sharedTableBytes: number
  readonly sharedTableBytesPerPerson: number
}

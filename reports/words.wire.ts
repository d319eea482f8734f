/** Texts of the wire pages: what real requests showed; words.wire.zh.ts and words.wire.en.ts say them. */

import type { Wrongdoing } from '../scenarios/plan-bills.ts'
import type { RepaymentWallet } from '../scenarios/plan-credit.ts'
import type {
  AuditVerdict,
  RateStanding,
  RuleStanding,
  WireEfficiency,
  WireLeg,
  WireLegName,
  WireTarget,
} from '../simulators/measures/result-wire.ts'

export interface WireWords {
  readonly title: string
  /** Window, arm, scale. */
  readonly intro: (window: string, arm: string, scale: string) => string
  readonly figure: string
  readonly value: string
  readonly level: string
  readonly clockSpeed: (speed: string) => string
  readonly target: string
  readonly ours: string
  readonly foreign: string
  readonly ledgers: Readonly<Record<WireTarget['ledger'], string>>
  readonly processes: (count: number) => string
  readonly eachProcess: string
  readonly niceness: string
  readonly nicenessText: (generator: string, actors: string) => string
  readonly offered: string
  readonly offeredText: (errands: string, payments: string) => string
  readonly signatures: string
  readonly signatureKinds: Readonly<Record<'hmac' | 'rsa' | 'sm', string>>
  readonly signaturesText: (kind: string, made: string, checked: string) => string
  readonly noSignatures: string
  readonly perPayment: string
  readonly perPaymentText: (messages: string, commits: string, signatures: string, verifications: string) => string
  readonly efficiency: string
  readonly efficiencyText: (cpuMicros: string, partsMicros: string, ratio: string, goal: string) => string
  readonly parts: Readonly<Record<WireEfficiency['parts'][number]['part'], string>>
  readonly generator: string
  readonly healthy: string
  readonly unhealthy: string
  readonly startLateness: string
  readonly startLatenessText: (p50: string, p99: string, max: string, count: string) => string
  readonly droppedStarts: string
  readonly generatorCpu: string
  readonly machine: string
  readonly machineText: (processor: string, cores: number, memory: string, system: string) => string
  readonly disk: string
  readonly diskText: (p50: string) => string
  readonly rows: string
  readonly rowsText: (planned: string, sent: string, notSent: string, held: string) => string
  readonly notSent: string
  readonly count: string
  readonly outcomesTitle: string
  readonly errand: string
  readonly errands: Readonly<Record<string, string>>
  readonly outcomes: Readonly<Record<string, string>>
  readonly legsTitle: string
  readonly legsIntro: string
  readonly leg: string
  readonly legs: Readonly<Record<WireLegName, string>>
  readonly total: string
  readonly own: string
  readonly from: string
  readonly fromWords: Readonly<Record<WireLeg['from'], string>>
  readonly milliseconds: string
  readonly belowThousand: string
  readonly levelsTitle: string
  readonly levelsIntro: string
  readonly rateStandings: Readonly<Record<RateStanding, string>>
  readonly errandsPerSecond: string
  readonly paymentsPerSecond: string
  readonly settledShare: string
  readonly refusedBusy: string
  readonly auditTitle: string
  readonly auditIntro: string
  readonly promises: string
  readonly measured: string
  readonly goal: string
  readonly promiseStandings: { readonly ok: string; readonly short: string }
  readonly verdicts: Readonly<Record<AuditVerdict, string>>
  readonly standings: Readonly<Record<RuleStanding, string>>
  readonly rule: string
  readonly checked: string
  readonly findings: string
  readonly finding: string
  readonly story: string
  readonly replay: string
  readonly booksTitle: string
  readonly booksText: (books: string) => string
  readonly equalTitle: string
  readonly equal: (equal: string, compared: string) => string
  readonly restTitle: string
  readonly review: {
    readonly title: string
    readonly intro: string
    readonly offence: string
    readonly kinds: Readonly<Record<Wrongdoing, string>>
    readonly all: string
    readonly planned: string
    readonly sent: string
    readonly found: string
    readonly settled: string
    readonly held: string
    readonly heldMoney: string
    readonly paid: string
    readonly deducted: string
    /** One line, of the terminal. */
    readonly text: (figures: {
      readonly planned: string
      readonly sent: string
      readonly found: string
      readonly held: string
      readonly heldMoney: string
      readonly paid: string
      readonly deducted: string
    }) => string
  }
  readonly reason: string
  readonly examples: string
  readonly faultsTitle: string
  readonly faultsIntro: string
  readonly effect: string
  readonly twin: string
  readonly found: string
  readonly least: string
  /** By measure. */
  readonly effects: Readonly<Record<string, string>>
  readonly beside: (wire: string, virtual: string) => string
  readonly afterHeal: string
  readonly afterHealText: (fromSecond: string | undefined, equal: string, compared: string) => string
  readonly brokenTitle: string
  readonly onTheWire: string
  readonly inTheVirtualCity: string
  readonly paymentsByEntry: string
  readonly broke: string
  readonly notSaved: string
  readonly toHospital: string
  readonly atOtherEntries: string
  readonly planted: string
  readonly notYet: string
  readonly goLive: {
    readonly title: string
    readonly intro: (sites: string, terminals: string, directories: string, megabytes: string) => string
    readonly figure: string
    readonly wire: string
    readonly virtual: string
    readonly storm: string
    readonly seconds: (seconds: string) => string
    readonly ready: (time: string) => string
    readonly readyText: (ready: string, sites: string, share: string) => string
    readonly lastReady: string
    readonly peak: string
    readonly refused: string
    readonly late: (time: string) => string
  }
  readonly term: {
    readonly title: string
    readonly intro: (days: string, last: string) => string
    readonly wire: string
    readonly virtual: string
    readonly opening: string
    readonly advanced: string
    readonly givenBack: string
    readonly repaid: string
    readonly owed: string
    readonly overdue: string
    readonly persons: (count: string, money: string) => string
    readonly paidOut: string
    readonly wallets: Readonly<Record<RepaymentWallet, string>>
    readonly through: (wallet: string) => string
    readonly reported: string
    readonly equal: (equal: string, compared: string) => string
  }
}

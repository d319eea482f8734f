/** Who is called: entries, platform, bureau, banks; how long callers wait and try, and when a party or the service counts as broken. */
import type { Words } from './plan.ts'
import type { WalletsPlan } from './plan-wallets.ts'

/** What is shared by all sites: entries, the platform, the bureau, banks. */
export const partyKinds = ['channel', 'platform', 'bureau', 'bank'] as const
export type PartyKind = (typeof partyKinds)[number]

export interface PartyPlan {
  readonly servers: number
}
export interface PartiesPlan {
  readonly channels: readonly (PartyPlan & {
    readonly name: string
    readonly title: Words
    /** Share of adopters who prefer this entry. */
    readonly usageShare: number
    /** Opening date; an entry opened after the simulated date does not exist yet. */
    readonly openedOn: string
    /** 1 = first choice of those who must change entry. */
    readonly backupOrder: number
  })[]
  readonly platform: PartyPlan
  readonly bureau: PartyPlan
  readonly banks: readonly (PartyPlan & {
    readonly name: string
    readonly title: Words
    readonly share: number
    /** Minute after midnight at which its accounting day ends; on the wire alone. */
    readonly cutOffMinute: number
  })[]
  readonly wallets?: WalletsPlan
  /** On the wire alone: minute after midnight at which a day of money ends; how long a payment in doubt keeps the window from collecting. */
  readonly hospitals: { readonly cutOffMinute: number; readonly inDoubtMinutes: number }
  /** Operation (see simulators/platform/errands.ts) → law name. */
  readonly operations: Readonly<Record<string, string>>
  readonly retry: RetryPlan
  readonly health: HealthPlan
}

/** What one asks the other for, in the kernel's order: `bank` is whoever pays the patient's part, `his` the hospital's system. */
export const legNames = ['entry', 'platform', 'bureau', 'bank', 'his'] as const
export type LegName = (typeof legNames)[number]

/** Per leg: how long the caller waits, how often it tries, how it backs off. */
export interface RetryPlan {
  readonly timeoutSeconds: Readonly<Record<LegName, number>>
  readonly attempts: number
  readonly backoffSeconds: number
  /** Backoff of attempt n is backoffSeconds × factor^n × (1 ± jitter). */
  readonly backoffFactor: number
  readonly jitterShare: number
  /** A refused connection is noticed after this. */
  readonly refusalSeconds: number
}

/** A party is marked down when, within the window, at least `minimumCalls` ended and `failureShare` of them failed; one probe per interval brings it back. */
export interface HealthPlan {
  readonly windowSeconds: number
  readonly minimumCalls: number
  readonly failureShare: number
  readonly probeSeconds: number
}

export interface ServiceLevelPlan {
  readonly settledShare: number
  readonly withinSeconds: number
  /** Minutes inside the level before a party counts as back. */
  readonly backMinutes: number
}

/** What the bureau keeps of clearing. Changed by effects alone. */
import type { Fen } from '../../../money/fen.ts'
import type { ReviewRule } from '../../desks/claim-desk.ts'
import type { Payout } from '../../desks/clearing-desk.ts'

/** 清算申请 of one site, month and clearing type. Days are fixed when it is made, so a change of policy does not move them. */
export interface ClearingApplication {
  readonly application: string
  readonly site: number
  /** yyyyMM */
  readonly month: string
  readonly clearingType: string
  readonly settlements: readonly string[]
  readonly appliedFen: Fen
  /** 预扣. */
  readonly questioned: readonly { readonly settlement: string; readonly rules: readonly ReviewRule[]; readonly amountFen: Fen }[]
  /** yyyy-MM-dd, as every day here. */
  readonly payoutOn: string
  readonly appealUntil: string
  readonly appeal?: Appeal
  readonly isWithdrawn: boolean
  readonly payouts: readonly Payout[]
}

export interface Appeal {
  readonly settlements: readonly { readonly settlement: string; readonly evidence: string }[]
  readonly decidedOn: string
  /** Known to the bureau's book before the day, told on it. */
  readonly upheld: readonly string[]
}

export type ClearingEffect =
  | { readonly does: 'put-application'; readonly application: ClearingApplication }
  | { readonly does: 'pay-out'; readonly payout: Payout }

export interface ClearingState {
  readonly applications: Map<string, ClearingApplication>
  /** Site, month and type → the application that stands. */
  readonly standing: Map<string, string>
  /** Settlement → the application it was claimed with, while that stands. */
  readonly clearedBy: Map<string, string>
  /** By site, in order of application. */
  readonly applicationsOf: Map<number, string[]>
}

export const emptyClearing = (): ClearingState => ({
  applications: new Map(),
  standing: new Map(),
  clearedBy: new Map(),
  applicationsOf: new Map(),
})

export const monthKey = (site: number, month: string, clearingType: string): string => `${site}\n${month}\n${clearingType}`

export function applyClearing(state: ClearingState, effect: ClearingEffect): void {
  if (effect.does === 'pay-out') {
    const application = state.applications.get(effect.payout.application)
    if (application === undefined) return
    state.applications.set(application.application, { ...application, payouts: [...application.payouts, effect.payout] })
    return
  }
  const { application } = effect
  const { site, month, clearingType, settlements, isWithdrawn } = application
  if (!state.applications.has(application.application)) {
    const known = state.applicationsOf.get(site)
    if (known === undefined) state.applicationsOf.set(site, [application.application])
    else known.push(application.application)
  }
  state.applications.set(application.application, application)
  const key = monthKey(site, month, clearingType)
  if (isWithdrawn) state.standing.delete(key)
  else state.standing.set(key, application.application)
  for (const settlement of settlements) {
    if (isWithdrawn) state.clearedBy.delete(settlement)
    else state.clearedBy.set(settlement, application.application)
  }
}

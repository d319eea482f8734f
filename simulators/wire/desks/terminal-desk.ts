/**
 * A hospital's own terminals in the house's words: window (窗口), kiosk (自助机), consulting room (诊间), bedside (床旁). Staff and machines
 * sign in for the day; what each kind may do is one table. Orders become bills here, and not before the patient agreed to what insurance
 * does not cover.
 */
import type { Fen } from '../../money/fen.ts'
import type { BillLine } from './bureau-desk.ts'

export const terminalKinds = ['window', 'kiosk', 'consult', 'bedside'] as const
export type TerminalKind = (typeof terminalKinds)[number]
export const visitKinds = ['outpatient', 'emergency', 'inpatient'] as const

export type TerminalRefusal =
  | 'unknown-site'
  | 'unknown-terminal'
  | 'not-signed-in'
  /** A sign-in holds for its business day. */
  | 'sign-in-of-another-day'
  | 'not-at-this-terminal'
  | 'unknown-visit'
  | 'unknown-order'
  | 'known-with-other-contents'
  | 'already-charged'
  | 'cancelled'
  | 'lines-do-not-add-up'
  | 'consent-missing'
  | 'nothing-to-agree-to'

export interface TerminalRefused {
  readonly outcome: 'refused'
  readonly reason: TerminalRefusal
}
type Answer<Reply> = Promise<Reply | TerminalRefused>

export interface AtTerminal {
  readonly site: number
  readonly terminal: string
  /** 签到号 of the day. */
  readonly signIn: string
}

/** Cash of one terminal's drawer on a day. */
export interface DrawerDay {
  readonly terminal: string
  readonly inFen: number
  readonly outFen: number
}

/** Money of a site's business day; the parts of what was paid, less those of what went back. */
export interface DayTotals {
  readonly outcome: 'totals'
  readonly paidCount: number
  readonly refundedCount: number
  readonly totalFen: number
  readonly fundFen: number
  readonly currentAccountFen: number
  readonly historyAccountFen: number
  /** What patients paid, by whom it came: the bank's credit, a wallet, an account, a cashier. */
  readonly cashFenBy: Readonly<Record<'credit' | 'wallet' | 'bank' | 'cash', number>>
  readonly invoices: number
  readonly redInvoices: number
}

export interface TerminalDesk {
  /** 签到: once a business day for each operator at each terminal; asked again it is the same. */
  signIn(request: {
    readonly site: number
    readonly terminal: string
    readonly operator: string
  }): Answer<{ readonly outcome: 'signed-in'; readonly signIn: string; readonly kind: TerminalKind }>
  signOut(request: AtTerminal): Answer<{ readonly outcome: 'signed-out' }>
  /** 挂号 or admission. */
  register(
    request: AtTerminal & { readonly visit: string; readonly person: number; readonly kind: (typeof visitKinds)[number] },
  ): Answer<{ readonly outcome: 'registered' }>
  /** 开立医嘱. Says what of it the patient must agree to before it is charged. */
  order(
    request: AtTerminal & { readonly visit: string; readonly order: string; readonly lines: readonly BillLine[] },
  ): Answer<{ readonly outcome: 'ordered'; readonly uncoveredFen: number; readonly consentNeeded: boolean }>
  /** Takes back what is not charged yet. */
  cancelOrder(request: AtTerminal & { readonly order: string }): Answer<{ readonly outcome: 'cancelled' }>
  /** 知情同意 to the uncovered lines of these orders, recorded before they are charged. */
  consent(
    request: AtTerminal & {
      readonly visit: string
      readonly orders: readonly string[]
      readonly by: 'patient' | 'guardian'
      /** 同意书编号 of the hospital. */
      readonly document: string
    },
  ): Answer<{ readonly outcome: 'agreed'; readonly uncoveredFen: number }>
  /** Orders of one visit become one bill. */
  charge(
    request: AtTerminal & { readonly visit: string; readonly bill: string; readonly orders: readonly string[] },
  ): Answer<{ readonly outcome: 'charged'; readonly totalFen: Fen; readonly coveredFen: Fen }>
  /** With the drawers of the cashier's payments. */
  dayTotals(request: AtTerminal & { readonly date: string }): Answer<DayTotals & { readonly drawers: readonly DrawerDay[] }>
}

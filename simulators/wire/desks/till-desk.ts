/**
 * What is done with a bill at a hospital's own terminals: collect, give back, perform, print. The bill and its lock are the hospital's one
 * book, so a window hears "in doubt, do not collect" while a phone's payment is under way, and the other way round.
 */
import type { BillSplit } from '../../policy/split-bill.ts'
import type { HisBill, HisRefunded, HisRefusal, Invoice } from './his-desk.ts'
import type { AtTerminal, TerminalRefusal } from './terminal-desk.ts'

export type TillRefusal =
  | TerminalRefusal
  | HisRefusal
  /** 原路退回: what was paid elsewhere goes back from there. */
  | 'paid-elsewhere'

export interface TillRefused {
  readonly outcome: 'refused'
  readonly reason: TillRefusal
}
type Answer<Reply> = Promise<Reply | TillRefused>
type OfBill = AtTerminal & { readonly bill: string }
/** `attempt`: this collection's own number, unique for ever. */
type OfAttempt = OfBill & { readonly attempt: string }

export interface TillDesk {
  /** Locks the bill for this terminal. */
  hold(request: OfAttempt & { readonly person: number }): Answer<{ readonly outcome: 'open'; readonly bill: HisBill }>
  /** The insurer has settled and the patient has paid their part here. */
  collect(
    request: OfAttempt & {
      readonly totalFen: number
      readonly split: BillSplit
      /** 中心流水号 of the bureau. */
      readonly settlement: string
      readonly payer: 'wallet' | 'bank' | 'cash'
    },
  ): Answer<{ readonly outcome: 'noted' }>
  /** Nothing was collected after all. */
  release(request: OfAttempt): Answer<{ readonly outcome: 'closed' }>
  /** 医嘱执行. */
  perform(request: OfBill & { readonly lines: readonly number[] }): Answer<{ readonly outcome: 'performed' }>
  /** 退费 of what was collected at a terminal and not performed. Absent lines: all. */
  giveBack(request: OfAttempt & { readonly refund: string; readonly lines?: readonly number[] }): Answer<HisRefunded>
  printInvoice(request: OfAttempt): Answer<Invoice>
}

/** The cash drawer of a hospital's terminal (收费员钱箱): what was put in for an attempt and what was taken out of it again. */
import type { Fen } from '../../money/fen.ts'

export interface OfDrawer {
  readonly site: number
  readonly terminal: string
  /** The payment the cash is for. */
  readonly attempt: string
}
export interface DrawerRefused {
  readonly outcome: 'refused'
  readonly reason: 'cash-was-given-back' | 'known-with-other-amount'
}

export interface CashDrawerDesk {
  /** The patient's cash lies in the drawer; once an attempt. */
  putIn(request: OfDrawer & { readonly amountFen: Fen }): Promise<{ readonly outcome: 'in-drawer' } | DrawerRefused>
  /**
   * Gives all of it back, at the terminal that is named: another one's drawer may serve a refund. Of an attempt for which nothing was put
   * in it leaves a tombstone.
   */
  takeOut(request: OfDrawer): Promise<{ readonly outcome: 'taken-out'; readonly amountFen: Fen }>
}

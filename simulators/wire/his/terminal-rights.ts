import type { TerminalDesk, TerminalKind } from '../desks/terminal-desk.ts'

/** What is done at a terminal after signing in. */
export type TerminalAct = Exclude<keyof TerminalDesk, 'signIn' | 'signOut'>

/**
 * What each kind of terminal may do. A doctor orders and does not take money, a machine neither orders nor closes a day.
 * ASSUMPTION: the split of duties is a hospital's own; S3 §8.1.9 and §8.4.6 say only where settlement must be possible.
 */
export const terminalRights: Readonly<Record<TerminalKind, readonly TerminalAct[]>> = {
  window: ['register', 'consent', 'charge', 'dayTotals'],
  kiosk: ['register', 'consent', 'charge'],
  consult: ['register', 'order', 'cancelOrder', 'consent', 'charge'],
  bedside: ['order', 'cancelOrder', 'consent', 'charge'],
}

import type { OpenRequest } from '../desks/his-desk.ts'
import type { TerminalDesk, TerminalKind } from '../desks/terminal-desk.ts'
import type { TillDesk } from '../desks/till-desk.ts'

/** What is done at a terminal after signing in. */
export type TerminalAct = Exclude<keyof TerminalDesk, 'signIn' | 'signOut'> | keyof TillDesk | 'mobileOrder'

const collects = ['hold', 'collect', 'release', 'printInvoice'] as const

/**
 * What each kind of terminal may do. A doctor orders and performs and takes no money (the patient's phone does), a machine gives none back and closes no day, and
 * settlement is possible at window, kiosk and bedside (S3 §8.1.9, §8.4.6).
 * ASSUMPTION: the rest of the split of duties is a hospital's own.
 */
export const terminalRights: Readonly<Record<TerminalKind, readonly TerminalAct[]>> = {
  window: ['register', 'consent', 'charge', 'dayTotals', ...collects, 'giveBack', 'mobileOrder'],
  kiosk: ['register', 'consent', 'charge', ...collects, 'mobileOrder'],
  consult: ['register', 'order', 'cancelOrder', 'consent', 'charge', 'perform', 'mobileOrder'],
  bedside: ['order', 'cancelOrder', 'consent', 'charge', 'perform', ...collects, 'mobileOrder'],
}

/** As whom a terminal opens a bill's attempt. Only a window is the last resort when a doubt has lasted its time. */
export const collectsAs: Readonly<Record<TerminalKind, OpenRequest['by']>> = {
  window: 'window',
  kiosk: 'kiosk',
  consult: 'kiosk',
  bedside: 'kiosk',
}

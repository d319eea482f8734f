/** What a bank keeps: agreements with their lines of credit, holds, captures, refunds, and the keys of all effects. */
import type { Fen } from '../../money/fen.ts'
import { authorize, type CreditLine, draw, release, repay } from '../../policy/credit-line.ts'
import type { BookRules } from '../stores/kept-book.ts'

export type BankEntry =
  | { readonly does: 'open-agreement'; readonly agreement: string; readonly person: number; readonly line: CreditLine }
  | { readonly does: 'authorize'; readonly key: string; readonly agreement: string; readonly site: number; readonly amountFen: Fen }
  | { readonly does: 'capture'; readonly key: string; readonly hold: string; readonly amountFen: Fen }
  | { readonly does: 'release'; readonly hold: string }
  /** A hold that has not come is given back: should it come later, it is refused. */
  | { readonly does: 'tombstone'; readonly hold: string }
  | { readonly does: 'refund'; readonly key: string; readonly capture: string; readonly amountFen: Fen }

export interface Hold {
  readonly agreement: string
  readonly site: number
  readonly amountFen: Fen
  readonly state: 'held' | 'captured' | 'released'
}
export interface Capture {
  readonly hold: string
  readonly amountFen: Fen
  readonly refundedFen: Fen
}

export interface BankState {
  readonly lines: Map<string, CreditLine>
  readonly holds: Map<string, Hold>
  readonly captures: Map<string, Capture>
  readonly refunds: Map<string, { readonly capture: string; readonly amountFen: Fen }>
  readonly tombstones: Set<string>
}

export const bankRules: BookRules<BankState, BankEntry> = {
  empty: () => ({ lines: new Map(), holds: new Map(), captures: new Map(), refunds: new Map(), tombstones: new Set() }),
  apply(state, entry) {
    switch (entry.does) {
      case 'open-agreement':
        state.lines.set(entry.agreement, entry.line)
        return
      case 'authorize': {
        const { agreement, site, amountFen } = entry
        state.holds.set(entry.key, { agreement, site, amountFen, state: 'held' })
        change(state, agreement, (line) => {
          const reply = authorize(line, amountFen)
          return reply.outcome === 'authorized' ? reply.line : line
        })
        return
      }
      case 'capture': {
        const hold = state.holds.get(entry.hold)
        if (hold === undefined) return
        state.holds.set(entry.hold, { ...hold, state: 'captured' })
        state.captures.set(entry.key, { hold: entry.hold, amountFen: entry.amountFen, refundedFen: 0 as Fen })
        change(state, hold.agreement, (line) => draw(line, hold.amountFen, entry.amountFen))
        return
      }
      case 'release': {
        const hold = state.holds.get(entry.hold)
        if (hold === undefined) return
        state.holds.set(entry.hold, { ...hold, state: 'released' })
        change(state, hold.agreement, (line) => release(line, hold.amountFen))
        return
      }
      case 'tombstone':
        state.tombstones.add(entry.hold)
        return
      case 'refund': {
        const capture = state.captures.get(entry.capture)
        if (capture === undefined) return
        state.refunds.set(entry.key, { capture: entry.capture, amountFen: entry.amountFen })
        state.captures.set(entry.capture, { ...capture, refundedFen: (capture.refundedFen + entry.amountFen) as Fen })
        const hold = state.holds.get(capture.hold)
        if (hold !== undefined) change(state, hold.agreement, (line) => repay(line, entry.amountFen))
        return
      }
      default:
        entry satisfies never
    }
  },
}

function change(state: BankState, agreement: string, how: (line: CreditLine) => CreditLine): void {
  const line = state.lines.get(agreement)
  if (line !== undefined) state.lines.set(agreement, how(line))
}

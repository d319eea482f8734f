import { type Fen, noMoney } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { NoReply } from '../desks/port.ts'
import type { Ports, StepEnd } from './saga-words.ts'

/** A desk's answer that is not the one hoped for, as the end of a step. */
export function endOf(heard: NoReply | { readonly outcome: 'refused'; readonly reason: string } | { readonly outcome: string }): StepEnd {
  if (heard.outcome === 'no-reply') {
    const { sent, why } = heard as NoReply
    return { end: 'silent', sent, why }
  }
  if (heard.outcome === 'refused') return { end: 'refused', reason: (heard as { readonly reason: string }).reason }
  return { end: 'refused', reason: `found ${heard.outcome}` }
}

/** What is left to the patient. */
export const cashOf = (split: BillSplit | undefined): Fen => split?.cashFen ?? noMoney

export const refundKey = (number: string): string => `${number}-R`
export const holdKey = (number: string): string => `${number}-A`
export const debitKey = (number: string): string => `${number}-D`
export const captureKey = (number: string): string => `${number}-C`

export function bankOf(bank: string | undefined, ports: Ports) {
  const port = bank === undefined ? undefined : ports.bankOf(bank)
  if (port === undefined) throw new Error(`no contract with bank ${bank ?? '(none)'}`)
  return port
}

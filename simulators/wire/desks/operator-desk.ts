/** What people at the platform see and decide: payments that no machine can bring to an end. */
import type { PaymentView } from './payment-desk.ts'

export interface DeadEnd {
  readonly payment: PaymentView
  /** The step whose undoing was refused, by its operation in the message table, and why. */
  readonly step: string
  readonly reason: string
  /** Paid by somebody and owed to nobody: what stands in suspense for it. */
  readonly hangingFen: number
}

export interface DeadEndDecision {
  readonly payment: string
  /** `done-by-hand`: people undid that step outside; the rest is undone by machine. */
  readonly does: 'try-again' | 'done-by-hand'
  /** Who decided, for the book. */
  readonly by: string
}

export interface OperatorDesk {
  deadEnds(request: object): Promise<{ readonly outcome: 'dead-ends'; readonly deadEnds: readonly DeadEnd[] }>
  decide(
    request: DeadEndDecision,
  ): Promise<
    { readonly outcome: 'payment'; readonly payment: PaymentView } | { readonly outcome: 'refused'; readonly reason: 'no-dead-end' }
  >
}

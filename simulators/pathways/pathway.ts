/**
 * A pathway 路径: what a patient does, step by step, as data. A hospital manager can check it, the kernel's rows are made from it,
 * and the replay on the wire walks it. Nothing here knows a city's numbers: laws are named, their times are the city's.
 */
import type { StationKind } from '../../scenarios/plan.ts'

/** 0 registration 挂号费 · 1 examination 检查费 · 2 drugs 药费, or the one settlement on leaving. A hold stands for the bill of its point. */
export type PaymentPoint = 0 | 1 | 2

/** The traits a pathway may branch on; patients/traits.ts says where a visit carries them. */
export type TraitName =
  | 'registration-way'
  | 'payment-mode'
  | 'examination'
  | 'drugs'
  | 'self-service'
  | 'child'
  | 'sign-up'
  | 'leaves-unsettled'

/** Laws of the city by what they are for; see lawOf in compile-pathways.ts. */
export type LawUse =
  | 'walk'
  | 'result-delay'
  | 'first-consult'
  | 'return-consult'
  | 'phone-handling'
  | 'switch-pause'
  | `service/${StationKind}`

/** Where a payment that failed goes on; a missing way does not exist at this step. */
export interface Otherwise {
  readonly window?: string
  readonly kiosk?: string
  readonly phone?: string
}

export type Step =
  /** Join a line, be served, and with an errand hold the server until it is answered. */
  | {
      readonly does: 'serve'
      readonly at: StationKind | 'consulting-room'
      readonly for: LawUse
      readonly errand?: string
      readonly point?: PaymentPoint
      readonly otherwise?: Otherwise
      readonly next: string
    }
  /** Let time pass in nobody's line. */
  | { readonly does: 'delay'; readonly for: LawUse; readonly next: string }
  /** Wait for an errand with nothing in hand but a phone. */
  | { readonly does: 'pay'; readonly errand: string; readonly point?: PaymentPoint; readonly otherwise: Otherwise; readonly next: string }
  /** Walk on while the errand runs by itself (无感支付); whoever arrives first waits for the other. */
  | {
      readonly does: 'pay-walking'
      readonly for: LawUse
      readonly errand: string
      readonly point: PaymentPoint
      readonly otherwise: Otherwise
      readonly next: string
    }
  /** One way per value of a trait, in the order of its values. */
  | { readonly does: 'by-trait'; readonly trait: TraitName; readonly ways: readonly string[] }
  /** `as`: what a site that switches over waits for is done. */
  | { readonly does: 'leave'; readonly as?: 'switched' }

export interface Pathway {
  readonly name: string
  readonly begin: string
  readonly steps: Readonly<Record<string, Step>>
}

/**
 * 诊间、移动支付 from the hospital's side: a terminal has its hospital place a bill as an order at the insurer's mobile payment centre, which
 * says who pays what of it; the patient then pays it on the phone, and 6302 tells the hospital.
 */
import type { HisRefusal } from './his-desk.ts'
import type { MobileOrderAmounts } from './mobile-desk.ts'
import type { AtTerminal, TerminalRefusal } from './terminal-desk.ts'

export const mobileOrderReasons = [
  /** This hospital does not speak with the centre (`settings.mobileChain`). */
  'mobile-chain-off',
  /** Nothing of this bill was placed since the hospital's system began: place it again first. */
  'not-placed',
  /** The centre refuses: it is paid already, its day is over, or it is not this person's. */
  'insurer-refused',
] as const

export interface MobileOrderRefused {
  readonly outcome: 'refused'
  readonly reason: TerminalRefusal | HisRefusal | (typeof mobileOrderReasons)[number]
}
type Answer<Reply> = Promise<Reply | MobileOrderRefused>
type OfBill = AtTerminal & { readonly bill: string }

/** Whom the terminal has before it, as the card or code was read (1101); never kept by the hospital's system. */
interface Shown {
  readonly name: string
  readonly idNumber: string
}
export interface ShownInsured extends Shown {
  /** 人员编号. */
  readonly insuredNumber: string
  /** 险种类型. */
  readonly insurance: string
  /** 参保地医保区划. */
  readonly insuredPlace: string
}

export interface MobileOrderDesk {
  /** 6201 and 6202. The bill is held for the order; asked again it is the same order, priced anew. */
  place(
    request: OfBill & {
      readonly person: number
      readonly insured: ShownInsured
      /** payAuthNo: what the person allowed on the phone. */
      readonly authorization: string
    },
  ): Answer<{ readonly outcome: 'order-placed'; readonly order: string; readonly visit: string } & MobileOrderAmounts>
  /** 6401 of an order that is not paid; its bill is free again, for every way but this one. */
  revoke(request: OfBill & Shown): Answer<{ readonly outcome: 'order-revoked' }>
}

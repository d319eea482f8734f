/**
 * Who somebody is, and the insurance e-credential (医保电子凭证) that proves it at a counter, in the house's words. A credential is shown
 * once as a short-lived code; whoever scans it has it decoded to a token of that site's own. Books keep digests of both.
 */

export const identityRefusals = [
  'not-matched',
  'under-age',
  'not-a-child',
  'not-their-child',
  'not-activated',
  'not-theirs',
  'unknown-person',
  'unknown-code',
  'unknown-token',
  'token-of-another-site',
  'used-already',
  'expired',
  'key-reused',
] as const
export type IdentityRefusal = (typeof identityRefusals)[number]

export interface IdentityRefused {
  readonly outcome: 'refused'
  readonly reason: IdentityRefusal
}

export interface Papers {
  readonly name: string
  readonly idNumber: string
}
export interface ActivateRequest extends Papers {
  readonly key: string
}
export interface BindChildRequest extends Papers {
  readonly key: string
  readonly guardian: number
}
/** `by`: whose phone it is; the person, or the guardian of a bound child. */
export interface ShowRequest {
  readonly person: number
  readonly by: number
}
export interface DecodeRequest {
  readonly site: number
  readonly code: string
}
export interface OfToken {
  readonly site: number
  readonly token: string
}
export interface AllowPaymentRequest extends ShowRequest {
  readonly site: number
}

export interface Verified {
  readonly outcome: 'verified'
  readonly person: number
}
export interface Activated {
  readonly outcome: 'activated'
  readonly person: number
}
export interface ChildBound {
  readonly outcome: 'bound'
  readonly child: number
}
export interface Shown {
  readonly outcome: 'code'
  /** 28 digits, as a 二维码 carries them. */
  readonly code: string
  readonly validSeconds: number
}
/** The person behind a credential. */
export interface Holder extends Papers {
  readonly outcome: 'holder'
  readonly person: number
}
export interface Decoded extends Papers {
  readonly outcome: 'decoded'
  /** ecToken */
  readonly token: string
  readonly person: number
  readonly validSeconds: number
}
export interface PaymentAllowed {
  readonly outcome: 'allowed'
  /** payAuthNo */
  readonly token: string
  readonly validSeconds: number
}

export interface IdentityDesk {
  /** 实名认证. A wrong name and a wrong number are told alike, so that nobody finds out which. */
  verify(request: Papers): Promise<Verified | IdentityRefused>
  /** 激活医保电子凭证, for adults: a child's comes with the guardian's family code. */
  activate(request: ActivateRequest): Promise<Activated | IdentityRefused>
  /** 亲属随申码: the guardian's phone shows the credential of a child registered as theirs. */
  bindChild(request: BindChildRequest): Promise<ChildBound | IdentityRefused>
  /** A fresh code; the one shown before is worth nothing from then on. */
  show(request: ShowRequest): Promise<Shown | IdentityRefused>
  /** 解码, once a code. */
  decode(request: DecodeRequest): Promise<Decoded | IdentityRefused>
  /** The holder of a token, as often as the site asks while it lives. */
  holder(request: OfToken): Promise<Holder | IdentityRefused>
  /** 支付授权, for one payment at one site. */
  allowPayment(request: AllowPaymentRequest): Promise<PaymentAllowed | IdentityRefused>
  /** Takes the authorisation: good once. */
  takePayment(request: OfToken): Promise<Holder | IdentityRefused>
}

/** The form of a code that a phone shows. */
export const isShownCode = (text: string): boolean => /^\d{28}$/.test(text)

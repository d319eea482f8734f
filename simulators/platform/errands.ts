/**
 * What each payment mode sends to whom: the one table of errands and their messages. The virtual back ends serve it, the reference
 * platform's saga is built from it, and a test counts equal calls per payment.
 *
 * A message is one request on a leg; `operation` names its law of service time in the city. Requests to one party that follow each
 * other without a decision between them stand as one message of the summed work (account query + trial settlement).
 * `released`: after this message the patient may go; what follows (notice, invoice) runs by itself.
 */
import type { PaymentMode } from '../../scenarios/plan.ts'
import { legNames } from '../../scenarios/plan-parties.ts'

/** In the kernel's order. `bank` is whoever pays the patient's part, a wallet too; `files` is the bureau's file desk, a queue of its own. */
export const legs = [...legNames, 'files'] as const
export type Leg = (typeof legs)[number]

export interface Message {
  readonly leg: Leg
  readonly operation: string
  /** Silence leaves money in doubt: ask first, never send blindly again; undo what stays unknown. */
  readonly movesMoney?: true
  /** The bank of the credit agreement decides within the limit; otherwise the bank of the patient's own money. */
  readonly credit?: 'authorize' | 'follow'
  /**
   * What the wire asks the same party for beside the request that takes the time, so many before it and so many after. Whatever strikes single
   * requests strikes each by itself; the message is tried again as a whole. Absent: the message is one request.
   */
  readonly besides?: { readonly before: number; readonly after: number }
  /** The payer is the patient's wallet in place of a bank. It serves the whole country: nobody waits in line there. */
  readonly atWallet?: true
}

export interface Errand {
  readonly name: string
  /** Whose sums it counts in; none for errands that pay nothing. */
  readonly mode: PaymentMode | 'none'
  readonly messages: readonly Message[]
  /** How many messages the patient waits for. */
  readonly released: number
  /** Nobody begins it: it follows by itself from an errand that failed. */
  readonly isReversal?: true
  /** It takes the place of this errand for those who show a wallet's 付款码. The messages they share are drawn alike. */
  readonly byCodeInsteadOf?: string
}

/** Account and upload of the lines come before the trial; a card is shown as it is. */
const presettle: Message = { leg: 'bureau', operation: 'bureau/presettle', besides: { before: 2, after: 0 } }
/** What a phone shows is decoded first. */
const presettleByCode: Message = { ...presettle, besides: { before: 3, after: 0 } }
const settle: Message = { leg: 'bureau', operation: 'bureau/settle', movesMoney: true }
const invoice: readonly Message[] = [{ leg: 'his', operation: 'his/notice' }]

/** 挂号 (SH01/SH02) and 收费 (SI11/SI12) have the same shape at the window: trial, then settlement, as 五期 has it (newtouch-cloud/openhis). */
const atWindow: readonly Message[] = [presettle, settle, ...invoice]
const atKiosk: readonly Message[] = [
  { leg: 'bureau', operation: 'bureau/credential' },
  presettle,
  { leg: 'bank', operation: 'bank/debit', movesMoney: true },
  settle,
  ...invoice,
]
/** The kiosk reads the 付款码 on the patient's phone in place of a bank card. */
const atKioskByCode: readonly Message[] = atKiosk.map((message) =>
  message.operation === 'bank/debit' ? { leg: 'bank', operation: 'wallet/code-pay', movesMoney: true, atWallet: true } : message,
)
/**
 * Own money by phone: order, trial, authorisation, settlement, capture, then posting; the hospital hears of it and the invoice follows. The app
 * is opened, shows the bills, and pays: the last two take no time of the entry's own.
 */
const byPhone: readonly Message[] = [
  { leg: 'entry', operation: 'entry/open', besides: { before: 0, after: 2 } },
  { leg: 'platform', operation: 'platform/order' },
  presettleByCode,
  { leg: 'bank', operation: 'bank/authorize', movesMoney: true },
  settle,
  { leg: 'bank', operation: 'bank/capture', movesMoney: true },
  { leg: 'platform', operation: 'platform/post' },
  { leg: 'his', operation: 'his/notice' },
  { leg: 'platform', operation: 'platform/invoice' },
  { leg: 'his', operation: 'his/invoice' },
]
/** 脱卡信用付费: the same, on the credit agreement's bank and without the patient opening anything. */
const byCredit: readonly Message[] = byPhone.map((message) =>
  message.operation === 'entry/open'
    ? { leg: 'entry', operation: 'entry/session', besides: { before: 1, after: 0 } }
    : message.operation === 'bank/authorize'
      ? { ...message, credit: 'authorize' }
      : message.operation === 'bank/capture'
        ? { ...message, credit: 'follow' }
        : message,
)

/** By wallet there is no hold: the patient's money moves before the insurer settles, and goes back the way it came if that fails. */
const byWallet: readonly Message[] = [
  { leg: 'platform', operation: 'platform/order' },
  presettleByCode,
  { leg: 'bank', operation: 'bank/debit', movesMoney: true },
  settle,
  { leg: 'platform', operation: 'platform/post' },
  { leg: 'his', operation: 'his/notice' },
  { leg: 'platform', operation: 'platform/invoice' },
  { leg: 'his', operation: 'his/invoice' },
]

/** A request to the bank of the credit agreement, made in the entry that is open already. */
const throughTheEntry = (operation: string): readonly Message[] => [
  { leg: 'entry', operation: 'entry/session' },
  { leg: 'bank', operation, credit: 'follow' },
]

/** 先诊疗后付费: an amount of the line is set aside for the visit; nothing is paid, and the insurer does not hear of it. */
const held: Pick<Errand, 'mode' | 'messages' | 'released'> = {
  mode: 'none',
  messages: [
    { leg: 'platform', operation: 'platform/order' },
    { leg: 'bank', operation: 'bank/authorize', movesMoney: true, credit: 'authorize' },
  ],
  released: 2,
}

export const errands: readonly Errand[] = [
  { name: 'window-registration', mode: 'window', messages: atWindow, released: 2 },
  { name: 'window-payment', mode: 'window', messages: atWindow, released: 2 },
  { name: 'kiosk-registration', mode: 'kiosk', messages: atKiosk, released: 4 },
  { name: 'kiosk-payment', mode: 'kiosk', messages: atKiosk, released: 4 },
  { name: 'phone-registration', mode: 'phone', messages: byPhone, released: 8 },
  { name: 'phone-payment', mode: 'phone', messages: byPhone, released: 8 },
  { name: 'credit-payment', mode: 'credit', messages: byCredit, released: 8 },
  { name: 'internet-payment', mode: 'phone', messages: byPhone, released: 8 },
  { name: 'pharmacy-settlement', mode: 'window', messages: atWindow, released: 2 },
  {
    // One settlement on leaving (Tianjin): the bank's advance is authorised, the insurer settles, the advance is paid out at once.
    name: 'settle-on-leaving',
    mode: 'credit',
    messages: [
      // The bill is known and locked before anybody is asked about it.
      { leg: 'platform', operation: 'platform/order' },
      presettleByCode,
      { leg: 'bank', operation: 'bank/authorize', movesMoney: true, credit: 'authorize' },
      settle,
      { leg: 'bank', operation: 'bank/capture', movesMoney: true, credit: 'follow' },
      { leg: 'platform', operation: 'platform/post' },
      { leg: 'his', operation: 'his/notice' },
    ],
    released: 7,
  },
  { name: 'hold-registration', ...held },
  { name: 'hold-examination', ...held },
  { name: 'hold-drugs', ...held },
  {
    name: 'family-code',
    mode: 'none',
    messages: [
      { leg: 'entry', operation: 'entry/session' },
      { leg: 'platform', operation: 'platform/family-code' },
    ],
    released: 2,
  },
  {
    name: 'credit-assessment',
    mode: 'none',
    messages: [
      { leg: 'entry', operation: 'entry/open' },
      { leg: 'platform', operation: 'platform/identity' },
      { leg: 'bureau', operation: 'bureau/credential' },
      { leg: 'platform', operation: 'platform/assess' },
      { leg: 'bank', operation: 'bank/assess', credit: 'follow' },
    ],
    released: 5,
  },
  { name: 'credit-signing', mode: 'none', messages: throughTheEntry('bank/sign'), released: 2 },
  // The application for a digital card is one more paper to sign at the same bank.
  { name: 'digital-card', mode: 'none', messages: throughTheEntry('bank/sign'), released: 2 },
  { name: 'limit-raise', mode: 'none', messages: throughTheEntry('bank/raise-limit'), released: 2 },
  // 签到 (9001) of one terminal, once on the day of the switch.
  { name: 'terminal-sign-in', mode: 'none', messages: [{ leg: 'bureau', operation: 'bureau/sign-in' }], released: 1 },
  // 目录下载 of one site: the directories' versions are asked for (1301–1319) and found old, then the file is fetched (9102).
  {
    name: 'directory-download',
    mode: 'none',
    messages: [
      { leg: 'bureau', operation: 'bureau/directory' },
      { leg: 'files', operation: 'files/download' },
    ],
    released: 2,
  },
  // Sent by themselves when an errand failed, to whom its money moved or may have (SK01, 2208, 2601): until answered it is in doubt.
  { name: 'bureau-reversal', mode: 'none', messages: [{ leg: 'bureau', operation: 'bureau/reverse' }], released: 1, isReversal: true },
  { name: 'bank-reversal', mode: 'none', messages: [{ leg: 'bank', operation: 'bank/refund' }], released: 1, isReversal: true },
  {
    name: 'credit-reversal',
    mode: 'none',
    messages: [{ leg: 'bank', operation: 'bank/refund', credit: 'follow' }],
    released: 1,
    isReversal: true,
  },
  {
    name: 'wallet-reversal',
    mode: 'none',
    messages: [{ leg: 'bank', operation: 'wallet/refund', atWallet: true }],
    released: 1,
    isReversal: true,
  },
  {
    name: 'kiosk-registration-by-code',
    mode: 'kiosk',
    messages: atKioskByCode,
    released: 4,
    byCodeInsteadOf: 'kiosk-registration',
  },
  { name: 'kiosk-payment-by-code', mode: 'kiosk', messages: atKioskByCode, released: 4, byCodeInsteadOf: 'kiosk-payment' },
]

/**
 * What follows the refund of an advance that its patient has repaid: the bank takes the refund, then pays the patient back by the wallet of
 * the repayment. The virtual city knows the message's first half (`credit-reversal`); nobody there repays on the day of the visit.
 */
export const repaidCreditReturn: Errand = {
  name: 'repaid-credit-return',
  mode: 'none',
  messages: [
    { leg: 'bank', operation: 'bank/refund', credit: 'follow' },
    { leg: 'bank', operation: 'bank/pay-back', movesMoney: true, credit: 'follow' },
  ],
  released: 1,
  isReversal: true,
}

/**
 * Ways of paying by phone that the wire tells apart and the virtual city does not. 诊间移动支付: the wallet's order waits in the patient's
 * own phone. 扫码: the terminal reads the patient's 付款码, so no entry is asked.
 */
export const walletErrands: readonly Errand[] = [
  { name: 'in-consult-payment', mode: 'phone', messages: [{ leg: 'entry', operation: 'entry/session' }, ...byWallet], released: 7 },
  { name: 'scan-payment', mode: 'phone', messages: byWallet, released: 6 },
]

/**
 * 退费: the last bill of a visit goes back the way it was paid, asked for in the entry that took the payment, or at the hospital's window.
 * Patients ask for it outside every line, so no pathway does.
 */
export const refundErrands: readonly Errand[] = [
  {
    name: 'entry-refund',
    mode: 'none',
    messages: [
      { leg: 'entry', operation: 'entry/session' },
      { leg: 'his', operation: 'his/notice' },
      { leg: 'bureau', operation: 'bureau/reverse' },
      { leg: 'bank', operation: 'bank/refund' },
    ],
    released: 4,
  },
  {
    name: 'window-refund',
    mode: 'none',
    messages: [
      { leg: 'his', operation: 'his/notice' },
      { leg: 'bureau', operation: 'bureau/reverse' },
    ],
    released: 2,
  },
]

/** Who the patient is and what an attempt without an insurer comes to: what every trial begins with. */
import { type Fen, noMoney } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { Credential, FromSite } from '../desks/bureau-desk.ts'
import { isCashierMode } from '../desks/payment-desk.ts'
import type { LedgerPayment } from '../stores/ledger.ts'
import type { Ports, SagaPayment, StepEnd } from './saga-words.ts'
import { endOf } from './step-parts.ts'

/** 自费: everything is the patient's. */
export const selfPaidSplit = (totalFen: Fen): BillSplit => ({
  fundFen: noMoney,
  currentAccountFen: noMoney,
  historyAccountFen: noMoney,
  cashFen: totalFen,
  uncoveredFen: totalFen,
  deductibleFen: noMoney,
})

/** A code is decoded once and its token kept in hand; a card says it itself. */
export async function decoded(saga: SagaPayment, { bureau }: Ports): Promise<Credential | (StepEnd & { readonly end: string })> {
  const { inHand } = saga
  if (inHand.token !== undefined) return { kind: 'token', value: inHand.token }
  if (inHand.card !== undefined) return { kind: 'card', value: inHand.card }
  if (inHand.qr === undefined) return { end: 'refused', reason: 'interrupted' }
  const heard = await bureau.decode({ ...fromSite(saga, 'decode', saga.nowMs), qr: inHand.qr })
  if (heard.outcome !== 'decoded') return endOf(heard)
  inHand.token = heard.token
  return { kind: 'token', value: heard.token }
}

/** Places of a payment's messages to the bureau in its ten numbers: 五期, and in its second line the national interface. */
const slots = {
  ...{ decode: 0, account: 1, upload: 2, presettle: 3, settle: 5, reverse: 7 },
  ...{ person: 1, visit: 2, fees: 3, totals: 4, nationalTrial: 5, nationalSettle: 6, nationalReverse: 7, takeBack: 8, ask: 9 },
} as const
export type Slot = keyof typeof slots

/** Hospitals number their messages above the platform's, so that both may speak for one site on one day. */
const firstOfCashiers = 500_000_000
const sequenceOf = ({ mode, serial }: LedgerPayment, slot: Slot): number =>
  (isCashierMode(mode) ? firstOfCashiers : 0) + serial * 10 + slots[slot]

export const fromSite = ({ payment }: SagaPayment, slot: Slot, atMs: number): FromSite => ({
  site: payment.site,
  message: { sequence: sequenceOf(payment, slot), atMs },
})

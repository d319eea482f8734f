/** What the platform tells a caller of a payment, at the address the caller gave: in its own form, since no public document has one. */
import { Type } from 'typebox'
import type { PaymentNotice } from '../desks/payment-desk.ts'
import { paymentSchema } from './aggregation.ts'
import { key, strict } from './plain-fields.ts'

export const paymentNoticeSchema = Type.Object({ notice: key('通知号'), payment: paymentSchema }, strict)

/** The same state of a payment has the same number, however often it is told. */
export const noticeOf = (payment: PaymentNotice['payment']): PaymentNotice => ({ notice: `${payment.payment}.${payment.state}`, payment })

/**
 * The patient's part collected by a wallet: an order in the patient's own phone, or the 付款码 the patient shows. A wallet holds nothing
 * back, so the money moves here and returns by refund when the insurer does not settle.
 */
import type { MerchantOrdered } from '../desks/merchant-desk.ts'
import type { NoReply } from '../desks/port.ts'
import type { WalletRefused } from '../desks/wallet-desk.ts'
import { hangingCash } from './postings.ts'
import { done, type Ports, type SagaMemory, type SagaPayment, type SagaStep, type StepEnd } from './saga-words.ts'
import { cashOf, endOf, refundKey } from './step-parts.ts'

/** The wallet itself revokes an unanswered 付款码 after 45 s (WeChat Pay's guide to querying). */
const codePatienceMs = 45_000
/** ASSUMPTION: a patient in the consulting room answers within 5 minutes. Tried 1–15. */
const orderPatienceMs = 300_000

export const collect: SagaStep = {
  operation: 'bank/debit',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  hasTombstone: true,
  async run(saga, ports) {
    const { payment, memory, inHand } = saga
    const amountFen = cashOf(memory.split)
    if (amountFen === 0) return done
    const { desk, merchant, app, noticeUrl } = walletOf(memory, ports)
    const told = noticeUrl === undefined ? {} : { noticeUrl }
    const ordered = { merchant, app, order: payment.number, amountFen, description: `医疗费 ${payment.bill}`, ...told }
    if (isByCode(saga)) {
      // Only the living process has the code; a process that took over asks what became of it and buries what may still come.
      if (inHand.payCode === undefined) return { end: 'refused', reason: 'interrupted', mayStillCome: true }
      return heardOf(await desk.codePay({ ...ordered, code: inHand.payCode }), codePatienceMs)
    }
    if (memory.agreement === undefined) return { end: 'refused', reason: 'no-agreement' }
    return heardOf(await desk.order({ ...ordered, way: 'in-app', payer: memory.agreement }), orderPatienceMs)
  },
  async ask(saga, ports) {
    const { payment, memory } = saga
    if (cashOf(memory.split) === 0) return done
    const { desk, merchant } = walletOf(memory, ports)
    const heard = await desk.query({ merchant, order: payment.number })
    if (heard.outcome === 'refused' && heard.reason === 'unknown-order') return collect.run(saga, ports)
    return heardOf(heard, isByCode(saga) ? codePatienceMs : orderPatienceMs)
  },
  async undo(saga, ports) {
    const { payment, memory } = saga
    if (cashOf(memory.split) === 0 || memory.bank === undefined) return done
    if (memory.isCaptured === true) return refund(saga, ports)
    const { desk, merchant } = walletOf(memory, ports)
    const order = { merchant, order: payment.number }
    // 撤销 undoes a shown code whatever became of it; an order in the phone is closed, and refunded where the payer was quicker.
    const heard = await (isByCode(saga) ? desk.revoke(order) : desk.close(order))
    if (heard.outcome === 'order' || (heard.outcome === 'refused' && heard.reason === 'unknown-order')) return done
    return heard.outcome === 'refused' && heard.reason === 'already-paid' ? refund(saga, ports) : endOf(heard)
  },
  hanging: hangingCash,
}

/** 付款码: shown to a scanner, at a terminal too. */
const isByCode = ({ payment, memory }: SagaPayment): boolean => payment.mode === 'scan' || memory.tender === 'code'

async function refund({ payment, memory }: SagaPayment, ports: Ports): Promise<StepEnd> {
  const { desk, merchant } = walletOf(memory, ports)
  const totalFen = cashOf(memory.split)
  const heard = await desk.refund({ merchant, order: payment.number, refund: refundKey(payment.number), amountFen: totalFen, totalFen })
  if (heard.outcome !== 'refund') return endOf(heard)
  const { state } = heard.refund
  // Nothing more comes of it by asking again: people pay it back.
  if (state === 'closed' || state === 'abnormal') return { end: 'refused', reason: `refund-${state}` }
  // The payer was quicker than the close: what went back had been paid, and both stand in the wallet's bill.
  return { end: 'done', learnt: { isCaptured: true } }
}

function heardOf(heard: MerchantOrdered | WalletRefused | NoReply, patienceMs: number): StepEnd {
  if (heard.outcome !== 'order') return endOf(heard)
  const { state, prepay } = heard.order
  switch (state) {
    case 'paid':
      return { end: 'done', learnt: { isCaptured: true } }
    case 'unpaid':
    case 'paying':
      return { end: 'not-yet', patienceMs, ...(prepay === undefined ? {} : { learnt: { prepay } }) }
    case 'closed':
    case 'revoked':
    case 'failed':
      return { end: 'refused', reason: `order-${state}` }
    default:
      return state satisfies never
  }
}

function walletOf({ bank }: SagaMemory, ports: Ports) {
  const wallet = bank === undefined ? undefined : ports.walletOf(bank)
  if (wallet === undefined) throw new Error(`no contract with wallet ${bank ?? '(none)'}`)
  return wallet
}

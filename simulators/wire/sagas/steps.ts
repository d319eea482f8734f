/**
 * Every step a payment's saga can have, by its operation in the city's message table. Keys come from the payment's number and message
 * numbers from its serial, so a step sent again is the same effect at the receiver.
 */
import { fenOf, noMoney } from '../../money/fen.ts'
import type { ClaimedBill } from '../desks/bureau-desk.ts'
import { isCashierMode } from '../desks/payment-desk.ts'
import { collect } from './collect-step.ts'
import { askNationally, presettleNationally, settleNationally, undoNationally } from './national-insurer.ts'
import { hangingCash, hangingSettlement, payerOf, postingsOf } from './postings.ts'
import { decoded, fromSite, selfPaidSplit } from './presettle-parts.ts'
import { done, type SagaPayment, type SagaStep } from './saga-words.ts'
import { bankOf, captureKey, cashOf, endOf, holdKey, refundKey } from './step-parts.ts'

const order: SagaStep = {
  operation: 'platform/order',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  hasTombstone: true,
  async run({ payment, inHand }, { his }) {
    const { site, bill, number, person, mode } = payment
    const heard = await his.open({ site, bill, attempt: number, person, by: isCashierMode(mode) ? mode : 'platform' })
    if (heard.outcome !== 'open') return endOf(heard)
    inHand.bill = heard.bill
    return {
      end: 'done',
      learnt: { visit: heard.bill.visit, totalFen: fenOf(heard.bill.totalFen), coveredFen: fenOf(heard.bill.coveredFen) },
    }
  },
  async undo({ payment: { site, bill, number } }, { his }) {
    const heard = await his.close({ site, bill, attempt: number })
    // A bill the hospital does not know has no lock to give back.
    if (heard.outcome === 'refused' && heard.reason === 'unknown-bill') return done
    return heard.outcome === 'closed' ? done : endOf(heard)
  },
}

const presettle: SagaStep = {
  operation: 'bureau/presettle',
  stored: false,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  async run(saga, ports) {
    const { payment, memory, inHand, nowMs } = saga
    const { bureau } = ports
    if (memory.isSelfPaid === true) return { end: 'done', learnt: { split: selfPaidSplit(memory.totalFen ?? noMoney) } }
    const national = ports.nationalOf?.(payment.site)
    if (national !== undefined) return presettleNationally(saga, ports, national)
    if (inHand.bill === undefined) return { end: 'refused', reason: 'interrupted' }
    const credential = await decoded(saga, ports)
    if ('end' in credential) return credential
    const account = await bureau.account({ ...fromSite(saga, 'account', nowMs), credential })
    if (account.outcome !== 'account') return endOf(account)
    const bills = [claimedBill(saga)]
    const uploaded = await bureau.upload({
      ...fromSite(saga, 'upload', nowMs),
      bill: payment.bill,
      visit: inHand.bill.visit,
      lines: inHand.bill.lines,
    })
    if (uploaded.outcome !== 'uploaded') return endOf(uploaded)
    const heard = await bureau.presettle({ ...fromSite(saga, 'presettle', nowMs), credential, bills })
    if (heard.outcome !== 'presettled') return endOf(heard)
    return { end: 'done', learnt: { trial: heard.trial, split: heard.split } }
  },
}

const authorize: SagaStep = {
  operation: 'bank/authorize',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  hasTombstone: true,
  async run({ payment, memory }, ports) {
    const amountFen = cashOf(memory.split)
    if (amountFen === 0) return done
    if (memory.agreement === undefined) return { end: 'refused', reason: 'no-agreement' }
    const heard = await bankOf(memory.bank, ports).authorize({
      key: holdKey(payment.number),
      agreement: memory.agreement,
      site: payment.site,
      amountFen,
    })
    return heard.outcome === 'authorized' ? done : endOf(heard)
  },
  async ask(saga, ports) {
    if (cashOf(saga.memory.split) === 0) return done
    const heard = await bankOf(saga.memory.bank, ports).query({ key: holdKey(saga.payment.number) })
    if (heard.outcome === 'unheard-of') return authorize.run(saga, ports)
    return heard.outcome === 'authorized' ? done : endOf(heard)
  },
  async undo({ payment, memory }, ports) {
    // A captured hold is gone: its money goes back by the refund of the capture.
    if (cashOf(memory.split) === 0 || memory.agreement === undefined || memory.isCaptured === true) return done
    const heard = await bankOf(memory.bank, ports).release({ hold: holdKey(payment.number) })
    return heard.outcome === 'released' ? done : endOf(heard)
  },
}

const settle: SagaStep = {
  operation: 'bureau/settle',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  keepsMoment: true,
  // 2601 buries a message that may still come; 五期 has none.
  hasTombstone: ({ payment: { site } }, ports) => ports.nationalOf?.(site) !== undefined,
  // In 五期: sent again with the same message number and trial it gives the same settlement (assumption: no public document says so).
  async run(saga, { bureau, nationalOf }) {
    const { memory } = saga
    if (memory.isSelfPaid === true) return done
    const national = nationalOf?.(saga.payment.site)
    if (national !== undefined) return settleNationally(saga, national)
    if (memory.trial === undefined) return { end: 'refused', reason: 'interrupted' }
    const heard = await bureau.settle({ ...fromSite(saga, 'settle', memory.sentAtMs), trial: memory.trial, bills: [claimedBill(saga)] })
    if (heard.outcome !== 'settled') return endOf(heard)
    return { end: 'done', learnt: { settlement: heard.settlement, segment: heard.segment, split: heard.split } }
  },
  async ask(saga, ports) {
    const national = saga.memory.isSelfPaid === true ? undefined : ports.nationalOf?.(saga.payment.site)
    return national === undefined ? settle.run(saga, ports) : askNationally(saga, national)
  },
  async undo(saga, { bureau, nationalOf }) {
    if (saga.memory.isSelfPaid === true) return done
    const national = nationalOf?.(saga.payment.site)
    if (national !== undefined) return undoNationally(saga, national)
    const { settlement, totalFen, sentAtMs } = saga.memory
    if (settlement === undefined) return done
    const heard = await bureau.reverse({ ...fromSite(saga, 'reverse', sentAtMs), settlement, totalFen: totalFen ?? noMoney })
    if (heard.outcome === 'refused' && heard.reason === 'already-reversed') return done
    return heard.outcome === 'reversed' ? done : endOf(heard)
  },
  hanging: hangingSettlement,
}

const capture: SagaStep = {
  operation: 'bank/capture',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  async run({ payment, memory }, ports) {
    const amountFen = cashOf(memory.split)
    if (amountFen === 0) return done
    const heard = await bankOf(memory.bank, ports).capture({ key: captureKey(payment.number), hold: holdKey(payment.number), amountFen })
    return heard.outcome === 'captured' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
  },
  async ask(saga, ports) {
    if (cashOf(saga.memory.split) === 0) return done
    const heard = await bankOf(saga.memory.bank, ports).query({ key: captureKey(saga.payment.number) })
    if (heard.outcome === 'unheard-of') return capture.run(saga, ports)
    return heard.outcome === 'captured' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
  },
  async undo({ payment, memory }, ports) {
    if (memory.isCaptured !== true) return done
    const heard = await bankOf(memory.bank, ports).refund({
      key: refundKey(payment.number),
      capture: captureKey(payment.number),
      amountFen: cashOf(memory.split),
    })
    return heard.outcome === 'refunded' ? done : endOf(heard)
  },
  hanging: hangingCash,
}

const post: SagaStep = {
  operation: 'platform/post',
  stored: false,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  run: async (saga) => ({ end: 'done', postings: postingsOf(saga, 1) }),
  undo: async (saga) => ({ end: 'done', postings: postingsOf(saga, -1) }),
}

const notice: SagaStep = {
  operation: 'his/notice',
  stored: true,
  // The money has moved and the hospital shall hear of it, however long it is away.
  onSilence: 'go-on',
  onRefusal: 'go-back',
  async run({ payment, memory }, { his }) {
    const { site, bill, number } = payment
    const { split, settlement, terminal } = memory
    if (split === undefined || (settlement === undefined && memory.isSelfPaid !== true)) return { end: 'refused', reason: 'interrupted' }
    const heard = await his.notice({
      site,
      bill,
      attempt: number,
      totalFen: memory.totalFen ?? noMoney,
      split,
      ...(settlement === undefined ? {} : { settlement }),
      ...(terminal === undefined ? {} : { terminal }),
      payer: payerOf(payment, memory),
    })
    return heard.outcome === 'noted' ? done : endOf(heard)
  },
  /** A refund asks the hospital first: it agrees, or nothing goes back. */
  async undo({ payment: { site, bill, number }, memory: { refund, refundLines } }, { his }) {
    if (refund === undefined) return done
    const heard = await his.refund({ site, bill, attempt: number, refund, ...(refundLines === undefined ? {} : { lines: refundLines }) })
    if (heard.outcome !== 'refunded') return endOf(heard)
    return heard.rest === undefined ? done : { end: 'done', learnt: { restBill: heard.rest.bill } }
  },
}

/** The platform's own part of the e-invoice is the order it sends; nothing of it is kept. */
const prepareInvoice: SagaStep = {
  operation: 'platform/invoice',
  stored: false,
  onSilence: 'go-on',
  onRefusal: 'note',
  run: async () => done,
}

const invoice: SagaStep = {
  operation: 'his/invoice',
  stored: false,
  onSilence: 'go-on',
  onRefusal: 'note',
  async run({ payment: { site, bill, number } }, { his }) {
    const heard = await his.invoice({ site, bill, attempt: number })
    return heard.outcome === 'invoiced' ? { end: 'done', learnt: { invoice: `${heard.batchCode}-${heard.number}` } } : endOf(heard)
  },
}

export const sagaSteps: ReadonlyMap<string, SagaStep> = new Map(
  [order, presettle, authorize, collect, settle, capture, post, notice, prepareInvoice, invoice].map((step) => [step.operation, step]),
)

function claimedBill({ payment, memory }: SagaPayment): ClaimedBill {
  return { bill: payment.bill, totalFen: memory.totalFen ?? noMoney, coveredFen: memory.coveredFen ?? noMoney }
}

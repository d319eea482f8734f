/**
 * 离院结算: the visit's holds stand at the bank already. What they fall short of the patient's part is held on top, then the bank pays
 * the site once for the whole visit, and what was held too much is free again.
 */
import { fenOf } from '../../money/fen.ts'
import { hangingCash } from './postings.ts'
import { done, type SagaPayment, type SagaStep } from './saga-words.ts'
import { bankOf, captureKey, cashOf, endOf, holdKey, refundKey } from './step-parts.ts'

const ofVisit = ({ payment: { site }, memory: { agreement, visit } }: SagaPayment) =>
  agreement === undefined || visit === undefined ? undefined : { site, agreement, visit }

const topUp: SagaStep = {
  operation: 'bank/authorize',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  hasTombstone: true,
  async run(saga, ports) {
    const { payment, memory } = saga
    const cashFen = cashOf(memory.split)
    if (cashFen === 0) return done
    const visit = ofVisit(saga)
    if (visit === undefined) return { end: 'refused', reason: 'no-agreement' }
    const bank = bankOf(memory.bank, ports)
    const stands = await bank.visit(visit)
    if (stands.outcome !== 'visit') return endOf(stands)
    // Its own top-up is counted where a reply to it was lost.
    const topped = stands.holds.find(({ key }) => key === holdKey(payment.number))?.amountFen ?? 0
    if (topped > 0 || stands.heldFen >= cashFen) return done
    const heard = await bank.authorize({ key: holdKey(payment.number), ...visit, amountFen: fenOf(cashFen - stands.heldFen) })
    return heard.outcome === 'authorized' ? done : endOf(heard)
  },
  async undo({ payment, memory }, ports) {
    if (cashOf(memory.split) === 0 || memory.agreement === undefined || memory.isCaptured === true) return done
    const heard = await bankOf(memory.bank, ports).release({ hold: holdKey(payment.number) })
    return heard.outcome === 'released' ? done : endOf(heard)
  },
}

const settleVisit: SagaStep = {
  operation: 'bank/capture',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  async run(saga, ports) {
    const { payment, memory } = saga
    const amountFen = cashOf(memory.split)
    const visit = ofVisit(saga)
    if (amountFen === 0 || visit === undefined) return done
    const heard = await bankOf(memory.bank, ports).settleVisit({ key: captureKey(payment.number), ...visit, amountFen })
    return heard.outcome === 'captured' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
  },
  async ask(saga, ports) {
    if (cashOf(saga.memory.split) === 0) return done
    const heard = await bankOf(saga.memory.bank, ports).query({ key: captureKey(saga.payment.number) })
    if (heard.outcome === 'unheard-of') return settleVisit.run(saga, ports)
    return heard.outcome === 'captured' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
  },
  async undo({ payment, memory }, ports) {
    if (memory.isCaptured !== true) return done
    const capture = captureKey(payment.number)
    const heard = await bankOf(memory.bank, ports).refund({ key: refundKey(payment.number), capture, amountFen: cashOf(memory.split) })
    return heard.outcome === 'refunded' ? done : endOf(heard)
  },
  hanging: hangingCash,
}

/** Where leaving differs from the other modes. */
export const leavingSteps: ReadonlyMap<string, SagaStep> = new Map([topUp, settleVisit].map((step) => [step.operation, step]))

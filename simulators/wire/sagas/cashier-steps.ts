/**
 * What a hospital's own cashier does otherwise than the platform: it locks its own bill, posts in its own ledger, and takes the patient's
 * part at its own place, in cash, by a bank card or by a wallet's 付款码, before the insurer settles.
 */
import { collect } from './collect-step.ts'
import { hangingCash } from './postings.ts'
import { decoded } from './presettle-parts.ts'
import { done, type Ports, type SagaPayment, type SagaStep, type StepEnd } from './saga-words.ts'
import { bankOf, cashOf, debitKey, endOf, refundKey } from './step-parts.ts'
import { sagaSteps } from './steps.ts'

/** A kiosk reads the code before anything else and is told at once where it is none. */
const credential: SagaStep = {
  operation: 'bureau/credential',
  stored: false,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  async run(saga, ports) {
    if (saga.memory.isSelfPaid === true) return done
    const shown = await decoded(saga, ports)
    return 'end' in shown ? shown : done
  },
}

/** Cash moves from hand to hand; a card's money and a wallet's are asked for, and asked about. */
const take: SagaStep = {
  operation: 'till/collect',
  stored: true,
  onSilence: 'go-back',
  onRefusal: 'go-back',
  hasTombstone: true,
  async run(saga, ports) {
    const { payment, memory } = saga
    const amountFen = cashOf(memory.split)
    if (amountFen === 0) return done
    switch (memory.tender) {
      case 'cash': {
        const heard = await drawersOf(ports).putIn({ ...drawerOf(saga), amountFen })
        return heard.outcome === 'in-drawer' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
      }
      case 'bank': {
        const { bank, agreement = '' } = memory
        const debit = { key: debitKey(payment.number), agreement, site: payment.site, amountFen }
        const heard = await bankOf(bank, ports).debit(debit)
        return heard.outcome === 'debited' ? { end: 'done', learnt: { isCaptured: true } } : endOf(heard)
      }
      case 'code':
        return collect.run(saga, ports)
      default:
        return { end: 'refused', reason: 'no-tender' }
    }
  },
  async ask(saga, ports) {
    const { payment, memory } = saga
    if (memory.tender === 'code') return collect.ask?.(saga, ports) ?? done
    if (memory.tender === 'bank' && cashOf(memory.split) > 0) {
      const heard = await bankOf(memory.bank, ports).query({ key: debitKey(payment.number) })
      if (heard.outcome === 'debited') return { end: 'done', learnt: { isCaptured: true } }
      if (heard.outcome !== 'unheard-of') return endOf(heard)
    }
    return take.run(saga, ports)
  },
  async undo(saga, ports) {
    const { memory } = saga
    if (cashOf(memory.split) === 0) return done
    switch (memory.tender) {
      case 'cash': {
        const heard = await drawersOf(ports).takeOut(drawerOf(saga))
        return heard.outcome === 'taken-out' ? done : endOf(heard)
      }
      case 'bank':
        return memory.isCaptured === true ? refundToCard(saga, ports) : reverseAtBank(saga, ports)
      case 'code':
        return collect.undo?.(saga, ports) ?? done
      default:
        return done
    }
  },
  hanging: hangingCash,
}

/** The debit nobody knows the end of: reversed or buried (冲正); once its accounting day is closed it goes back as a refund. */
async function reverseAtBank(saga: SagaPayment, ports: Ports): Promise<StepEnd> {
  const heard = await bankOf(saga.memory.bank, ports).reverse({ key: debitKey(saga.payment.number) })
  if (heard.outcome === 'refused' && heard.reason === 'too-late-to-reverse') return refundToCard(saga, ports)
  return heard.outcome === 'reversed' || (heard.outcome === 'refused' && heard.reason === 'refunded-already') ? done : endOf(heard)
}

async function refundToCard({ payment: { number }, memory }: SagaPayment, ports: Ports): Promise<StepEnd> {
  const asked = { key: refundKey(number), capture: debitKey(number), amountFen: cashOf(memory.split) }
  const heard = await bankOf(memory.bank, ports).refund(asked)
  return heard.outcome === 'refunded' ? done : endOf(heard)
}

const drawerOf = ({ payment: { site, number }, memory: { terminal = '', refundTerminal = terminal } }: SagaPayment) => ({
  site,
  terminal: refundTerminal,
  attempt: number,
})

function drawersOf({ drawers }: Ports) {
  if (drawers === undefined) throw new Error('there is no cash drawer here')
  return drawers
}

const named = (operation: string, step: SagaStep | undefined): SagaStep => {
  if (step === undefined) throw new Error(`no step to stand for ${operation}`)
  return { ...step, operation }
}

/** The hospital's own steps, by what stands for them in its plan. */
export const cashierSteps = {
  lock: named('his/lock', sagaSteps.get('platform/order')),
  credential,
  takeAtWindow: take,
  takeAtKiosk: named('bank/debit', take),
  post: named('his/post', sagaSteps.get('platform/post')),
  invoice: named('his/invoice', sagaSteps.get('his/invoice')),
} as const

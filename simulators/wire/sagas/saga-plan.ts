/** Which steps a payment takes: the platform's part of the city's message table, in its order. */
import { type Errand, errands, walletErrands } from '../../platform/errands.ts'
import { type CollectMode, isCashierMode } from '../desks/payment-desk.ts'
import { cashierSteps } from './cashier-steps.ts'
import { leavingSteps } from './leaving-steps.ts'
import type { SagaStep } from './saga-words.ts'
import { sagaSteps } from './steps.ts'

export interface SagaPlan {
  readonly steps: readonly SagaStep[]
  /** So many steps are done when the payment counts as paid and the patient may go; the rest runs by itself. */
  readonly released: number
}

export const errandOf: Readonly<Record<CollectMode, string>> = {
  credit: 'credit-payment',
  phone: 'phone-payment',
  'in-consult': 'in-consult-payment',
  scan: 'scan-payment',
  leaving: 'settle-on-leaving',
  window: 'window-payment',
  kiosk: 'kiosk-payment',
}

const plans = new Map<string, SagaPlan>()

export function sagaPlan(mode: CollectMode): SagaPlan {
  const known = plans.get(mode)
  if (known !== undefined) return known
  const errand = [...errands, ...walletErrands].find(({ name }) => name === errandOf[mode])
  if (errand === undefined) throw new Error(`the message table has no errand ${errandOf[mode]}`)
  const plan = isCashierMode(mode) ? cashierPlan(errand) : platformPlan(mode, errand)
  plans.set(mode, plan)
  return plan
}

function platformPlan(mode: CollectMode, errand: Errand): SagaPlan {
  // What reaches an entry has reached it before the platform hears of the payment.
  const ours = (messages: typeof errand.messages) => messages.filter(({ leg }) => leg !== 'entry')
  const steps = ours(errand.messages).map(({ operation }) => {
    return (mode === 'leaving' ? leavingSteps.get(operation) : undefined) ?? stepOf(operation)
  })
  return { steps, released: ours(errand.messages.slice(0, errand.released)).length }
}

/**
 * A hospital's own: the table has what it sends to others and its one notice, and between them stands what it does in its own books. The
 * patient goes with the bill noted as paid, so that a receipt is never taken back; the invoice follows.
 */
function cashierPlan({ messages }: Errand): SagaPlan {
  const operations = messages.map(({ operation }) => operation)
  const takesInTable = operations.includes('bank/debit')
  const steps = operations.flatMap((operation) => {
    switch (operation) {
      case 'bureau/credential':
        return [cashierSteps.credential]
      case 'bank/debit':
        return [cashierSteps.takeAtKiosk]
      case 'bureau/settle':
        return takesInTable ? [stepOf(operation)] : [cashierSteps.takeAtWindow, stepOf(operation)]
      case 'his/notice':
        return [cashierSteps.post, stepOf(operation)]
      default:
        return [stepOf(operation)]
    }
  })
  return { steps: [cashierSteps.lock, ...steps, cashierSteps.invoice], released: steps.length + 1 }
}

function stepOf(operation: string): SagaStep {
  const step = sagaSteps.get(operation)
  if (step === undefined) throw new Error(`no step for ${operation} of the message table`)
  return step
}

/** Which steps a payment takes: the platform's part of the city's message table, in its order. */
import { errands, walletErrands } from '../../platform/errands.ts'
import type { PlatformMode } from '../desks/payment-desk.ts'
import { leavingSteps } from './leaving-steps.ts'
import type { SagaStep } from './saga-words.ts'
import { sagaSteps } from './steps.ts'

export interface SagaPlan {
  readonly steps: readonly SagaStep[]
  /** So many steps are done when the payment counts as paid and the patient may go; the rest runs by itself. */
  readonly released: number
}

export const errandOf: Readonly<Record<PlatformMode, string>> = {
  credit: 'credit-payment',
  phone: 'phone-payment',
  'in-consult': 'in-consult-payment',
  scan: 'scan-payment',
  leaving: 'settle-on-leaving',
}

const plans = new Map<string, SagaPlan>()

export function sagaPlan(mode: PlatformMode): SagaPlan {
  const known = plans.get(mode)
  if (known !== undefined) return known
  const errand = [...errands, ...walletErrands].find(({ name }) => name === errandOf[mode])
  if (errand === undefined) throw new Error(`the message table has no errand ${errandOf[mode]}`)
  // What reaches an entry has reached it before the platform hears of the payment.
  const ours = (messages: typeof errand.messages) => messages.filter(({ leg }) => leg !== 'entry')
  const steps = ours(errand.messages).map(({ operation }) => {
    const step = (mode === 'leaving' ? leavingSteps.get(operation) : undefined) ?? sagaSteps.get(operation)
    if (step === undefined) throw new Error(`no step for ${operation} of the message table`)
    return step
  })
  const plan = { steps, released: ours(errand.messages.slice(0, errand.released)).length }
  plans.set(mode, plan)
  return plan
}

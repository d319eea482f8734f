/** What payments tell their operator, whoever drives them. */
import { type ActorLog, mistakeOf } from '../server/actor-log.ts'
import type { PaymentOptions } from './payments.ts'

export function paymentLog(log: ActorLog): Required<Pick<PaymentOptions, 'report' | 'takenOver' | 'fencedOff' | 'deadEnd'>> {
  return {
    report: (error) => log.tell('own-mistake', mistakeOf(error)),
    takenOver: ({ number: payment, bill, site, fence }) => log.tell('payment-taken-over', { payment, bill, site, fence }),
    fencedOff: ({ number: payment }) => log.tell('payment-fenced-off', { payment }),
    deadEnd: ({ number: payment, bill, site }, step, hanging) => {
      const suspense = hanging.find(({ account }) => account === 'suspense')
      log.tell('payment-at-dead-end', { payment, bill, site, step, hangingFen: 0 - (suspense?.amountFen ?? 0) })
    },
  }
}

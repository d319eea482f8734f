/** The platform's payments as Prometheus sees them: ends by mode, what is open, what is in doubt; per site a counter and nothing else. */
import { Counter, type Registry } from 'prom-client'
import { gauge } from '../server/metrics.ts'
import type { LedgerPayment, PaymentState } from '../stores/ledger.ts'

export interface PaymentCounter {
  /** Told of each state of a payment that a patient would want to know. */
  reached(payment: Pick<LedgerPayment, 'mode' | 'site'>, state: PaymentState): void
  /** The ledger refused a write: another process has the payment now. */
  fencedOff(): void
}

/** @param desk what is under way in this process; @param room how much may be; @param telling who waits to be told */
export function paymentCounter(
  registry: Registry,
  desk: { readonly underWay: number; readonly inDoubt: number },
  room: { readonly limit: number },
  telling: { readonly waiting: number; readonly isTelling: boolean },
): PaymentCounter {
  const states = new Counter({
    name: 'medpay_payments_total',
    help: 'Payments that reached this state in this process: paid, refused, undone, in-doubt (which may be paid later)',
    labelNames: ['mode', 'state'] as const,
    registers: [registry],
  })
  const ofSite = new Counter({
    name: 'medpay_site_payments_total',
    help: 'Payments paid in this process, by site',
    labelNames: ['site'] as const,
    registers: [registry],
  })
  const fenced = new Counter({
    name: 'medpay_fenced_off_total',
    help: 'Writes of this process that the ledger refused because another process had taken the payment over',
    registers: [registry],
  })
  gauge(registry, 'medpay_payments_open', 'Payments under way in this process', () => desk.underWay)
  gauge(
    registry,
    'medpay_payments_limit',
    'Payments under way at most, now: less than the most where the process is short of time',
    () => room.limit,
  )
  gauge(registry, 'medpay_notices_waiting', 'Notices not heard so far that this process will tell again', () => telling.waiting)
  gauge(registry, 'medpay_notices_telling', '1 while callers are being told', () => (telling.isTelling ? 1 : 0))
  gauge(registry, 'medpay_payments_in_doubt', 'Payments under way whose outcome nobody knows yet', () => desk.inDoubt)
  return {
    reached({ mode, site }, state) {
      states.inc({ mode, state })
      if (state === 'paid') ofSite.inc({ site: String(site) })
    },
    fencedOff: () => fenced.inc(),
  }
}

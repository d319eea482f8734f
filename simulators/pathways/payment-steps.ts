/**
 * Paying at one point of a visit, in each of the four modes: 窗口 · 自助机 · 诊间移动支付 · 脱卡信用付费, with what follows when one fails.
 * Written once, since a patient pays alike before an examination and before the pharmacy.
 */
import type { PaymentPoint, Step } from './pathway.ts'

/** The steps named `<name>` (the choice) and `<name>-…` (the ways); every way ends at `next`. */
export function paymentSteps(name: string, point: PaymentPoint, next: string): Readonly<Record<string, Step>> {
  const window = `${name}-window`
  const kiosk = `${name}-kiosk`
  const phone = `${name}-phone`
  return {
    [name]: { does: 'by-trait', trait: 'payment-mode', ways: [`${name}-walk`, `${name}-kiosk-walk`, phone, `${name}-credit`] },

    [`${name}-walk`]: { does: 'delay', for: 'walk', next: window },
    [window]: {
      does: 'serve',
      at: 'cashier-window',
      for: 'service/cashier-window',
      errand: 'window-payment',
      point,
      otherwise: { window },
      next: `${name}-walk-on`,
    },

    [`${name}-kiosk-walk`]: { does: 'delay', for: 'walk', next: kiosk },
    [kiosk]: { does: 'by-trait', trait: 'self-service', ways: [`${name}-kiosk-alone`, `${name}-kiosk-help`, `${name}-kiosk-given-up`] },
    [`${name}-kiosk-help`]: { does: 'serve', at: 'volunteer-desk', for: 'service/volunteer-desk', next: `${name}-kiosk-alone` },
    [`${name}-kiosk-alone`]: {
      does: 'serve',
      at: 'kiosk',
      for: 'service/kiosk',
      errand: 'kiosk-payment',
      point,
      otherwise: { window },
      next: `${name}-walk-on`,
    },
    // Who does not manage has stood at the kiosk all the same.
    [`${name}-kiosk-given-up`]: { does: 'serve', at: 'kiosk', for: 'service/kiosk', next: window },

    [phone]: { does: 'by-trait', trait: 'self-service', ways: [`${name}-phone-handling`, `${name}-phone-help`, `${name}-phone-given-up`] },
    [`${name}-phone-help`]: { does: 'serve', at: 'volunteer-desk', for: 'service/volunteer-desk', next: `${name}-phone-handling` },
    [`${name}-phone-handling`]: { does: 'delay', for: 'phone-handling', next: `${name}-phone-pay` },
    [`${name}-phone-pay`]: {
      does: 'pay',
      errand: 'phone-payment',
      point,
      otherwise: { window: `${name}-walk`, kiosk: `${name}-kiosk-walk` },
      next: `${name}-walk-on`,
    },
    [`${name}-phone-given-up`]: { does: 'delay', for: 'phone-handling', next: `${name}-walk` },

    [`${name}-credit`]: {
      does: 'pay-walking',
      for: 'walk',
      errand: 'credit-payment',
      point,
      otherwise: { window, kiosk: `${name}-kiosk-alone`, phone: `${name}-phone-handling` },
      next,
    },

    [`${name}-walk-on`]: { does: 'delay', for: 'walk', next },
  }
}

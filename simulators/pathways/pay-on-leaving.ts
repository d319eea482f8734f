import type { Pathway } from './pathway.ts'

/**
 * 先诊疗后付费 (Tianjin, S4 §2.2): within the credit limit nothing is paid on the way; one settlement at a kiosk or window before leaving.
 * The bill of the whole visit stands at payment point 2.
 */
export const payOnLeaving: Pathway = {
  name: 'pay-on-leaving',
  begin: 'check-in',
  steps: {
    'check-in': { does: 'serve', at: 'kiosk', for: 'service/kiosk', next: 'to-consult' },
    'to-consult': { does: 'delay', for: 'walk', next: 'consult' },
    consult: { does: 'serve', at: 'consulting-room', for: 'first-consult', next: 'examined' },
    examined: { does: 'by-trait', trait: 'examination', ways: ['drugs', 'laboratory', 'imaging', 'laboratory-first'] },
    laboratory: { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'results' },
    imaging: { does: 'serve', at: 'imaging', for: 'service/imaging', next: 'results' },
    'laboratory-first': { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'to-imaging' },
    'to-imaging': { does: 'delay', for: 'walk', next: 'imaging' },
    results: { does: 'delay', for: 'result-delay', next: 'return-consult' },
    'return-consult': { does: 'serve', at: 'consulting-room', for: 'return-consult', next: 'drugs' },
    drugs: { does: 'by-trait', trait: 'drugs', ways: ['to-settle', 'pharmacy'] },
    pharmacy: { does: 'serve', at: 'pharmacy-window', for: 'service/pharmacy-window', next: 'to-settle' },
    'to-settle': { does: 'delay', for: 'walk', next: 'settle' },
    settle: {
      does: 'serve',
      at: 'kiosk',
      for: 'service/kiosk',
      errand: 'settle-on-leaving',
      point: 2,
      otherwise: { window: 'settle-window' },
      next: 'leave',
    },
    'settle-window': {
      does: 'serve',
      at: 'cashier-window',
      for: 'service/cashier-window',
      errand: 'window-payment',
      point: 2,
      otherwise: { window: 'settle-window' },
      next: 'leave',
    },
    leave: { does: 'leave' },
  },
}

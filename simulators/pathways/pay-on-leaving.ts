import type { Pathway, PaymentPoint, Step } from './pathway.ts'

/**
 * 先诊疗后付费 (Tianjin, S4 §2.2): within the credit limit nothing is paid on the way, only held; one settlement at a kiosk or window
 * before leaving. The bill of the whole visit stands at payment point 2.
 *
 * ASSUMPTION: who is above the limit is treated all the same and told when leaving, at the window; so is everybody while the bank is silent.
 */
export const payOnLeaving: Pathway = {
  name: 'pay-on-leaving',
  begin: 'check-in',
  steps: {
    'check-in': { does: 'serve', at: 'kiosk', for: 'service/kiosk', next: 'to-consult' },
    'to-consult': held('hold-registration', 0, 'consult'),
    consult: { does: 'serve', at: 'consulting-room', for: 'first-consult', next: 'examined' },
    examined: { does: 'by-trait', trait: 'examination', ways: ['drugs', 'to-examination', 'to-examination', 'to-examination'] },
    'to-examination': held('hold-examination', 1, 'examination'),
    examination: { does: 'by-trait', trait: 'examination', ways: ['results', 'laboratory', 'imaging', 'laboratory-first'] },
    laboratory: { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'results' },
    imaging: { does: 'serve', at: 'imaging', for: 'service/imaging', next: 'results' },
    'laboratory-first': { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'to-imaging' },
    'to-imaging': { does: 'delay', for: 'walk', next: 'imaging' },
    results: { does: 'delay', for: 'result-delay', next: 'return-consult' },
    'return-consult': { does: 'serve', at: 'consulting-room', for: 'return-consult', next: 'drugs' },
    drugs: { does: 'by-trait', trait: 'drugs', ways: ['goes', 'to-pharmacy'] },
    'to-pharmacy': held('hold-drugs', 2, 'pharmacy'),
    pharmacy: { does: 'serve', at: 'pharmacy-window', for: 'service/pharmacy-window', next: 'goes' },
    goes: { does: 'by-trait', trait: 'leaves-unsettled', ways: ['to-settle', 'leave'] },

    'to-settle': { does: 'delay', for: 'walk', next: 'settle-way' },
    'settle-way': { does: 'by-trait', trait: 'self-service', ways: ['settle', 'settle-help', 'settle-at-window'] },
    'settle-help': { does: 'serve', at: 'volunteer-desk', for: 'service/volunteer-desk', next: 'settle' },
    settle: {
      does: 'serve',
      at: 'kiosk',
      for: 'service/kiosk',
      errand: 'settle-on-leaving',
      point: 2,
      otherwise: { window: 'settle-window' },
      next: 'leave',
    },
    'settle-at-window': {
      does: 'serve',
      at: 'cashier-window',
      for: 'service/cashier-window',
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

/** Walks on while the amount of a bill is held; refused or unanswered, care goes on. */
function held(errand: string, point: PaymentPoint, next: string): Step {
  return { does: 'pay-walking', for: 'walk', errand, point, otherwise: { window: next }, next }
}

import type { Pathway } from './pathway.ts'
import { paymentSteps } from './payment-steps.ts'

/**
 * 门诊就诊. Registration → the department's doctor → examination paid and done → the doctor again → drugs paid and fetched.
 * At windows a patient with an examination and drugs joins 7 lines, 8 with laboratory and imaging: the 7–8 of the sources (S1 §3).
 */
export const outpatientVisit: Pathway = {
  name: 'outpatient-visit',
  begin: 'register',
  steps: {
    register: { does: 'by-trait', trait: 'registration-way', ways: ['check-in', 'register-child', 'register-kiosk', 'register-window'] },

    // 预约: the place is booked, the number is taken and the fee paid at a kiosk; who cannot, goes to the window.
    'check-in': { does: 'by-trait', trait: 'self-service', ways: ['register-kiosk-alone', 'register-kiosk-help', 'register-window'] },
    'register-window': {
      does: 'serve',
      at: 'registration-window',
      for: 'service/registration-window',
      errand: 'window-registration',
      point: 0,
      otherwise: { window: 'register-window' },
      next: 'to-consult',
    },
    'register-kiosk': {
      does: 'by-trait',
      trait: 'self-service',
      ways: ['register-kiosk-alone', 'register-kiosk-help', 'register-kiosk-given-up'],
    },
    'register-kiosk-help': { does: 'serve', at: 'volunteer-desk', for: 'service/volunteer-desk', next: 'register-kiosk-alone' },
    'register-kiosk-alone': {
      does: 'serve',
      at: 'kiosk',
      for: 'service/kiosk',
      errand: 'kiosk-registration',
      point: 0,
      otherwise: { window: 'register-window' },
      next: 'to-consult',
    },
    'register-kiosk-given-up': { does: 'serve', at: 'kiosk', for: 'service/kiosk', next: 'register-window' },

    // 手机挂号. A child's credential is asked for through the guardian's family code (亲属随申码) first.
    'register-child': { does: 'by-trait', trait: 'child', ways: ['register-phone', 'family-code'] },
    'family-code': {
      does: 'pay',
      errand: 'family-code',
      otherwise: { window: 'register-window', kiosk: 'register-kiosk-alone' },
      next: 'register-phone',
    },
    'register-phone': {
      does: 'by-trait',
      trait: 'self-service',
      ways: ['register-phone-handling', 'register-phone-help', 'register-phone-given-up'],
    },
    'register-phone-help': { does: 'serve', at: 'volunteer-desk', for: 'service/volunteer-desk', next: 'register-phone-handling' },
    'register-phone-handling': { does: 'delay', for: 'phone-handling', next: 'register-phone-pay' },
    'register-phone-pay': {
      does: 'pay',
      errand: 'phone-registration',
      point: 0,
      otherwise: { window: 'register-window', kiosk: 'register-kiosk-alone' },
      next: 'to-consult',
    },
    'register-phone-given-up': { does: 'delay', for: 'phone-handling', next: 'register-window' },

    'to-consult': { does: 'delay', for: 'walk', next: 'consult' },
    consult: { does: 'serve', at: 'consulting-room', for: 'first-consult', next: 'examined' },
    examined: { does: 'by-trait', trait: 'examination', ways: ['drugs', 'pay-examination', 'pay-examination', 'pay-examination'] },

    ...paymentSteps('pay-examination', 1, 'examination'),
    examination: { does: 'by-trait', trait: 'examination', ways: ['results', 'laboratory', 'imaging', 'laboratory-first'] },
    laboratory: { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'results' },
    imaging: { does: 'serve', at: 'imaging', for: 'service/imaging', next: 'results' },
    'laboratory-first': { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'to-imaging' },
    'to-imaging': { does: 'delay', for: 'walk', next: 'imaging' },
    results: { does: 'delay', for: 'result-delay', next: 'return-consult' },
    'return-consult': { does: 'serve', at: 'consulting-room', for: 'return-consult', next: 'drugs' },

    drugs: { does: 'by-trait', trait: 'drugs', ways: ['leave', 'pay-drugs'] },
    ...paymentSteps('pay-drugs', 2, 'pharmacy'),
    pharmacy: { does: 'serve', at: 'pharmacy-window', for: 'service/pharmacy-window', next: 'leave' },
    leave: { does: 'leave' },
  },
}

import type { Pathway } from './pathway.ts'
import { paymentSteps } from './payment-steps.ts'

/** 急诊: seen in order of triage round the clock, treated first and paid once, by card at the window or by phone. */
export const emergencyVisit: Pathway = {
  name: 'emergency-visit',
  begin: 'treat',
  steps: {
    treat: { does: 'serve', at: 'emergency-room', for: 'service/emergency-room', next: 'examined' },
    examined: { does: 'by-trait', trait: 'examination', ways: ['pay', 'laboratory', 'imaging', 'laboratory-first'] },
    laboratory: { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'results' },
    imaging: { does: 'serve', at: 'imaging', for: 'service/imaging', next: 'results' },
    'laboratory-first': { does: 'serve', at: 'laboratory', for: 'service/laboratory', next: 'to-imaging' },
    'to-imaging': { does: 'delay', for: 'walk', next: 'imaging' },
    results: { does: 'delay', for: 'result-delay', next: 'review' },
    review: { does: 'serve', at: 'emergency-room', for: 'return-consult', next: 'pay' },
    ...paymentSteps('pay', 2, 'drugs'),
    drugs: { does: 'by-trait', trait: 'drugs', ways: ['leave', 'pharmacy'] },
    pharmacy: { does: 'serve', at: 'pharmacy-window', for: 'service/pharmacy-window', next: 'leave' },
    leave: { does: 'leave' },
  },
}

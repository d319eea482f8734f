import type { Pathway } from './pathway.ts'

/** 互联网医院: an online visit, paid through the platform; it loads the shared parties and joins no line. */
export const internetVisit: Pathway = {
  name: 'internet-visit',
  begin: 'pay',
  steps: { pay: { does: 'pay', errand: 'internet-payment', point: 2, otherwise: {}, next: 'leave' }, leave: { does: 'leave' } },
}

/** 定点药店: a purchase settled with the insurer at the shop's counter (2102). */
export const pharmacyPurchase: Pathway = {
  name: 'pharmacy-purchase',
  begin: 'pay',
  steps: { pay: { does: 'pay', errand: 'pharmacy-settlement', point: 2, otherwise: {}, next: 'leave' }, leave: { does: 'leave' } },
}

/** 信用就医签约: activate the credential, credit assessment, choice of one bank, one-tap signing and the grant (S1 §2). */
export const creditSignUp: Pathway = {
  name: 'credit-sign-up',
  begin: 'assess',
  steps: { assess: { does: 'pay', errand: 'credit-sign-up', otherwise: {}, next: 'leave' }, leave: { does: 'leave' } },
}

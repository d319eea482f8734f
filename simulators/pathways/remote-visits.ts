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

/**
 * 信用就医签约 (S1 §2, §3): activate the credential and be assessed, then sign with one bank in one tap; who has no card applies for a
 * digital one first, who wants more than was granted asks for a raised limit afterwards, and who is refused leaves without signing.
 */
export const creditSignUp: Pathway = {
  name: 'credit-sign-up',
  begin: 'assess',
  steps: {
    assess: { does: 'pay', errand: 'credit-assessment', otherwise: {}, next: 'assessed' },
    assessed: { does: 'by-trait', trait: 'sign-up', ways: ['sign', 'apply-for-card', 'sign-for-more', 'leave'] },
    sign: { does: 'pay', errand: 'credit-signing', otherwise: {}, next: 'leave' },
    'apply-for-card': { does: 'pay', errand: 'digital-card', otherwise: {}, next: 'sign' },
    'sign-for-more': { does: 'pay', errand: 'credit-signing', otherwise: {}, next: 'raise' },
    raise: { does: 'pay', errand: 'limit-raise', otherwise: {}, next: 'leave' },
    leave: { does: 'leave' },
  },
}

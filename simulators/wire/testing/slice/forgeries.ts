/** Forgeries of sound books for every rule of the auditor: for each thing a rule looks at, the smallest change that breaks it. */
import type { RuleName } from '../../audit/rule-words.ts'
import { forgedBills } from './forged-bills.ts'
import { forgedCredit } from './forged-credit.ts'
import { forgedEffects } from './forged-effects.ts'
import { forgedReview } from './forged-review.ts'
import { forgedTarget } from './forged-target.ts'
import { forgedValidity } from './forged-validity.ts'
import type { Forgeries } from './forging.ts'

export const forgeries: Forgeries<RuleName> = {
  ...forgedValidity,
  ...forgedBills,
  ...forgedEffects,
  ...forgedTarget,
  ...forgedReview,
  ...forgedCredit,
}

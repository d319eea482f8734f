/** `refunds:` of a scenario file: bills that go back the way they were paid, each number with its warrant. */
import { z } from 'zod'
import { one, share } from './warranted.ts'

export const refundsSchema = z.strictObject({
  share: share().describe('Of outpatient visits that paid for an examination or drugs, those whose last bill goes back (退费).'),
  partShare: share().describe('Of these, the ones of which a part goes back: what stands is charged anew and paid the same way.'),
  keptShare: share().describe('What stands of a bill of which a part goes back.'),
  afterSeconds: one({ min: 1, max: 86_400 }).describe(
    'From its payment to the asking. A window played over HTTP holds the refunds that fall into it.',
  ),
})

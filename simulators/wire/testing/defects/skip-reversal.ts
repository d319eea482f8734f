import { changed, type Defect } from './defect.ts'

/** A refund gives the patient's money back and forgets the insurer's. */
export const skipReversal: Defect = {
  name: 'skip-reversal',
  title: { zh: '退费时漏做医保反交易', en: 'A refund leaves the settlement standing' },
  of: 'platform',
  caughtBy: 'reversal-complete',
  make: () => ({
    ports: ({ bureau }) => ({
      bureau: changed(bureau, { reverse: async () => ({ outcome: 'refused', reason: 'already-reversed' }) }),
    }),
  }),
}

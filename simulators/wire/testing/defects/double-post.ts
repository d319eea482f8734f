import type { Posting } from '../../stores/ledger.ts'
import { changed, type Defect } from './defect.ts'

/** What is posted is posted twice over: it still adds up to zero. */
export const doublePost: Defect = {
  name: 'double-post',
  title: { zh: '分录重复记账', en: 'Each posting counts twice' },
  of: 'platform',
  caughtBy: 'journal-rows-match',
  make: () => {
    const twice = (posting: Posting): Posting => ({ ...posting, amountFen: 2 * posting.amountFen })
    return {
      ledger: (ledger) => changed(ledger, { advance: (step) => ledger.advance({ ...step, postings: step.postings.map(twice) }) }),
    }
  },
}

import { changed, type Defect } from './defect.ts'

/** Money moves and the journal never hears of it. */
export const forgetToPost: Defect = {
  name: 'forget-to-post',
  title: { zh: '支付成功而漏记分录', en: 'A payment is never posted' },
  of: 'platform',
  caughtBy: 'journal-rows-match',
  make: () => ({ ledger: (ledger) => changed(ledger, { advance: (step) => ledger.advance({ ...step, postings: [] }) }) }),
}

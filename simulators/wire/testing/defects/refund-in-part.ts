import { fenOf } from '../../../money/fen.ts'
import { changed, type Defect } from './defect.ts'

/** A refund keeps a fee nobody agreed to. */
export const refundInPart: Defect = {
  name: 'refund-in-part',
  title: { zh: '退费少退一分', en: 'A refund gives one fen too little' },
  of: 'platform',
  caughtBy: 'reversal-complete',
  make: () => ({
    ports: ({ bankOf }) => ({
      bankOf: (name) => {
        const bank = bankOf(name)
        return bank && changed(bank, { refund: (asked) => bank.refund({ ...asked, amountFen: fenOf(Math.max(1, asked.amountFen - 1)) }) })
      },
    }),
  }),
}

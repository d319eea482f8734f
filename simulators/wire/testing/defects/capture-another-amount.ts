import { fenOf } from '../../../money/fen.ts'
import { changed, type Defect } from './defect.ts'

/** One fen less is taken than was settled. */
export const captureAnotherAmount: Defect = {
  name: 'capture-another-amount',
  title: { zh: '扣款金额与结算差一分', en: 'One fen less is captured than was settled' },
  of: 'platform',
  caughtBy: 'three-way-match',
  make: () => ({
    ports: ({ bankOf }) => ({
      bankOf: (name) => {
        const bank = bankOf(name)
        return bank && changed(bank, { capture: (asked) => bank.capture({ ...asked, amountFen: fenOf(Math.max(1, asked.amountFen - 1)) }) })
      },
    }),
  }),
}

import { fenOf } from '../../../money/fen.ts'
import { changed, type Defect } from './defect.ts'

/** The patient's part, whole fen already, is rounded once more, down to 角. */
export const roundTwice: Defect = {
  name: 'round-twice',
  title: { zh: '现金部分二次取整到角', en: "The patient's part is rounded a second time, to 角" },
  of: 'platform',
  caughtBy: 'three-way-match',
  make: () => ({
    ports: ({ bankOf }) => ({
      bankOf: (name) => {
        const bank = bankOf(name)
        return (
          bank &&
          changed(bank, { capture: (asked) => bank.capture({ ...asked, amountFen: fenOf(asked.amountFen - (asked.amountFen % 10)) }) })
        )
      },
    }),
  }),
}

import type { AuthorizeRequest } from '../../desks/bank-desk.ts'
import { changed, type Defect } from './defect.ts'

/** A second process takes up a saga that is not free, and makes its keys from its own fence. */
export const resumeTwice: Defect = {
  name: 'resume-twice',
  title: { zh: '同一支付被两个进程接续', en: 'A payment is resumed by two processes at once' },
  of: 'platform',
  caughtBy: 'bill-paid-once',
  make: () => {
    const holds = new Map<string, AuthorizeRequest>()
    return {
      ports: ({ bankOf }) => ({
        bankOf: (name) => {
          const bank = bankOf(name)
          return (
            bank &&
            changed(bank, {
              authorize: (asked) => {
                holds.set(asked.key, asked)
                return bank.authorize(asked)
              },
              capture: async (asked) => {
                const hold = holds.get(asked.hold)
                if (hold !== undefined) {
                  await bank.authorize({ ...hold, key: `${hold.key}-2` })
                  await bank.capture({ ...asked, key: `${asked.key}-2`, hold: `${hold.key}-2` })
                }
                return bank.capture(asked)
              },
            })
          )
        },
      }),
    }
  },
}

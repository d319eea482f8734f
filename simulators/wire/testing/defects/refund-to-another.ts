import type { CaptureRequest } from '../../desks/bank-desk.ts'
import { changed, type Defect } from './defect.ts'

/** The money goes back to whoever paid enough before. */
export const refundToAnother: Defect = {
  name: 'refund-to-another',
  title: { zh: '退费退到他人的支付', en: "A refund goes to somebody else's payment" },
  of: 'platform',
  caughtBy: 'refund-by-original-route',
  make: () => {
    const captured: CaptureRequest[] = []
    return {
      ports: ({ bankOf }) => ({
        bankOf: (name) => {
          const bank = bankOf(name)
          return (
            bank &&
            changed(bank, {
              capture: (asked) => {
                captured.push(asked)
                return bank.capture(asked)
              },
              refund: (asked) => {
                const other = captured.find(({ key, amountFen }) => key !== asked.capture && amountFen >= asked.amountFen)
                return bank.refund({ ...asked, capture: other?.key ?? asked.capture })
              },
            })
          )
        },
      }),
    }
  },
}

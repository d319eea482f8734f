import { changed, type Defect } from './defect.ts'

/** The agreement of the patient before is still in hand. */
export const chargeAnother: Defect = {
  name: 'charge-another',
  title: { zh: '占用他人的信用额度', en: "Another person's line of credit is used" },
  of: 'platform',
  caughtBy: 'paid-by-own-person',
  make: () => {
    let before: string | undefined
    return {
      ports: ({ bankOf }) => ({
        bankOf: (name) => {
          const bank = bankOf(name)
          return (
            bank &&
            changed(bank, {
              authorize: (asked) => {
                const agreement = before ?? asked.agreement
                before = asked.agreement
                return bank.authorize({ ...asked, agreement })
              },
            })
          )
        },
      }),
    }
  },
}

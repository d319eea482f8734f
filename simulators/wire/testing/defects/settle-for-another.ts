import { changed, type Defect } from './defect.ts'

/** The credential of the patient before is still in hand. */
export const settleForAnother: Defect = {
  name: 'settle-for-another',
  title: { zh: '以他人凭证结算', en: 'A bill is settled for another person' },
  of: 'platform',
  caughtBy: 'settled-for-own-person',
  make: () => {
    let before: string | undefined
    return {
      ports: ({ bureau }) => ({
        bureau: changed(bureau, {
          decode: (asked) => {
            const qr = before ?? asked.qr
            before = asked.qr
            return bureau.decode({ ...asked, qr })
          },
        }),
      }),
    }
  },
}

import { changed, type Defect } from './defect.ts'

/** The hospital hears “paid” on the trial's word, before anything is settled. */
export const confirmBeforeSettle: Defect = {
  name: 'confirm-before-settle',
  title: { zh: '未结算先通知医院', en: 'The hospital is told before the insurer has settled' },
  of: 'platform',
  caughtBy: 'notice-after-settlement',
  make: () => {
    const attemptOf = new Map<string, string>()
    return {
      ports: ({ bureau, his }) => ({
        his: changed(his, {
          open: (asked) => {
            attemptOf.set(asked.bill, asked.attempt)
            return his.open(asked)
          },
          notice: async () => ({ outcome: 'noted' }),
        }),
        bureau: changed(bureau, {
          presettle: async (asked) => {
            const heard = await bureau.presettle(asked)
            const [bill] = asked.bills
            if (heard.outcome !== 'presettled' || bill === undefined) return heard
            const { split, trial: settlement } = heard
            const attempt = attemptOf.get(bill.bill) ?? ''
            await his.notice({ site: asked.site, bill: bill.bill, attempt, totalFen: bill.totalFen, split, settlement, payer: 'credit' })
            return heard
          },
        }),
      }),
    }
  },
}

import type { Presettled } from '../../desks/bureau-desk.ts'
import { changed, type Defect } from './defect.ts'

/** The insurer refuses to settle, and the payment goes on with the trial's word. */
export const refusalIsYes: Defect = {
  name: 'refusal-is-yes',
  title: { zh: '结算被拒仍继续支付', en: 'A refused settlement is taken for a settled one' },
  of: 'platform',
  caughtBy: 'three-way-match',
  make: () => {
    const trials = new Map<string, Presettled>()
    return {
      ports: ({ bureau }) => ({
        bureau: changed(bureau, {
          presettle: async (asked) => {
            const heard = await bureau.presettle(asked)
            if (heard.outcome === 'presettled') trials.set(heard.trial, heard)
            return heard
          },
          settle: async (asked) => {
            const heard = await bureau.settle(asked)
            const trial = trials.get(asked.trial)
            if (heard.outcome !== 'refused' || trial === undefined) return heard
            return { outcome: 'settled', settlement: trial.trial, split: trial.split, segment: trial.segment }
          },
        }),
      }),
    }
  },
}

import { changed, type Defect } from './defect.ts'

/** What was held for a payment that came to nothing stays held. */
export const forgetRelease: Defect = {
  name: 'forget-release',
  title: { zh: '失败后不释放预授权', en: 'A hold is never released' },
  of: 'platform',
  caughtBy: 'nothing-unknown-after-drain',
  make: () => ({
    ports: ({ bankOf }) => ({
      bankOf: (name) => {
        const bank = bankOf(name)
        return bank && changed(bank, { release: async () => ({ outcome: 'released' }) })
      },
    }),
  }),
}

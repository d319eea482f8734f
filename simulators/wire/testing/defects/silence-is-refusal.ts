import { changed, type Defect } from './defect.ts'

/** The bank's answer to a capture is lost and taken for a refusal: the insurer's part goes back and the patient's stays taken. */
export const silenceIsRefusal: Defect = {
  name: 'silence-is-refusal',
  title: { zh: '把无应答当作拒绝', en: 'Silence is taken for a refusal' },
  of: 'platform',
  caughtBy: 'reversal-complete',
  make: () => ({
    ports: ({ bankOf }) => ({
      bankOf: (name) => {
        const bank = bankOf(name)
        return (
          bank &&
          changed(bank, {
            capture: async (asked) => {
              await bank.capture(asked)
              return { outcome: 'refused', reason: 'unknown-hold' }
            },
            // It believes the hold was never captured, so giving it back must have worked.
            release: async () => ({ outcome: 'released' }),
          })
        )
      },
    }),
  }),
}

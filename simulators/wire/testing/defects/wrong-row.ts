import type { Defect } from './defect.ts'

/** The generator writes down “paid” for what was refused. */
export const wrongRow: Defect = {
  name: 'wrong-row',
  title: { zh: '发生器把拒绝记成已支付', en: 'The generator writes “paid” for “refused”' },
  of: 'testbed',
  caughtBy: 'said-paid-is-paid',
  make: () => ({
    handed: (input) => ({
      ...input,
      seen: input.seen.map((row) => ({
        ...row,
        answers: row.answers.map((answer) => (answer.outcome === 'refused' ? { ...answer, outcome: 'paid' } : answer)),
      })),
    }),
  }),
}

import type { Defect } from './defect.ts'

/** A fault was to strike the bank; nothing met it. */
export const toothlessFault: Defect = {
  name: 'toothless-fault',
  title: { zh: '故障未生效', en: 'A fault that met no call' },
  of: 'testbed',
  caughtBy: 'faults-took-effect',
  make: () => ({
    handed: (input) => ({
      ...input,
      faults: [{ name: 'bank-outage', callsTouched: 0, leastCallsTouched: 1, plantedDifferences: [], plantedKeys: [] }],
    }),
  }),
}

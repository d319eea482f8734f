import { bank } from '../small-wire.ts'
import type { Defect } from './defect.ts'

/** A fault strikes the bank, and its share of the calls is so small that it meets none. */
export const toothlessFault: Defect = {
  name: 'toothless-fault',
  title: { zh: '故障未生效', en: 'A fault that met no call' },
  of: 'testbed',
  caughtBy: 'faults-took-effect',
  make: () => ({
    fault: { name: 'bank-outage', kind: 'outage', target: bank, fromSecond: 0, toSecond: 60, share: 1e-9, seed: 1 },
  }),
}

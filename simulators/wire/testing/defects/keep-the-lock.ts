import { changed, type Defect } from './defect.ts'

/** A bill whose payment came to nothing stays locked, and no window may collect for it. */
export const keepTheLock: Defect = {
  name: 'keep-the-lock',
  title: { zh: '失败后不释放账单锁', en: "The bill's lock is never given back" },
  of: 'platform',
  caughtBy: 'nothing-unknown-after-drain',
  make: () => ({ ports: ({ his }) => ({ his: changed(his, { close: async () => ({ outcome: 'closed' }) }) }) }),
}

import type { Defect } from './defect.ts'

/** The platform believes it told the entry. */
export const loseCallback: Defect = {
  name: 'lose-callback',
  title: { zh: '丢失给入口的结果通知', en: 'The notice to the entry is lost' },
  of: 'platform',
  caughtBy: 'told-how-it-ended',
  make: () => ({ notices: () => async () => true, entriesNeverHear: true }),
}

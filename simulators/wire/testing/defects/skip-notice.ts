import { changed, type Defect } from './defect.ts'

/** The hospital never hears that the bill is paid. */
export const skipNotice: Defect = {
  name: 'skip-notice',
  title: { zh: '漏发缴费通知', en: 'The hospital is never told' },
  of: 'platform',
  caughtBy: 'hospital-was-told',
  make: () => ({ ports: ({ his }) => ({ his: changed(his, { notice: async () => ({ outcome: 'noted' }) }) }) }),
}

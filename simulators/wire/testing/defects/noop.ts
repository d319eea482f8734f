import type { Defect } from './defect.ts'

/** Changes nothing: the pattern to start from, and the clean control. */
export const noop: Omit<Defect, 'caughtBy'> = {
  name: 'noop',
  title: { zh: '无缺陷（对照）', en: 'No defect (the control)' },
  of: 'platform',
  make: () => ({}),
}

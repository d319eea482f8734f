import type { Defect } from './defect.ts'

/** The generator leaves one row in a hundred out and says nothing. */
export const skippedRows: Defect = {
  name: 'skipped-rows',
  title: { zh: '发生器漏发百分之一', en: 'The generator skips one row in a hundred' },
  of: 'testbed',
  caughtBy: 'planned-equals-accounted',
  make: () => ({ plays: ({ row }) => row % 100 !== 7 }),
}

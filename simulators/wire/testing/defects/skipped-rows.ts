import { createHash } from 'node:crypto'
import type { Defect } from './defect.ts'

/** The generator leaves one row in a hundred out, whichever the dice say, and says nothing. */
export const skippedRows: Defect = {
  name: 'skipped-rows',
  title: { zh: '发生器随机漏发百分之一', en: 'The generator skips one row in a hundred, as the dice fall' },
  of: 'testbed',
  caughtBy: 'planned-equals-accounted',
  seeds: [7, 8, 9, 10, 11],
  make: () => ({ momentsAtOnce: 16, plays: ({ row }, seed) => uniform(seed, row) >= 0.01 }),
}

/** 0 ≤ u < 1, the same on every machine. */
const uniform = (seed: number, row: number): number =>
  createHash('sha256').update(`skipped-rows ${seed} ${row}`).digest().readUInt32BE(0) / 2 ** 32

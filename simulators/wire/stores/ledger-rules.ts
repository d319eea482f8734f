import { assertBooks } from '../../money/fen.ts'
import type { Agreement, Posting } from './ledger.ts'

/** Double entry: what one write moves comes from somewhere. Checked before anything is sent to a store. */
export function assertZeroSum(postings: readonly Posting[]): void {
  const sumFen = postings.reduce((sum, { amountFen }) => sum + amountFen, 0)
  assertBooks(
    sumFen === 0 && postings.every(({ amountFen }) => Number.isSafeInteger(amountFen)),
    `postings add up to zero, not to ${sumFen} fen`,
  )
}

/** A new payment's memory over what the person signed: whom the memory names itself stays. */
export function memoryWith({ bank, agreement }: Pick<Agreement, 'bank' | 'agreement'>, memory: string): string {
  return JSON.stringify({ bank, agreement, ...(JSON.parse(memory) as object) })
}

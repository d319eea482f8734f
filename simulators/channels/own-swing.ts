import { drawWord, uniformOf } from '../engine/random.ts'
import { seedWords } from '../engine/streams.ts'

/** A payment's own swing of the pause after so many tries, from 0 to 1: those that failed together come back apart, and one that is played again pauses alike. */
export function ownSwing(payment: string, tries: number): number {
  const { low, high } = seedWords(payment)
  return uniformOf(drawWord(low, high, tries, 0))
}

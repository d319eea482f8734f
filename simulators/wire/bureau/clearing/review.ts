/** Which settlements a review holds back, and which appeals succeed: drawn from the city's seed and the settlement's number, so always the same. */
import { decisionCounter, drawWord, uniformOf } from '../../../engine/random.ts'
import { decisionNumber, seedWords } from '../../../engine/streams.ts'

export const isQuestioned = (seed: number, settlement: string, basisPoints: number): boolean =>
  drawn(seed, settlement, 'bureau/questioned') * 10_000 < basisPoints

export const isUpheld = (seed: number, settlement: string, basisPoints: number): boolean =>
  drawn(seed, settlement, 'bureau/upheld') * 10_000 < basisPoints

function drawn(seed: number, settlement: string, decision: string): number {
  const root = seedWords(seed)
  const word = seedWords(settlement)
  return uniformOf(drawWord(root.low ^ word.high, root.high, word.low, decisionCounter(decisionNumber(decision), 0)))
}

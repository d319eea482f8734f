/**
 * 违规收费: what of a bill offends against the insurer's rules (S3 §6.2.2: no split, repeated or excess charging). Which bill does depends on
 * nothing but the bill, each kind by its own draw, so no other draw moves with it.
 *
 * ASSUMPTION: hospitals charge so within the bill's amount; the patient pays what the bill says, and no split moves by a fen.
 */
import { type Wrongdoing, type WrongdoingPlan, wrongdoings } from '../../scenarios/plan-bills.ts'
import { drawWord, uniformOf } from '../engine/random.ts'
import { WRONGDOING } from './draws.ts'

const shareOf: Readonly<Record<Wrongdoing, keyof WrongdoingPlan>> = {
  'repeated-item': 'repeatedItemShare',
  'outside-directory': 'outsideDirectoryShare',
  'outside-age': 'outsideAgeShare',
}
const KINDS_SHIFT = 2

export interface BillToCharge {
  /** The visit's, and the payment point 0 … 2. */
  readonly drawId: number
  readonly point: number
  readonly coveredFen: number
  readonly isChild: boolean
}

/** The first kind that falls on the bill; undefined: it is honest. */
export function wrongdoingOf(
  shares: WrongdoingPlan | undefined,
  key0: number,
  key1: number,
  { drawId, point, coveredFen, isChild }: BillToCharge,
): Wrongdoing | undefined {
  if (shares === undefined) return undefined
  return wrongdoings.find((kind, number) => {
    // An item charged twice costs two fen at least; an item for children is right for a child.
    if (coveredFen < 2 || (kind === 'outside-age' && isChild)) return false
    const counter = WRONGDOING + ((point << KINDS_SHIFT) | number)
    return uniformOf(drawWord(key0, key1, drawId, counter)) < shares[shareOf[kind]]
  })
}

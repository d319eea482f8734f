import type { RateStanding } from '../simulators/measures/result-wire.ts'
import { ladder } from './highest-rung.ts'

export interface RungPlayed {
  readonly rung: number
  readonly standing: RateStanding
}

/** A void play says nothing of its rate, so it is made once more; void again, the rate is given up. */
const mostPlaysOfRung = 2
/** A play of 60 s takes some 100 s with its day end, books and audit: behind the search, so many keep the level within 12 minutes. */
const mostPlays = 5

/**
 * Which rung of the ladder is played over the whole window after these plays; undefined where the last of them was held, none is left below
 * it, or there were enough.
 */
export function nextRung(plays: readonly RungPlayed[]): number | undefined {
  const last = plays.at(-1)
  if (last === undefined || last.standing === 'held' || plays.length >= mostPlays) return undefined
  const ofRung = plays.filter(({ rung }) => rung === last.rung)
  if (last.standing === 'void' && ofRung.length < mostPlaysOfRung) return last.rung
  return last.rung + 1 < ladder.length ? last.rung + 1 : undefined
}

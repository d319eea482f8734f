/**
 * What a morning of going live brings besides patients: every terminal's sign-in, every site's directory, and sign-ups in the halls.
 * Drawn for all sites alike, so that arms meet the same ones; which of them take place is the arm's (compile-day.ts).
 */
import type { Plan } from '../../scenarios/plan.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import { TICKS_PER_DAY, TICKS_PER_SECOND } from '../engine/time.ts'
import type { Site } from '../hospitals/sites.ts'
import { terminalsOf } from '../hospitals/terminals.ts'
import {
  COPY_SHIFT,
  DRAWN_BILL_WORD,
  DRAWN_PERSON,
  DRAWN_REST,
  DRAWN_SITE,
  DRAWN_TICK,
  DRAWN_WORDS,
  type DrawnVisits,
  KIND_SHIFT,
  makeRoom,
  NEEDS_SHIFT,
} from './arrival-order.ts'
import { VISIT_SIGN_UP, VISIT_SWITCH } from './day-visits.ts'
import { ARRIVAL_TRIAGE, COMES_BILL, drawIdOf, HALL_DEAL, PERSONS_MAX } from './draws.ts'
import { drawnIndex, type Shares, sharesOf } from './shares.ts'
import type { Stratum } from './strata.ts'

export interface GoLiveVisits {
  /** Adds a copy's visits to those drawn; `numberOf`: by site its number in this run, −1 where it is left out. */
  draw(
    drawn: DrawnVisits,
    people: { readonly key0: number; readonly key1: number; readonly due: readonly { readonly stratum: Stratum }[] },
    copy: number,
    numberOf: Int32Array,
  ): void
}

const HOUR_SECONDS = 3600
/** In `needs` of a visit of the switch: what its errand is. */
export const SWITCH_TERMINAL = 0
export const SWITCH_DIRECTORY = 1

/**
 * @param sites all sites of the city
 * @param copies how many times the city is played
 */
export function goLiveVisits({ city, scenario }: Plan, sites: readonly Site[], copies: number): GoLiveVisits | null {
  const { goLive } = scenario
  if (goLive === undefined) return null
  const { switchSecond, startSpreadSeconds } = goLive
  const terminals = sites.map(terminalsOf)
  const errands = terminals.reduce((sum, count) => sum + count + 1, 0)
  const signUps = Math.round(goLive.hallSignUps)
  // Numbers no person of the city has, so that nobody's draws are met again.
  const firstNumber = copies * city.people.persons
  if (firstNumber + copies * (errands + signUps) > PERSONS_MAX) throw new Error('too many people and terminals for 32-bit draws')
  const siteShares = sharesOf(sites.map((site) => site.visitShare))
  // Halls see sign-ups as the city's hours go, from the switch on.
  const hours = sharesOf(city.signUp.hourlyShares.map((share, hour) => (share * afterSwitch(hour, switchSecond)) / HOUR_SECONDS))
  return {
    draw(drawn, { key0, key1, due }, copy, numberOf) {
      makeRoom(drawn, drawn.count + errands + signUps)
      const agesShares = sharesOf(due.map(({ stratum }) => stratum.persons))
      let number = firstNumber + copy * (errands + signUps)
      const add = (kind: number, site: number, tick: number, needs: number, stratum: number): void => {
        if ((numberOf[site] as number) < 0) return
        const at = drawn.count++ * DRAWN_WORDS
        const { records } = drawn
        records[at + DRAWN_TICK] = tick
        records[at + DRAWN_PERSON] = number
        records[at + DRAWN_SITE] = site
        records[at + DRAWN_BILL_WORD] = 0
        records[at + DRAWN_REST] = stratum | (copy << COPY_SHIFT) | (kind << KIND_SHIFT) | (needs << NEEDS_SHIFT)
      }
      for (const [site, count] of terminals.entries()) {
        for (let terminal = 0; terminal <= count; terminal++, number++) {
          const u = uniformOf(drawWord(key0, key1, drawIdOf(number, 0), ARRIVAL_TRIAGE))
          const tick = Math.floor((switchSecond + u * startSpreadSeconds) * TICKS_PER_SECOND)
          add(VISIT_SWITCH, site, tick, terminal < count ? SWITCH_TERMINAL : SWITCH_DIRECTORY, 0)
        }
      }
      for (let n = 0; n < signUps; n++, number++) {
        const drawId = drawIdOf(number, 0)
        const site = drawnIndex(siteShares, uniformOf(drawWord(key0, key1, drawId, HALL_DEAL)))
        const stratum = drawnIndex(agesShares, uniformOf(secondWord()))
        const tick = tickAfterSwitch(hours, uniformOf(drawWord(key0, key1, drawId, COMES_BILL)), switchSecond)
        add(VISIT_SIGN_UP, site, tick, 0, stratum)
      }
    },
  }
}

/** Seconds of an hour that lie behind the switch. */
function afterSwitch(hour: number, switchSecond: number): number {
  return Math.max(0, Math.min(HOUR_SECONDS, (hour + 1) * HOUR_SECONDS - switchSecond))
}

/** A moment of the day from a uniform, evenly within what an hour has left behind the switch. */
function tickAfterSwitch(hours: Shares, u: number, switchSecond: number): number {
  const hour = drawnIndex(hours, u)
  const within = Math.min(1, (u - (hours.below[hour] as number)) / (hours.share[hour] as number))
  const left = afterSwitch(hour, switchSecond)
  const second = (hour + 1) * HOUR_SECONDS - left + within * left
  return Math.min(TICKS_PER_DAY - 1, Math.floor(second * TICKS_PER_SECOND))
}

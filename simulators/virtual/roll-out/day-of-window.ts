/**
 * Plays single days of a roll-out, in any order: with the reform on every day, and without it beside that on the days compared.
 * Whoever's site has not joined yet settles by the insurer's earlier system, which is another desk than the one simulated: those visits
 * are not played, though they count in the person's insurance year.
 */
import type { Plan } from '../../../scenarios/plan.ts'
import type { AdoptionCourse } from '../../patients/adoption-course.ts'
import type { AdoptionThresholds } from '../../patients/choose-modes.ts'
import { layPeopleRoom } from '../../patients/people-room.ts'
import { type ArmDay, cityStage, houseOf, kernelRack } from '../city-player.ts'
import { usualParts } from '../play-abreast.ts'
import { fillSlice, type SharedTables, signUpsOn } from './shared-tables.ts'
import { type RollOutWindow, rollOutWindow } from './window.ts'

/** What is handed over of a day. */
export interface DayOfWindow {
  readonly n: number
  /** With the reform; without measures and series, which are those of the compared days. */
  readonly reform: ArmDay
  readonly visits: number
  /** Both arms in full, the one without the reform first; null on other days. */
  readonly compared: readonly ArmDay[] | null
}

export interface WindowPlayer {
  /** Fills a slice of the shared tables; all are filled before the first day. */
  fill(slice: number): void
  playDay(n: number): DayOfWindow
}

export function windowPlayer(
  plan: Plan,
  bytes: Uint8Array | null,
  tables: SharedTables,
  window: RollOutWindow = rollOutWindow(plan),
): WindowPlayer {
  // Days come in any order, so that room is made for the busiest.
  const mostVisits = busiestDay(plan, window)
  // Both arms of a compared day are played in one kernel, one after the other: a second one would hold another 28 MB a thread.
  const house = houseOf(plan, bytes, { ...usualParts, mostVisits }, kernelRack(bytes, 1))
  const room = layPeopleRoom(mostVisits)
  const visitsAt = house.specs.findIndex(({ name, slice }) => name === 'visits' && slice.dimension === 'all')
  const [before, after] = plan.scenario.arms
  if (before === undefined || after === undefined) throw new Error('a roll-out has two arms')
  const nobody: AdoptionThresholds = { adopts: [], credit: [] }
  return {
    fill: (slice) => fillSlice(plan, window, tables, slice),
    playDay(n) {
      const isCompared = window.compared.includes(n)
      const thresholds = (window.courses[0] as AdoptionCourse).thresholdsOf(n)
      const stage = cityStage(isCompared ? [nobody, thresholds] : [thresholds], house, {
        plan: { ...plan, scenario: { ...plan.scenario, date: window.dateOf(n), arms: isCompared ? [before, after] : [after] } },
        run: window.runOf(n),
        people: { room, signsUp: signUpsOn(tables, n), ...(tables.years !== null && { table: tables.years }) },
        // The same people every day, and every day other fates.
        kernelStream: n,
        everySlice: isCompared,
      })
      const arms = stage.playDay(0)
      const reform = arms.at(-1) as ArmDay
      const none = new Float64Array(0)
      return {
        n,
        reform: { ...reform, values: none, counts: none, series: none },
        visits: reform.values[visitsAt] as number,
        compared: isCompared ? arms : null,
      }
    },
  }
}

/** Visits of the busiest day to expect, remote ones and sign-ups with them, and some more. */
function busiestDay({ city, scenario }: Plan, { expected }: RollOutWindow): number {
  const most = expected.reduce((largest, { visits }) => Math.max(largest, visits), 0)
  const remote = city.remote.reduce((sum, { count, visitsPerHour }) => sum + count * visitsPerHour * 24, 0)
  return Math.ceil((most + remote) * Math.min(1, scenario.scale) * 1.02) + 5000
}

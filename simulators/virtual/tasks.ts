/** What a thread is asked to do, and how it is done: a day of the whole city, of the reduced one, of a roll-out with the tables it needs. */
import type { Plan } from '../../scenarios/plan.ts'
import type { PatientStory } from '../measures/result-story.ts'
import { type ArmDay, type CityPlayer, cityPlayer } from './city-player.ts'
import { reducedCity } from './reduced-city.ts'
import { type DayOfWindow, type WindowPlayer, windowPlayer } from './roll-out/day-of-window.ts'
import type { SharedTables } from './roll-out/shared-tables.ts'
import { tellStories } from './stories/tell-stories.ts'
import { type PointReport, type PointTask, pointPlayer } from './study/play-point.ts'
import { wholeCityPlan } from './whole-city-plan.ts'

export interface DayTask {
  readonly does: 'day'
  readonly city: 'whole' | 'reduced'
  readonly replication: number
}
/** Three patients' days, told. */
export interface StoriesTask {
  readonly does: 'stories'
}
/** A slice of the people written into tables that all threads share. */
export interface FillTask {
  readonly does: 'fill'
  readonly tables: SharedTables
  readonly slice: number
}
export interface WindowTask {
  readonly does: 'day-of-window'
  readonly tables: SharedTables
  readonly n: number
}
export type Task = DayTask | PointTask | StoriesTask | FillTask | WindowTask
export type Report<T extends Task> = T extends DayTask
  ? readonly ArmDay[]
  : T extends PointTask
    ? PointReport
    : T extends StoriesTask
      ? readonly PatientStory[]
      : T extends WindowTask
        ? DayOfWindow
        : null

/** Does tasks of one plan. Cities are opened when first asked for; a whole city is let go once the reduced one is, for its memory. */
export function taskDesk(plan: Plan, bytes: Uint8Array | null): <T extends Task>(task: T) => Report<T> {
  let open: { readonly city: DayTask['city']; readonly player: CityPlayer } | null = null
  const playerOf = (city: DayTask['city']): CityPlayer => {
    if (open?.city === city) return open.player
    open = null
    open = { city, player: cityPlayer(city === 'whole' ? wholeCityPlan(plan) : reducedCityOf(plan).plan, bytes) }
    return open.player
  }
  let playPoint: ReturnType<typeof pointPlayer> | null = null
  let window: WindowPlayer | null = null
  return <T extends Task>(task: T): Report<T> => {
    if (task.does === 'day') return playerOf(task.city).playDay(task.replication) as Report<T>
    if (task.does === 'point') {
      open = null
      playPoint ??= pointPlayer(wholeCityPlan(plan), bytes)
      return playPoint(task) as Report<T>
    }
    if (task.does === 'stories') {
      open = null
      return tellStories(wholeCityPlan(plan), bytes) as Report<T>
    }
    window ??= windowPlayer(plan, bytes, task.tables)
    if (task.does === 'day-of-window') return window.playDay(task.n) as Report<T>
    window.fill(task.slice)
    return null as Report<T>
  }
}

/** The reduced city of a plan that asks for one, with all its arms. */
export const reducedCityOf = (plan: Plan) => reducedCity(plan, plan.scenario.reducedCity ?? { siteShare: 1 })

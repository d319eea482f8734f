/** What is played beside the whole city's days, in one list: no thread waits for another before the last task of all. */
import type { RunResult } from '../measures/run-result.ts'
import type { ArmDay } from './city-player.ts'
import type { Crew } from './crew.ts'
import type { RunProgress } from './run-city.ts'
import type { PointReport, PointTask } from './study/play-point.ts'
import type { StudyPoints } from './study/study-points.ts'
import type { DayTask, StoriesTask } from './tasks.ts'

export interface FurtherAsked {
  readonly reducedDays: readonly DayTask[]
  readonly points: StudyPoints
  readonly onReducedDay: (arms: readonly ArmDay[]) => void
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
}

export interface FurtherAnswers {
  readonly stories: RunResult['stories']
  /** In the order of base, plans, alone. */
  readonly reports: readonly PointReport[]
}

export async function furtherAnswers(crew: Crew, { reducedDays, points, onReducedDay, onProgress }: FurtherAsked): Promise<FurtherAnswers> {
  const studied = [...points.base, ...points.plans, ...points.alone]
  const reports: PointReport[] = []
  let stories: RunResult['stories'] = []
  let daysDone = 0
  const show = (): void => {
    const [done, planned, phase] =
      daysDone < reducedDays.length || studied.length === 0
        ? ([daysDone, reducedDays.length, 'reduced-city'] as const)
        : ([reports.length, studied.length, 'study'] as const)
    if (planned > 0) onProgress?.({ daysDone: done, daysPlanned: planned, phase })
  }
  show()
  await crew.does<DayTask | StoriesTask | PointTask>([...reducedDays, { does: 'stories' }, ...studied], ({ does }, report) => {
    if (does === 'stories') {
      stories = report as RunResult['stories']
      return
    }
    if (does === 'point') reports.push(report as PointReport)
    else {
      onReducedDay(report as readonly ArmDay[])
      daysDone++
    }
    show()
  })
  return { stories, reports }
}

/** Finds the factors of a city's fitted numbers from the calibrated rows of its target table: plays days, compares, tries again. */
import type { Plan } from '../../scenarios/plan.ts'
import { type ArmDays, measuresOf } from '../measures/assemble.ts'
import { evidenceOf } from '../measures/evidence-of.ts'
import { measureSpecs } from '../measures/measure-day.ts'
import { sliceLayout } from '../measures/slices.ts'
import { leastSquares, type SearchBounds, type SearchOutcome } from '../measures/statistics/least-squares.ts'
import { kindNames, partiesOf } from './compile-city.ts'
import { crewFor } from './crew.ts'
import { isDayTooLong } from './day-too-long.ts'
import type { DayTask } from './tasks.ts'

export interface CalibrationRun extends SearchBounds {
  /** One arm, before the reform, at these factors. */
  readonly planAt: (factors: readonly number[]) => Plan
  readonly days: number
}

/** What was played at some factors; figures are in the order of the calibrated rows, null where a day could not be ended. */
export interface CalibrationLook {
  readonly factors: readonly number[]
  readonly figures: readonly number[] | null
}

export interface CalibrationOptions {
  readonly workers: number
  readonly kernelBytes: Uint8Array | null
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly looks: readonly CalibrationLook[]; readonly daysDone: number }) => void
}

export interface CalibrationOutcome {
  readonly ended: SearchOutcome['ended']
  readonly best: CalibrationLook
  readonly looks: readonly CalibrationLook[]
}

export async function calibrateCity(run: CalibrationRun, options: CalibrationOptions): Promise<CalibrationOutcome> {
  const looks: CalibrationLook[] = []
  const { ended, best } = await leastSquares(run, async (factors) => {
    const plan = run.planAt(factors)
    const figures = await figuresOf(plan, run.days, options, (daysDone) => options.onProgress?.({ looks, daysDone }))
    looks.push({ factors, figures })
    options.onProgress?.({ looks, daysDone: 0 })
    return figures === null ? null : residualsOf(plan, figures)
  })
  return { ended, looks, best: looks.find((look) => look.factors === best.at) as CalibrationLook }
}

export const calibratedRows = ({ city }: Plan) => (city.evidence ?? []).filter(({ use }) => use === 'calibrated')

/** How far each figure is outside low … high of its row, in tolerances. */
export function residualsOf(plan: Plan, figures: readonly number[]): readonly number[] {
  return calibratedRows(plan).map(({ low, high, tolerance }, index) => {
    const figure = figures[index] as number
    return (figure < low ? figure - low : figure > high ? figure - high : 0) / tolerance
  })
}

/** The calibrated rows' figures over some days; null where a day's lines outlast the clock or nobody was there to be measured. */
async function figuresOf(
  plan: Plan,
  days: number,
  { workers, kernelBytes, signal }: CalibrationOptions,
  onDay: (daysDone: number) => void,
): Promise<readonly number[] | null> {
  const crew = crewFor(plan, kernelBytes, workers, signal)
  const arm = { name: plan.scenario.arms[0]?.name ?? '', values: [] as Float64Array[], counts: [] as Float64Array[] } satisfies ArmDays
  try {
    await crew.does(
      Array.from({ length: days }, (_, replication): DayTask => ({ does: 'day', city: 'whole', replication })),
      (_, [before]) => {
        if (before === undefined) throw new Error('a plan without an arm cannot be calibrated')
        arm.values.push(before.values)
        arm.counts.push(before.counts)
        onDay(arm.values.length)
      },
    )
  } catch (error) {
    if (isDayTooLong(error)) return null
    throw error
  } finally {
    await crew.close()
  }
  const parties = partiesOf(plan).map((party) => party.name)
  const specs = measureSpecs(plan, sliceLayout(plan.city, plan.scenario.arms), kindNames, parties)
  const rows = evidenceOf(plan, { measures: measuresOf(specs, arm), differences: [] }).filter(({ use }) => use === 'calibrated')
  const figures = rows.flatMap(({ model }) => (model === null ? [] : [model]))
  return figures.length === rows.length ? figures : null
}

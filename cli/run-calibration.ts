/** A calibration played to its end, with progress on the way, and its record where it converged. */
import type { CalibrationRecord } from '../scenarios/calibration-record.ts'
import { inputsHash } from '../scenarios/calibration-record.ts'
import { fittedNumbers } from '../scenarios/fitted-numbers.ts'
import type { CityToCalibrate } from '../scenarios/load-calibration.ts'
import { pathText } from '../scenarios/problem.ts'
import { sitesOf } from '../simulators/hospitals/sites.ts'
import { type CalibrationOutcome, calibrateCity, calibratedRows, residualsOf } from '../simulators/virtual/calibrate-city.ts'
import { sitesInRun } from '../simulators/virtual/sites-in-run.ts'
import type { Context } from './context.ts'
import { kernelOrNotice } from './kernel.ts'
import { duration } from './progress.ts'

interface Calibrated {
  readonly outcome: CalibrationOutcome
  /** Absent where the search did not converge. */
  readonly record?: CalibrationRecord
}

export async function runCalibration(found: CityToCalibrate, context: Context & { readonly workers: number }): Promise<Calibrated> {
  const { terminal, interruption, secondsNow, workers } = context
  const { calibration, planAt } = found
  const { parameters, day } = calibration
  const began = secondsNow()
  const { bytes } = await kernelOrNotice(terminal)
  const outcome = await calibrateCity(
    {
      planAt,
      days: day.days,
      start: parameters.map(({ start }) => start),
      low: parameters.map(({ low }) => low),
      high: parameters.map(({ high }) => high),
      maximumEvaluations: day.maximumEvaluations,
      precision: day.precision,
    },
    {
      workers,
      kernelBytes: bytes,
      signal: interruption,
      onProgress: ({ looks, daysDone }) =>
        terminal.status?.(
          `calibrate ${found.name}  ${looks.length}/≤${day.maximumEvaluations} evaluations · 次试算  ${daysDone}/${day.days} days · 天  ${duration(secondsNow() - began)}`,
        ),
    },
  )
  terminal.status?.('')
  return outcome.ended === 'converged' ? { outcome, record: recordOf(found, outcome) } : { outcome }
}

function recordOf({ name, city, calibration, planAt }: CityToCalibrate, { best, looks }: CalibrationOutcome): CalibrationRecord {
  const { parameters, day } = calibration
  const plan = planAt(best.factors)
  const figures = best.figures as readonly number[]
  const residuals = residualsOf(plan, figures)
  return {
    format: 'medpay-calibration',
    version: 1,
    city: name,
    command: `medpay calibrate ${name}`,
    converged: true,
    evaluations: looks.length,
    inputs: inputsHash(city),
    day: {
      date: day.date,
      seed: day.seed,
      days: day.days,
      siteShare: day.siteShare,
      sites: sitesInRun(sitesOf(plan.city), day.siteShare, day.seed).sites.length,
    },
    parameters: parameters.map(({ name, start, low, high }, index) => ({ name, start, fitted: best.factors[index] as number, low, high })),
    rows: calibratedRows(plan).map(({ name, low, high, tolerance }, index) => ({
      name,
      low,
      high,
      tolerance,
      start: looks[0]?.figures?.[index] ?? null,
      fitted: figures[index] as number,
      residual: (residuals[index] as number) * tolerance,
    })),
    numbers: fittedNumbers(parameters, best.factors).map(({ path, value }) => ({ path: pathText(path), fitted: value })),
    looks: looks.map(({ factors, figures }) => ({ factors: [...factors], figures: figures === null ? null : [...figures] })),
  }
}

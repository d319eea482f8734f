import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type CityToCalibrate, loadCalibration } from '../../scenarios/load-calibration.ts'
import type { CityPlan, Plan } from '../../scenarios/plan.ts'
import { calibratedTown, type TownTargets } from '../../scenarios/testing/calibrated-town.ts'
import { type CalibrationOutcome, calibrateCity, residualsOf } from './calibrate-city.ts'

function town(targets: TownTargets): CityToCalibrate {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-calibrate-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(import.meta.dirname, '../../scenarios/policies'), join(folder, 'policies'), { recursive: true })
  cpSync(join(import.meta.dirname, '../../scenarios/cities'), join(folder, 'cities'), { recursive: true })
  const path = join(folder, 'cities/calibrated-town.yaml')
  writeFileSync(path, calibratedTown(targets))
  const found = loadCalibration(path)
  if ('problems' in found) throw new Error(found.problems.map(({ path: at, en }) => `${at} ${en}`).join('; '))
  return found
}

/**
 * A quarter of the load at every desk. Near saturation longer walks may well make a line shorter: over two days the figures are so uneven
 * that more than one pair of factors gives them. Almost without lines each pair has its own.
 */
function unhurried(plan: Plan): Plan {
  const { stations, consulting } = plan.city
  const quarter = <Desk extends { readonly peakUtilization: readonly number[] }>(desk: Desk): Desk => ({
    ...desk,
    peakUtilization: desk.peakUtilization.map((load) => load / 4),
  })
  const desks = Object.fromEntries(Object.entries(stations).map(([name, station]) => [name, quarter(station)])) as CityPlan['stations']
  return { ...plan, city: { ...plan.city, stations: desks, consulting: quarter(consulting) } }
}

function unhurriedTown(targets: TownTargets): CityToCalibrate {
  const found = town(targets)
  return { ...found, planAt: (factors) => unhurried(found.planAt(factors)) }
}

function search({ planAt, calibration }: CityToCalibrate, precision = calibration.day.precision): Promise<CalibrationOutcome> {
  const { parameters, day } = calibration
  return calibrateCity(
    {
      planAt,
      days: day.days,
      start: parameters.map(({ start }) => start),
      low: parameters.map(({ low }) => low),
      high: parameters.map(({ high }) => high),
      maximumEvaluations: day.maximumEvaluations,
      precision,
    },
    { workers: 1, kernelBytes: null },
  )
}

test('planted factors are found again from the two figures they give, in the same steps each time', async () => {
  // What the town says with walking 1.3 times and results 0.8 times as long becomes the evidence.
  const start = unhurriedTown({ tertiaryMinutes: 60, communityMinutes: 30, maximumEvaluations: 3 })
  const planted = await calibrateCity(
    { planAt: start.planAt, days: 2, start: [1.3, 0.8], low: [0.6, 0.7], high: [1.9, 1.5], maximumEvaluations: 1, precision: 1e-9 },
    { workers: 1, kernelBytes: null },
  )
  const [tertiaryMinutes, communityMinutes] = planted.looks[0]!.figures as [number, number]
  const found = unhurriedTown({ tertiaryMinutes, communityMinutes })
  const first = await search(found, 0.02)
  expect(first.ended).toBe('converged')
  expect(first.looks[0]!.factors).toEqual([1, 1])
  expect(Math.abs(first.best.factors[0]! - 1.3)).toBeLessThan(0.02)
  expect(Math.abs(first.best.factors[1]! - 0.8)).toBeLessThan(0.02)
  for (const residual of residualsOf(found.planAt(first.best.factors), first.best.figures!))
    expect(Math.abs(residual)).toBeLessThanOrEqual(0.02)
  expect(await search(found, 0.02)).toEqual(first)
})

test('evidence that no factor within the bounds meets ends without convergence, at the best that was seen', async () => {
  const { ended, best, looks } = await search(town({ tertiaryMinutes: 400, communityMinutes: 400 }))
  expect(['stuck', 'budget']).toContain(ended)
  expect(best.factors).toEqual([1.9, 1.5])
  expect(looks.length).toBeLessThanOrEqual(40)
})

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type CityToCalibrate, loadCalibration } from '../../scenarios/load-calibration.ts'
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

function search({ planAt, calibration }: CityToCalibrate): Promise<CalibrationOutcome> {
  const { parameters, day } = calibration
  return calibrateCity(
    {
      planAt,
      days: day.days,
      start: parameters.map(({ start }) => start),
      low: parameters.map(({ low }) => low),
      high: parameters.map(({ high }) => high),
      maximumEvaluations: day.maximumEvaluations,
      precision: day.precision,
    },
    { workers: 1, kernelBytes: null },
  )
}

test('planted factors are found again from the two figures they give, in the same steps each time', async () => {
  // What the town says with walking 1.3 times and results 0.8 times as long becomes the evidence.
  const start = town({ tertiaryMinutes: 60, communityMinutes: 30, maximumEvaluations: 3 })
  const planted = await calibrateCity(
    { planAt: start.planAt, days: 2, start: [1.3, 0.8], low: [0.6, 0.7], high: [1.9, 1.5], maximumEvaluations: 1, precision: 1e-9 },
    { workers: 1, kernelBytes: null },
  )
  const [tertiaryMinutes, communityMinutes] = planted.looks[0]!.figures as [number, number]
  const found = town({ tertiaryMinutes, communityMinutes })
  const first = await search(found)
  expect(first.ended).toBe('converged')
  expect(first.looks[0]!.factors).toEqual([1, 1])
  expect(first.best.factors[0]).toBeCloseTo(1.3, 1)
  expect(first.best.factors[1]).toBeCloseTo(0.8, 1)
  for (const residual of residualsOf(found.planAt(first.best.factors), first.best.figures!))
    expect(Math.abs(residual)).toBeLessThanOrEqual(0.05)
  expect(await search(found)).toEqual(first)
})

test('evidence that no factor within the bounds meets ends without convergence, at the best that was seen', async () => {
  const { ended, best, looks } = await search(town({ tertiaryMinutes: 400, communityMinutes: 400 }))
  expect(['stuck', 'budget']).toContain(ended)
  expect(best.factors).toEqual([1.9, 1.5])
  expect(looks.length).toBeLessThanOrEqual(40)
})

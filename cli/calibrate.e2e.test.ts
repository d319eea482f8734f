/** `medpay calibrate` as its users meet it: numbers and record written together, or nothing at all. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { calibratedTown, type TownTargets } from '../scenarios/testing/calibrated-town.ts'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { medpay, ownFolder } from './testing/medpay-process.ts'

function townFile(targets: TownTargets): { path: string; record: string; text: string } {
  const folder = ownFolder()
  cpSync(join(repositoryRoot, 'scenarios', 'policies'), join(folder, 'policies'), { recursive: true })
  cpSync(join(repositoryRoot, 'scenarios', 'cities'), join(folder, 'cities'), { recursive: true })
  const path = join(folder, 'cities', 'calibrated-town.yaml')
  const text = calibratedTown(targets)
  writeFileSync(path, text)
  return { path, record: join(folder, 'cities', 'calibrated-town.calibration.json'), text }
}

test('a calibration that converges writes numbers and record, which agree; a dry run only shows them', async () => {
  const { path, record, text } = townFile({ tertiaryMinutes: 55, communityMinutes: 30 })
  const dry = await medpay(['calibrate', path, '--dry-run', '--workers', '1'])
  expect(dry.code, dry.err).toBe(exitCodes.ok)
  expect(dry.out).toContain('nothing written')
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(existsSync(record)).toBe(false)

  const done = await medpay(['calibrate', path, '--workers', '1', '--lang', 'zh'])
  expect(done.code, done.err).toBe(exitCodes.ok)
  expect(done.out).toContain('校准目标')
  const city = parse(readFileSync(path, 'utf8')) as {
    calibration: { parameters: { fitted: number }[] }
    laws: Record<string, { meanSeconds: { value: number } }>
  }
  const told = JSON.parse(readFileSync(record, 'utf8')) as { parameters: { fitted: number }[]; rows: { residual: number }[] }
  expect(told.parameters.map(({ fitted }) => fitted)).toEqual(city.calibration.parameters.map(({ fitted }) => fitted))
  expect(city.laws['walk']!.meanSeconds.value).toBe(Number((120 * told.parameters[0]!.fitted).toPrecision(4)))
  expect((await medpay(['validate', path])).code).toBe(exitCodes.ok)
})

test('a calibration that does not converge says so with its own code, and leaves both files as they were', async () => {
  const { path, record, text } = townFile({ tertiaryMinutes: 400, communityMinutes: 400, maximumEvaluations: 6 })
  const { code, err } = await medpay(['calibrate', path, '--workers', '1'])
  expect(code).toBe(exitCodes.notCalibrated)
  expect(err).toContain('did not converge')
  expect(err).toContain('校准未收敛')
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(existsSync(record)).toBe(false)
})

test('a city without a calibration: part, and an unknown name, are mistakes of the command', async () => {
  const none = await medpay(['calibrate', 'small-town'])
  expect(none.code).toBe(exitCodes.badInput)
  expect(none.err).toContain('nothing to find')
  const unknown = await medpay(['calibrate', 'shanghia'])
  expect(unknown.code).toBe(exitCodes.badInput)
  expect(unknown.err).toContain('did you mean "shanghai"?')
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { repositoryRoot } from './house.ts'
import { lastLine, medpay, ownFolder } from './testing/medpay-process.ts'

test('a user’s own tables become a city that runs, with the waits they observed beside the model’s', async () => {
  const folder = ownFolder('medpay 我的 城市 ')
  const shipped = (name: string): string => join(repositoryRoot, 'scenarios', name)
  const out = join(folder, '城市 一.yaml')
  const tables = [shipped('import/example-sites.csv'), '--observed', shipped('import/example-waits.csv')]
  const made = await medpay(['city', 'import', ...tables, '--out', out], { launcher: true })
  expect(made, made.err).toMatchObject({ code: 0, err: '' })
  expect(lastLine(made.out)).toBe(out)
  expect((await medpay(['validate', out])).out).toBe(`ok  ${out}\n`)

  const scenario = join(folder, '情景.yaml')
  writeFileSync(scenario, readFileSync(shipped('shanghai-weekday.yaml'), 'utf8').replace(/^city: .*$/m, 'city: 城市 一.yaml'))
  const ran = await medpay(['run', scenario, '--quick', '--out', join(folder, '结 果')])
  expect(ran.code, ran.err).toBe(0)
  const result = JSON.parse(readFileSync(join(folder, '结 果', 'run-result.json'), 'utf8')) as RunResult
  expect(result.verdict).toMatchObject({ valid: true })

  const rows = readFileSync(shipped('import/example-waits.csv'), 'utf8').trimEnd().split('\n').slice(1)
  expect(
    result.observed.map((row) => [row.station, String(row.hour), String(row.observedMeanWaitSeconds), String(row.observedCount)]),
  ).toEqual(rows.map((row) => row.split(',').slice(-4)))
  for (const { site, station, hour, modelMeanWaitSeconds, modelCount } of result.observed) {
    expect(modelCount, `${site} ${station} ${hour}`).toBeGreaterThan(0)
    expect(modelMeanWaitSeconds).toBeGreaterThanOrEqual(0)
  }
  expect(readFileSync(join(folder, '结 果', 'report.html'), 'utf8')).toContain('Example District Hospital, East Campus')
})

test('a city may rest on another than Shanghai', async () => {
  const folder = ownFolder()
  const sites = join(folder, 'sites.csv')
  writeFileSync(sites, 'site,district,tier,registration-window,cashier-window,departments,h09\nA,new-town,community,1,1,surgery:2,30\n')
  const words = ['city', 'import', sites, '--out', join(folder, 'city.yaml')]
  const wrongBase = await medpay(words)
  expect(wrongBase.code).toBe(2)
  expect(wrongBase.err).toMatch(/sites\.csv:2:3 {2}district is "new-town", but there is no such district/)
  expect((await medpay([...words, '--base', 'small-town'])).code).toBe(0)
  expect(readFileSync(join(folder, 'city.yaml'), 'utf8')).toContain('bank-a')
})

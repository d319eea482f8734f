import { expect, test } from 'vitest'
import { sampleRunResult } from '../reports/testing/sample-run-result.ts'
import { scaleTable } from './scale-table.ts'

test('each scale shows its difference and its busiest party, the first arm without a difference', () => {
  const one = sampleRunResult()
  const two = { ...one, scenario: { ...one.scenario, scale: 2 }, city: { ...one.city, sites: one.city.sites * 2 } }
  const lines = scaleTable([one, two], ['en'])
  expect(lines).toHaveLength(2 + 1 + 2 * one.arms.length)
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "
    Payment queueing per visit
      scale  sites  Arm                                  Change       95 % interval  busiest shared party    busiest minute
          1   2037  Before the reform                                                Synthetic entry no. 10          88.2 %
                    What if 40 % adopt, windows kept  −7.24 min  −7.32 to −7.16 min  Synthetic entry no. 1           99.0 %
          2   4074  Before the reform                                                Synthetic entry no. 10          88.2 %
                    What if 40 % adopt, windows kept  −7.24 min  −7.32 to −7.16 min  Synthetic entry no. 1           99.0 %"
  `)
})

test('the busiest party is the one with the highest busiest minute, whatever its place in the list', () => {
  const sample = sampleRunResult()
  const arm = sample.arms[0]?.name ?? ''
  const busy = sample.measures.filter((row) => row.arm === arm && row.name.startsWith('utilization-peak-minute/'))
  const chosen = busy.at(-1)
  expect(busy.length).toBeGreaterThan(1)
  const result = { ...sample, measures: sample.measures.map((row) => (row === chosen ? { ...row, value: 0.987 } : row)) }
  const title = sample.city.parties.find(({ name }) => name === chosen?.name.split('/')[1])?.title.zh ?? '?'
  expect(scaleTable([result], ['zh'])[3]).toContain(`${title}  `)
  expect(scaleTable([result], ['zh'])[3]).toContain('98.7%')
})

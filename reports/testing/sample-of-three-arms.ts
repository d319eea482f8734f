/** The sample with the arm of the end of 2020 between its two: hardly anybody adopts, hardly anything changes. */
import type { RunResult } from '../../simulators/measures/run-result.ts'
import { w } from './sample-city.ts'
import { sampleRunResult } from './sample-run-result.ts'

const name = 'as-published-2020'
const title = w('2020年底公布的使用率', 'As published at the end of 2020')
const adoption = 0.00735

export function sampleOfThreeArms(): RunResult {
  const sample = sampleRunResult()
  const [before, after] = sample.arms as [RunResult['arms'][number], RunResult['arms'][number]]
  const planned = sample.scenario.arms.at(-1)!
  const near = (value: number): number => value * 0.998
  const published = sample.measures
    .filter((row) => row.arm === before.name)
    .map((row) => ({
      ...row,
      arm: name,
      value: near(row.value),
      interval: row.interval && ([near(row.interval[0]), near(row.interval[1])] as const),
    }))
  const moved = sample.differences
    .filter((row) => row.arm === after.name)
    .map((row) => {
      const value = row.value * 0.005
      const half = row.interval === null ? 0 : (row.interval[1] - row.interval[0]) / 8
      return { ...row, arm: name, value, interval: [value - half, value + half] as const }
    })
  const study = sample.assumptionStudy!
  const [headline] = study.headlines
  return {
    ...sample,
    scenario: { ...sample.scenario, arms: [sample.scenario.arms[0]!, { ...planned, name, title, adoption, faults: [] }, planned] },
    arms: [before, { ...after, name, title, adoption }, after],
    measures: [...sample.measures, ...published],
    differences: [...moved, ...sample.differences],
    assumptionStudy: {
      ...study,
      headlines: [
        {
          ...headline!,
          arm: name,
          base: -0.04,
          p5: -0.09,
          p50: -0.04,
          p95: 0.01,
          otherSignShare: 0.08,
          values: headline!.values.map((value) => value / 180),
        },
        headline!,
      ],
    },
  }
}

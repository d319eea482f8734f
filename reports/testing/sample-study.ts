/** A reduced city with its further arms, and a study of the assumptions, as a run would carry them; every figure is made up. */
import type { AssumptionStudy, ReducedCity, StudyHeadline } from '../../simulators/measures/result-study.ts'
import type { Difference, Measure } from '../../simulators/measures/run-result.ts'
import { w } from './sample-city.ts'

const minutes = 'payment-queueing-minutes-per-visit'
const lines = 'payment-lines-waited-over-1-minute'
const levels = { [minutes]: { unit: 'min', before: 13.1 }, [lines]: { unit: 'lines', before: 1.57 } } as const
const adoptions = [0.1, 0.25, 0.4, 0.6, 0.8]
/** Share of the queueing that goes away, by staffing rule. */
const savedShare = {
  'windows-kept': [0.18, 0.4, 0.56, 0.72, 0.81],
  'windows-cut-in-proportion': [0.08, 0.15, 0.17, 0.18, 0.15],
} as const
const staffings = ['windows-kept', 'windows-cut-in-proportion'] as const

const armName = (adoption: number, staffing: (typeof staffings)[number]): string =>
  `what-if-${Math.round(adoption * 100)}${staffing === 'windows-kept' ? '' : '-cut'}`

function figure(name: keyof typeof levels, arm: string, value: number): Measure {
  const half = levels[name].before * 0.012
  return {
    name,
    arm,
    slice: { dimension: 'all', name: 'all' },
    value,
    unit: levels[name].unit,
    count: 430_000,
    interval: [value - half, value + half],
    days: 10,
  }
}

const arms = staffings.flatMap((staffing) =>
  adoptions.map((adoption, index) => ({ name: armName(adoption, staffing), adoption, staffing, saved: savedShare[staffing][index]! })),
)

export const sampleReducedCity: ReducedCity = {
  sites: 204,
  siteShare: 0.1,
  days: 10,
  arms: [
    { name: 'before', title: w('改革前', 'Before the reform'), adoption: 0, staffing: 'windows-kept' },
    ...arms.map(({ name, adoption, staffing }) => {
      const percent = Math.round(adoption * 100)
      return staffing === 'windows-kept'
        ? { name, title: w(`假设${percent}%使用，窗口保留`, `What if ${percent} % adopt, windows kept`), adoption, staffing }
        : { name, title: w(`假设${percent}%使用，窗口按比例减少`, `What if ${percent} % adopt, windows cut`), adoption, staffing }
    }),
  ],
  measures: [minutes, lines].flatMap((name) => {
    const { before } = levels[name as keyof typeof levels]
    return [
      figure(name as keyof typeof levels, 'before', before),
      ...arms.map((arm) => figure(name as keyof typeof levels, arm.name, before * (1 - arm.saved))),
    ]
  }),
  differences: [minutes, lines].flatMap((name) =>
    arms.map(
      (arm): Difference => ({
        ...figure(name as keyof typeof levels, arm.name, -levels[name as keyof typeof levels].before * arm.saved),
        against: 'before',
        varianceRatio: 0.18,
      }),
    ),
  ),
  parties: [
    { party: 'platform', arm: 'before', servers: 10, slowFactor: 1, whole: 0.21, reduced: 0.22 },
    { party: 'bureau', arm: 'before', servers: 12, slowFactor: 1, whole: 0.48, reduced: 0.49 },
    { party: 'bank-1', arm: 'before', servers: 2, slowFactor: 1.2, whole: 0.08, reduced: 0.08 },
  ],
  departure: [
    {
      measure: minutes,
      unit: 'min',
      arm: 'before',
      against: null,
      whole: 13.4,
      reduced: 13.1,
      wholeInterval: [13.3, 13.5],
      reducedInterval: [12.9, 13.3],
    },
    {
      measure: minutes,
      unit: 'min',
      arm: 'adopt-40',
      against: 'before',
      whole: -7.24,
      reduced: -7.34,
      wholeInterval: [-7.32, -7.16],
      reducedInterval: [-7.5, -7.18],
    },
  ],
}

const groups = [
  ['window-load', '窗口高峰负荷', 'Peak load of windows', 8],
  ['window-service-times', '窗口服务时间', 'Service times at windows', 12],
  ['visit-mix', '就诊构成', 'Mix of visits', 14],
  ['arrival-profile', '到院时段分布', 'Hours of arrival', 6],
  ['adoption-propensity', '各年龄的使用倾向', 'Propensity to adopt by age', 4],
  ['patience', '排队耐心', 'Patience in line', 3],
  ['party-capacity', '共享方容量', 'Capacity of shared parties', 28],
  ['retry-rules', '重试与超时', 'Retries and timeouts', 11],
] as const
const correlations = [-0.86, -0.61, 0.34, -0.28, 0.21, 0.12, 0.03, -0.02]
const reaches = [4.4, 2.9, 1.3, 1.1, 0.7, 0.4, 0.1, 0.05]

/** Evenly spread in probability, bent a little to one side; 200 of them. */
const values = Array.from({ length: 200 }, (_, plan) => {
  const at = ((plan * 77) % 200) / 199
  return Number((-7.3 + 4.1 * (2 * at - 1) * (0.55 + 0.45 * Math.abs(2 * at - 1)) - 0.6 * at * at).toFixed(3))
})

const headline: StudyHeadline = {
  measure: minutes,
  arm: 'adopt-40',
  against: 'before',
  unit: 'min',
  base: -7.34,
  baseOfTheFirstPlay: -7.21,
  dice: { plays: 20, standardDeviation: 0.21 },
  p5: -11.1,
  p50: -7.4,
  p95: -3.6,
  otherSignShare: 0,
  ranking: groups.map(([group], index) => ({
    group,
    correlation: correlations[index]!,
    interval: [correlations[index]! - 0.13, correlations[index]! + 0.13],
  })),
  tornado: groups.map(([group], index) => ({ group, atLow: -7.21 + reaches[index]! * 0.9, atHigh: -7.21 - reaches[index]! })),
  varianceShare: { unverified: 0.83, explained: 0.91 },
  values,
}

export const sampleStudy: AssumptionStudy = {
  plans: 200,
  plansForPublication: 200,
  sites: 61,
  siteShare: 0.03,
  days: 3,
  seed: 20201231,
  failedPlans: 0,
  failure: null,
  saturatedPlans: 3,
  headlines: [headline],
  groups: groups.map(([group, zh, en, inputs], index) => ({ group, title: w(zh, en), inputs, unverified: index % 3 })),
  inputs: { verified: 61, likely: 44, unverified: 17, assumed: 212 },
}

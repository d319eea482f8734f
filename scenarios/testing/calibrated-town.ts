/** The small town as text with a target table and two numbers to find, for the tests: its targets are given by the caller. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TownTargets {
  /** Minutes of a mean visit to a tertiary hospital, where results are often waited for, and to a community site, where they rarely are. */
  readonly tertiaryMinutes: number
  readonly communityMinutes: number
  readonly maximumEvaluations?: number
}

export function calibratedTown({ tertiaryMinutes, communityMinutes, maximumEvaluations = 40 }: TownTargets): string {
  const text = readFileSync(join(import.meta.dirname, '../cities/small-town.yaml'), 'utf8').replace(
    'documents: {}',
    'documents:\n  D: { title: Made up, address: nowhere }',
  )
  const meanOf = (law: string): string => new RegExp(`\\n  ${law}:.*?meanSeconds: \\{ value: (\\d+)`, 's').exec(text)?.[1] ?? 'missing'
  const row = (name: string, slice: string, target: number): string => `
  - name: ${name}
    title: { zh: 目标, en: Target }
    use: calibrated
    source: "D made up for tests"
    confidence: unverified
    unit: min
    low: ${target}
    high: ${target}
    tolerance: 4
    toleranceReason: { zh: 测试用, en: Made up for tests }
    measure: visit-duration-minutes
    slice: ${slice}
    remark: { zh: 测试用, en: Made up for tests }`
  const parameter = (name: string, low: number, high: number, law: string): string => `
    - name: ${name}
      title: { zh: 待定系数, en: Factor to find }
      low: ${low}
      high: ${high}
      start: 1
      fitted: 1
      assumption: Made up for tests
      moves:
        - { path: laws.${law}.meanSeconds, base: ${meanOf(law)} }`
  return `${text}
evidence:${row('tertiary-minutes', 'tier/municipal-tertiary', tertiaryMinutes)}${row('community-minutes', 'tier/community', communityMinutes)}
calibration:
  day: { date: 2020-12-15, policy: shanghai-2020, seed: 5, days: 2, siteShare: 1, maximumEvaluations: ${maximumEvaluations}, precision: 0.05, assumption: Made up for tests }
  parameters:${parameter('walking', 0.6, 1.9, 'walk')}${parameter('results', 0.7, 1.5, 'result-delay')}
`
}

/** Numbers with their warrants, as a made-up plan would carry them: sources of each confidence, one with letters that mean markup, and many assumptions. */
import type { Provenance } from '../../scenarios/plan-provenance.ts'

export function sampleWarrants(): readonly Provenance[] {
  return [
    {
      path: 'city.tiers[*].sites',
      value: [38, 40, 110, 1849],
      unit: '1',
      warrant: { kind: 'source', document: '上海医疗付费“一件事”改革实践与思考', place: '第3页', confidence: 'verified' },
    },
    {
      path: 'city.demand.allProvidersVisitsPerYear',
      value: 216_810_000,
      unit: 'visits',
      warrant: { kind: 'source', document: '2020年上海市卫生健康统计', place: '门急诊人次', confidence: 'likely' },
    },
    {
      path: 'policy.benefits[*].deductibleFen',
      value: [150_000, 150_000, 70_000, 30_000],
      unit: 'fen',
      warrant: { kind: 'source', document: 'press', place: '<table> & "notes"', confidence: 'unverified' },
    },
    ...Array.from(
      { length: 60 },
      (_, index): Provenance => ({
        path: `city.stations.cashier-window.peakUtilization[${index}]`,
        value: 0.9 + index / 1000,
        unit: '1',
        warrant: {
          kind: 'assumption',
          low: 0.7,
          high: 1.2,
          varies: 'value',
          reason: 'Windows are staffed for a busy day; no count of windows is published',
          group: 'window-load',
        },
      }),
    ),
  ]
}

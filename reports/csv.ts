/** measures.csv: one figure per line, tidy, with its unit, its count and its interval. RFC 4180: commas, CRLF, quotes doubled. */
import type { Difference, Measure, RunResult } from '../simulators/measures/run-result.ts'
import { partsOf } from './lookup.ts'

export const csvColumns = [
  'world',
  'arm',
  'against',
  'measure',
  'subject',
  'slice_dimension',
  'slice',
  'value',
  'unit',
  'count',
  'days',
  'interval_low',
  'interval_high',
  'city',
] as const

/** Levels have an empty `against`; paired differences name the arm they are taken from. `city` is whole, or reduced for arms played on a part. */
export function measuresCsv(result: RunResult): string {
  const rows = [
    ...result.measures.map((row) => line(result.world, row, '', 'whole')),
    ...[...result.differences, ...result.furtherDifferences].map((row) => line(result.world, row, row.against, 'whole')),
    ...wholeOf(result.reducedCity?.measures ?? []).map((row) => line(result.world, row, '', 'reduced')),
    ...wholeOf(result.reducedCity?.differences ?? []).map((row) => line(result.world, row, row.against, 'reduced')),
  ]
  return [csvColumns.join(','), ...rows, ''].join('\r\n')
}

/** Of the reduced city its whole alone: groups of a part of the sites are nobody's figure. */
const wholeOf = <Row extends Measure>(rows: readonly Row[]): readonly Row[] => rows.filter(({ slice }) => slice.dimension === 'all')

function line(world: string, row: Measure | Difference, against: string, city: 'whole' | 'reduced'): string {
  const { kind, subject } = partsOf(row.name)
  const [low, high] = row.interval ?? ['', '']
  return [
    world,
    row.arm,
    against,
    kind,
    subject,
    row.slice.dimension,
    row.slice.name,
    row.value,
    row.unit,
    row.count,
    row.days,
    low,
    high,
    city,
  ]
    .map(field)
    .join(',')
}

function field(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

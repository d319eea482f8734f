/** The model beside the documents: what a run says of each row of its city's target table, and the published totals. */
import type { Plan } from '../../scenarios/plan.ts'
import type { EvidencePlan } from '../../scenarios/plan-evidence.ts'
import type { EvidenceRow, PublishedTotal } from './result-evidence.ts'
import type { Difference, Measure, Slice } from './run-result.ts'

interface Figures {
  readonly measures: readonly Measure[]
  readonly differences: readonly Difference[]
}

export function evidenceOf({ city, scenario }: Plan, figures: Figures): readonly EvidenceRow[] {
  return (city.evidence ?? []).map((row) => evidenceRow(row, scenario.arms, figures))
}

/** @param models the model's figures by total, where the run plays what they count */
export function publishedTotalsOf({ city }: Plan, models: Readonly<Record<string, number>> = {}): readonly PublishedTotal[] {
  return (city.publishedTotals ?? []).map(({ parameter: _parameter, ...row }) => ({ ...row, model: models[row.name] ?? null }))
}

function evidenceRow(row: EvidencePlan, arms: Plan['scenario']['arms'], { measures, differences }: Figures): EvidenceRow {
  const { name, title, use, source, unit, low, high, tolerance, toleranceReason, measure, remark } = row
  const [first] = arms
  const before = first?.reform === false && first.faults.length === 0 ? first : undefined
  const after = arms.find(
    (arm) =>
      arm.reform &&
      row.savedAtAdoption !== undefined &&
      Math.abs(arm.adoption - row.savedAtAdoption) <= ADOPTION_SHARE * row.savedAtAdoption &&
      arm.staffing === 'windows-kept' &&
      arm.faults.length === 0 &&
      arm.volunteerFactor === 1,
  )
  const [dimension = 'all', group = 'all'] = row.slice.split('/')
  const isOfSwitchers = group.startsWith('tertiary-switched')
  const slice = { dimension, name: isOfSwitchers && after !== undefined ? `${after.name}/${group}` : group } as Slice
  const isHere = (figure: Measure): boolean =>
    figure.name === measure && figure.slice.dimension === slice.dimension && figure.slice.name === slice.name
  const found =
    before === undefined
      ? undefined
      : row.savedAtAdoption === undefined
        ? measures.find((figure) => isHere(figure) && figure.arm === before.name)
        : differences.find((figure) => isHere(figure) && figure.arm === after?.name && figure.against === before.name)
  // A difference is after less before; what was saved is the other way round.
  const sign = row.savedAtAdoption === undefined ? 1 : -1
  const model = found === undefined ? null : found.value * sign
  return {
    name,
    title,
    use,
    source,
    unit,
    target: { low, high },
    model,
    interval: intervalOf(found, sign),
    measure,
    slice,
    arm: before?.name ?? 'before',
    against: row.savedAtAdoption === undefined ? null : (after?.name ?? `adoption ${row.savedAtAdoption}`),
    verdict: model === null ? 'not-measured' : model >= low - tolerance && model <= high + tolerance ? 'agrees' : 'disagrees',
    tolerance,
    toleranceReason,
    remark,
  }
}

/** An arm's adoption is the row's when it is within a twentieth of it: published shares are rounded. */
const ADOPTION_SHARE = 0.05

function intervalOf(figure: Measure | undefined, sign: number): EvidenceRow['interval'] {
  if (figure === undefined || figure.interval === null) return null
  const [low, high] = figure.interval
  return sign > 0 ? [low, high] : [-high, -low]
}

import type { CityFile } from './city-schema.ts'
import type { CityPlan } from './plan.ts'
import type { Confidence } from './plan-provenance.ts'
import { documentAndPlace } from './warrants.ts'

/** What is published about a city, as the plan carries it. */
export function evidencePlans({ evidence, publishedTotals }: CityFile): Pick<CityPlan, 'evidence' | 'publishedTotals'> {
  return {
    ...(evidence !== undefined && { evidence: evidence.map(withSource) }),
    ...(publishedTotals !== undefined && { publishedTotals: publishedTotals.map(withSource) }),
  }
}

function withSource<Row extends { readonly source: string; readonly confidence: Confidence }>({ source, confidence, ...row }: Row) {
  return { ...row, source: { ...documentAndPlace(source), confidence } }
}

/** Bills planned to offend, found, held back, paid after an appeal or deducted: the insurer's book beside the plan. */

import { wrongdoings } from '../../../scenarios/plan-bills.ts'
import type { WireReview, WireReviewFigures } from '../../measures/result-wire.ts'
import { plantedWrongdoing } from '../../trace/planted-wrongdoing.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Facts } from '../audit/facts.ts'
import { insurerFenOf } from '../audit/insurer-facts.ts'

/** Undefined where every bill is honest. */
export function reviewFigures(trace: Pick<Trace, 'opening'>, { insurer }: Pick<Facts, 'insurer'>): WireReview | undefined {
  const planned = trace.opening.bills.flatMap(({ wrongdoing }) => wrongdoing ?? [])
  if (planned.length === 0) return undefined
  const planted = Map.groupBy(plantedWrongdoing(trace), ({ site, bill }) => `${site} ${bill}`)
  const kindsOf = (site: number, bill: string): readonly string[] => (planted.get(`${site} ${bill}`) ?? []).map(({ kind }) => kind)
  const applications = [...insurer.applications.values()].filter(({ isWithdrawn }) => !isWithdrawn)
  const upheld = new Set(applications.flatMap((one) => one.upheld))
  const held = applications.flatMap(({ questioned }) => questioned)
  const settled = [...insurer.settlements.values()].flatMap(({ site, bills, split, stands }) =>
    stands && insurerFenOf(split) > 0 ? [bills.flatMap(({ bill }) => kindsOf(site, bill))] : [],
  )
  const sent = insurer.uploads.map(({ site, bill, offences }) => ({ planned: kindsOf(site, bill), offences }))
  /** @param isMeant of all offences of one bill or settlement */
  const figures = (isMeant: (kinds: readonly string[]) => boolean): WireReviewFigures => {
    const back = held.filter(({ rules }) => isMeant(rules))
    const heldFen = back.reduce((sum, { amountFen }) => sum + amountFen, 0)
    const paidFen = back.reduce((sum, { settlement, amountFen }) => sum + (upheld.has(settlement) ? amountFen : 0), 0)
    return {
      planned: planned.filter((kind) => isMeant([kind])).length,
      sent: sent.filter((one) => isMeant(one.planned)).length,
      found: sent.filter(({ offences }) => isMeant(offences)).length,
      settled: settled.filter(isMeant).length,
      held: back.length,
      heldFen,
      paidFen,
      deductedFen: heldFen - paidFen,
    }
  }
  return {
    kinds: wrongdoings.map((kind) => ({ kind, ...figures((kinds) => kinds.includes(kind)) })),
    all: figures((kinds) => kinds.length > 0),
  }
}

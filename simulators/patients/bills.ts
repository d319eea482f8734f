/**
 * What a visit costs: one lognormal factor a visit scales its examination and drugs; the registration fee is fixed by tier.
 * Two remote visits of one kind differ by their factor only.
 */
import { type CityPlan, tiers } from '../../scenarios/plan.ts'
import { expOf, logOf } from '../engine/elementary.ts'
import { normalQuantile } from '../engine/normal.ts'
import { uniformOf } from '../engine/random.ts'
import { VISIT_EMERGENCY, VISIT_OUTPATIENT } from './day-visits.ts'
import { NEEDS_DRUGS, NEEDS_IMAGING, NEEDS_LABORATORY } from './places.ts'

/** Payment points of a visit: registration, examination, drugs or all at once. */
export const POINTS = 3

/** Bill of each payment point, fen, into `bill`. */
export type PriceVisit = (kind: number, tier: number, needs: number, billWord: number, bill: Float64Array) => void

export function pricesOf(city: CityPlan): PriceVisit {
  const { bills } = city
  const byTier = (fen: readonly number[]): Float64Array => Float64Array.from(tiers, (_, tier) => fen[tier] ?? 0)
  const registration = byTier(bills.registrationFen)
  const examination = byTier(bills.examinationMeanFen)
  const drugs = byTier(bills.drugMeanFen)
  const emergency = byTier(bills.emergencyMeanFen)
  const { remoteMeanFen } = bills
  const factorOf = factorsOf(bills.cv)
  return (kind, tier, needs, billWord, bill) => {
    const factor = factorOf(billWord)
    bill[0] = 0
    bill[1] = 0
    if (kind === VISIT_OUTPATIENT) {
      bill[0] = registration[tier] as number
      bill[1] = (needs & (NEEDS_LABORATORY | NEEDS_IMAGING)) !== 0 ? Math.round(factor * (examination[tier] as number)) : 0
      bill[2] = (needs & NEEDS_DRUGS) !== 0 ? Math.round(factor * (drugs[tier] as number)) : 0
    } else if (kind === VISIT_EMERGENCY) {
      bill[2] = Math.round(factor * (emergency[tier] as number)) + (registration[tier] as number)
    } else bill[2] = Math.round(factor * remoteMeanFen)
  }
}

/** What of a point's bill is inside the insurance's scope (政策范围内), fen: a registration whole, of any other bill the city's share. */
export function coveredFenOf(point: number, totalFen: number, { coveredShare }: Pick<CityPlan['bills'], 'coveredShare'>): number {
  return point === 0 ? totalFen : Math.floor(totalFen * coveredShare)
}

const CELLS = 4096
/** So many cells at either end are computed. */
const TAIL = 64

/**
 * A lognormal factor of mean 1 from one word. Between 1/64 and 63/64 the quantile is read off a table of 4,096 steps, straight in
 * between (within 2 parts in 100,000): 30 ns less, and a visit needs some ten, its own and those of its past.
 */
function factorsOf(cv: number): (word: number) => number {
  const variance = logOf(1 + cv * cv)
  const sigma = Math.sqrt(variance)
  const exactly = (u: number): number => expOf(sigma * normalQuantile(u) - variance / 2)
  const table = Float64Array.from({ length: CELLS }, (_, cell) => (cell === 0 ? 0 : exactly(cell / CELLS)))
  return (word) => {
    const cell = word >>> 20
    if (cell < TAIL || cell >= CELLS - TAIL) return exactly(uniformOf(word))
    const low = table[cell] as number
    return low + ((table[cell + 1] as number) - low) * ((word & 0xfffff) + 0.5) * TWO_TO_MINUS_20
  }
}

const TWO_TO_MINUS_20 = 1 / 1048576

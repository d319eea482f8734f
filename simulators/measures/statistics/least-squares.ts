/**
 * A damped Gauss–Newton search within bounds (Levenberg 1944, Marquardt 1963): few unknowns, few residuals, each look expensive. No dice:
 * the same figures give the same path.
 */
export interface SearchBounds {
  readonly start: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Most looks, those for the slopes included. */
  readonly maximumEvaluations: number
  /** Done when no residual is farther from 0 than this. */
  readonly precision: number
}

export interface Look {
  readonly at: readonly number[]
  /** In units in which 1 is as bad for one as for another; null where nothing could be measured. */
  readonly residuals: readonly number[] | null
}

export interface SearchOutcome {
  /** budget: no looks left · stuck: no direction improves · unmeasurable: nothing could be measured where a slope was needed. */
  readonly ended: 'converged' | 'budget' | 'stuck' | 'unmeasurable'
  readonly best: Look
  /** Every look, in order. */
  readonly looks: readonly Look[]
}

type Residuals = Look['residuals']

export async function leastSquares(
  { start, low, high, maximumEvaluations, precision }: SearchBounds,
  measure: (at: readonly number[]) => Promise<Residuals>,
): Promise<SearchOutcome> {
  const looks: Look[] = []
  const look = async (at: readonly number[]): Promise<Look> => {
    const seen = looks.find((one) => one.at.every((value, index) => value === at[index]))
    if (seen !== undefined) return seen
    const one = { at, residuals: await measure(at) }
    looks.push(one)
    return one
  }
  const inBounds = (at: readonly number[]): number[] =>
    at.map((value, index) => rounded(Math.min(high[index] as number, Math.max(low[index] as number, value))))
  const left = (): number => maximumEvaluations - looks.length

  let best = await look(inBounds(start))
  let damping = 0.01
  const end = (ended: SearchOutcome['ended']): SearchOutcome => ({ ended, best, looks })
  while (true) {
    const { residuals } = best
    if (residuals === null) return end('unmeasurable')
    if (worst(residuals) <= precision) return end('converged')
    if (left() < start.length + 1) return end('budget')
    const slopes: number[][] = []
    for (const [index, value] of best.at.entries()) {
      const [least, most] = [low[index] as number, high[index] as number]
      const step = (most - least) * SLOPE_STEP
      // Towards the wider side, so that a bound is no obstacle.
      const to = value - least > most - value ? value - step : value + step
      const beside = await look(inBounds(best.at.with(index, to)))
      if (beside.residuals === null) return end('unmeasurable')
      const run = (beside.at[index] as number) - value
      slopes.push(beside.residuals.map((residual, row) => (residual - (residuals[row] as number)) / run))
    }
    let improved = false
    for (let attempt = 0; attempt < STEPS_TRIED && !improved; attempt++) {
      if (left() === 0) return end('budget')
      const step = dampedStep(slopes, residuals, damping)
      const next = inBounds(best.at.map((value, index) => value + (step[index] as number)))
      const there = next.every((value, index) => value === best.at[index]) ? best : await look(next)
      improved = there.residuals !== null && there !== best && squares(there.residuals) < squares(residuals)
      if (improved) best = there
      damping = improved ? damping / 10 : damping * 10
    }
    if (!improved) return end('stuck')
  }
}

/** Share of a parameter's range over which its slope is taken: wide enough to see past one server more or less. */
const SLOPE_STEP = 0.05
const STEPS_TRIED = 5

const squares = (residuals: readonly number[]): number => residuals.reduce((sum, residual) => sum + residual * residual, 0)
const worst = (residuals: readonly number[]): number => residuals.reduce((most, residual) => Math.max(most, Math.abs(residual)), 0)
/** What is tried is what is written down. */
const rounded = (x: number): number => Math.round(x * 10_000) / 10_000

/** Solves (JᵀJ + damping · diag JᵀJ) step = −Jᵀr; `slopes` is J by columns. */
function dampedStep(slopes: readonly (readonly number[])[], residuals: readonly number[], damping: number): readonly number[] {
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, row) => sum + value * (b[row] as number), 0)
  const rows = slopes.map((column, index) => {
    const products = slopes.map((other) => dot(column, other))
    products[index] = (products[index] as number) * (1 + damping)
    return [...products, -dot(column, residuals)]
  })
  return solved(rows)
}

/** Gaussian elimination with pivoting of a small augmented matrix; a column that nothing depends on gets 0. */
function solved(rows: number[][]): readonly number[] {
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row
    }
    const top = rows[pivot] as number[]
    rows[pivot] = rows[column] as number[]
    rows[column] = top
    if (top[column] === 0) continue
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const other = rows[row] as number[]
      const times = (other[column] as number) / (top[column] as number)
      for (let k = column; k <= size; k++) other[k] = (other[k] as number) - times * (top[k] as number)
    }
  }
  return rows.map((row, index) => (row[index] === 0 ? 0 : (row[size] as number) / (row[index] as number)))
}

/**
 * Little's law kept to the tick, as an audit: the integral of a line's length over the day, gathered by whoever moves the line, is the
 * sum of the times spent in it, gathered by whoever leaves it, those who gave up included (who balks spends none). The two are kept
 * by separate accumulators and are whole numbers, so they are equal or something is wrong; there is no tolerance.
 */
export interface LineBook {
  readonly line: string
  /** Sum over the day of line length × ticks. */
  readonly lengthTicks: number
  /** Sum of ticks waited by all who joined, served or reneged. */
  readonly waitTicks: number
}

export interface LittleBreach extends LineBook {
  readonly problem: 'unequal' | 'not-whole' | 'beyond-exact-range'
}

/** The lines whose two books disagree, or cannot be trusted to agree; empty when all is well. */
export function littleBreaches(books: readonly LineBook[]): LittleBreach[] {
  const breaches: LittleBreach[] = []
  for (const book of books) {
    const problem = littleProblem(book.lengthTicks, book.waitTicks)
    if (problem !== null) breaches.push({ ...book, problem })
  }
  return breaches
}

/** What is wrong with one line's two books; null when nothing is. */
export function littleProblem(lengthTicks: number, waitTicks: number): LittleBreach['problem'] | null {
  if (!Number.isInteger(lengthTicks) || !Number.isInteger(waitTicks)) return 'not-whole'
  // A sum that once left the exact range may have lost a tick on the way.
  if (!Number.isSafeInteger(lengthTicks) || !Number.isSafeInteger(waitTicks)) return 'beyond-exact-range'
  return lengthTicks === waitTicks ? null : 'unequal'
}

/**
 * How long to wait after so many tries of one call, in the unit the first pause is given in: it grows by a factor and swings by a share,
 * so that callers who failed together do not come back together.
 *
 * @param swing from 0 to 1; the caller's own
 */
export function retryPause(first: number, factor: number, jitterShare: number, tries: number, swing: number): number {
  let pause = first
  for (let n = 1; n < tries; n++) pause *= factor
  return pause * (1 + jitterShare * (2 * swing - 1))
}

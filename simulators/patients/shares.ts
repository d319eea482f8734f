/** Shares of a whole, ready to be drawn from by one uniform. */
export interface Shares {
  readonly share: readonly number[]
  /** Sum of the shares before each. */
  readonly below: Float64Array
}

/** Shares scaled to sum to 1; all zero only for an empty list. */
export function sharesOf(weights: readonly number[]): Shares {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const share = weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length))
  const below = new Float64Array(share.length)
  for (let index = 1; index < share.length; index++) below[index] = (below[index - 1] as number) + (share[index - 1] as number)
  return { share, below }
}

/** Which share a uniform falls into; one that is zero is never drawn. Larger uniforms never give an earlier one. */
export function drawnIndex(shares: Shares, u: number): number {
  const { below } = shares
  let low = 0
  let high = below.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((below[middle] as number) <= u) low = middle
    else high = middle - 1
  }
  // Equal sums mark empty shares; step back to the one that is not.
  while (low > 0 && shares.share[low] === 0) low--
  return low
}

/**
 * The highest rung of a ladder that holds, the highest rung being 0: by halves, since what holds at one rate holds at every lower one.
 * Undefined where not even the lowest does.
 */
export async function highestRung(rungs: number, holds: (rung: number) => Promise<boolean>): Promise<number | undefined> {
  let found: number | undefined
  let [first, last] = [0, rungs - 1]
  while (first <= last) {
    const middle = Math.floor((first + last) / 2)
    if (await holds(middle)) {
      found = middle
      last = middle - 1
    } else first = middle + 1
  }
  return found
}

/** Each rung a sixth below the one above it: finer than a load repeats itself on a machine that does other work too. */
export const ladder: readonly number[] = Array.from({ length: 12 }, (_, rung) => 0.85 ** rung)

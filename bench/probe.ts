/** A hash of the bits that exp, log, the normal quantile, pow and the draws give here; reference/city-day.c --probe makes the same. */
import { expOf, logOf, powOf } from '../simulators/engine/elementary.ts'
import { normalQuantile } from '../simulators/engine/normal.ts'
import { drawWord, secondWord, uniformOf } from '../simulators/engine/random.ts'

const draws = 200_000

export function probeOurs(): string {
  const double = new Float64Array(1)
  const halves = new Uint32Array(double.buffer)
  let hash = 0x811c9dc5
  const hashWord = (word: number): void => {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 255), 16777619)
  }
  const hashNumber = (number: number): void => {
    double[0] = number
    hashWord(halves[0]!)
    hashWord(halves[1]!)
  }
  for (let i = 0; i < draws; i++) {
    const word = drawWord(12345, 67890, i, 256)
    hashWord(word)
    hashWord(secondWord())
    const u = uniformOf(word)
    hashNumber(logOf(u))
    hashNumber(expOf(40 * u - 20))
    hashNumber(normalQuantile(u))
    hashNumber(powOf(1 + u, -0.55))
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

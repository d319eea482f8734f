/**
 * Latin hypercube: n points such that in each dimension every n-th of the range holds exactly one of them, paired at random.
 * Source: M. D. McKay, R. J. Beckman, W. J. Conover, "A comparison of three methods for selecting values of input variables in the
 * analysis of output from a computer code", Technometrics 21 (1979) 239–245.
 */
import { permute } from '../../engine/permutation.ts'
import { drawWord, streamKey0, streamKey1, uniformOf } from '../../engine/random.ts'
import { seedWords } from '../../engine/streams.ts'

/** By point, by dimension: coordinates in (0, 1). A dimension's column depends on its number alone, not on how many there are. */
export function latinHypercube(points: number, dimensions: number, seed: number): readonly (readonly number[])[] {
  const { low, high } = seedWords(seed)
  const [key0, key1] = [streamKey0(low, high, CUBE_DOMAIN), streamKey1(low, high, CUBE_DOMAIN)]
  return Array.from({ length: points }, (_, point) =>
    Array.from({ length: dimensions }, (_, dimension) => {
      const cell = permute(drawWord(key0, key1, dimension, SHUFFLE), points, point)
      return (cell + uniformOf(drawWord(key0, key1, dimension * CELLS_MAX + point, WITHIN))) / points
    }),
  )
}

/** Domain of these draws, apart from those of people and kernel (city-player.ts). */
const CUBE_DOMAIN = 1_900_000_000
const SHUFFLE = 0
const WITHIN = 1
const CELLS_MAX = 65_536

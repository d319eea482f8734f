/**
 * What `--scale` means: whole numbers are independent seeds of the city, each with its own people, sites and windows, in front of one
 * unchanged set of channels, platform, bureau and banks; a fraction keeps that share of the sites, whole, with all their visits.
 */
import { drawWord, uniformOf } from '../engine/random.ts'
import { seedWords } from '../engine/streams.ts'
import type { Site } from '../hospitals/sites.ts'

export interface SitesInRun {
  readonly all: readonly Site[]
  /** Sites of the run in order: those kept of the first copy, of the second … */
  readonly sites: readonly Site[]
  /** By copy, by site of `all`: its number in `sites`, −1 if left out. */
  readonly numbers: readonly Int32Array[]
}

/** @param scale above 0; 1.5 is one whole city and half the sites of a second */
export function sitesInRun(all: readonly Site[], scale: number, seed: number): SitesInRun {
  const sites: Site[] = []
  const numbers = Array.from({ length: Math.ceil(scale) }, (_, copy) => {
    const share = Math.min(1, scale - copy)
    const numberOf = new Int32Array(all.length).fill(-1)
    for (const index of share === 1 ? all.keys() : sampled(all, share, seed)) {
      numberOf[index] = sites.length
      sites.push(all[index] as Site)
    }
    return numberOf
  })
  return { all, sites, numbers }
}

/** The same share of every tier, spread over its sizes: in each run of 1/share sites of a tier one is kept, which one is the seed's. */
function sampled(all: readonly Site[], share: number, seed: number): readonly number[] {
  const words = seedWords(seed)
  const seen = new Map<number, number>()
  return all.flatMap((site, index) => {
    const before = seen.get(site.tier) ?? uniformOf(drawWord(words.low, words.high, site.tier, SAMPLE))
    const after = before + share
    seen.set(site.tier, after)
    return Math.floor(after) > Math.floor(before) ? [index] : []
  })
}

const SAMPLE = 7

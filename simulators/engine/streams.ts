/**
 * Names and seeds as the numbers that key a draw: a seed becomes two root words, a decision's name becomes its number.
 * A number depends on its name alone, so a new decision leaves every other draw as it was.
 */

/** The two words a root seed stands for. */
export type SeedWords = { readonly low: number; readonly high: number }

/** A whole number 0 … 2^53 − 1 by its bits; a string of digits as that number; any other string by its 64-bit FNV-1a hash. */
export function seedWords(seed: number | string): SeedWords {
  if (typeof seed === 'string' && !/^\d{1,15}$/.test(seed)) return hashWords(seed)
  const whole = Number(seed)
  if (!Number.isSafeInteger(whole) || whole < 0) throw new RangeError(`a seed is a whole number from 0 to 2^53 − 1, or a word; got ${seed}`)
  return { low: whole | 0, high: Math.floor(whole / 4_294_967_296) | 0 }
}

/** How many numbers decisions can have: 2^22, so a number with its 8 bits of attempt stays positive in 32 bits. */
export const DECISION_NUMBERS = 4_194_304

/** The number of a decision, the same in every run and release: FNV-1a over the name, folded to 22 bits. */
export function decisionNumber(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of bytesOf(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash >>> 22) ^ hash) & (DECISION_NUMBERS - 1)
}

/** The decisions of one plan. Two names with one number would share their draws, so the second one is refused. */
export class DecisionNames {
  readonly #nameOf = new Map<number, string>()

  /** The number of this name; asking again gives it again. Throws if another name has it. */
  numberOf(name: string): number {
    const number = decisionNumber(name)
    const holder = this.#nameOf.get(number)
    if (holder !== undefined && holder !== name) {
      throw new Error(`decisions "${holder}" and "${name}" have the same number ${number}, so their draws would be equal: rename one`)
    }
    this.#nameOf.set(number, name)
    return number
  }

  /** Every name so far with its number, in order of first asking. */
  entries(): readonly (readonly [name: string, number: number])[] {
    return [...this.#nameOf].map(([number, name]) => [name, number] as const)
  }
}

/** The UTF-8 bytes of a text. */
function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function hashWords(text: string): SeedWords {
  let hash = 0xcbf29ce484222325n
  for (const byte of bytesOf(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return { low: Number(hash & 0xffffffffn) | 0, high: Number(hash >> 32n) | 0 }
}

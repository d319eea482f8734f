import { Type } from 'typebox'

/** Whole fen in an opening book. */
export const fenSchema = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** One of a list of the house's words. */
export const choice = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] })

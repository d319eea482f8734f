import { placeOf } from './spread.ts'

/**
 * 手机号 that rings nowhere: segment 154 is in none of the operators' lists that were found (secondary sources only). The
 * form is right. No two of the first 67 million persons share one.
 */
export const mobileNumber = (seed: number, person: number): string =>
  `154${String(placeOf(seed, 'mobile', person) % 100_000_000).padStart(8, '0')}`

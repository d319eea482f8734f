/**
 * 信用就医, the arithmetic of a line of credit. Portable; credit-line.ts has the same with names.
 *
 * A line has a limit (授信额度). Against it stand uses not yet repaid and holds (预授权) of visits still under way. A use is
 * repaid when the interest-free days are over: a use on day d stands on days d … d + repaymentDays − 1 and is free on day
 * d + repaymentDays. Tianjin: up to 59 days; limits by 海河分 (issue of 2023-12-11). Shanghai: no published limits, so its
 * limits and days are assumptions of the city file.
 */
import type { F64s, f64, I32s, i32 } from '../engine/portable.ts'

export const creditAuthorized: i32 = 0
export const creditOverLimit: i32 = 1

/**
 * May this amount be paid on credit? All of it or nothing: a bill is not parted between credit and cash.
 * A patient without a line has limit 0 and is over it with the first fen.
 *
 * @param standingFen uses not yet repaid, and holds
 */
export function creditDecision(limitFen: f64, standingFen: f64, amountFen: f64): i32 {
  return amountFen <= limitFen - standingFen ? creditAuthorized : creditOverLimit
}

/** Does a use of `usedOnDay` still stand against the line on `today`? Days count from any common origin; 1 or 0. */
export function creditStands(usedOnDay: i32, today: i32, repaymentDays: i32): i32 {
  const age: i32 = today - usedOnDay
  return age >= 0 && age < repaymentDays ? 1 : 0
}

/** The uses `from` … `to − 1` that stand on `today`, added up. */
export function standingCreditFen(amountsFen: F64s, usedOnDays: I32s, from: i32, to: i32, today: i32, repaymentDays: i32): f64 {
  let standingFen: f64 = 0
  let use: i32 = from
  while (use < to) {
    if (creditStands(usedOnDays[use]!, today, repaymentDays) === 1) standingFen = standingFen + amountsFen[use]!
    use = use + 1
  }
  return standingFen
}

/** A band of scores: from, to (both inside, whole), limit. */
export const bandWidth: i32 = 3

/** The most a score may be granted: the limit of its band; 0 where no band holds it (Tianjin: below 575). */
export function limitOfScoreFen(bands: F64s, bandCount: i32, score: f64): f64 {
  let band: i32 = 0
  while (band < bandCount) {
    const at: i32 = band * bandWidth
    if (score >= bands[at]! && score <= bands[at + 1]!) return bands[at + 2]!
    band = band + 1
  }
  return 0
}

/**
 * Where every person stands in their insurance year on two days, so that a later day need not relive the year from its start: ten
 * bytes a person in memory that threads share, filled before the first day and only read afterwards.
 *
 * CELL   Five half-words: two for each state and one between them. A state is 40 bits: 20 of the current-year account or, once that is
 *        spent, of the deductible borne (never both: the account pays first), and 20 of the history account.
 * EXACT  What does not fit, or a fund's sum within reach of the year's cap, is marked, and that person's year is relived.
 */
import { currentAccountLeft, deductiblePaid, historyAccountLeft, yearWidth } from '../policy/reimbursement.ts'

export const YEAR_TABLE_STATES = 2
export const YEAR_TABLE_BYTES_A_PERSON = 10
const HALF_WORDS = 5

export interface YearTable {
  readonly cells: Uint16Array
  /** Day numbers at whose start the states stand, ascending. */
  readonly days: readonly number[]
}

/** Room for so many persons, shared between threads. */
export function layYearTable(persons: number, days: readonly number[]): YearTable {
  if (days.length > YEAR_TABLE_STATES) throw new RangeError(`a year table holds ${YEAR_TABLE_STATES} states, not ${days.length}`)
  return { cells: new Uint16Array(new SharedArrayBuffer(persons * YEAR_TABLE_BYTES_A_PERSON)), days }
}

/** The state to start from on a day: the latest not after it, if it is of the insurance year at hand; −1 for none. */
export function stateBefore({ days }: YearTable, yearStart: number, day: number): number {
  return days.findLastIndex((at) => at > yearStart && at <= day)
}

/** Writes a person's state. @param farBelowCap whether the fund's sum is so small that the cap cannot be met */
export function writeState({ cells }: YearTable, person: number, state: number, year: Float64Array, farBelowCap: boolean): void {
  const current = year[currentAccountLeft] as number
  const deductible = year[deductiblePaid] as number
  const history = year[historyAccountLeft] as number
  const fits = farBelowCap && (current === 0 || deductible === 0) && current < ACCOUNT && deductible < ACCOUNT - 1 && history <= MOST
  const first = !fits ? MOST : current > 0 ? ACCOUNT | current : deductible
  const second = fits ? history : 0
  const at = person * HALF_WORDS
  const high = (first >>> 16) | ((second >>> 16) << 4)
  cells[at + state * 3] = first
  cells[at + state * 3 + 1] = second
  cells[at + 2] = state === 0 ? ((cells[at + 2] as number) & 0xff00) | high : ((cells[at + 2] as number) & 0xff) | (high << 8)
}

/** Reads a person's state into `year`, with nothing paid by the fund; false where the year has to be relived. */
export function readState({ cells }: YearTable, person: number, state: number, year: Float64Array): boolean {
  const at = person * HALF_WORDS
  const high = (cells[at + 2] as number) >>> (state * 8)
  const first = (cells[at + state * 3] as number) | ((high & 15) << 16)
  if (first === MOST) return false
  year.fill(0, 0, yearWidth)
  if ((first & ACCOUNT) !== 0) year[currentAccountLeft] = first & ~ACCOUNT
  else year[deductiblePaid] = first
  year[historyAccountLeft] = (cells[at + state * 3 + 1] as number) | (((high >>> 4) & 15) << 16)
  return true
}

const MOST = 0xfffff
/** Set where the account still holds something. */
const ACCOUNT = 0x80000

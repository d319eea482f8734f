/**
 * Calendar days as whole numbers, without any time zone. Source of the conversion: H. Hinnant, "chrono-compatible low-level date
 * algorithms" (proleptic Gregorian, days from 1970-01-01).
 */

/** Days from 1970-01-01 to yyyy-mm-dd. The scenario's door has checked that the date exists. */
export function dayNumber(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** 0 for Monday … 6 for Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Month 0 … 11 of a day number. */
export function monthOf(day: number): number {
  const z = day + 719_468
  const dayOfEra = z - Math.floor(z / 146_097) * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  return shifted < 10 ? shifted + 2 : shifted - 10
}

/** The year is found by trying: 365.2425 days a year miss by one at most. */
function yearOf(day: number): number {
  const near = 1970 + Math.floor(day / 365.2425)
  const starts = (year: number): number => dayNumber(`${year}-01-01`)
  return starts(near + 1) <= day ? near + 1 : starts(near) <= day ? near : near - 1
}

/** yyyy-mm-dd of a day number. */
export function dateOf(day: number): string {
  const year = yearOf(day)
  const month = monthOf(day) + 1
  const two = (value: number): string => String(value).padStart(2, '0')
  const first = dayNumber(`${year}-${two(month)}-01`)
  return `${year}-${two(month)}-${two(day - first + 1)}`
}

/** The last day at or before `day` that falls on mm-dd: where the insurance year at hand began. */
export function lastStart(day: number, date: string, monthDay: string): number {
  const year = Number(date.slice(0, 4))
  const thisYear = dayNumber(`${year}-${monthDay}`)
  return thisYear <= day ? thisYear : dayNumber(`${year - 1}-${monthDay}`)
}

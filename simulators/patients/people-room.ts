/** Memory in which one day after another is drawn: visits before they stand in order, and the columns they are written to. */
import { type DrawnVisits, layDrawnVisits, makeRoom } from './arrival-order.ts'
import { type DayVisits, layDayVisits } from './day-visits.ts'

export interface PeopleRoom {
  readonly drawn: DrawnVisits
  columns: DayVisits
}

/** @param visits of the busiest day, if that is known */
export function layPeopleRoom(visits = 0): PeopleRoom {
  const drawn = layDrawnVisits()
  makeRoom(drawn, visits)
  return { drawn, columns: layDayVisits(0) }
}

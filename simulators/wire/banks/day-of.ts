import { dayNumber } from '../../engine/civil-date.ts'
import { dateOf } from '../desks/business-time.ts'

/** Days from 1970-01-01 on the Chinese calendar. */
export const dayOf = (ms: number): number => dayNumber(dateOf(ms))

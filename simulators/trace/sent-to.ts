/** To whom a row's first request goes: the message table says it for every errand, so an errand that is added there needs no word here. */
import { errands, refundErrands } from '../platform/errands.ts'
import type { TraceMode } from './trace.ts'

/** A patient's entry · the platform itself, for the site · the bureau, by the site's own machines · the hospital's window or kiosk. */
export type SentTo = 'entry' | 'platform' | 'bureau' | 'hospital'

const firstLegs = new Map([...errands, ...refundErrands].map(({ name, messages }) => [name, messages[0]?.leg]))

/** @param mode in force: who turned away from an errand's own way pays at the hospital's counters */
export function sentTo(errand: string, mode: TraceMode): SentTo {
  if (mode === 'window' || mode === 'kiosk') return 'hospital'
  const leg = firstLegs.get(errand)
  if (leg === 'his') return 'hospital'
  return leg === 'platform' || leg === 'bureau' ? leg : 'entry'
}

/** What an adapter is told of one try, and whose adapter it is: hospitals' counters and sites' own machines are the city's beside every target. */
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { PlaySettings, RowToPlay, VisitToPlay } from '../simulators/trace/play.ts'
import { type SentTo, sentTo } from '../simulators/trace/sent-to.ts'
import type { Adapter, Try } from './adapter.ts'
import { adapter as hospital } from './adapters/hospital.ts'
import { adapter as site } from './adapters/site.ts'

export interface Asked {
  readonly row: RowToPlay
  readonly person: VisitToPlay['person']
  readonly mode: RowToPlay['mode']
  readonly key: string
  readonly sends: Try['sends']
  readonly payment: string | undefined
  /** At this entry under this key. */
  readonly earlier: Try['earlier']
  /** −1 where no entry is asked. */
  readonly entry: number
}

export function tryOf(settings: PlaySettings, target: Adapter, asked: Asked): { readonly adapter: Adapter; readonly one: Try } {
  const { row, mode, entry } = asked
  const { rules, origins, businessDate, fromSecond } = settings
  const to = sentTo(row.errand, mode)
  const { adapter, origin, by } = placeOf(to)
  const one = {
    ...asked,
    entryName: by,
    businessDate,
    startsAt: clockOfSecond(fromSecond + Math.floor(row.startMs / 1000)),
    creditBank: rules.banks[row.creditBank] ?? '',
    sentTo: to,
    origin,
    origins,
  }
  return { adapter, one }

  function placeOf(place: SentTo): { readonly adapter: Adapter; readonly origin: string; readonly by: string } {
    if (place === 'hospital') return { adapter: hospital, origin: origins.his, by: 'hospital' }
    if (place === 'bureau') return { adapter: site, origin: origins.bureau, by: 'site' }
    if (place === 'platform') return { adapter: target, origin: origins.target ?? origins.platform, by: 'site' }
    return { adapter: target, origin: origins.target ?? origins.entries[entry] ?? '', by: rules.channels[entry] ?? '' }
  }
}

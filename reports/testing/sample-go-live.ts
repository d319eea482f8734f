/** Three go-live mornings as a run would carry them; every figure is made up. */
import type { GoLiveOutcome } from '../../simulators/measures/result-go-live.ts'
import { parties, w } from './sample-city.ts'

type Morning = GoLiveOutcome['mornings'][number]

/** Sites ready by minute: an S between the first and the last. */
const rising = (sites: number, minutes: number): readonly number[] =>
  Array.from({ length: 120 }, (_, minute) => {
    const at = Math.min(1, minute / minutes)
    return Math.round(sites * at * at * (3 - 2 * at))
  })

function morning(name: string, zh: string, en: string, date: string, sites: number, minutes: number, delay: number): Morning {
  const ready = rising(sites, minutes)
  return {
    name,
    title: w(zh, en),
    date,
    sitesSwitching: sites,
    terminals: sites * 14,
    lastSiteReadySecond: sites === 0 ? null : 28_800 + minutes * 60,
    sitesNotReadyBy0830: sites - ready[30]!,
    signUpsAttempted: sites * 11,
    signUpsGranted: sites * 9,
    signUpsLost: Math.round(sites * 0.4),
    directoryBytes: sites * 41_000_000,
    paymentsTheOldWay: sites * 6,
    settlementsHeld: sites * 3,
    delayMinutesPerVisit: delay,
    delayMinutesInterval: [delay - 0.2, delay + 0.2],
    peakCallsPerSecond: parties.slice(20, 23).map((party, index) => ({ party: party.name, calls: sites * (0.9 - index * 0.2) + 60 })),
    readyByMinute: ready,
  }
}

/** Arms by name: the sample's own. */
export const sampleGoLive: readonly GoLiveOutcome[] = [
  {
    arm: 'before',
    title: w('普通周一', 'An ordinary Monday'),
    mornings: [morning('ordinary', '普通周一', 'An ordinary Monday', '2020-08-24', 0, 1, 0)],
  },
  {
    arm: 'all-at-once',
    title: w('一次全部上线', 'All at once'),
    mornings: [morning('adopt-40', '8月24日周一', 'Monday 24 August', '2020-08-24', 2037, 74, 3.2)],
  },
  {
    arm: 'in-waves',
    title: w('分批上线', 'In waves'),
    mornings: [
      morning('wave-1', '第一批：6个区与11家医院', 'Wave 1: 6 districts and 11 hospitals', '2020-08-10', 780, 24, 0.4),
      morning('wave-2', '第二批：其余', 'Wave 2: the rest', '2020-08-24', 1257, 38, 1.1),
    ],
  },
]

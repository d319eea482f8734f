/** One town's day asked of both engines. */

import { LAST_TICK } from '../../engine/time.ts'
import * as statuses from '../../money/payment-status.ts'
import { faultCodes } from '../fault-codes.ts'
import * as paid from '../kernel/paid.ts'
import { OUTCOME_BALKED, OUTCOME_RENEGED, OUTCOME_UNPAID } from '../kernel/sums.ts'
import type { Kernel } from '../kernel-host.ts'
import type { TownDay } from '../testing/random-town.ts'
import { differences } from './compare.ts'
import { type WalkedDay, walkDay } from './walk-day.ts'

export interface Asked {
  /** What kernel and oracle tell differently, in words. */
  readonly different: readonly string[]
  /** How often each thing happened that a rule speaks of. */
  readonly happened: Readonly<Record<string, number>>
}

export function askBoth(kernel: Kernel, day: TownDay): Asked {
  const walked = walkDay(day)
  for (const tables of day.tables) kernel.load(tables)
  kernel.loadVisits(day.count, day.visits)
  let refused = false
  try {
    kernel.run(day.faults)
  } catch (error) {
    if (!String(error).includes('the end of the clock')) throw error
    refused = true
  }
  // A day that runs past the clock has no figures; it has to be refused, and only such a day.
  const runsPast = walked.latestPlanned > LAST_TICK
  if (refused || runsPast)
    return {
      different: refused === runsPast ? [] : [`past the clock: kernel ${refused}, oracle ${runsPast}`],
      happened: { 'runs past the clock': 1 },
    }
  return { different: differences(kernel, walked), happened: happenings(day, walked) }
}

function happenings(day: TownDay, walked: WalkedDay): Record<string, number> {
  const count = <Thing>(things: readonly Thing[], is: (thing: Thing) => boolean): number => things.filter(is).length
  const { book, visits } = walked
  const word = (is: (paidWord: number) => boolean): number =>
    count(
      visits.flatMap((visit) => visit.paid),
      is,
    )
  const status = (wanted: number): number => word((how) => (how & paid.PAID_STATUS_MASK) === wanted)
  const does = day.city.whole.faultDoes as Int32Array
  const numbers = day.city.whole.faultNumber as Int32Array
  const touched = (code: number): number =>
    book.faults.filter((fault, number) => fault.touched > 0 && does.some((d, row) => d === code && numbers[row] === number)).length
  return {
    balks: count(visits, ({ outcome }) => outcome === OUTCOME_BALKED),
    reneges: count(visits, ({ outcome }) => outcome === OUTCOME_RENEGED),
    'leaves unpaid': count(visits, ({ outcome }) => outcome === OUTCOME_UNPAID),
    waits: count(walked.waits, ({ wait }) => wait > 0),
    'overtakes for urgency': walked.overtakings,
    'goes past midnight': count(visits, ({ end }) => end >= 864_000_000),
    timeouts: book.timeouts,
    'late replies': book.late,
    retries: book.sent - book.needed,
    questions: book.questions,
    'limits raised': book.raises,
    'refused for the limit': book.refusedForLimit,
    reversals: book.reversals,
    'reversals that rest': book.reversalRests,
    'paid by a wallet': book.atWallets - book.backFromWallets,
    'back from a wallet': book.backFromWallets,
    'other entry': walked.spilledIn.length,
    'paid at another entry': word((how) => (how & paid.PAID_OTHER_ENTRY) !== 0),
    'other mode': walked.fellBack.length,
    'paid in another mode': word((how) => (how & paid.PAID_OTHER_MODE) !== 0 && (how & paid.PAID_STATUS_MASK) === statuses.settled),
    'waits for the bureau': walked.cameBack,
    'pays in full': status(statuses.claimLater),
    'leaves owing': status(statuses.leftOwing),
    'leaves a bill': status(statuses.unpaid),
    'answers while walking': walked.answeredWalking,
    'fails while walking': walked.failedWalking,
    ...Object.fromEntries(
      Object.entries(faultCodes).flatMap(([acts, code]) => (acts === 'nothing' ? [] : [[`party that ${acts} felt`, touched(code)]])),
    ),
    'faults detected': count(book.faults, ({ detected }) => detected >= 0),
    'routed around': count(book.faults, ({ firstRouted }) => firstRouted >= 0),
    'pays the old way': walked.theOldWay,
    'held until ready': walked.held,
    'sites get ready': count(walked.siteReady, (tick) => tick >= 0),
    'tries the switch again': walked.triedAgain,
    'errands failed in a fault': count(book.faults, ({ firstFailure }) => firstFailure >= 0),
  }
}

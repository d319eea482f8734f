/** One patient's day in every arm, event by event: what `medpay visit` prints, and the first thing to look at when a figure surprises. */
import { ageGroups, insuredTypes, type Plan, paymentModes, stationKinds, tiers } from '../../../scenarios/plan.ts'
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { leftOwing, settled } from '../../money/payment-status.ts'
import { type DayVisits, VISIT_EMERGENCY } from '../../patients/day-visits.ts'
import { legs } from '../../platform/errands.ts'
import { type CityPlayer, cityPlayer } from '../city-player.ts'
import { modeOf } from '../compile-day.ts'
import { type DayPlayed, inWords, isDayTooLong } from '../day-too-long.ts'
import { PAID_MODE_MASK, PAID_MODE_SHIFT, PAID_STATUS_MASK } from '../kernel/paid.ts'
import {
  WATCH_ARRIVE,
  WATCH_BALK,
  WATCH_BUREAU_DOWN,
  WATCH_END,
  WATCH_ERRAND,
  WATCH_FAILED,
  WATCH_FALLBACK,
  WATCH_JOIN,
  WATCH_LEAVE,
  WATCH_OTHER_ENTRY,
  WATCH_RENEGE,
  WATCH_SETTLED,
  WATCH_START,
} from '../kernel/watch.ts'
import type { Kernel } from '../kernel-host.ts'
import { wholeCityPlan } from '../whole-city-plan.ts'

export interface VisitStory {
  readonly visit: number
  readonly day: number
  readonly person: {
    readonly ageGroup: string
    readonly insuredType: string
    readonly district: string
    readonly tier: string
    readonly department: string
    readonly siteName: string
  }
  readonly arms: readonly ArmStory[]
}

export interface ArmStory {
  readonly arm: string
  readonly mode: string
  readonly events: readonly VisitEvent[]
  readonly linesJoined: { readonly payment: number; readonly clinical: number }
  readonly waitMinutes: { readonly payment: number; readonly clinical: number }
  readonly paid: {
    readonly fundFen: number
    readonly accountFen: number
    readonly creditFen: number
    readonly cashFen: number
    readonly owingFen: number
  }
}

export interface VisitEvent {
  readonly atSecond: number
  readonly what: 'arrive' | 'join' | 'start' | 'end' | 'errand' | 'settled' | 'failed' | 'fallback' | 'balk' | 'renege' | 'leave'
  /** A station, an errand or a party by name. */
  readonly where: string
  readonly waitSeconds?: number
  readonly detail?: string
}

const failedAt = [...legs, 'credit-limit']
const outcomes = ['in-city', 'done', 'balked', 'reneged', 'left-unpaid', 'switched']
const bureauDown = ['waits-for-the-bureau', 'pays-in-full-and-claims-later', 'leaves-owing']

/** In the arms of the whole city. Throws a RangeError when the day has no such visit. Plays the day with the kernel as plain TypeScript or compiled, alike. */
export function tellVisit(
  plan: Plan,
  which: { readonly day: number; readonly visit: number },
  kernelBytes: Uint8Array | null = null,
): VisitStory {
  const whole = wholeCityPlan(plan)
  const player = cityPlayer(whole, kernelBytes)
  const day = player.peopleOf(which.day)
  if (which.visit >= day.count) throw new RangeError(`day ${which.day} has visits 0 to ${day.count - 1}; there is no visit ${which.visit}`)
  return tellVisitOf(whole, player, day, which)
}

/** The same with a city and a day's people that are there already. */
export function tellVisitOf(
  plan: Plan,
  player: CityPlayer,
  day: DayVisits,
  which: { readonly day: number; readonly visit: number },
): VisitStory {
  const v = which.visit
  const { city } = plan
  const isRemote = (day.kind[v] as number) > VISIT_EMERGENCY
  return {
    visit: v,
    day: which.day,
    person: {
      ageGroup: ageGroups[day.age[v] as number] as string,
      insuredType: insuredTypes[day.insured[v] as number] as string,
      district: city.districts[day.district[v] as number]?.name ?? '',
      tier: isRemote ? '' : (tiers[day.tier[v] as number] as string),
      department: isRemote ? '' : (city.departments[day.department[v] as number]?.name ?? ''),
      siteName: isRemote ? '' : (player.sites[day.site[v] as number]?.name ?? ''),
    },
    arms: plan.scenario.arms.map((arm, index) => {
      const { kernel, city: compiled, thresholds } = player.prepareArm(index, day, which.day)
      kernel.watch(v)
      playedToItsEnd(() => kernel.run(compiled.faults.length), {
        city,
        compiled,
        sites: player.sites,
        date: plan.scenario.date,
        replication: which.day,
        arm: arm.title,
      })
      const events = eventsOf(kernel.watched(), player, plan)
      kernel.watch(-1)
      const lines = kernel.visits('visitLines')[v] as number
      return {
        arm: arm.name,
        mode: paymentModes[modeOf(day, thresholds, v)] as string,
        events,
        linesJoined: { payment: lines & 31, clinical: (lines >> 15) & 31 },
        waitMinutes: {
          payment: (kernel.visits('visitPaymentWait')[v] as number) / 600_000,
          clinical: (kernel.visits('visitClinicalWait')[v] as number) / 600_000,
        },
        paid: paidOf(kernel, day, v),
      }
    }),
  }
}

/** A day whose lines outlast the clock is told by its arm and its longest lines. */
function playedToItsEnd(play: () => void, day: DayPlayed): void {
  try {
    play()
  } catch (error) {
    throw isDayTooLong(error) ? inWords(error, day) : error
  }
}

function eventsOf(log: Int32Array, player: CityPlayer, plan: Plan): readonly VisitEvent[] {
  const events: VisitEvent[] = []
  const { rowNames, whole } = player.pathways
  const errandNames = [...player.pathways.errandIndex.keys()]
  const step = (row: number): string => rowNames[row] ?? String(row)
  // Where a row happens: its line, the errand it sends, or the step itself.
  const lineOf = (row: number): string => {
    const slot = (whole.rowPlace as Int32Array)[row] as number
    return slot < 0 ? 'consulting-room' : (stationKinds[slot] as string)
  }
  let joined = 0
  for (let at = 0; at < log.length; at += 3) {
    const tick = log[at] as number
    const where = log[at + 2] as number
    const add = (what: VisitEvent['what'], place: string, more: Partial<VisitEvent> = {}): void => {
      events.push({ atSecond: tick / TICKS_PER_SECOND, what, where: place, ...more })
    }
    switch (log[at + 1]) {
      case WATCH_ARRIVE:
        add('arrive', step(where).split('/')[0] as string)
        break
      case WATCH_JOIN:
        joined = tick
        add('join', lineOf(where))
        break
      case WATCH_START:
        add('start', lineOf(where), { waitSeconds: (tick - joined) / TICKS_PER_SECOND })
        break
      case WATCH_END:
        add('end', lineOf(where))
        break
      case WATCH_ERRAND:
        add('errand', errandNames[(whole.rowErrand as Int32Array)[where] as number] as string)
        break
      case WATCH_SETTLED:
        add('settled', '', {})
        break
      case WATCH_FAILED:
        add('failed', failedAt[where] as string)
        break
      case WATCH_FALLBACK:
        add('fallback', step(where).split('/')[1] as string)
        break
      case WATCH_OTHER_ENTRY:
        add('fallback', plan.city.parties.channels[where]?.name ?? String(where))
        break
      case WATCH_BUREAU_DOWN:
        add('fallback', bureauDown[where] as string)
        break
      case WATCH_BALK:
        add('balk', lineOf(where))
        break
      case WATCH_RENEGE:
        add('renege', lineOf(where), { waitSeconds: (tick - joined) / TICKS_PER_SECOND })
        break
      case WATCH_LEAVE:
        add('leave', outcomes[where] as string)
        break
      default:
        throw new Error(`the kernel's log has an unknown event ${log[at + 1]}`)
    }
  }
  return events
}

function paidOf(kernel: Kernel, day: DayVisits, v: number): ArmStory['paid'] {
  const paid = { fundFen: 0, accountFen: 0, creditFen: 0, cashFen: 0, owingFen: 0 }
  for (const [point, name] of (['visitPaid0', 'visitPaid1', 'visitPaid2'] as const).entries()) {
    const word = kernel.visits(name)[v] as number
    const status = word & PAID_STATUS_MASK
    const at = v * 3 + point
    const cashFen = day.cashFen[at] as number
    if (status === settled) {
      paid.fundFen += day.fundFen[at] as number
      paid.accountFen += (day.currentAccountFen[at] as number) + (day.historyAccountFen[at] as number)
      if (((word >> PAID_MODE_SHIFT) & PAID_MODE_MASK) === paymentModes.indexOf('credit')) paid.creditFen += cashFen
      else paid.cashFen += cashFen
    } else if (status === leftOwing) paid.owingFen += day.billFen[at] as number
  }
  return paid
}

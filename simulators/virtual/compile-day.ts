/** A day's visits under an arm as the kernel's visit tables: which pathway, which traits, who pays. */
import type { Plan } from '../../scenarios/plan.ts'
import { ageGroups, registrationWays } from '../../scenarios/plan.ts'
import type { AdoptionThresholds } from '../patients/choose-modes.ts'
import { notEligible } from '../patients/choose-modes.ts'
import {
  type DayVisits,
  HABIT_IMPATIENT,
  HABIT_RAISE,
  HABIT_REFUSED,
  HABIT_UNSETTLED,
  ONCE_PARTS,
  VISIT_EMERGENCY,
  VISIT_INTERNET,
  VISIT_OUTPATIENT,
  VISIT_PHARMACY,
  VISIT_SIGN_UP,
  VISIT_SWITCH,
} from '../patients/day-visits.ts'
import { SWITCH_DIRECTORY } from '../patients/go-live-visits.ts'
import {
  ADOPTER_SHIFT,
  AGE_SHIFT,
  CHANNEL_SHIFT,
  CHILD_SHIFT,
  CREDIT_BANK_SHIFT,
  DRUGS_SHIFT,
  EXAMINATION_SHIFT,
  IMPATIENT_SHIFT,
  INSURED_SHIFT,
  KIOSK_FALLBACK_SHIFT,
  KIOSK_WALLET_SHIFT,
  MODE_SHIFT,
  OVER_LIMIT_SHIFT,
  OWN_BANK_SHIFT,
  RAISE_SHIFT,
  REGISTRATION_SHIFT,
  SELF_SERVICE_SHIFT,
  SIGN_UP_SHIFT,
  UNSETTLED_SHIFT,
  URGENCY_SHIFT,
} from '../patients/traits.ts'
import type { CompiledCity } from './compile-city.ts'
import type { CompiledPathways } from './compile-pathways.ts'
import { type VisitColumn, visitColumns } from './kernel-tables.ts'

const child = ageGroups.indexOf('child')
const appointment = registrationWays.indexOf('appointment')
const byPhone = registrationWays.indexOf('phone')
export const MODE_WINDOW = 0
export const MODE_KIOSK = 1
export const MODE_PHONE = 2
export const MODE_CREDIT = 3

export type DayColumns = Readonly<Record<VisitColumn, Int32Array>>

/**
 * Columns of the kernel's visit tables for a day; only traits, payers and first rows differ between arms.
 *
 * @param into where they are written: the kernel's own table, where nobody else wants them
 */
export function compileDay(
  arm: Plan['scenario']['arms'][number],
  thresholds: AdoptionThresholds,
  day: DayVisits,
  city: CompiledCity,
  pathways: CompiledPathways,
  into: DayColumns = layDayColumns(day.count),
): DayColumns {
  const { count } = day
  const { visitFirstRow: firstRow, visitSiteFirst: siteFirst, visitRoomSlot: room, visitTraits: traits, visitPayer: payer } = into
  const row = (name: string): number => pathways.firstRow.get(name) as number
  const rowOfKind: number[] = []
  rowOfKind[VISIT_OUTPATIENT] = row('outpatient-visit')
  rowOfKind[VISIT_EMERGENCY] = row('emergency-visit')
  rowOfKind[VISIT_INTERNET] = row('internet-visit')
  rowOfKind[VISIT_PHARMACY] = row('pharmacy-purchase')
  rowOfKind[VISIT_SIGN_UP] = arm.reform ? row('credit-sign-up') : pathways.leaveRow
  const leavingRow = row('pay-on-leaving')
  const volunteers = arm.volunteerFactor > 0
  const sites = city.siteFirst.length - 1
  const switchErrands = city.whole.siteErrands as Int32Array
  // Terminals, directories and hall sign-ups take place at sites that switch over in this arm. A sign-up elsewhere has no site.
  const isOfTheSwitch = (kind: number, site: number): boolean => kind === VISIT_SWITCH || (kind === VISIT_SIGN_UP && site < sites)
  const rowOfTheSwitch = (v: number, kind: number): number => {
    if ((switchErrands[day.site[v] as number] ?? 0) === 0) return pathways.leaveRow
    if (kind === VISIT_SIGN_UP) return row('credit-sign-up')
    return row(day.result[v] === SWITCH_DIRECTORY ? 'directory-download' : 'terminal-sign-in')
  }
  for (let v = 0; v < count; v++) {
    const kind = day.kind[v] as number
    const age = day.age[v] as number
    const mode = modeOf(day, thresholds, v)
    const settlesOnce = settlesOnLeaving(arm, day, mode, v)
    const adopter = mode >= MODE_PHONE
    const registration = adopter ? byPhone : day.registration[v] === byPhone ? appointment : (day.registration[v] as number)
    const selfService = day.selfService[v] === 1 && !volunteers ? 2 : (day.selfService[v] as number)
    siteFirst[v] = city.siteFirst[day.site[v] as number] as number
    room[v] = day.room[v] as number
    // Remote visits that do not use the platform settle like a shop's counter.
    firstRow[v] =
      kind === VISIT_INTERNET || kind === VISIT_PHARMACY
        ? day.result[v] === 1
          ? row('internet-visit')
          : row('pharmacy-purchase')
        : isOfTheSwitch(kind, day.site[v] as number)
          ? rowOfTheSwitch(v, kind)
          : settlesOnce
            ? leavingRow
            : (rowOfKind[kind] as number)
    traits[v] =
      (registration << REGISTRATION_SHIFT) |
      (mode << MODE_SHIFT) |
      ((day.examination[v] as number) << EXAMINATION_SHIFT) |
      ((day.drugs[v] as number) << DRUGS_SHIFT) |
      (selfService << SELF_SERVICE_SHIFT) |
      ((age === child ? 1 : 0) << CHILD_SHIFT) |
      (age << AGE_SHIFT) |
      ((day.insured[v] as number) << INSURED_SHIFT) |
      ((kind === VISIT_SIGN_UP ? (day.result[v] as number) : 0) << SIGN_UP_SHIFT) |
      ((adopter ? 1 : 0) << ADOPTER_SHIFT) |
      ((((day.habits[v] as number) & HABIT_UNSETTLED) === 0 ? 0 : 1) << UNSETTLED_SHIFT)
    const habits = day.habits[v] as number
    payer[v] =
      ((day.channel[v] as number) << CHANNEL_SHIFT) |
      ((day.creditBank[v] as number) << CREDIT_BANK_SHIFT) |
      ((day.ownBank[v] as number) << OWN_BANK_SHIFT) |
      ((settlesOnce ? overLimitOnLeaving(day, v) : overLimitPoints(day, v)) << OVER_LIMIT_SHIFT) |
      (((habits & HABIT_RAISE) !== 0 ? 1 : 0) << RAISE_SHIFT) |
      ((day.urgency[v] as number) << URGENCY_SHIFT) |
      (((habits & HABIT_IMPATIENT) !== 0 ? 1 : 0) << IMPATIENT_SHIFT) |
      ((day.kiosk[v] as number) << KIOSK_FALLBACK_SHIFT) |
      ((day.kioskWallet[v] as number) << KIOSK_WALLET_SHIFT)
  }
  into.visitArrival.set(day.arrival.subarray(0, count))
  into.visitDrawId.set(day.drawId.subarray(0, count))
  into.visitSite.set(day.site.subarray(0, count))
  into.visitEntries.set(day.entries.subarray(0, count))
  return into
}

function layDayColumns(count: number): DayColumns {
  return Object.fromEntries(Object.keys(visitColumns).map((name) => [name, new Int32Array(count)])) as Record<VisitColumn, Int32Array>
}

/** The visit's payment mode under the arm's thresholds. */
export function modeOf(day: DayVisits, thresholds: AdoptionThresholds, v: number): number {
  const age = day.age[v] as number
  const u = day.adoption[v] as number
  if (day.insured[v] !== notEligible && u < (thresholds.adopts[age] ?? 0))
    return u < (thresholds.credit[age] ?? 0) && ((day.habits[v] as number) & HABIT_REFUSED) === 0 ? MODE_CREDIT : MODE_PHONE
  return day.kiosk[v] === 1 ? MODE_KIOSK : MODE_WINDOW
}

/** 先诊疗后付费: nothing is paid on the way; what the visit comes to is settled once, before leaving. */
export function settlesOnLeaving(arm: Plan['scenario']['arms'][number], day: DayVisits, mode: number, v: number): boolean {
  return arm.settlesOnLeaving === true && mode === MODE_CREDIT && day.kind[v] === VISIT_OUTPATIENT
}

/** One bit per payment point whose hold is refused, and the last for the settlement: what was refused once is asked for again with the next. */
function overLimitOnLeaving(day: DayVisits, v: number): number {
  const free = day.freeCreditFen[v] as number
  let owed = 0
  let bits = 0
  for (let point = 0; point < 3; point++) {
    owed += day.cashFen[v * 3 + point] as number
    if (owed > free) bits |= 1 << point
  }
  return (day.onceFen[v * ONCE_PARTS + 3] as number) > free ? bits | 4 : bits
}

/** One bit per payment point whose cash part is above what the earlier points leave of the free credit. */
function overLimitPoints(day: DayVisits, v: number): number {
  let left = day.freeCreditFen[v] as number
  let bits = 0
  for (let point = 0; point < 3; point++) {
    const cash = day.cashFen[v * 3 + point] as number
    if (cash > left) bits |= 1 << point
    else left -= cash
  }
  return bits
}

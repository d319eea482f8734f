/**
 * One hospital with one server at every line and constant times, and patients sent through it by hand: small enough to say beforehand
 * which lines each of them joins, how long they wait there and whom their payments call.
 */
import { type CityPlan, type PaymentMode, type Plan, paymentModes, stationKinds } from '../../../scenarios/plan.ts'
import { meanSecondsOf } from '../../engine/law.ts'
import { FIXED_SLOTS } from '../../hospitals/sites.ts'
import type { DayFigures } from '../../measures/day-figures.ts'
import { sliceLayout } from '../../measures/slices.ts'
import { type DayVisits, layDayVisits, VISIT_EMERGENCY, VISIT_OUTPATIENT } from '../../patients/day-visits.ts'
import { cityPlayer } from '../city-player.ts'
import { compileDay, modeOf } from '../compile-day.ts'
import { figuresOfDay } from '../gather-figures.ts'
import { PAID_MODE_MASK, PAID_MODE_SHIFT, PAID_OTHER_MODE, PAID_STATUS_MASK } from '../kernel/paid.ts'
import { Stays } from '../stays.ts'

export interface Patient {
  readonly atSecond: number
  readonly pays: PaymentMode
  /** 0 none · 1 laboratory · 2 imaging · 3 both. */
  readonly examination?: number
  readonly drugs?: number
  /** registrationWays index of somebody who does not use the phone modes; 3, the window, unless told. */
  readonly registration?: number
  /** 0 most urgent … 3; with it the visit is an emergency. */
  readonly urgency?: number
  /** All of it in cash, fen, by payment point. */
  readonly bills?: readonly [number, number, number]
  readonly freeCreditFen?: number
}

/** Lines joined, of these with any wait, of these over a minute. */
export type LineCounts = readonly [joined: number, anyWait: number, overMinute: number]

export interface VisitToPlay {
  readonly endSecond: number
  readonly outcome: number
  readonly payment: LineCounts
  readonly clinical: LineCounts
  readonly paymentWaitSeconds: number
  readonly clinicalWaitSeconds: number
  readonly afterPaymentWaitSeconds: number
  /** By payment point: how it was paid; null where there was nothing to pay. */
  readonly paid: readonly ({
    readonly status: number
    readonly mode: PaymentMode | undefined
    readonly cameFromOtherMode: boolean
  } | null)[]
}

export interface Played {
  readonly visits: readonly VisitToPlay[]
  readonly figures: DayFigures
  /** Calls by name of party. */
  readonly calls: Readonly<Record<string, number>>
}

/** The plan with this hospital for a city, its first district's. */
export function oneHospital(plan: Plan): Plan {
  const { city } = plan
  const laws: CityPlan['laws'] = Object.fromEntries(
    Object.entries(city.laws).map(([name, law]) => [name, { kind: 'constant', meanSeconds: meanSecondsOf(law) }]),
  )
  const site = {
    name: 'hospital',
    district: city.districts[0]?.name as string,
    tier: 'municipal-tertiary' as const,
    servers: Object.fromEntries(stationKinds.map((kind) => [kind, 1])),
    departments: [{ name: city.departments[0]?.name as string, doctors: 1 }],
    hourlyArrivals: Array.from({ length: 24 }, () => 1),
  }
  return { ...plan, city: { ...city, laws, givenSites: [site] } }
}

/**
 * Plays these patients, in order of arrival, under an arm of the plan.
 *
 * @param pathway where they begin, if not where their kind of visit does
 */
export function playPatients(plan: Plan, arm: number, patients: readonly Patient[], pathway?: string): Played {
  const player = cityPlayer(plan, null)
  const armPlan = plan.scenario.arms[arm] as Plan['scenario']['arms'][number]
  const day = dayOf(patients)
  const { kernel, city, thresholds } = player.prepareArm(arm, day, 0)
  for (const [v, patient] of patients.entries()) day.adoption[v] = adoptionOf(patient.pays, thresholds, day.age[v] as number)
  const columns = compileDay(armPlan, thresholds, day, city, player.pathways)
  const first = pathway === undefined ? undefined : (player.pathways.firstRow.get(pathway) as number)
  kernel.loadVisits(day.count, first === undefined ? columns : { ...columns, visitFirstRow: new Int32Array(day.count).fill(first) })
  kernel.run(city.faults.length)
  const stays = new Stays()
  stays.open(plan.scenario.arms.length)
  const tickets = new Int32Array(day.count)
  stays.admit(day, 0, 1, (_, v) => modeOf(day, thresholds, v), tickets)
  const gathered = figuresOfDay({
    kernel,
    stays,
    arm,
    layout: sliceLayout(plan.city, plan.scenario.arms),
    city,
    sites: player.sites.length,
    banks: plan.city.parties.banks.length,
    reform: armPlan.reform,
    wantsSiteWaits: false,
    slices: { everySlice: true },
  })
  gathered.take(kernel.left(), day.count)
  const figures = gathered.close()
  const [end, outcome, payment, clinical, after, lines] = (
    ['visitEnd', 'visitOutcome', 'visitPaymentWait', 'visitClinicalWait', 'visitAfterPaymentWait', 'visitLines'] as const
  ).map((name) => kernel.visits(name)) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]
  const paid = [kernel.visits('visitPaid0'), kernel.visits('visitPaid1'), kernel.visits('visitPaid2')]
  const count = (v: number, from: number): LineCounts =>
    [from, from + 1, from + 2].map((field) => ((lines[v] as number) >> (5 * field)) & 31) as unknown as LineCounts
  return {
    visits: patients.map((_, v) => ({
      endSecond: (end[v] as number) / TICKS_PER_SECOND,
      outcome: outcome[v] as number,
      payment: count(v, 0),
      clinical: count(v, 3),
      paymentWaitSeconds: (payment[v] as number) / TICKS_PER_SECOND,
      clinicalWaitSeconds: (clinical[v] as number) / TICKS_PER_SECOND,
      afterPaymentWaitSeconds: (after[v] as number) / TICKS_PER_SECOND,
      paid: paid.map((words) => paidAs(words[v] as number)),
    })),
    figures,
    calls: Object.fromEntries(city.parties.map((party, index) => [party.name, figures.calls[index] as number])),
  }
}

const TICKS_PER_SECOND = 10_000

function dayOf(patients: readonly Patient[]): DayVisits {
  const day = layDayVisits(patients.length)
  for (const [v, patient] of patients.entries()) {
    day.kind[v] = patient.urgency === undefined ? VISIT_OUTPATIENT : VISIT_EMERGENCY
    day.drawId[v] = v
    day.arrival[v] = patient.atSecond * TICKS_PER_SECOND
    day.room[v] = FIXED_SLOTS
    // A young adult in work, who holds the first entry alone.
    day.age[v] = 1
    day.entries[v] = 1
    day.examination[v] = patient.examination ?? 0
    day.drugs[v] = patient.drugs ?? 0
    day.registration[v] = patient.registration ?? 3
    day.kiosk[v] = patient.pays === 'kiosk' ? 1 : 0
    day.urgency[v] = patient.urgency ?? 3
    day.freeCreditFen[v] = patient.freeCreditFen ?? 1_000_000
    for (const [point, billFen] of (patient.bills ?? [0, 0, 0]).entries()) {
      day.billFen[v * 3 + point] = billFen
      day.cashFen[v * 3 + point] = billFen
    }
  }
  return { ...day, count: patients.length }
}

/** A uniform that makes a person of this age pay so under the arm's thresholds. */
function adoptionOf(
  pays: PaymentMode,
  thresholds: { readonly adopts: readonly number[]; readonly credit: readonly number[] },
  age: number,
): number {
  const credit = thresholds.credit[age] as number
  return pays === 'credit' ? 0 : pays === 'phone' ? (credit + (thresholds.adopts[age] as number)) / 2 : 0.999
}

function paidAs(word: number): VisitToPlay['paid'][number] {
  if (word === 0) return null
  return {
    status: word & PAID_STATUS_MASK,
    mode: paymentModes[(word >> PAID_MODE_SHIFT) & PAID_MODE_MASK],
    cameFromOtherMode: (word & PAID_OTHER_MODE) !== 0,
  }
}

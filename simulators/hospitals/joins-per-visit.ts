/**
 * How often a mean visit joins each kind of line before the reform: what windows were sized for.
 * Read off the pathways of outpatient-visit.ts and emergency-visit.ts; `joins-per-visit.test.ts` holds it against what patients then do.
 */
import { type CityPlan, type StationKind, tiers } from '../../scenarios/plan.ts'

export interface JoinsPerVisit {
  readonly byKind: ReadonlyMap<StationKind, number>
  /** The same for a mean emergency visit, besides its emergency room: the lines it shares with outpatients. */
  readonly byKindOfEmergency: ReadonlyMap<StationKind, number>
  /** Lines whose server is held during a settlement. */
  readonly settles: ReadonlySet<StationKind>
  /** Share of visits that see the doctor again after an examination. */
  readonly examined: number
}

const registration = { appointment: 0, phone: 1, kiosk: 2, window: 3 } as const

export function joinsPerVisit(city: CityPlan, tier: number): JoinsPerVisit {
  const plan = city.tiers.find((candidate) => candidate.tier === tiers[tier])
  if (plan === undefined) throw new Error(`the city has no tier ${tiers[tier]}`)
  const { people } = city
  const visits = people.ageShares.map(
    (share, age) => share * (people.frequencyClasses[age] ?? []).reduce((sum, kind) => sum + kind.share * kind.visitsPerYear, 0),
  )
  const all = visits.reduce((sum, count) => sum + count, 0)
  const mean = (of: (age: number) => number): number => visits.reduce((sum, count, age) => sum + (count / all) * of(age), 0)

  // Laboratory and imaging are drawn apart: both, one, or none.
  const examined = 1 - (1 - plan.laboratoryShare) * (1 - plan.imagingShare)
  const payments = examined + plan.drugShare
  const managesAlone = (age: number): number => people.selfServiceSuccess[age] ?? 1
  const helped = (age: number): number =>
    (people.asksVolunteer[age] ?? 0) * Math.max(0, (people.helpedSuccess[age] ?? 0) - managesAlone(age))
  const manages = (age: number): number => managesAlone(age) + helped(age)
  const share = (age: number, way: keyof typeof registration): number => people.registrationShares[age]?.[registration[way]] ?? 0
  // Booked by app or by phone: the number is taken at a kiosk.
  const booked = (age: number): number => share(age, 'appointment') + share(age, 'phone')
  const kioskPays = (age: number): number => people.kioskShare[age] ?? 0
  return {
    byKind: new Map<StationKind, number>([
      ['registration-window', mean((age) => share(age, 'window') + (share(age, 'kiosk') + booked(age)) * (1 - manages(age)))],
      ['kiosk', mean((age) => share(age, 'kiosk') + booked(age) * manages(age) + payments * kioskPays(age))],
      ['cashier-window', mean((age) => payments * (1 - kioskPays(age) * manages(age)))],
      ['laboratory', plan.laboratoryShare],
      ['imaging', plan.imagingShare],
      ['pharmacy-window', plan.drugShare],
      ['volunteer-desk', mean((age) => helped(age) * (share(age, 'kiosk') + booked(age) + payments * kioskPays(age)))],
    ]),
    // An emergency visit pays once, on its way out.
    byKindOfEmergency: new Map<StationKind, number>([
      ['kiosk', mean(kioskPays)],
      ['cashier-window', mean((age) => 1 - kioskPays(age) * manages(age))],
      ['laboratory', plan.laboratoryShare],
      ['imaging', plan.imagingShare],
      ['pharmacy-window', plan.drugShare],
      ['volunteer-desk', mean((age) => helped(age) * kioskPays(age))],
    ]),
    settles: new Set<StationKind>(['registration-window', 'kiosk', 'cashier-window']),
    examined,
  }
}

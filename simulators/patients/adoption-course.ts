/**
 * How adoption grows over a roll-out: three processes of their own, each fitted to one published total, on one uniform a person.
 *
 *   sign-up     who has asked for a credit agreement, and on which day
 *   use         who pays with the e-credential, by phone or on credit
 *   credit      who, of those who signed on an earlier day and were granted, pays on credit
 *
 * Each is a threshold by age group that only rises; whose uniform is below it is in. Thresholds are nested, credit below sign-up and
 * below use, so more of one never takes from another. Activation is none of them: holding a credential is not using it.
 */
import type { CityPlan } from '../../scenarios/plan.ts'
import type { RollOutPlan, ShapePlan } from '../../scenarios/plan-roll-out.ts'
import { expOf, powOf } from '../engine/elementary.ts'
import { visitShareOfAge } from '../hospitals/sites.ts'
import { type AdoptionThresholds, notEligible } from './choose-modes.ts'
import { type ExpectedDay, paymentsByPhone } from './expected-payments.ts'

export interface AdoptionCourse {
  readonly shape: ShapePlan
  /** Thresholds of the nth day of the window. */
  thresholdsOf(n: number): AdoptionThresholds
  /** By age group: who has asked for an agreement by the end of the nth day; zeros before the first. */
  signedBelow(n: number): readonly number[]
  /** Share of expected transactions paid by phone or credit on the nth day. */
  adoptionOn(n: number): number
  readonly meets: { readonly credentialTransactions: number; readonly creditPayments: number; readonly signUps: number }
}

/** @param expected by day of the window */
export function adoptionCourse(city: CityPlan, rollOut: RollOutPlan, shape: ShapePlan, expected: readonly ExpectedDay[]): AdoptionCourse {
  const days = expected.length
  const { totals } = rollOut
  const { people, signUp } = city
  const course = (n: number): number => (n < 0 ? 0 : grown(shape, (n + 1) / days))
  // How much likelier than the mean eligible visit an age group's is to adopt.
  const eligible = people.ageShares.map((_, age) => 1 - (people.insuredShares[age]?.[notEligible] ?? 0))
  const weights = people.ageShares.map((_, age) => visitShareOfAge(city, age) * (eligible[age] as number))
  const pull = sumOf(weights, (weight, age) => weight * (people.adoptionPropensity[age] ?? 1)) / sumOf(weights, (weight) => weight)
  const lean = people.ageShares.map((_, age) => (people.adoptionPropensity[age] ?? 1) / pull)

  const over = (of: (day: ExpectedDay['byAge'][number]) => number): number =>
    sumOf(expected, (day, n) => course(n) * sumOf(day.byAge, (payments, age) => (lean[age] as number) * of(payments)))
  const granted = Math.min(1, signUp.grantedShare + signUp.digitalCardShare + signUp.raisedLimitShare)
  // Credit needs no skill at a screen; the registration before it is made by phone.
  const atCredit = totals.creditPayments / (granted * over(({ others }) => others))
  const moreByCredit = atCredit * granted * over(({ others, managedShare }) => others * (1 - managedShare))
  const atUse =
    (totals.credentialTransactions - moreByCredit) /
    over(({ registrations, others, managedShare }) => (registrations + others) * managedShare)
  const persons = sumOf(people.ageShares, (share, age) => share * people.persons * (eligible[age] as number) * (lean[age] as number))
  const atSignUp = totals.signUps / (granted * persons)
  const within = (share: number): number => Math.max(0, Math.min(1, share))
  const signedBelow = (n: number): readonly number[] => lean.map((factor) => within(atSignUp * course(n) * factor))

  const thresholdsOf = (n: number): AdoptionThresholds => {
    const signedBefore = signedBelow(n - 1)
    const adopts = lean.map((factor) => within(atUse * course(n) * factor))
    const credit = lean.map((factor, age) => Math.min(atCredit * course(n) * factor, signedBefore[age] as number, adopts[age] as number))
    return { adopts, credit }
  }
  const paidOn = (n: number) => paymentsByPhone(expected[n] as ExpectedDay, thresholdsOf(n), granted)
  return {
    shape,
    thresholdsOf,
    signedBelow,
    adoptionOn: (n) => paidOn(n).credential / (expected[n] as ExpectedDay).transactions,
    meets: {
      credentialTransactions: sumOf(expected, (_, n) => paidOn(n).credential),
      creditPayments: sumOf(expected, (_, n) => paidOn(n).credit),
      signUps:
        granted *
        sumOf(
          people.ageShares,
          (share, age) => share * people.persons * (eligible[age] as number) * (signedBelow(days - 1)[age] as number),
        ),
    },
  }
}

/** Share of the growth that is done after a share of the days: 0 at 0, 1 at 1. */
function grown({ form, steepness }: ShapePlan, x: number): number {
  if (form === 'linear') return x
  if (form === 'power') return powOf(x, steepness)
  const logistic = (at: number): number => 1 / (1 + expOf(-steepness * (at - 0.5)))
  return (logistic(x) - logistic(0)) / (logistic(1) - logistic(0))
}

function sumOf<Item>(items: readonly Item[], of: (item: Item, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + of(item, index), 0)
}

/**
 * The named draws of people and visits. A draw is two words (drawWord, secondWord); where a name has two halves they are its
 * first and its second word. What a person is, is keyed by person; what a visit is, by the person's ordinal of it.
 */
import { decisionCounter } from '../engine/random.ts'
import { DecisionNames } from '../engine/streams.ts'

const names = new DecisionNames()
const decision = (name: string): number => decisionCounter(names.numberOf(name), 0)

export const DAY_TO_DAY = decision('city/day-to-day')
export const REMOTE_DEAL = decision('city/remote-deal')

/** On a morning of going live: in which hall somebody signs up, and of which stratum they are. */
export const HALL_DEAL = decision('city/hall-sign-up')

export const HOME_INSURED = decision('person/home, insured-type')
export const ADOPTION_KIOSK = decision('person/adoption, kiosk')
export const REGISTRATION_HISTORY = decision('person/registration-way, history-account')
export const PATIENCE_RAISE = decision('person/patience, raised-limit')
export const ENTRY_LIMIT = decision('person/entry, credit-limit')
export const BANKS = decision('person/credit-bank, own-bank')
/** Only where a score caps the limit of credit. */
export const SCORE = decision('person/score-band')
/** Only where kiosks read the 付款码 of wallets. */
export const KIOSK_WALLET = decision('person/kiosk-wallet')
/** Four channels a draw, 16 bits each; the attempt counts the draws. */
export const FURTHER_ENTRIES = decision('person/further-entries')

// The first two are all that a person's past needs of a visit: two draws in place of six, a third of a day's people.
export const COMES_BILL = decision('visit/comes, bill')
export const TIER_NEEDS = decision('visit/tier, needs')
export const SITE_DEPARTMENT = decision('visit/site, department')
export const ARRIVAL_TRIAGE = decision('visit/arrival, triage')
export const SELF_SERVICE = decision('visit/self-service, asks-volunteer')
/** Sign-ups: the result. Remote visits: whether they pay through the platform. */
export const RESULT = decision('visit/result')

/** Only where visits are settled on leaving. */
export const UNSETTLED = decision('visit/leaves-unsettled')

/** Only where the credit term is played. */
export const REPAYMENT = decision('visit/repaid-after, by-wallet')

/** Only where bills go back. */
export const TAKES_BACK = decision('visit/takes-back')

/** Only where bills offend against rules: four kinds a payment point, the attempt counts both. */
export const WRONGDOING = decision('bill/wrongdoing')

/** Ordinals of a person's visits within draws: cycles use 0 … 28 in turn, remote visits the rest. */
export const CYCLES = 29
export const ORDINALS = 32
/** So many persons have draws of their own: 2^32 visits' keys, 32 to a person. */
export const PERSONS_MAX = 134_217_728

/** First counter word of a visit's draws. */
export function drawIdOf(person: number, ordinal: number): number {
  return (person * ORDINALS + ordinal) | 0
}

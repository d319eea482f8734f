/** What a person is, whichever day they come: drawn from their own words into the columns of a visit. */
import type { Plan } from '../../scenarios/plan.ts'
import { bankCard } from '../../scenarios/plan-wallets.ts'
import { dayNumber } from '../engine/civil-date.ts'
import { drawWord, secondWord, uniformOf } from '../engine/random.ts'
import { type DayVisits, HABIT_IMPATIENT, HABIT_RAISE } from './day-visits.ts'
import {
  ADOPTION_KIOSK,
  BANKS,
  ENTRY_LIMIT,
  FURTHER_ENTRIES,
  HOME_INSURED,
  KIOSK_WALLET,
  PATIENCE_RAISE,
  REGISTRATION_HISTORY,
  SCORE,
} from './draws.ts'
import { drawnIndex, type Shares, sharesOf } from './shares.ts'

export interface PersonTraits {
  /** District of a person: where ordinary visits near home go. */
  homeOf(person: number, key0: number, key1: number): number
  /**
   * Writes person, age, district, insured type, habits, entries and banks into row `at`. Further entries are drawn only where the person's
   * uniform for adoption is below the last argument: others use none.
   */
  write(columns: DayVisits, at: number, person: number, age: number, key0: number, key1: number, usesEntriesBelow?: number): void
  /** Only what money and enrolment depend on, into {@link also}. */
  readMoney(person: number, age: number, key0: number, key1: number): void
  /** Left by {@link write}: the person's credit limit in fen, the band of the score that caps it (−1: none is asked), and their uniform for the history account; by {@link readMoney} the rest. */
  readonly also: { limitFen: number; scoreBand: number; historyUniform: number; district: number; insured: number; adoption: number }
}

export function personTraits({ city, policy }: Pick<Plan, 'city' | 'policy'>, day: number): PersonTraits {
  const { people } = city
  const home = sharesOf(city.districts.map((district) => district.populationShare))
  const insured = people.insuredShares.map(sharesOf)
  const registration = people.registrationShares.map(sharesOf)
  const open = city.parties.channels.map((channel) => (dayNumber(channel.openedOn) <= day ? channel.usageShare : 0))
  const channels = sharesOf(open.some((share) => share > 0) ? open : city.parties.channels.map((_, index) => (index === 0 ? 1 : 0)))
  const furtherOdds = furtherOddsOf(channels.share, people.furtherEntriesMean)
  const banks = sharesOf(city.parties.banks.map((bank) => bank.share))
  const { wallets } = city.parties
  // The last of them is the bank card, whatever is left.
  const atKiosk =
    wallets === undefined
      ? undefined
      : sharesOf([...wallets.list.map(({ name }) => wallets.kioskShare[name] ?? 0), wallets.kioskShare[bankCard] ?? 0])
  const limits = sharesOf(people.credit.limits.map((limit) => limit.share))
  const limitFen = people.credit.limits.map((limit) => limit.limitFen)
  const { scoreBandShare } = people.credit
  const bands = scoreBandShare === undefined ? undefined : sharesOf(scoreBandShare)
  const { impatientShare } = city.journey
  const { raiseSuccessShare } = people.credit
  const also = { limitFen: 0, scoreBand: -1, historyUniform: 0, district: 0, insured: 0, adoption: 0 }

  /** The preferred entry and each other with the chance that gives the wanted mean number of further ones. */
  function entriesOf(person: number, preferred: number, key0: number, key1: number): number {
    let held = 1 << preferred
    const row = preferred * channels.share.length
    for (let channel = 0; channel < channels.share.length; channel += 4) {
      const two = drawWord(key0, key1, person, FURTHER_ENTRIES + (channel >> 2))
      const more = secondWord()
      if ((two & 0xffff) < (furtherOdds[row + channel] as number)) held |= 1 << channel
      if (two >>> 16 < (furtherOdds[row + channel + 1] as number)) held |= 2 << channel
      if ((more & 0xffff) < (furtherOdds[row + channel + 2] as number)) held |= 4 << channel
      if (more >>> 16 < (furtherOdds[row + channel + 3] as number)) held |= 8 << channel
    }
    return held
  }

  function walletOf(person: number, key0: number, key1: number): number {
    if (atKiosk === undefined) return 0
    const way = drawnIndex(atKiosk, uniformOf(drawWord(key0, key1, person, KIOSK_WALLET)))
    return way === atKiosk.share.length - 1 ? 0 : 1 + way
  }

  return {
    also,
    homeOf: (person, key0, key1) => drawnIndex(home, uniformOf(drawWord(key0, key1, person, HOME_INSURED))),
    readMoney(person, age, key0, key1) {
      also.district = drawnIndex(home, uniformOf(drawWord(key0, key1, person, HOME_INSURED)))
      also.insured = drawnIndex(insured[age] as Shares, uniformOf(secondWord()))
      also.adoption = uniformOf(drawWord(key0, key1, person, ADOPTION_KIOSK))
      drawWord(key0, key1, person, REGISTRATION_HISTORY)
      also.historyUniform = uniformOf(secondWord())
    },
    write(columns, at, person, age, key0, key1, usesEntriesBelow = 1) {
      columns.person[at] = person
      columns.age[at] = age
      columns.district[at] = drawnIndex(home, uniformOf(drawWord(key0, key1, person, HOME_INSURED)))
      columns.insured[at] = drawnIndex(insured[age] as Shares, uniformOf(secondWord()))
      columns.adoption[at] = uniformOf(drawWord(key0, key1, person, ADOPTION_KIOSK))
      columns.kiosk[at] = uniformOf(secondWord()) < (people.kioskShare[age] ?? 0) ? 1 : 0
      columns.registration[at] = drawnIndex(registration[age] as Shares, uniformOf(drawWord(key0, key1, person, REGISTRATION_HISTORY)))
      also.historyUniform = uniformOf(secondWord())
      const impatient = uniformOf(drawWord(key0, key1, person, PATIENCE_RAISE)) < impatientShare ? HABIT_IMPATIENT : 0
      columns.habits[at] = impatient | (uniformOf(secondWord()) < raiseSuccessShare ? HABIT_RAISE : 0)
      const entry = drawnIndex(channels, uniformOf(drawWord(key0, key1, person, ENTRY_LIMIT)))
      also.limitFen = limitFen[drawnIndex(limits, uniformOf(secondWord()))] ?? 0
      if (bands !== undefined) {
        also.scoreBand = drawnIndex(bands, uniformOf(drawWord(key0, key1, person, SCORE)))
        also.limitFen = Math.min(also.limitFen, policy.creditBands[also.scoreBand]?.limitFen ?? 0)
      }
      columns.channel[at] = entry
      columns.entries[at] = (columns.adoption[at] as number) < usesEntriesBelow ? entriesOf(person, entry, key0, key1) : 1 << entry
      columns.creditBank[at] = drawnIndex(banks, uniformOf(drawWord(key0, key1, person, BANKS)))
      columns.ownBank[at] = drawnIndex(banks, uniformOf(secondWord()))
      columns.kioskWallet[at] = walletOf(person, key0, key1)
    },
  }
}

/** By preferred channel × channels: the chance of holding another, in 65,536ths; as long as four at a time may read. */
function furtherOddsOf(share: readonly number[], mean: number): Int32Array {
  const odds = new Int32Array(share.length * share.length + 4)
  for (const [preferred, own] of share.entries()) {
    for (const [channel, other] of share.entries()) {
      if (channel !== preferred && own < 1)
        odds[preferred * share.length + channel] = Math.min(65_536, Math.round((65_536 * mean * other) / (1 - own)))
    }
  }
  return odds
}

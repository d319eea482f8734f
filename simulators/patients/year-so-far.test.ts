import { expect, test } from 'vitest'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { dayNumber } from '../engine/civil-date.ts'
import { streamKey0, streamKey1 } from '../engine/random.ts'
import { seedWords } from '../engine/streams.ts'
import { sitesOf } from '../hospitals/sites.ts'
import { benefitAccount, benefitAt } from '../policy/benefit-row.ts'
import { benefitTable } from '../policy/benefit-table.ts'
import { currentAccountLeft, deductiblePaid, fundPaid, yearWidth } from '../policy/reimbursement.ts'
import { layDayVisits } from './day-visits.ts'
import { dueDaysOf } from './due-days.ts'
import { personTraits } from './person-traits.ts'
import { placesOf } from './places.ts'
import { strataOf } from './strata.ts'
import { later, onDate, peopleOf, siteVisits } from './testing/town-days.ts'
import { yearSoFarOf } from './year-so-far.ts'

const base = planOf('small-town')
/** The town on a date, its insurance year beginning on mm-dd. */
const townOn = (date: string, insuranceYearStart: string): Plan => ({
  ...onDate(base, date),
  policy: { ...base.policy, insuranceYearStart },
})

test('who came on the days before is found again in their year, with the same bills, and nothing else is', () => {
  const start = '2020-12-01'
  const days = 14
  const bills = new Map<number, { day: number; billFen: number[] }[]>()
  const fund = new Map<number, number>()
  const account = new Map<number, number>()
  const accountAtStart = new Map<number, number>()
  for (let passed = 0; passed < days; passed++) {
    const date = later(start, passed)
    const day = peopleOf(townOn(date, '12-01')).visitsOf(5)
    for (const v of siteVisits(day)) {
      const person = day.person[v] as number
      const of = bills.get(person) ?? []
      of.push({ day: dayNumber(date), billFen: [...day.billFen.subarray(v * 3, v * 3 + 3)] })
      bills.set(person, of)
      const sum = (column: Int32Array): number => column.subarray(v * 3, v * 3 + 3).reduce((a, b) => a + b, 0)
      fund.set(person, (fund.get(person) ?? 0) + sum(day.fundFen))
      account.set(person, (account.get(person) ?? 0) + sum(day.currentAccountFen))
      const row = benefitAt(day.insured[v] as number, day.age[v] as number, 0)
      accountAtStart.set(person, benefitTable(base.policy)[row + benefitAccount] as number)
    }
  }
  const after = peopleOf(townOn(later(start, days), '12-01'))
  expect([...bills.values()].filter((visits) => visits.length > 1).length).toBeGreaterThan(100)
  expect([...fund.values()].filter((fen) => fen > 0).length).toBeGreaterThan(20)
  for (const [person, visits] of bills) {
    const past = after.pastOf(5, person)
    expect(past.visits).toEqual(visits)
    expect(past.year[fundPaid]).toBe(fund.get(person))
    expect(past.year[currentAccountLeft]).toBe((accountAtStart.get(person) as number) - (account.get(person) as number))
  }
  for (let person = 0; person < base.city.people.persons; person += 97) {
    if (!bills.has(person)) expect(after.pastOf(5, person).visits).toEqual([])
  }
}, 60_000)

test('the insurance year begins where the policy says: on its first day accounts are full and nothing is borne', () => {
  const date = '2020-12-14'
  const fresh = peopleOf(townOn(date, '12-14'))
  const late = peopleOf(townOn(date, '12-15'))
  const table = benefitTable(base.policy)
  const today = structuredClone(fresh.visitsOf(0))
  let withPast = 0
  let borne = 0
  for (const v of siteVisits(today)) {
    const person = today.person[v] as number
    const { visits, year } = fresh.pastOf(0, person)
    expect(visits).toEqual([])
    expect(year[deductiblePaid]).toBe(0)
    expect(year[fundPaid]).toBe(0)
    expect(year[currentAccountLeft]).toBe(table[benefitAt(today.insured[v] as number, today.age[v] as number, 0) + benefitAccount])
    const old = late.pastOf(0, person)
    if (old.visits.length > 0) withPast++
    if ((old.year[deductiblePaid] as number) > 0) borne++
    for (const visit of old.visits) expect(visit.day).toBeGreaterThanOrEqual(dayNumber('2019-12-15'))
  }
  expect(withPast).toBeGreaterThan(300)
  expect(borne).toBeGreaterThan(100)
  // The longer the year has run, the more of the same bills the fund pays.
  const paidByFund = (people: ReturnType<typeof peopleOf>): number => {
    const day = people.visitsOf(0)
    return day.fundFen.subarray(0, day.count * 3).reduce((sum, fen) => sum + fen, 0)
  }
  expect(paidByFund(late)).toBeGreaterThan(1.5 * paidByFund(fresh))
})

test('how early generation began changes no year and no patient share', () => {
  const plan = townOn('2020-12-14', '07-01')
  const { city } = plan
  const seed = seedWords(plan.scenario.seed)
  const key0 = streamKey0(seed.low, seed.high, 1)
  const key1 = streamKey1(seed.low, seed.high, 1)
  const day = dayNumber('2020-12-14')
  const yearStart = dayNumber('2020-07-01')
  const strata = strataOf(city, city.demand.visitsPerDay, key0, key1)
  const demand = Float64Array.from({ length: day - yearStart }, (_, since) => strata.demandOf(yearStart + since))
  const year = yearSoFarOf({ plan, places: placesOf(plan, sitesOf(city)), key0, key1, yearStart, day, demand })
  const traits = personTraits({ city, policy: plan.policy }, day)
  const row = layDayVisits(1)
  const statesFrom = (generationBegan: number): number[] => {
    const states: number[] = []
    for (const [index, stratum] of strata.list.entries()) {
      const due = dueDaysOf(stratum, index, generationBegan, day, key0, key1)
      for (let inStratum = 0; inStratum < stratum.persons; inStratum += 41) {
        const person = stratum.first + inStratum
        traits.write(row, 0, person, stratum.age, key0, key1)
        const insured = row.insured[0] as number
        const district = row.district[0] as number
        const { historyUniform } = traits.also
        states.push(year.open({ person, inStratum, insured, age: stratum.age, district, historyUniform, wantsStanding: true }, due))
        for (let part = 0; part < yearWidth; part++) states.push(year.state[part] as number)
        // The next bill is the same for all; its cash is the patient's share.
        year.writeBills(row, 0, insured, stratum.age, 0, 0, 7, 12_345)
        states.push(...row.cashFen.subarray(0, 3))
      }
    }
    return states
  }
  const fromYearStart = statesFrom(yearStart)
  expect(fromYearStart.length).toBeGreaterThan(500 * 8)
  expect(statesFrom(yearStart - 500)).toEqual(fromYearStart)
  // Begun too late, it would be another: the test can tell.
  expect(statesFrom(yearStart + 60)).not.toEqual(fromYearStart)
})

test('credit taken in the last repayment days still stands, and no more', () => {
  const people = peopleOf(base)
  const day = structuredClone(people.visitsOf(0))
  const { repaymentDays, limits } = base.city.people.credit
  const today = dayNumber(base.scenario.date)
  const limitFens = new Set(limits.map(({ limitFen }) => limitFen))
  let standing = 0
  for (const v of siteVisits(day)) {
    const past = people.pastOf(0, day.person[v] as number)
    const recent = past.visits.filter((visit) => visit.day > today - repaymentDays)
    const recentFen = recent.flatMap(({ billFen }) => billFen).reduce((a, b) => a + b, 0)
    expect(past.standingFen).toBeLessThanOrEqual(recentFen)
    if (recent.length === 0) expect(past.standingFen).toBe(0)
    if (past.standingFen > 0) standing++
    const free = day.freeCreditFen[v] as number
    if (free > 0) expect(limitFens).toContain(free + past.standingFen)
    else expect(past.standingFen).toBeGreaterThanOrEqual(Math.min(...limitFens))
  }
  expect(standing).toBeGreaterThan(50)
})

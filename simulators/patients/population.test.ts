import { expect, test } from 'vitest'
import type { CityPlan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { dayNumber, monthOf, weekdayOf } from '../engine/civil-date.ts'
import { type DayVisits, VISIT_EMERGENCY, VISIT_OUTPATIENT } from './day-visits.ts'
import { onDate, peopleOf, siteVisits, withCity } from './testing/town-days.ts'

const town = planOf('small-town')
const { demand, people } = town.city

const copyOf = (day: DayVisits): DayVisits => structuredClone(day)
const countOf = (day: DayVisits, kind: number): number =>
  day.kind.subarray(0, day.count).reduce((sum, of) => sum + (of === kind ? 1 : 0), 0)

// 2020: January begins on a Wednesday; the seven days from the 6th hold every weekday once.
const dates = Array.from({ length: 12 }, (_, month) =>
  Array.from({ length: 7 }, (_, day) => `2020-${String(month + 1).padStart(2, '0')}-${String(day + 6).padStart(2, '0')}`),
).flat()

test('every weekday and every month brings the visits its factor says, emergencies on top', () => {
  const seen = { weekday: new Float64Array(7), month: new Float64Array(12), emergency: 0 }
  const expected = { weekday: new Float64Array(7), month: new Float64Array(12), all: 0 }
  for (const date of dates) {
    const number = dayNumber(date)
    const visits = peopleOf(onDate(town, date)).visitsOf(3)
    const mean =
      demand.visitsPerDay * (demand.weekdayFactors[weekdayOf(number)] as number) * (demand.monthFactors[monthOf(number)] as number)
    const outpatients = countOf(visits, VISIT_OUTPATIENT)
    seen.weekday[weekdayOf(number)]! += outpatients
    expected.weekday[weekdayOf(number)]! += mean
    seen.month[monthOf(number)]! += outpatients
    expected.month[monthOf(number)]! += mean
    seen.emergency += countOf(visits, VISIT_EMERGENCY)
    expected.all += mean
  }
  // Each day is off by its own noise (4 %) and the coin of each person due; four standard deviations of a sum of so many days.
  const within = (value: number, mean: number, days: number): void => {
    expect(Math.abs(value / mean - 1)).toBeLessThan(4 * Math.sqrt((demand.dayToDayCv ** 2 + days / mean) / days))
  }
  for (let weekday = 0; weekday < 7; weekday++) within(seen.weekday[weekday] as number, expected.weekday[weekday] as number, 12)
  for (let month = 0; month < 12; month++) within(seen.month[month] as number, expected.month[month] as number, 7)
  within(seen.emergency, expected.all * demand.emergencyShare, dates.length)
})

test('an age group visits as often as its frequencies say', () => {
  const seen = new Float64Array(4)
  for (let replication = 0; replication < 30; replication++) {
    const day = peopleOf(town).visitsOf(replication)
    for (const v of siteVisits(day)) seen[day.age[v] as number]!++
  }
  const perYear = people.ageShares.map(
    (share, age) => share * (people.frequencyClasses[age] ?? []).reduce((sum, kind) => sum + kind.share * kind.visitsPerYear, 0),
  )
  const all = seen.reduce((sum, count) => sum + count, 0)
  const total = perYear.reduce((sum, count) => sum + count, 0)
  for (const [age, visits] of perYear.entries()) {
    const share = visits / total
    expect(Math.abs((seen[age] as number) / all - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / all))
  }
})

test('visits stand in order of arrival, nobody comes to a site twice a day, and everybody exists', () => {
  for (let replication = 0; replication < 10; replication++) {
    const day = peopleOf(town).visitsOf(replication)
    const persons = new Set<number>()
    let visits = 0
    for (const v of siteVisits(day)) {
      persons.add(day.person[v] as number)
      visits++
    }
    expect(persons.size).toBe(visits)
    for (let v = 0; v < day.count; v++) {
      expect(day.person[v]).toBeLessThan(people.persons)
      if (v > 0) expect(day.arrival[v]).toBeGreaterThanOrEqual(day.arrival[v - 1] as number)
    }
  }
})

test('people come by the hour as the plan says, emergencies round the clock', () => {
  const hours = [new Float64Array(24), new Float64Array(24)] as const
  for (let replication = 0; replication < 30; replication++) {
    const day = peopleOf(town).visitsOf(replication)
    for (const v of siteVisits(day)) hours[day.kind[v] as 0 | 1][Math.floor((day.arrival[v] as number) / 36_000_000)]!++
  }
  for (const [kind, shares] of [demand.hourlyShares, demand.emergencyHourlyShares].entries()) {
    const counts = hours[kind as 0 | 1]
    const all = counts.reduce((sum, count) => sum + count, 0)
    const total = shares.reduce((sum, share) => sum + share, 0)
    let chiSquare = 0
    for (const [hour, share] of shares.entries()) {
      if (share === 0) expect(counts[hour]).toBe(0)
      else chiSquare += ((counts[hour] as number) - (all * share) / total) ** 2 / ((all * share) / total)
    }
    // 99.9 % of chi-square with 23 degrees of freedom.
    expect(chiSquare).toBeLessThan(49.7)
  }
})

test('two replications draw other people; the same replication draws the same ones again', () => {
  const population = peopleOf(town)
  const first = copyOf(population.visitsOf(0))
  const second = copyOf(population.visitsOf(1))
  const again = population.visitsOf(0)
  const persons = (day: DayVisits): number[] => [...siteVisits(day)].map((v) => day.person[v] as number)
  const inFirst = new Set(persons(first))
  const inBoth = persons(second).filter((person) => inFirst.has(person)).length
  // Of 24,000 people some 2 % come a day, often the same frequent ones: independent draws share few.
  expect(inBoth / inFirst.size).toBeLessThan(0.2)
  expect(persons(again)).toEqual(persons(first))
  // A trait of one person is drawn anew in another replication too.
  const both = persons(second).filter((person) => inFirst.has(person))
  const adoptionOf = (day: DayVisits, person: number): number => day.adoption[persons(day).indexOf(person)] as number
  for (const person of both) expect(adoptionOf(second, person)).not.toBe(adoptionOf(first, person))
})

const columnsThatStay = [
  'person',
  'arrival',
  'site',
  'tier',
  'billFen',
  'fundFen',
  'cashFen',
  'adoption',
  'examination',
  'drugs',
  'freeCreditFen',
] as const

function expectSame(changes: Partial<CityPlan>, moved: 'creditBank' | 'department' | 'entries'): void {
  const before = copyOf(peopleOf(town).visitsOf(2))
  const after = peopleOf(withCity(town, changes)).visitsOf(2)
  expect(after.count).toBe(before.count)
  for (const name of columnsThatStay) {
    const width = name.endsWith('Fen') && name !== 'freeCreditFen' ? 3 : 1
    expect(after[name].subarray(0, after.count * width), name).toEqual(before[name].subarray(0, before.count * width))
  }
  expect(after[moved].subarray(0, after.count)).not.toEqual(before[moved].subarray(0, before.count))
}

test('another bank leaves arrivals and bills as they were', () => {
  const { parties } = town.city
  const bank = { ...(parties.banks[0] as (typeof parties.banks)[number]), name: 'another-bank', share: 1 }
  expectSame({ parties: { ...parties, banks: [...parties.banks, bank] } }, 'creditBank')
})

test('another department leaves arrivals and bills as they were', () => {
  const department = { ...(town.city.departments[0] as CityPlan['departments'][number]), name: 'another-department' }
  const tiers = town.city.tiers.map((tier) => ({ ...tier, departmentCount: tier.departmentCount + 1 }))
  expectSame({ departments: [...town.city.departments, department], tiers }, 'department')
})

test('another entry leaves arrivals and bills as they were', () => {
  const { parties } = town.city
  const channel = { ...(parties.channels[0] as (typeof parties.channels)[number]), name: 'another-entry' }
  expectSame({ parties: { ...parties, channels: [...parties.channels, channel] } }, 'entries')
})

import { beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import { dayNumber } from '../../engine/civil-date.ts'
import type { RunResult } from '../../measures/run-result.ts'
import { YEAR_TABLE_BYTES_A_PERSON } from '../../patients/year-table.ts'
import { houseOf } from '../city-player.ts'
import { oneDistrict } from '../testing/one-district.ts'
import { type DayOfWindow, windowPlayer } from './day-of-window.ts'
import { runRollOut } from './run-roll-out.ts'
import { laySharedTables, type SharedTables, SLICES, signUpsOn } from './shared-tables.ts'
import { rollOutWindow } from './window.ts'

const plan = oneDistrict(planOf('shanghai-2020'))
const window = rollOutWindow(plan)
const compiled = kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const secondWave = dayNumber('2020-08-17') - window.firstDay
let days: readonly DayOfWindow[] = []
let tables: SharedTables
let result: RunResult

const run = async (workers: number): Promise<RunResult> =>
  runRollOut(plan, { workers, kernel: { bytes: await compiled }, wallClock: () => new Date(0), replay: 'test' })

beforeAll(async () => {
  tables = laySharedTables(plan, window)
  const player = windowPlayer(plan, await compiled, tables, window)
  for (let slice = 0; slice < SLICES; slice++) player.fill(slice)
  days = window.compared.map((n) => player.playDay(n))
  result = await run(1)
})

test('two workers give the hash of one', async () => {
  expect((await run(2)).resultHash).toBe(result.resultHash)
  expect(result.verdict).toEqual({ valid: true, reasons: [] })
})

test('a day is the same in any order of days, with the slices of the table filled backwards, and with every year relived', async () => {
  const backwards = laySharedTables(plan, window)
  const filler = windowPlayer(plan, await compiled, backwards, window)
  for (let slice = SLICES - 1; slice >= 0; slice--) filler.fill(slice)
  expect(backwards.years?.cells).toEqual(tables.years?.cells)
  const reliving = windowPlayer(plan, await compiled, { ...tables, years: null }, window)
  for (const index of [8, 1, 5]) expect(reliving.playDay(days[index]?.n as number)).toEqual(days[index])
})

test('the table has at most twelve bytes for each insured person, and the result prints its size', () => {
  expect(YEAR_TABLE_BYTES_A_PERSON).toBeLessThanOrEqual(12)
  const { sharedTableBytes, sharedTableBytesPerPerson } = result.rollOut as NonNullable<RunResult['rollOut']>
  const insured = tables.insured.reduce((sum, count) => sum + count, 0)
  expect(sharedTableBytes).toBeGreaterThan(plan.city.people.persons * 10)
  expect(sharedTableBytesPerPerson).toBeCloseTo(sharedTableBytes / insured, 10)
  // The sign-ups of so eager a district are many; without them a person has their ten bytes.
  expect((tables.years?.cells.byteLength ?? 0) / insured).toBeLessThanOrEqual(12)
})

test('only sites that have joined are visited: one municipal hospital before the second wave, everything from its day on', () => {
  const read = valuesOf('visits')
  for (const { n, compared } of days) {
    const values = (compared as NonNullable<typeof compared>)[1]?.values as Float64Array
    const community = values[read.get('tier/community') as number] as number
    if (n < secondWave) expect(community).toBe(0)
    else expect(community).toBeGreaterThan(300)
    expect(values[read.get('tier/municipal-tertiary') as number]).toBeGreaterThan(100)
  }
  expect([window.joinedBy(0), window.joinedBy(secondWave - 1), window.joinedBy(secondWave)]).toEqual([1, 1, 20])
  expect(result.rollOut?.waves.map(({ sitesLive }) => sitesLive)).toEqual([1, 20])
})

test('an entry takes payments from the day it opens and none before', () => {
  const attempted = new Map(
    houseOf(plan, null).specs.flatMap(({ name }, at) => (name.startsWith('payments-attempted/') ? [[name, at]] : [])),
  )
  let opened = 0
  for (const { name, openedOn } of plan.city.parties.channels) {
    const at = attempted.get(`payments-attempted/${name}`) as number
    let since = 0
    for (const { n, compared } of days) {
      const value = compared?.[1]?.values[at] as number
      if (window.dateOf(n) < openedOn) expect(value).toBe(0)
      else since += value
    }
    if (openedOn > window.dateOf(0) && openedOn <= '2020-08-25') {
      opened++
      expect(since, name).toBeGreaterThan(0)
    }
  }
  expect(opened).toBe(4)
})

test('every shape meets the totals it is fitted to, and never takes anybody back', () => {
  const { credentialTransactions, creditPayments, signUps } = window.rollOut.totals
  expect(window.courses.length).toBeGreaterThanOrEqual(3)
  for (const course of window.courses) {
    // On the first day nobody has signed up on an earlier one, so a little credit is missing.
    expect(Math.abs(course.meets.credentialTransactions / credentialTransactions - 1)).toBeLessThan(0.01)
    expect(Math.abs(course.meets.creditPayments / creditPayments - 1)).toBeLessThan(0.01)
    expect(course.meets.signUps / signUps).toBeCloseTo(1, 6)
    for (let n = 1; n < window.days; n++) {
      const [before, now, signed] = [course.thresholdsOf(n - 1), course.thresholdsOf(n), course.signedBelow(n - 1)]
      for (const [age, credit] of now.credit.entries()) {
        expect(now.adopts[age]).toBeGreaterThanOrEqual(before.adopts[age] as number)
        expect(credit).toBeGreaterThanOrEqual(before.credit[age] as number)
        expect(credit).toBeLessThanOrEqual(Math.min(signed[age] as number, now.adopts[age] as number))
      }
    }
  }
})

test('what is played comes to the fitted totals: who cannot pay by phone or is over the limit is all that differs', () => {
  const { totals } = window.rollOut
  const model = new Map(result.publishedTotals.map(({ name, model }) => [name, model as number]))
  expect((model.get('credential-transactions') as number) / totals.credentialTransactions).toBeGreaterThan(0.94)
  expect((model.get('credential-transactions') as number) / totals.credentialTransactions).toBeLessThan(1.03)
  expect((model.get('credit-payments') as number) / totals.creditPayments).toBeGreaterThan(0.8)
  expect((model.get('credit-payments') as number) / totals.creditPayments).toBeLessThan(1.15)
  expect((model.get('credit-sign-ups') as number) / totals.signUps).toBeGreaterThan(0.96)
  expect((model.get('credit-sign-ups') as number) / totals.signUps).toBeLessThan(1.04)
})

test('everybody signs up once, on one day', () => {
  const people = Array.from({ length: window.days }, (_, n) => [...signUpsOn(tables, n)]).flat()
  expect(new Set(people).size).toBe(people.length)
  expect(people.length).toBeGreaterThan(20_000)
})

test('the months add up to the whole, and the reform saves hours in proportion to who uses it', () => {
  const { months, transactions, patientHoursSaved, days: played } = result.rollOut as NonNullable<RunResult['rollOut']>
  expect(months.reduce((sum, month) => sum + month.transactions, 0)).toBe(transactions)
  expect(played).toBe(28)
  expect(patientHoursSaved.value).toBeGreaterThan(0)
  expect(patientHoursSaved.interval?.[0]).toBeLessThan(patientHoursSaved.value)
  expect(patientHoursSaved.sampledDays).toBe(10)
})

function valuesOf(measure: string): ReadonlyMap<string, number> {
  return new Map(
    houseOf(plan, null).specs.flatMap(({ name, slice }, at) =>
      name === measure ? [[`${slice.dimension}/${slice.name}`, at] as const] : [],
    ),
  )
}

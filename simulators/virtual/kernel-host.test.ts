import { beforeAll, expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { littleBreaches } from '../measures/statistics/little.ts'
import { OUTCOME_BALKED, OUTCOME_RENEGED } from './kernel/sums.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import {
  type StationResult,
  type StationSum,
  stationResults,
  stationSumResults,
  sumDoubleNames,
  sumNames,
  type VisitResult,
  visitResults,
} from './kernel-tables.ts'
import { randomTown, randomTownDay, type TownDay, townDay } from './testing/random-town.ts'
import { playTiny } from './testing/tiny-city.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const smallTown = loaded.plan
const entry = 'simulators/virtual/kernel/kernel.ts'
let checked: Uint8Array
let release: Uint8Array
beforeAll(async () => {
  checked = await kernelBytes(entry, 'checked')
  release = await kernelBytes(entry, 'release')
})

type Bits = Readonly<Record<string, readonly number[]>>

/** Everything a run leaves behind. */
function played(kernel: Kernel, day: TownDay): Bits {
  for (const tables of day.tables) kernel.load(tables)
  kernel.loadVisits(day.count, day.visits)
  kernel.run(day.faults)
  return Object.fromEntries([
    ...Object.keys(visitResults).map((name) => [name, [...kernel.visits(name as VisitResult)]]),
    ...Object.keys(stationResults).map((name) => [name, [...kernel.stations(name as StationResult)]]),
    ...Object.keys(stationSumResults).map((name) => [name, [...kernel.stationSums(name as StationSum)]]),
    ...sumNames.map((name) => [name, [...kernel.sum(name)]]),
    ...sumDoubleNames.map((name) => [name, [...kernel.sumDouble(name)]]),
  ])
}

function expectEqual(one: Bits, other: Bits, what: string): void {
  for (const [name, values] of Object.entries(one))
    expect(
      values.length === other[name]?.length && values.every((value, n) => Object.is(value, other[name]?.[n])),
      `${what}: ${name}`,
    ).toBe(true)
}

// Towns whose days stay within the clock; both arms of the small town; days of 300 to 1,200 visits.
const days: readonly (readonly [string, () => TownDay])[] = [
  ['small town, before', () => townDay(smallTown, 'before', 0)],
  ['small town, 40 % adopt', () => townDay(smallTown, 'what-if-40', 1)],
  ...[3, 8, 13, 19, 28].map((number): readonly [string, () => TownDay] => [
    `random town ${number}`,
    () => randomTownDay(smallTown, number),
  ]),
]

test('as plain TypeScript, compiled with checks and compiled for speed the kernel leaves the same bits behind, in several cities and arms', () => {
  for (const [name, day] of days) {
    const plain = played(openKernel(null), day())
    expectEqual(plain, played(openKernel(checked), day()), `${name}, checked`)
    expectEqual(plain, played(openKernel(release), day()), `${name}, release`)
  }
})

test('one kernel used for days of different cities and sizes, to and fro, plays each like a fresh one', () => {
  for (const bytes of [null, release]) {
    const fresh = new Map(days.map(([name, day]) => [name, played(openKernel(bytes), day())]))
    const kernel = openKernel(bytes)
    for (const [name, day] of [...days, ...days.slice().reverse()]) expectEqual(fresh.get(name) as Bits, played(kernel, day()), name)
  }
})

test('of two plain kernels in a thread the earlier refuses to go on, since they would write into the same tables', () => {
  const day = randomTownDay(smallTown, 3)
  const earlier = openKernel(null)
  played(earlier, day)
  openKernel(null)
  expect(() => earlier.visits('visitEnd')).toThrow('another plain kernel was opened since')
  expect(() => earlier.run(0)).toThrow('another plain kernel was opened since')
  expect(() => earlier.load(day.city)).toThrow('another plain kernel was opened since')
})

test('a day of desks and errands that runs past the clock is refused by every build', () => {
  for (const bytes of [checked, release, null]) expect(() => played(openKernel(bytes), endlessDay())).toThrow('past the end of the clock')
})

/** Every desk of the small town is one window, and the cashier's holds each patient for four hours: fifteen in line outlast the clock. */
function endlessDay(): TownDay {
  const { city } = smallTown
  const laws = { ...city.laws, 'cashier-service': { kind: 'constant', meanSeconds: 4 * 3600 } } as const
  const day = townDay({ ...smallTown, city: { ...city, laws } }, 'before', 0)
  const stationServers = (day.city.whole.stationServers as Int32Array).map(() => 1)
  return { ...day, tables: [{ ...day.city, whole: { ...day.city.whole, stationServers } }] }
}

test('a directory asked for in a town without a file desk is refused by every build before the day begins', () => {
  const day = townDay(smallTown, 'what-if-40', 0)
  const loads = day.pathways.firstRow.get('directory-download') as number
  const visitFirstRow = day.visits.visitFirstRow.slice()
  visitFirstRow[7] = loads
  for (const bytes of [checked, release, null])
    expect(() => played(openKernel(bytes), { ...day, visits: { ...day.visits, visitFirstRow } })).toThrow(
      "visit 7 loads a directory from the bureau's file desk, and the city has none",
    )
})

test('a run that was refused leaves nothing behind in the next', () => {
  const kernel = openKernel(release)
  const hopeless = { lines: [{ servers: 1, service: { kind: 'constant', meanSeconds: 100_000 } }], arrivalRatePerSecond: 1 } as const
  expect(() => playTiny(kernel, hopeless, 5, 1, 0)).toThrow('past the end of the clock, 59 h 39 min')
  const day = randomTownDay(smallTown, 3)
  expectEqual(played(openKernel(release), day), played(kernel, day), 'after a refused run')
})

test('a day may pass midnight: who came before it is served after it', () => {
  const kernel = openKernel(null)
  const slow = { lines: [{ servers: 1, service: { kind: 'constant', meanSeconds: 10_000 } }], arrivalRatePerSecond: 0.001 } as const
  const { visitArrival } = playTiny(kernel, slow, 12, 1, 0)
  const ends = kernel.visits('visitEnd')
  expect([...ends]).toEqual([...ends].sort((a, b) => a - b))
  // Always busy from the first arrival on, so the last leaves 12 services after it: 33 h 20 min, well into the next day.
  expect(ends[11]).toBe((visitArrival[0] as number) + 12 * 100_000_000)
  expect(ends[11]).toBeGreaterThan(864_000_000)
  expect(kernel.visits('visitPaymentWait')[11]).toBe((visitArrival[0] as number) + 11 * 100_000_000 - (visitArrival[11] as number))
})

function books(kernel: Kernel) {
  const areas = kernel.stationSums('stationLineArea')
  const waits = kernel.stationSums('stationWaitSum')
  return [...areas].map((lengthTicks, station) => ({ line: `station ${station}`, lengthTicks, waitTicks: waits[station] as number }))
}

test("Little's law holds to the tick at every line and back end, those who gave up or turned away included", () => {
  const kernel = openKernel(release)
  const left = new Map<number, number>()
  let waited = 0
  // Eight towns in one, then the small town as it ships, then some with faults.
  const crowded = randomTown(smallTown, 3)
  const several = townDay({ ...crowded, scenario: { ...crowded.scenario, scale: 8 } }, 'tried', 0)
  for (const day of [
    several,
    townDay(smallTown, 'before', 0),
    townDay(smallTown, 'what-if-40', 0),
    // In each of these, dozens turn away and dozens give up.
    randomTownDay(smallTown, 19),
    randomTownDay(smallTown, 64),
  ]) {
    for (const tables of day.tables) kernel.load(tables)
    kernel.loadVisits(day.count, day.visits)
    kernel.run(day.faults)
    expect(littleBreaches(books(kernel))).toEqual([])
    waited += books(kernel).filter(({ waitTicks }) => waitTicks > 0).length
    for (const outcome of kernel.visits('visitOutcome')) left.set(outcome, (left.get(outcome) ?? 0) + 1)
  }
  expect(several.count).toBeGreaterThan(1500)
  expect(waited).toBeGreaterThan(100)
  expect(left.get(OUTCOME_BALKED)).toBeGreaterThan(0)
  expect(left.get(OUTCOME_RENEGED)).toBeGreaterThan(0)
})

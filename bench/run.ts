/**
 * How fast: `npm run bench`. The shipped kernel, a C reference and SimPy on one model (city-day-v1/model.md), in one alternated run.
 *
 *   --rounds 5         rounds of C, WebAssembly and TypeScript
 *   --simpy-rounds 2   rounds that SimPy takes part in; each of its days takes a minute or more
 *
 * The last lines read `bench <name> <measured> goal <goal> ok|short`, or `not-run` / `void` in place of the verdict.
 * Exit code 0: every goal met; 1: at least one short; 2: at least one void or not run.
 * Void: the reference and the kernel do not give one answer to the tick, or SimPy's waits do not agree.
 */
import { parseArgs } from 'node:util'
import { compareDays } from './agreement.ts'
import type { CityDay } from './city-day-v1/ours.ts'
import {
  buildReference,
  installSimpy,
  type OwnDay,
  playOurs,
  playReference,
  playRichCity,
  playSimpy,
  probeReference,
  type RichDay,
  type SimpyDay,
  simpyVersion,
} from './engines.ts'
import { median } from './median.ts'
import { probeOurs } from './probe.ts'
import { secondsToProvisionalAnswer } from './provisional.ts'
import { verdicts } from './verdict.ts'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, 'simpy-rounds': { type: 'string', default: '2' } },
})
const rounds = Number(options.rounds)
const simpyRounds = Math.min(Number(options['simpy-rounds']), rounds)
const city = { seed: 1, sites: 2037, visits: 480_000, days: 1 }
/** Days of the reference that SimPy's are compared with, and their seeds. */
const comparedDays = { ...city, seed: 101, days: 20 }

const reference = buildReference()
const simpy = installSimpy()

// ── the day itself, in alternated rounds ────────────────────────────────────
const c: OwnDay[] = []
const compiled: (OwnDay & { calls: number })[] = []
const plain: OwnDay[] = []
const python: SimpyDay[] = []
const rich: RichDay[] = []
// The first start compiles the kernel, which is no part of a day.
playOurs('webassembly', { ...city, visits: 1000 })
for (let round = 0; round < rounds; round++) {
  say(`round ${round + 1} of ${rounds} …`)
  if ('program' in reference) c.push(...playReference(reference.program, city))
  compiled.push(...playOurs('webassembly', city))
  plain.push(...playOurs('typescript', city))
  const richDay = playRichCity()
  if (richDay !== null) rich.push(richDay)
  if ('python' in simpy && round < simpyRounds) python.push(playSimpy(simpy.python, { ...city, seed: city.seed + round }))
}

console.log('\ncity-day v1, coupled: CPU seconds of the whole process, start-up included (median, min – max)')
costRow('C, gcc -O3', c)
costRow('this kernel, WebAssembly', compiled)
costRow('this kernel, plain TypeScript', plain)
costRow(`SimPy ${simpyVersion}`, python)

// ── whether the figures may be compared at all ──────────────────────────────
const voidBecause: string[] = []
if ('program' in reference) {
  const bits = { reference: probeReference(reference.program), ours: probeOurs() }
  console.log(`\nbits of exp, log, normal and draws: C ${bits.reference}, TypeScript ${bits.ours}`)
  if (bits.reference !== bits.ours) voidBecause.push('the engines do not compute the same bits')
  const answers = new Map([...c, ...compiled, ...plain].map((day) => [checksumOf(day), day]))
  console.log(`checksum of the day: ${[...answers.keys()].join(' ≠ ')} (${c.length + compiled.length + plain.length} runs)`)
  if (answers.size > 1) {
    voidBecause.push('the reference and the kernel give different answers')
    for (const [checksum, day] of answers) console.log(`  ${checksum} ${JSON.stringify(answerOf(day))}`)
  }
}
const disagreeing: string[] = []
if ('program' in reference && python.length > 0) {
  const measures = ['register', 'consult', 'cashier', 'lab', 'pharmacy', 'kiosk'].map((kind) => `wait ${kind} s`)
  const compared = compareDays(
    [...measures, 'settlement s', 'lines per visit'],
    playReference(reference.program, comparedDays).map((day) => [
      ...meanWaits(day),
      day.settlementTicks / day.settlements / 10_000,
      linesPerVisit(day),
    ]),
    python.map((day) => [...day.meanWaitSeconds, day.meanSettlementSeconds, linesPerVisit(day)]),
  )
  console.log(`\nSimPy beside the reference: means over ${python.length} and ${comparedDays.days} days, 99 % for all together`)
  for (const { measure, reference: expected, other, allowed, agrees } of compared) {
    console.log(
      `  ${measure.padEnd(16)} C ${expected.toFixed(3).padStart(8)}  SimPy ${other.toFixed(3).padStart(8)}  ± ${allowed.toFixed(3)}  ${agrees ? 'agrees' : 'DIFFERS'}`,
    )
    if (!agrees) disagreeing.push(measure)
  }
}

// ── how cost grows ──────────────────────────────────────────────────────────
const sizes = [
  { sites: 2037, visits: 480_000 },
  { sites: 2037, visits: 48_000 },
  { sites: 2037, visits: 1_900_000 },
  { sites: 200, visits: 480_000 },
  { sites: 10_000, visits: 480_000 },
].map((size) => ({ ...size, costs: [] as number[] }))
for (let round = 0; round < 3; round++) {
  for (const { sites, visits, costs } of sizes) {
    // The later days of a process: start-up has no place in a cost per visit.
    for (const day of playOurs('webassembly', { seed: 11 + round, sites, visits, days: 3 }).slice(1)) {
      costs.push(((day.setupCpuSeconds + day.runCpuSeconds) / day.visits) * 1e6)
    }
  }
}
console.log('\ncost of a visit, this kernel in WebAssembly, µs of CPU (median, min – max)')
for (const { sites, visits, costs } of sizes)
  console.log(`  ${String(sites).padStart(6)} sites ${String(visits).padStart(9)} visits  ${spread(costs, 3)}`)
const usual = median(sizes[0]!.costs)
const furthest = Math.max(...sizes.map(({ costs }) => Math.abs(median(costs) / usual - 1)))

// ── the verdicts ────────────────────────────────────────────────────────────
const provisional = await secondsToProvisionalAnswer()
console.log('')
const told = verdicts()
const broken = voidBecause[0]
const unlikeSimpy = disagreeing.length > 0 ? `SimPy differs in ${disagreeing.join(', ')}` : undefined
const noReference = 'missing' in reference ? reference.missing : undefined
const noSimpy = 'missing' in simpy ? simpy.missing : undefined
const cpu = (days: readonly { cpuSeconds: number }[]): number => median(days.map(({ cpuSeconds }) => cpuSeconds))
told.tell(
  'city-day-v1-webassembly-over-simpy',
  { at: 'least', limit: 40, unit: 'x' },
  () => cpu(python) / cpu(compiled),
  noSimpy ?? noReference,
  broken ?? unlikeSimpy,
)
told.tell(
  'city-day-v1-typescript-over-simpy',
  { at: 'least', limit: 25, unit: 'x' },
  () => cpu(python) / cpu(plain),
  noSimpy ?? noReference,
  broken ?? unlikeSimpy,
)
told.tell('city-day-v1-webassembly-against-c', { at: 'most', limit: 2, unit: 'x' }, () => cpu(compiled) / cpu(c), noReference, broken)
const noRich = rich.length === 0 ? 'bench/rich-city.ts is not there' : undefined
if (rich.length > 0) {
  const perVisit = (day: { visits: number; cpuSeconds: number }): number => (day.cpuSeconds / day.visits) * 1e6
  console.log(
    `shanghai-weekday: ${spread(rich.map(perVisit), 2)} µs a visit, ${(rich[0]!.joins / rich[0]!.visits).toFixed(2)} stations joined a visit`,
  )
  console.log(
    `city-day v1:      ${spread(compiled.map(perVisit), 2)} µs a visit, ${(joinsOf(compiled[0]!) / compiled[0]!.visits).toFixed(2)} stations joined a visit`,
  )
}
told.tell(
  'shanghai-weekday-per-station-joined',
  { at: 'most', limit: 2.5, unit: 'x' },
  () => {
    const richCost = median(rich.map((day) => day.cpuSeconds / day.joins))
    return richCost / median(compiled.map((day) => day.cpuSeconds / joinsOf(day)))
  },
  noRich,
  noReference ? undefined : broken,
)
told.tell('cost-per-visit-flat', { at: 'most', limit: 15, unit: '%' }, () => furthest * 100)
told.tell(
  'provisional-answer',
  { at: 'most', limit: 10, unit: 's' },
  () => ('seconds' in provisional ? provisional.seconds : 0),
  'missing' in provisional ? provisional.missing : undefined,
)
process.exitCode = told.exitCode

/** Hospital lines and jobs at back ends, counted alike in every model. */
function joinsOf(day: { joins: readonly number[]; calls: number }): number {
  return day.joins.reduce((sum, count) => sum + count, 0) + day.calls
}

function answerOf({
  seed,
  visits,
  city,
  balks,
  reneges,
  joins,
  waitTicks,
  settlements,
  settlementTicks,
  withLines,
  leaving,
}: CityDay): CityDay {
  return { seed, visits, city, balks, reneges, joins, waitTicks, settlements, settlementTicks, withLines, leaving }
}

/** FNV-1a over the answer as text. */
function checksumOf(day: CityDay): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify(answerOf(day))) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Seconds waited per service begun; whoever reneges begins none. */
function meanWaits({ waitTicks, joins, reneges }: CityDay): number[] {
  return waitTicks.map((ticks, kind) => ticks / 10_000 / (joins[kind]! - (kind === 1 ? reneges : 0)))
}

function linesPerVisit({ withLines, visits, balks }: { withLines: readonly number[]; visits: number; balks: number }): number {
  return withLines.reduce((sum, count, lines) => sum + count * lines, 0) / (visits - balks)
}

function costRow(
  name: string,
  days: readonly { cpuSeconds: number; setupCpuSeconds?: number; runCpuSeconds?: number; peakMegabytes: number }[],
): void {
  if (days.length === 0) {
    console.log(`  ${name.padEnd(30)} not run`)
    return
  }
  const parts = days.map((day) => day.runCpuSeconds).filter((seconds) => seconds !== undefined)
  const setup = days.map((day) => day.setupCpuSeconds).filter((seconds) => seconds !== undefined)
  const split = parts.length > 0 ? `  of which city ${median(setup).toFixed(3)}, day ${median(parts).toFixed(3)}` : ''
  const memory = `${Math.round(median(days.map((day) => day.peakMegabytes)))} MB`
  console.log(
    `  ${name.padEnd(30)} ${spread(
      days.map(({ cpuSeconds }) => cpuSeconds),
      3,
    )}  ${memory}${split}`,
  )
}

function spread(values: readonly number[], digits: number): string {
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} – ${Math.max(...values).toFixed(digits)}, n ${values.length})`
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

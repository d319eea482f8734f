/** Lines whose waits the textbooks know, played by the shipped kernel: what theory says and what was measured, claim by claim. */
import type { Law } from '../../engine/law.ts'
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { momentsOf } from '../../measures/statistics/interval.ts'
import { studentTQuantile } from '../../measures/statistics/student-t.ts'
import { URGENCY_SHIFT } from '../../patients/traits.ts'
import { generalServiceLine, impatientLine, multiServerLine, priorityWaitSeconds } from '../../queueing/theory.ts'
import { STATION_AFTER_PAYMENT, STATION_PAYMENT, STATION_PRIORITY } from '../kernel/inputs.ts'
import { OUTCOME_RENEGED } from '../kernel/sums.ts'
import type { Kernel } from '../kernel-host.ts'
import type { VisitColumn, VisitResult } from '../kernel-tables.ts'
import { longerBy, ORDINARY, playTiny, type TinyCity, URGENT } from './tiny-city.ts'

const REPLICATIONS = 24
const VISITS = 20_000
// Every line starts empty. The first tenth of the visits is left out (at the heaviest load here some 25 relaxation times), and so is the
// last tenth, because the less urgent are overtaken by people who would have come later.
const FROM = 2000
const TO = 18_000
const SEED = 20_201_214
const FAMILY_ERROR = 0.01

type Reader = (result: (name: VisitResult) => Int32Array, given: Readonly<Record<VisitColumn, Int32Array>>) => number
interface Claim {
  readonly about: string
  readonly measured: Reader
  readonly truth: number
}
interface Model {
  readonly name: string
  readonly city: TinyCity
  readonly claims: readonly Claim[]
}

const exponential = (meanSeconds: number): Law => ({ kind: 'exponential', meanSeconds })
const meanSeconds = (
  column: VisitResult,
  of: (visit: number, given: Readonly<Record<VisitColumn, Int32Array>>) => boolean = () => true,
): Reader => {
  return (result, given) => {
    const waits = result(column)
    let sum = 0
    let count = 0
    for (let visit = FROM; visit < TO; visit++) {
      if (!of(visit, given)) continue
      sum += waits[visit] as number
      count++
    }
    return sum / count / TICKS_PER_SECOND
  }
}
const shareWaiting: Reader = (result) => share(result('visitPaymentWait'), (wait) => wait > 0)
const shareReneging: Reader = (result) => share(result('visitOutcome'), (outcome) => outcome === OUTCOME_RENEGED)
function share(column: Int32Array, is: (value: number) => boolean): number {
  let count = 0
  for (let visit = FROM; visit < TO; visit++) if (is(column[visit] as number)) count++
  return count / (TO - FROM)
}
const ofUrgency = (urgency: number) => (visit: number, given: Readonly<Record<VisitColumn, Int32Array>>) =>
  (((given.visitPayer[visit] as number) >> URGENCY_SHIFT) & 3) === urgency

function multiServer(servers: number, load: number): Model {
  const station = { arrivalRatePerSecond: load * servers, serviceSecondsMean: 1, servers }
  const theory = multiServerLine(station)
  return {
    name: `M/M/${servers} at ${load}`,
    city: { lines: [{ servers, service: exponential(1) }], arrivalRatePerSecond: station.arrivalRatePerSecond },
    claims: [
      { about: 'mean wait', measured: meanSeconds('visitPaymentWait'), truth: theory.waitSecondsMean },
      { about: 'share that waits', measured: shareWaiting, truth: theory.waitProbability },
    ],
  }
}

function generalService(load: number, cv: number): Model {
  return {
    name: `M/G/1 at ${load}, lognormal of cv ${cv}`,
    city: { lines: [{ servers: 1, service: { kind: 'lognormal', meanSeconds: 1, cv } }], arrivalRatePerSecond: load },
    claims: [
      { about: 'mean wait', measured: meanSeconds('visitPaymentWait'), truth: generalServiceLine(load, 1, cv * cv).waitSecondsMean },
    ],
  }
}

function impatient(servers: number, load: number, patienceSeconds: number): Model {
  const station = { arrivalRatePerSecond: load * servers, serviceSecondsMean: 1, servers }
  const theory = impatientLine(station, patienceSeconds)
  return {
    name: `M/M/${servers}+M at ${load}, patience ${patienceSeconds} s`,
    city: {
      lines: [{ servers, service: exponential(1), flags: STATION_PAYMENT, impatient: true }],
      arrivalRatePerSecond: station.arrivalRatePerSecond,
      patience: exponential(patienceSeconds),
    },
    claims: [
      { about: 'mean wait', measured: meanSeconds('visitPaymentWait'), truth: theory.waitSecondsMean },
      { about: 'share that gives up', measured: shareReneging, truth: theory.renegeProbability },
    ],
  }
}

function twoClasses(servers: number, load: number, urgentShare: number): Model {
  const rate = load * servers
  const [urgent, ordinary] = priorityWaitSeconds([rate * urgentShare, rate * (1 - urgentShare)], 1, servers) as [number, number]
  return {
    name: `M/M/${servers} at ${load}, ${urgentShare} of two classes urgent`,
    city: {
      lines: [{ servers, service: exponential(1), flags: STATION_PAYMENT | STATION_PRIORITY }],
      arrivalRatePerSecond: rate,
      urgentShare,
    },
    claims: [
      { about: 'mean wait of the urgent', measured: meanSeconds('visitPaymentWait', ofUrgency(URGENT)), truth: urgent },
      { about: 'mean wait of the others', measured: meanSeconds('visitPaymentWait', ofUrgency(ORDINARY)), truth: ordinary },
    ],
  }
}

/** What leaves a line in its stationary law is Poisson again, so each line of a tandem stands as if alone (Burke, Jackson). */
function tandem(rate: number): Model {
  const lines = [
    { servers: 1, mean: 0.75 / rate },
    { servers: 3, mean: (0.8 * 3) / rate },
  ] as const
  const alone = lines.map(
    ({ servers, mean }) => multiServerLine({ arrivalRatePerSecond: rate, serviceSecondsMean: mean, servers }).waitSecondsMean,
  )
  return {
    name: 'two lines one after the other',
    city: {
      lines: lines.map(({ servers, mean }, line) => ({
        servers,
        service: exponential(mean),
        flags: line === 0 ? STATION_PAYMENT : STATION_AFTER_PAYMENT,
      })),
      arrivalRatePerSecond: rate,
    },
    claims: [
      { about: 'mean wait at the first', measured: meanSeconds('visitPaymentWait'), truth: alone[0] as number },
      { about: 'mean wait at the second', measured: meanSeconds('visitAfterPaymentWait'), truth: alone[1] as number },
    ],
  }
}

export const models: readonly Model[] = [
  multiServer(1, 0.5),
  multiServer(1, 0.8),
  multiServer(4, 0.85),
  multiServer(20, 0.9),
  generalService(0.7, 0.5),
  generalService(0.7, 1.5),
  impatient(3, 0.9, 4),
  impatient(10, 1.2, 2),
  twoClasses(1, 0.8, 0.4),
  twoClasses(3, 0.85, 0.25),
  tandem(1),
]
const claims = models.reduce((sum, model) => sum + model.claims.length, 0)
/** Bonferroni: with every claim true, the chance that any is refused is at most FAMILY_ERROR. */
export const limitStandardErrors = studentTQuantile(1 - FAMILY_ERROR / 2 / claims, REPLICATIONS - 1)

export interface TheoryRow {
  readonly model: string
  readonly claim: string
  readonly truth: number
  readonly measured: number
  /** Of the mean over the replications. */
  readonly standardError: number
  readonly offStandardErrors: number
}

/** Every claim of every model as the kernel measures it; service times may be falsified by a factor. */
export function theoryRows(kernel: Kernel, serviceFactor: number): readonly TheoryRow[] {
  return models.flatMap(({ name, city, claims }) => {
    const played = { ...city, lines: city.lines.map((line) => ({ ...line, service: longerBy(serviceFactor, line.service) })) }
    const values = claims.map((): number[] => [])
    for (let replication = 0; replication < REPLICATIONS; replication++) {
      const given = playTiny(kernel, played, VISITS, SEED, replication)
      for (const [n, { measured }] of claims.entries()) values[n]?.push(measured((column) => kernel.visits(column), given))
    }
    return claims.map(({ about, truth }, n) => {
      const { mean, standardDeviation } = momentsOf(values[n] as number[])
      const standardError = standardDeviation / Math.sqrt(REPLICATIONS)
      return { model: name, claim: about, truth, measured: mean, standardError, offStandardErrors: (mean - truth) / standardError }
    })
  })
}

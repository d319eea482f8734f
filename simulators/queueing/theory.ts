/**
 * Waiting in line as the textbooks have it: what a simulated line must agree with when its assumptions are theirs.
 *
 * Arrivals are Poisson, lines first come first served, everything in its stationary law. Waits are time in line (Wq 排队等待), service
 * not counted, in seconds. A line that would grow without end is refused with a RangeError.
 */
import { expOf, logOf } from '../engine/elementary.ts'

/** A station with exponential service: M/M/c; one window is M/M/1. */
export interface Station {
  readonly arrivalRatePerSecond: number
  readonly serviceSecondsMean: number
  readonly servers: number
}

export interface LineTheory {
  /** ρ: share of the windows' time that is busy. */
  readonly utilization: number
  /** Share of arrivals that wait at all. */
  readonly waitProbability: number
  /** Over all arrivals, those who wait nothing included. */
  readonly waitSecondsMean: number
  /** Lq: mean number in line. */
  readonly lineLengthMean: number
}

/** Erlang B: the share of calls lost when nobody may wait, by its stable recursion. @param offeredLoad arrival rate × mean service time */
export function erlangB(servers: number, offeredLoad: number): number {
  let lost = 1
  for (let n = 1; n <= servers; n++) lost = (offeredLoad * lost) / (n + offeredLoad * lost)
  return lost
}

/** Erlang C: the probability of waiting in M/M/c (A. K. Erlang, 1917). */
export function erlangC(servers: number, offeredLoad: number): number {
  const utilization = stable(offeredLoad / servers)
  const lost = erlangB(servers, offeredLoad)
  return lost / (1 - utilization * (1 - lost))
}

/** M/M/c: the mean wait is C ÷ (cμ − λ). */
export function multiServerLine(station: Station): LineTheory {
  const offeredLoad = station.arrivalRatePerSecond * station.serviceSecondsMean
  const waitProbability = erlangC(station.servers, offeredLoad)
  const waitSecondsMean = waitProbability / spareRatePerSecond(station)
  return {
    utilization: offeredLoad / station.servers,
    waitProbability,
    waitSecondsMean,
    lineLengthMean: station.arrivalRatePerSecond * waitSecondsMean,
  }
}

/** M/M/c: the probability of waiting longer than this, C e^(−(cμ − λ)t). */
export function waitBeyondProbability(station: Station, seconds: number): number {
  const waits = erlangC(station.servers, station.arrivalRatePerSecond * station.serviceSecondsMean)
  return waits * expOf(-spareRatePerSecond(station) * seconds)
}

/** M/M/c: the wait, in seconds, that this share of arrivals does not exceed. */
export function waitSecondsQuantile(station: Station, share: number): number {
  const waits = erlangC(station.servers, station.arrivalRatePerSecond * station.serviceSecondsMean)
  return Math.max(0, logOf(waits / (1 - share)) / spareRatePerSecond(station))
}

/**
 * M/G/1, Pollaczek–Khinchine: the mean wait is λ E[S²] ÷ 2(1 − ρ).
 *
 * @param serviceScv squared coefficient of variation of the service time (variance ÷ mean²): 0 constant, 1 exponential
 */
export function generalServiceLine(arrivalRatePerSecond: number, serviceSecondsMean: number, serviceScv: number): LineTheory {
  const utilization = stable(arrivalRatePerSecond * serviceSecondsMean)
  const waitSecondsMean = (utilization * serviceSecondsMean * (1 + serviceScv)) / (2 * (1 - utilization))
  return { utilization, waitProbability: utilization, waitSecondsMean, lineLengthMean: arrivalRatePerSecond * waitSecondsMean }
}

export interface ImpatientLineTheory extends LineTheory {
  /** Share of arrivals that give up in line (renege 等不及离去). */
  readonly renegeProbability: number
  /** Mean wait of those who are served. */
  readonly waitSecondsMeanServed: number
}

/**
 * M/M/c+M, Erlang A: whoever waits gives up after an exponential patience; stable under any load. `waitSecondsMean` is over all arrivals
 * and counts what the impatient waited before they left.
 * Source: C. Palm (1946); O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient customers", Manufacturing &
 * Service Operations Management 4 (2002) 208–227.
 */
export function impatientLine(station: Station, patienceSecondsMean: number): ImpatientLineTheory {
  const { arrivalRatePerSecond, servers } = station
  const serviceRate = 1 / station.serviceSecondsMean
  const patienceRate = 1 / patienceSecondsMean
  const offeredLoad = arrivalRatePerSecond * station.serviceSecondsMean
  // Sums over the number present, relative to the states without a line, which stand to each other as where nobody may wait.
  const full = erlangB(servers, offeredLoad)
  let free = 1 - full
  let busyWindows = offeredLoad * (1 - full)
  // Who finds `ahead` in line is served, if at all, after ahead + 1 departures, each later one slower as those ahead have left.
  let relative = full
  let waiting = 0
  let line = 0
  let served = 0
  let servedWait = 0
  let departuresSeconds = 0
  for (let ahead = 0; relative > 1e-18 * waiting; ahead++) {
    const drain = servers * serviceRate + (ahead + 1) * patienceRate
    const staysToBeServed = (servers * serviceRate) / drain
    departuresSeconds += 1 / drain
    waiting += relative
    if (ahead > 0) busyWindows += servers * relative
    line += ahead * relative
    served += relative * staysToBeServed
    servedWait += relative * staysToBeServed * departuresSeconds
    relative *= arrivalRatePerSecond / drain
    if (relative > SCALE) {
      // Long patience under overload: the sums would leave the range of doubles.
      free /= SCALE
      busyWindows /= SCALE
      waiting /= SCALE
      line /= SCALE
      served /= SCALE
      servedWait /= SCALE
      relative /= SCALE
    }
  }
  const whole = waiting + free
  const lineLengthMean = line / whole
  const servedShare = (free + served) / whole
  return {
    utilization: busyWindows / whole / servers,
    waitProbability: waiting / whole,
    waitSecondsMean: lineLengthMean / arrivalRatePerSecond,
    lineLengthMean,
    renegeProbability: (patienceRate * lineLengthMean) / arrivalRatePerSecond,
    waitSecondsMeanServed: servedWait / whole / servedShare,
  }
}

/**
 * M/M/c with priority classes, the first served first, service never interrupted and alike for all: mean wait in seconds of each class.
 * Source: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954) 70–76.
 */
export function priorityWaitSeconds(arrivalRatesPerSecond: readonly number[], serviceSecondsMean: number, servers: number): number[] {
  let total = 0
  for (const rate of arrivalRatesPerSecond) total += rate
  const untilWindowSeconds = (erlangC(servers, total * serviceSecondsMean) * serviceSecondsMean) / servers
  let served = 0
  return arrivalRatesPerSecond.map((rate) => {
    const servedBefore = served
    served += (rate * serviceSecondsMean) / servers
    return untilWindowSeconds / ((1 - servedBefore) * (1 - served))
  })
}

/**
 * Open Jackson network: the arrival rate at each station, from outside arrivals and the probabilities of going from one to another; each
 * station then behaves as M/M/c by itself. A tandem is the case where all go on to the next.
 * Source: J. R. Jackson, "Networks of waiting lines", Operations Research 5 (1957) 518–521.
 *
 * @param goesTo goesTo[i][j]: probability that a patient leaving station i joins station j; what is left leaves the network
 */
export function networkArrivalRates(outsideRatesPerSecond: readonly number[], goesTo: readonly (readonly number[])[]): number[] {
  const stations = outsideRatesPerSecond.length
  // rate[j] − Σ rate[i] · goesTo[i][j] = outside[j], by elimination; diagonally dominant by columns, so no pivoting is needed.
  const rows = outsideRatesPerSecond.map((outside, j) => [
    ...outsideRatesPerSecond.map((_, i) => (i === j ? 1 : 0) - (goesTo[i]?.[j] ?? 0)),
    outside,
  ])
  for (let pivot = 0; pivot < stations; pivot++) {
    const pivotRow = rows[pivot]!
    if (!(pivotRow[pivot]! > 1e-12)) throw new RangeError('a network whose patients never leave has no stationary law')
    for (let j = 0; j < stations; j++) {
      if (j === pivot) continue
      const row = rows[j]!
      const factor = row[pivot]! / pivotRow[pivot]!
      for (let column = pivot; column <= stations; column++) row[column]! -= factor * pivotRow[column]!
    }
  }
  return rows.map((row, j) => row[stations]! / row[j]!)
}

const SCALE = 1e200

/** cμ − λ. */
function spareRatePerSecond({ servers, serviceSecondsMean, arrivalRatePerSecond }: Station): number {
  return servers / serviceSecondsMean - arrivalRatePerSecond
}

function stable(utilization: number): number {
  if (!(utilization >= 0 && utilization < 1)) throw new RangeError(`a line at utilization ${utilization} has no stationary law`)
  return utilization
}

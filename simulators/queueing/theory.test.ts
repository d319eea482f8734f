import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  erlangB,
  erlangC,
  generalServiceLine,
  impatientLine,
  multiServerLine,
  networkArrivalRates,
  priorityWaitSeconds,
  waitBeyondProbability,
  waitSecondsQuantile,
} from './theory.ts'

const station = (arrivalRatePerSecond: number, serviceSecondsMean: number, servers: number) => ({
  arrivalRatePerSecond,
  serviceSecondsMean,
  servers,
})
const anyStation = fc
  .record({
    utilization: fc.double({ min: 0.05, max: 0.97, noNaN: true }),
    service: fc.double({ min: 0.1, max: 500, noNaN: true }),
    servers: fc.integer({ min: 1, max: 80 }),
  })
  .map(({ utilization, service, servers }) => station((utilization * servers) / service, service, servers))

test('one window: the mean wait in line is ρ ÷ (μ − λ)', () => {
  const { waitSecondsMean, waitProbability, lineLengthMean } = multiServerLine(station(0.8, 1, 1))
  expect(waitProbability).toBeCloseTo(0.8, 12)
  expect(waitSecondsMean).toBeCloseTo(4, 12)
  expect(lineLengthMean).toBeCloseTo(3.2, 12)
})

test('two windows: the probability of waiting is 2ρ² ÷ (1 + ρ)', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (rho) => {
      expect(erlangC(2, 2 * rho)).toBeCloseTo((2 * rho * rho) / (1 + rho), 11)
    }),
  )
})

test('Erlang B of ten lines and five erlangs is the 1.84 % of the printed tables', () => {
  expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6)
})

test('fifty-five agents, 360 calls of four minutes in half an hour: 23.9 % wait, 8.2 s on average', () => {
  // The worked example of www.mitan.co.uk/erlang/elgcmath.htm.
  const { utilization, waitProbability, waitSecondsMean } = multiServerLine(station(0.2, 240, 55))
  expect(utilization).toBeCloseTo(0.873, 3)
  expect(waitProbability).toBeCloseTo(0.239, 3)
  expect(waitSecondsMean).toBeCloseTo(8.18, 2)
})

test('fourteen agents, 100 calls of three minutes in half an hour: 17.4 % wait, 7.8 s on average, 88.8 % within 20 s', () => {
  // Call Centre Helper, "Erlang C formula – made simple with an easy worked example".
  const centre = station(100 / 1800, 180, 14)
  expect(multiServerLine(centre).waitProbability).toBeCloseTo(0.174, 3)
  expect(multiServerLine(centre).waitSecondsMean).toBeCloseTo(7.8, 1)
  expect(1 - waitBeyondProbability(centre, 20)).toBeCloseTo(0.888, 3)
})

test('fifty agents with and without impatience agree with the comparison of Garnett, Mandelbaum and Reiman', () => {
  // 48 calls a minute of one minute, mean patience two minutes: 20.8 s against 3.7 s, 90th percentile 58.1 s, 17 against 3 in line, 3.1 % give up.
  const patient = multiServerLine(station(0.8, 60, 50))
  expect(patient.waitSecondsMean).toBeCloseTo(20.8, 1)
  expect(patient.lineLengthMean).toBeCloseTo(17, 0)
  expect(waitSecondsQuantile(station(0.8, 60, 50), 0.9)).toBeCloseTo(58.1, 1)
  const impatient = impatientLine(station(0.8, 60, 50), 120)
  expect(impatient.waitSecondsMean).toBeCloseTo(3.7, 1)
  expect(impatient.lineLengthMean).toBeCloseTo(3, 0)
  expect(impatient.renegeProbability).toBeCloseTo(0.031, 3)
  expect(impatient.utilization).toBeCloseTo(0.93, 2)
})

test('a quantile of the wait is exceeded by the rest, and is nothing where enough arrivals do not wait', () => {
  fc.assert(
    fc.property(anyStation, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (any, share) => {
      const seconds = waitSecondsQuantile(any, share)
      if (seconds > 0) expect(waitBeyondProbability(any, seconds)).toBeCloseTo(1 - share, 10)
      else expect(multiServerLine(any).waitProbability).toBeLessThanOrEqual(1 - share + 1e-12)
    }),
  )
})

test('constant service waits half as long as exponential service, and exponential service as long as M/M/1', () => {
  const exponential = generalServiceLine(0.7, 1, 1)
  expect(exponential.waitSecondsMean).toBeCloseTo(multiServerLine(station(0.7, 1, 1)).waitSecondsMean, 12)
  expect(generalServiceLine(0.7, 1, 0).waitSecondsMean).toBeCloseTo(exponential.waitSecondsMean / 2, 12)
})

test('with endless patience nobody gives up and the line is Erlang C', () => {
  fc.assert(
    fc.property(anyStation, (any) => {
      const patient = multiServerLine(any)
      const nearly = impatientLine(any, any.serviceSecondsMean * 1e9)
      expect(Math.abs(nearly.waitSecondsMean / patient.waitSecondsMean - 1)).toBeLessThan(1e-4)
      expect(Math.abs(nearly.waitSecondsMeanServed / patient.waitSecondsMean - 1)).toBeLessThan(1e-4)
      expect(nearly.renegeProbability).toBeLessThan(1e-4)
      expect(nearly.utilization).toBeCloseTo(patient.utilization, 4)
    }),
    { numRuns: 30 },
  )
})

test('patience as long as service makes the number present Poisson, also under overload', () => {
  // Each one present, waiting or served, then leaves at the same rate, as with endlessly many windows.
  const load = 6
  const { waitProbability, lineLengthMean, renegeProbability, utilization } = impatientLine(station(load, 1, 4), 1)
  let term = Math.E ** -load
  let below = 0
  let line = load - 4
  for (let n = 0; n < 4; n++) {
    below += term
    line += (4 - n) * term
    term *= load / (n + 1)
  }
  expect(waitProbability).toBeCloseTo(1 - below, 12)
  expect(lineLengthMean).toBeCloseTo(line, 12)
  expect(renegeProbability).toBeCloseTo(line / load, 12)
  expect(utilization).toBeCloseTo((load - line) / 4, 12)
})

test('what arrives is served or gives up: busy windows × μ = λ × the share served', () => {
  fc.assert(
    fc.property(
      anyStation,
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      (any, crowd, patience) => {
        const crowded = { ...any, arrivalRatePerSecond: any.arrivalRatePerSecond * crowd }
        const { utilization, renegeProbability } = impatientLine(crowded, patience * any.serviceSecondsMean)
        const servedPerSecond = (utilization * any.servers) / any.serviceSecondsMean
        expect(Math.abs(servedPerSecond / (crowded.arrivalRatePerSecond * (1 - renegeProbability)) - 1)).toBeLessThan(1e-9)
      },
    ),
  )
})

test('overload with very long patience is a fluid: what exceeds the capacity gives up', () => {
  const { renegeProbability, utilization, waitSecondsMean } = impatientLine(station(3, 1, 2), 10_000)
  expect(renegeProbability).toBeCloseTo(1 / 3, 6)
  expect(utilization).toBeCloseTo(1, 9)
  expect(waitSecondsMean / 10_000).toBeCloseTo(1 / 3, 6)
})

test('a thousand windows for a load of a hundred let nobody wait', () => {
  expect(impatientLine(station(100, 1, 1000), 1)).toMatchObject({
    waitProbability: 0,
    waitSecondsMean: 0,
    renegeProbability: 0,
    waitSecondsMeanServed: 0,
  })
})

test('the wait of those served agrees with the density of the offered wait, integrated', () => {
  // F. Baccelli, G. Hebuterne (1981): the density of a positive offered wait is proportional to exp(λ(1 − e^(−θx)) ÷ θ − cμx).
  for (const [arrivals, servers, patience] of [
    [0.9, 1, 2],
    [5, 4, 0.7],
    [3.5, 4, 3],
  ] as const) {
    const told = impatientLine(station(arrivals, 1, servers), patience)
    const step = 0.0005
    let all = 0
    let served = 0
    let servedWait = 0
    for (let i = 0; i < 80_000; i++) {
      const x = (i + 0.5) * step
      const stays = Math.exp(-x / patience)
      const density = Math.exp(arrivals * patience * (1 - stays) - servers * x)
      all += density
      served += density * stays
      servedWait += density * stays * x
    }
    const servedShare = 1 - told.waitProbability + (told.waitProbability * served) / all
    expect(1 - told.renegeProbability).toBeCloseTo(servedShare, 6)
    expect(told.waitSecondsMeanServed).toBeCloseTo((told.waitProbability * servedWait) / all / servedShare, 6)
  }
})

test('three classes at one and at two desks wait as Hillier and Lieberman work out', () => {
  // Introduction to Operations Research, the County Hospital example (arrivals 0.2, 0.6, 1.2 and service 3 an hour), by its formula
  // 1 ÷ (A · B(k−1) · B(k)) with A = s! (sμ − λ) ÷ r^s · Σ r^j ÷ j! + sμ.
  const formula = (s: number) => {
    const r = 2 / 3
    const a = s === 1 ? (3 - 2) / r + 3 : ((2 * (6 - 2)) / r ** 2) * (1 + r) + 6
    const b = [1, 1 - 0.2 / (3 * s), 1 - 0.8 / (3 * s), 1 - 2 / (3 * s)]
    return [1, 2, 3].map((k) => 1 / (a * b[k - 1]! * b[k]!))
  }
  for (const desks of [1, 2]) {
    const told = priorityWaitSeconds([0.2, 0.6, 1.2], 1 / 3, desks)
    for (const [index, hours] of formula(desks).entries()) expect(told[index]).toBeCloseTo(hours, 12)
  }
  const [emergency, urgent, other] = priorityWaitSeconds([0.2, 0.6, 1.2], 1 / 3, 2)
  expect([emergency!.toFixed(3), urgent!.toFixed(3), other!.toFixed(3)]).toEqual(['0.029', '0.033', '0.048'])
})

test('priority moves waiting from one class to another and makes none of it', () => {
  // Kleinrock’s conservation law.
  fc.assert(
    fc.property(anyStation, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (any, urgentShare) => {
      const rates = [any.arrivalRatePerSecond * urgentShare, any.arrivalRatePerSecond * (1 - urgentShare)]
      const [urgent, other] = priorityWaitSeconds(rates, any.serviceSecondsMean, any.servers)
      const mean = urgentShare * urgent! + (1 - urgentShare) * other!
      expect(Math.abs(mean / multiServerLine(any).waitSecondsMean - 1)).toBeLessThan(1e-9)
      expect(urgent).toBeLessThanOrEqual(other!)
    }),
  )
})

test('a network of three facilities has the rates and numbers that Hillier and Lieberman print', () => {
  // Arrivals 1, 4, 3 from outside; 5, 10 and 7½ in all; 1, 4/3 and 3 present at facilities of 1, 2 and 1 servers with μ = 10.
  const rates = networkArrivalRates(
    [1, 4, 3],
    [
      [0, 0.6, 0.3],
      [0.1, 0, 0.3],
      [0.4, 0.4, 0],
    ],
  )
  for (const [index, rate] of [5, 10, 7.5].entries()) expect(rates[index]).toBeCloseTo(rate, 12)
  const present = rates.map((rate, index) => multiServerLine(station(rate, 0.1, [1, 2, 1][index]!)).lineLengthMean + rate * 0.1)
  for (const [index, number] of [1, 4 / 3, 3].entries()) expect(present[index]).toBeCloseTo(number, 12)
})

test('in a tandem every station is reached at the rate of the first', () => {
  expect(
    networkArrivalRates(
      [0.3, 0, 0],
      [
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    ),
  ).toEqual([0.3, 0.3, 0.3])
})

test('lines that grow without end, and networks that nobody leaves, are refused', () => {
  expect(() => multiServerLine(station(2, 1, 2))).toThrow(RangeError)
  expect(() => generalServiceLine(1, 1, 0)).toThrow(RangeError)
  expect(() => priorityWaitSeconds([0.5, 0.6], 1, 1)).toThrow(RangeError)
  expect(() =>
    networkArrivalRates(
      [1, 0],
      [
        [0, 1],
        [1, 0],
      ],
    ),
  ).toThrow(RangeError)
})

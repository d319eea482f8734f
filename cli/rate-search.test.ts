import { expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { whyNoKnee } from './play-overload.ts'
import { type SearchAsked, searchRate } from './rate-search.ts'
import { playedAs, type Shows } from './testing/played-as.ts'
import type { WireStage } from './wire-stage.ts'

const trace = madeTrace(planOf('small-town'), 400, 40)

/** @param shows by the rate planned, a second, and how often that rate was tried before */
async function searched(shows: (perSecond: number, before: number) => Shows) {
  const tries: number[] = []
  const asked = { trace, level: { leastPaymentsPerSecond: 0 }, heldCores: 0.1, work: '/nowhere', signal: new AbortController().signal }
  const found = await searchRate(
    {} as WireStage,
    asked as unknown as SearchAsked,
    1,
    () => {},
    async (_, { trace: of }) => {
      const rate = ratePlanned(of)
      const before = tries.filter((one) => one === rate).length
      tries.push(rate)
      return playedAs(of, shows(rate, before))
    },
  )
  return { ...found, tries }
}

const whole = ratePlanned({
  ...trace,
  rows: trace.rows.filter(({ startMs }) => startMs < 10_000),
  window: { ...trace.window, seconds: 10 },
})
const full = { paidShare: 0.5, cores: [0.1, 0.2] } as const

test('a rate whose starts were late only once is tried again, and is held where the platform holds it', async () => {
  const { share, levels } = await searched((_, before) => ({ isVoid: before === 0 }))
  expect(share).toBe(1)
  expect(levels.filter(({ standing }) => standing === 'void')).toHaveLength(3)
  expect(levels.filter(({ standing }) => standing === 'held')).toHaveLength(3)
})

test('the platform’s own knee is one, and says what bound first', async () => {
  const above = (rate: number) => rate > 0.5 * whole
  const without = await searched((rate) => (above(rate) ? full : {}))
  expect(without.lost).toMatchObject({ isVoid: false, gaveWay: { who: 'platform' } })
  expect(whyNoKnee(without)).toEqual([])
  expect(without.boundFirst?.en).toMatch(/turned nobody away: neither/)
  const inIt = await searched((rate) => (above(rate) ? { ...full, refusedBusy: 9 } : {}))
  expect(inIt.boundFirst?.en).toMatch(/turned nobody away; at the next rate .*\(9 calls got 429\)/)
  const before = await searched((rate) => (above(rate) ? full : { refusedBusy: 3 }))
  expect(before.boundFirst?.en).toMatch(/already at the highest rate .* turned 3 calls away/)
})

test('a knee above which every try was void, another gave way, or nobody did, is no knee of the platform’s', async () => {
  const above = (rate: number) => rate > 0.5 * whole
  const ofGenerator = await searched((rate) => ({ isVoid: above(rate) }))
  expect(ofGenerator.lost).toMatchObject({ isVoid: true, gaveWay: { who: 'generator' } })
  expect(whyNoKnee(ofGenerator).map(({ en }) => en)).toEqual([
    expect.stringMatching(/void at every try.*the generator: starts late by 50 ms/),
  ])
  expect(Math.max(...ofGenerator.tries.map((rate) => ofGenerator.tries.filter((one) => one === rate).length))).toBe(3)
  const ofMachine = await searched((rate) => (above(rate) ? { paidShare: 0.5, cores: [0.05, 1.8] } : {}))
  expect(whyNoKnee(ofMachine).map(({ en }) => en)).toEqual([expect.stringMatching(/not the platform that gave way but: the machine/)])
  const ofNobody = await searched(() => ({}))
  expect(ofNobody.boundFirst).toBeUndefined()
  expect(whyNoKnee(ofNobody).map(({ en }) => en)).toEqual([expect.stringMatching(/held every rate/)])
})

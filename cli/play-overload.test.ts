/** The overload level without a city: what it plays and concludes from the rates that the platform is shown to hold. */
import { expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import type { LevelAsked } from './play-level.ts'
import { overloadBy } from './play-overload.ts'
import { playedAs, type Shows } from './testing/played-as.ts'
import type { WireStage } from './wire-stage.ts'

const trace = madeTrace(planOf('small-town'), 1200, 45)

/** @param shows by the rate planned, a second, and the share of a core that the platform has meanwhile */
async function overloaded(shows: (perSecond: number, heldCores: number) => Shows) {
  const shares: number[] = []
  const works: string[] = []
  let heldNow = 0
  const asked = { trace, level: { leastPaymentsPerSecond: 0 }, work: '/nowhere', signal: new AbortController().signal }
  const on = {
    wire: {
      processes: [
        { actors: ['platform'], pid: 1 },
        { actors: ['his'], pid: 2 },
      ],
    },
  }
  const played = await overloadBy(
    async (_, { trace: of, work, hold }) => {
      const held = hold?.()
      works.push(work)
      const one = playedAs(of, shows(ratePlanned(of), heldNow))
      held?.release()
      return one
    },
    (pids, cores) => {
      expect(pids).toEqual([1])
      heldNow = cores
      if (shares.at(-1) !== cores) shares.push(cores)
      return { method: 'stop-and-wake', release: () => {} }
    },
    on as unknown as WireStage,
    asked as unknown as LevelAsked,
    () => {},
  )
  return { played, shares, overloads: works.filter((work) => work.endsWith('overload')).length }
}

const reasonsOf = ({ reasons }: { readonly reasons: readonly { readonly en: string }[] }) => reasons.map(({ en }) => en)
const full = { paidShare: 0.5, cores: [0.1, 0.2] } as const

test('a platform that holds every rate is given half as much of the processor, twice, and then is void for want of a knee', async () => {
  const { played, shares, overloads } = await overloaded(() => ({}))
  expect(shares).toEqual([0.1, 0.05, 0.025])
  // What was played is told all the same.
  expect(overloads).toBe(1)
  expect(reasonsOf(played)).toEqual([expect.stringMatching(/held every rate that was tried, so its knee was not seen/)])
  expect(played.wire.notes?.map(({ en }) => en)).toEqual([
    expect.stringMatching(/held to 0.025 of a core .*its knee is above [\d.]+ payments/),
  ])
})

test('one whose knee shows at half of the share is overloaded there, three times its knee, and may be quoted', async () => {
  const { played, shares, overloads } = await overloaded((rate, held) => (held < 0.1 && rate > 4 ? { ...full, cores: [held, 0.2] } : {}))
  expect(shares).toEqual([0.1, 0.05])
  expect(overloads).toBe(1)
  expect(reasonsOf(played)).toEqual([])
  expect(played.wire.verdicts?.find(({ name }) => name === 'audit-findings')).toMatchObject({ measured: 0, standing: 'ok' })
  const [first = '', second = ''] = played.wire.notes?.map(({ en }) => en) ?? []
  expect(first).toMatch(/held to 0.05 of a core .*its knee is [\d.]+ payments/)
  expect(second).toMatch(/above the knee gave way: the process of platform/)
})

test('one that holds no rate is not overloaded at all, and the run says so beside what was tried', async () => {
  const { played, shares, overloads } = await overloaded(() => full)
  expect(shares).toEqual([0.1])
  expect(overloads).toBe(0)
  expect(reasonsOf(played)).toEqual([expect.stringMatching(/held no rate that was tried/)])
  expect(played.wire.levels.every(({ standing }) => standing === 'lost')).toBe(true)
  expect(played.wire.verdicts).toBeUndefined()
})

test('rules of money that broke while the knee was looked for are told with the level', async () => {
  const { played } = await overloaded((rate) => (rate > 4 ? { ...full, broken: 1 } : {}))
  expect(played.wire.verdicts?.find(({ name }) => name === 'audit-findings')?.measured).toBeGreaterThan(0)
  expect(played.wire.notes?.at(-1)?.en).toMatch(/^rules of money were broken at [\d.]+\/s, on the way/)
})

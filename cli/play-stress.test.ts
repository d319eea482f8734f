/** The stress level without a city: which rates it plays over the whole window, and what it says of those it gave up. */
import { expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import type { LevelAsked } from './play-level.ts'
import { stressBy } from './play-stress.ts'
import { playedAs, type Shows } from './testing/played-as.ts'
import type { WireStage } from './wire-stage.ts'

/** All within ten of its twelve seconds, so that a rate tried is a fifth above the same share of the whole window. */
const trace = madeTrace(planOf('small-town'), 400, 40)
const { seconds } = trace.window
const title = { zh: '压力', en: 'Stress' }

/**
 * @param shows of the whole window, by the rate planned over that of the whole trace and how often it was played before
 * @param tried of ten seconds; absent: every rate holds
 */
async function stressed(shows: (share: number, before: number) => Shows, tried: (share: number) => Shows = () => ({})) {
  const shares: number[] = []
  const asked = { trace, level: { title, leastPaymentsPerSecond: 0 }, work: '/nowhere', signal: new AbortController().signal }
  const told: string[] = []
  const played = await stressBy(
    async (_, { trace: of }) => {
      const share = ratePlanned(of) / ratePlanned(trace)
      if (of.window.seconds < seconds) return playedAs(of, tried(share))
      const before = shares.filter((one) => one === share).length
      shares.push(share)
      return playedAs(of, shows(share, before))
    },
    {} as WireStage,
    asked as unknown as LevelAsked,
    ({ en }) => void told.push(en),
    100,
  )
  const { levels, notes, verdicts } = played.wire
  return { played, told, shares, levels, notes: notes ?? [], perSecond: verdicts?.find(({ name }) => name === 'payments-per-second') }
}

const rateOf = (share: number | undefined) => ((share ?? 0) * ratePlanned(trace)).toFixed(0)

test('a rate whose plays of the whole window are all void gives way to the next below, and is said to be the machine’s limit', async () => {
  const { played, told, shares, levels, notes, perSecond } = await stressed((share) => ({ isVoid: share > 0.95, cores: [0.4, 1.5] }))
  const [first, second, third] = shares
  expect([first, second]).toEqual([1, 1])
  expect(third).toBeLessThan(0.95)
  expect(shares).toHaveLength(3)
  expect(played.reasons).toEqual([])
  expect(perSecond).toMatchObject({ measured: (third ?? 0) * ratePlanned(trace), standing: 'short' })
  expect(levels.slice(-2).map((level) => [level.title.en, level.standing])).toEqual([
    [`${rateOf(1)}/s for ${seconds} s`, 'void'],
    [`${rateOf(1)}/s for ${seconds} s`, 'void'],
  ])
  expect(notes).toHaveLength(1)
  expect(notes[0]?.en).toMatch(
    new RegExp(
      `^${rateOf(1)}/s was given up, void in each of its 2 plays of ${seconds} s \\(starts were late\\); late starts are the limit of this machine, .*, not of the platform; what was full there: the machine: 1.90 of 2 cores`,
    ),
  )
  expect(notes[0]?.zh).toMatch(/已放弃：按 \d+ 秒回放 2 次，均作废（起始过迟）；起始过迟是机器.*的极限，而非平台的极限；当时饱和的是：机器/)
  expect(told.slice(-3).map((line) => /void|held/.exec(line)?.[0])).toEqual(['void', 'void', 'held'])
})

test('late starts beside a platform whose own process is full are not laid to the machine', async () => {
  const { notes } = await stressed((share) => ({ isVoid: share > 0.95, cores: [0.95, 0.2] }))
  expect(notes[0]?.en).toMatch(/void in each .*what was full there: the process of platform/)
  expect(notes[0]?.en).not.toContain('limit of this machine')
})

test('a rate the platform does not hold so long is given up at once, with what it showed', async () => {
  const { shares, notes, perSecond } = await stressed((share) => (share > 0.8 ? { paidShare: 0.5, refusedBusy: 9 } : {}))
  expect(shares).toHaveLength(3)
  expect(notes.map(({ en }) => en)).toEqual(
    [0, 1].map((place) =>
      expect.stringMatching(
        `^${rateOf(shares[place])}/s was given up, not held for ${seconds} s \\(settled 50\\.[0-9] %, the platform's own time 30 ms at p99, audit findings 0\\); first to give way: the platform: it refused 9 calls`,
      ),
    ),
  )
  expect(perSecond?.measured).toBeCloseTo((shares[2] ?? 0) * ratePlanned(trace))
})

test('a void play alone gives nothing up, and where none is valid the level is void with every rate told', async () => {
  const once = await stressed((_, before) => ({ isVoid: before === 0 }))
  expect(once.shares).toEqual([1, 1])
  expect(once.notes).toEqual([])
  const never = await stressed(() => ({ isVoid: true }))
  expect(never.shares).toHaveLength(5)
  expect(never.played.reasons).not.toEqual([])
  expect(never.perSecond).toMatchObject({ measured: null, standing: 'short' })
  expect(never.notes.map(({ en }) => /void in (each of its 2 plays|its only play)/.exec(en)?.[1])).toEqual([
    ...['each of its 2 plays', 'each of its 2 plays', 'its only play'],
  ])
})

test('a rate that was void in its tries alone is laid to the machine where its starts were late', async () => {
  const { shares, notes } = await stressed(
    () => ({}),
    (share) => ({ isVoid: share > 0.6 }),
  )
  expect(shares).toHaveLength(1)
  expect(notes.map(({ en }) => en)).toEqual([
    expect.stringMatching(/could not be judged, .*void; late starts are the limit of this machine, .*; what was full there: the generator/),
    expect.stringMatching(/turned nobody away/),
  ])
})

test('rules of money that broke at a rate tried or given up count among the findings of the level', async () => {
  const { played, notes } = await stressed(
    (share) => (share > 0.8 ? { broken: 2 } : {}),
    (share) => (share > 1.1 ? { broken: 1 } : {}),
  )
  expect(played.wire.audit.verdict).toBe('passed')
  const findings = played.wire.verdicts?.find(({ name }) => name === 'audit-findings')
  // Tried at the highest rate, given up at the next.
  expect(findings).toMatchObject({ measured: 3, standing: 'short' })
  expect(notes.filter(({ en }) => /^rules of money were broken at .*Paid once \([12]\)$/.test(en))).toHaveLength(2)
})

import { describe, expect, it } from 'vitest'
import type { WireOutcome } from '../measures/result-wire.ts'
import {
  type LatencyProfile,
  latencyProfileOf,
  latencyProfileProblems,
  levelFor,
  profileDifferences,
  profileWith,
} from './latency-profile.ts'

const sound: LatencyProfile = {
  format: 'medpay-latency-profile',
  version: 1,
  planHash: 'ab',
  scenario: 'small-town',
  arm: 'what-if-80',
  target: { name: 'reference platform', processes: 1, layout: [['platform']] },
  clockSpeed: 1,
  isSubSampled: false,
  levels: [level(10), level(20)],
}

function level(offeredPerSecond: number): LatencyProfile['levels'][number] {
  const legs = [
    {
      leg: 'platform',
      operation: 'payment',
      outcome: 'settled',
      ownMsBuckets: [
        [40, 7],
        [70, 3],
      ],
      count: 10,
    },
  ] as const
  return { name: `at ${offeredPerSecond}`, seconds: 30, offeredPerSecond, achievedPerSecond: offeredPerSecond, isValid: true, legs }
}

describe('a latency profile is checked before it is fed back', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(latencyProfileProblems(JSON.parse(JSON.stringify(sound)))).toEqual([])
  })

  const [low, high] = sound.levels
  it.each<[string, unknown, string]>([
    ['something else', { format: 'medpay-plan' }, 'format'],
    ['nothing', null, 'format'],
    ['another version', { ...sound, version: 2 }, 'version'],
    ['no level', { ...sound, levels: [] }, 'levels'],
    ['levels out of order', { ...sound, levels: [high, low] }, 'levels[1].offeredPerSecond'],
    ['a rate of nothing', { ...sound, levels: [{ ...low, offeredPerSecond: 0 }] }, 'levels[0].offeredPerSecond'],
    ['a void level', { ...sound, levels: [low, { ...high, isValid: false }] }, 'levels[1].isValid'],
    ['no measured leg', { ...sound, levels: [{ ...low, legs: [] }] }, 'levels[0].legs'],
    ['a bucket beyond the histogram', { ...sound, levels: [withBuckets([[9999, 10]])] }, 'levels[0].legs[0].ownMsBuckets[0]'],
    ['counts that do not add up', { ...sound, levels: [withBuckets([[40, 9]])] }, 'levels[0].legs[0].count'],
    ['a part of the sites', { ...sound, isSubSampled: true }, 'isSubSampled'],
    ['a sped-up clock', { ...sound, clockSpeed: 10 }, 'clockSpeed'],
  ])('says where: %s', (_, data, place) => {
    expect(latencyProfileProblems(data).map((problem) => problem.place)).toEqual([place])
  })

  it('takes what is flagged where that is asked for, and never what is malformed', () => {
    const flagged = { ...sound, isSubSampled: true, clockSpeed: 10, levels: [{ ...low, isValid: false }] }
    expect(latencyProfileProblems(flagged, true)).toEqual([])
    expect(latencyProfileProblems({ ...flagged, levels: [] }, true)).toHaveLength(1)
  })
})

describe('a level stands for the rates up to its own', () => {
  it.each([
    [1, 0],
    [10, 0],
    [10.1, 1],
    [20.1, -1],
  ])('%d payments/s → level %d', (rate, at) => {
    expect(levelFor(sound.levels, rate)).toBe(at)
  })
})

describe('a profile from what the wire told', () => {
  const buckets = [[30, 4]] as const
  const wire = (rate: number, scale: number, clockSpeed: number): WireOutcome =>
    ({
      window: { date: '2020-12-15', fromSecond: 0, toSecond: 30, arm: 'what-if-80' },
      level: { name: 'spot', scale, clockSpeed, platformPaymentsPerSecond: rate },
      target: { name: 'ours', processes: 1, layout: [['platform']] },
      rows: { planned: 100, sent: 90 },
      legs: [{ leg: 'platform', ownMs: { count: 4, buckets } }],
    }) as unknown as WireOutcome

  it('has the levels in order of load, each with the target’s own time', () => {
    const profile = latencyProfileOf({ planHash: 'ab', scenario: 's' }, [
      { wire: wire(8, 2, 1), isValid: true },
      { wire: wire(4, 1, 1), isValid: true },
    ])
    expect(profile.levels.map(({ offeredPerSecond, achievedPerSecond }) => [offeredPerSecond, achievedPerSecond])).toEqual([
      [4, 3.6],
      [8, 7.2],
    ])
    expect(profile.levels[0]?.legs[0]?.ownMsBuckets).toEqual(buckets)
    expect(latencyProfileProblems(profile)).toEqual([])
  })

  it('is flagged where sites were left out or the clock was sped up', () => {
    const { isSubSampled, clockSpeed } = latencyProfileOf({ planHash: 'ab', scenario: 's' }, [
      { wire: wire(4, 0.5, 1), isValid: true },
      { wire: wire(8, 1, 5), isValid: true },
    ])
    expect([isSubSampled, clockSpeed]).toEqual([true, 5])
  })
})

function withBuckets(ownMsBuckets: readonly (readonly [number, number])[]): object {
  const [first] = sound.levels
  return { ...first, legs: [{ ...first?.legs[0], ownMsBuckets }] }
}

describe('a profile grows by a level a run', () => {
  it('keeps what was measured before, in order of load, and puts a level measured again in the place of the earlier', () => {
    const again = { ...level(20), achievedPerSecond: 19 }
    const grown = profileWith(sound, { ...sound, levels: [level(5), again] })
    expect(grown.levels.map(({ offeredPerSecond, achievedPerSecond }) => [offeredPerSecond, achievedPerSecond])).toEqual([
      [5, 5],
      [10, 10],
      [20, 19],
    ])
  })

  it('stays flagged once a level left out sites or sped up the clock', () => {
    const flagged = profileWith({ ...sound, isSubSampled: true, clockSpeed: 2 }, sound)
    expect([flagged.isSubSampled, flagged.clockSpeed]).toEqual([true, 2])
  })

  it('is not one with levels of another plan, arm or target', () => {
    const other = { ...sound, planHash: 'cd', arm: 'before', target: { ...sound.target, processes: 2 } }
    expect(profileDifferences(sound, other)).toEqual(['planHash', 'arm', 'target'])
    expect(profileDifferences(sound, { ...sound, levels: [] })).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { latencyProfileProblems, levelFor, profileDifferences, profileWith, settledOwnBuckets, usableLevels } from './latency-profile.ts'
import { sampleLevel, sampleProfile } from './testing/sample-profile.ts'

const sound = sampleProfile()

describe('a latency profile is checked before it is fed back', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(latencyProfileProblems(JSON.parse(JSON.stringify(sound)))).toEqual([])
  })

  const [low, high] = sound.levels
  it.each<[string, unknown, string]>([
    ['something else', { format: 'medpay-plan' }, 'format'],
    ['nothing', null, 'format'],
    ['another version', { ...sound, version: 1 }, 'version'],
    ['no level', { ...sound, levels: [] }, 'levels'],
    ['levels out of order', { ...sound, levels: [high, low] }, 'levels[1].offeredPerSecond'],
    ['a rate of nothing', { ...sound, levels: [{ ...low, offeredPerSecond: 0 }] }, 'levels[0].offeredPerSecond'],
    ['void levels alone', { ...sound, levels: sound.levels.map((level) => ({ ...level, isValid: false })) }, 'levels'],
    ['a counterparty’s leg in place of the target’s', { ...sound, levels: [{ ...low, legs: low?.legs.slice(3) }] }, 'levels[0].legs'],
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

describe('a profile of levels', () => {
  it('has them in order of load, and is flagged where sites were left out', () => {
    const profile = sampleProfile([sampleLevel(8), { ...sampleLevel(4), scale: 0.5 }])
    expect(profile.levels.map(({ offeredPerSecond }) => offeredPerSecond)).toEqual([4, 8])
    expect(profile.isSubSampled).toBe(true)
    expect(sampleProfile([{ ...sampleLevel(8), scale: 2 }]).isSubSampled).toBe(false)
  })

  it('leaves its void levels out when it is fed back, unless that is asked for', () => {
    const [first] = sound.levels
    const profile = { ...sound, levels: [first!, { ...sampleLevel(40), isValid: false }] }
    expect(latencyProfileProblems(profile)).toEqual([])
    expect(usableLevels(profile)).toEqual([first])
    expect(usableLevels(profile, true)).toHaveLength(2)
  })

  it('takes the own time of every settled payment, by phone and on credit, and of nothing else', () => {
    expect(
      settledOwnBuckets(
        sampleLevel(10, [
          [40, 2],
          [70, 5],
        ]),
      ),
    ).toEqual([
      [40, 5],
      [70, 5],
    ])
  })
})

function withBuckets(ownMsBuckets: readonly (readonly [number, number])[]): object {
  const [first] = sound.levels
  return { ...first, legs: [{ ...first?.legs[0], ownMsBuckets }] }
}

describe('a profile grows by a level a run', () => {
  it('keeps what was measured before, in order of load, and puts a level measured again in the place of the earlier', () => {
    const again = { ...sampleLevel(20), achievedPerSecond: 19 }
    const grown = profileWith(sound, { ...sound, levels: [sampleLevel(5), again] })
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

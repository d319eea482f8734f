import { expect, test } from 'vitest'
import { sampleRunResult } from '../reports/testing/sample-run-result.ts'
import { goLiveScaleTable } from './go-live-scale-table.ts'

const sample = sampleRunResult()

test('each scale shows every morning: when the last site was ready, what was lost, the delay', () => {
  const two = { ...sample, scenario: { ...sample.scenario, scale: 2 } }
  const lines = goLiveScaleTable([sample, two], ['en'])
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "
    Going live, scale by scale
      scale  morning                                          sites     last ready   late  sign-ups  lost  delay a visit  95 % interval       bureau calls/s
          1  An ordinary Monday                                   0  none switches      0         0     0                                                 60
             All at once · Monday 24 August                   2,037          09:14  1,304    22,407   815      +3.20 min  +3.00 to +3.40 min           1,486
             In waves · Wave 1: 6 districts and 11 hospitals    780          08:24      0     8,580   312      +0.40 min  +0.20 to +0.60 min             606
             In waves · Wave 2: the rest                      1,257          08:38    144    13,827   503      +1.10 min  +0.90 to +1.30 min             940
          2  An ordinary Monday                                   0  none switches      0         0     0                                                 60
             All at once · Monday 24 August                   2,037          09:14  1,304    22,407   815      +3.20 min  +3.00 to +3.40 min           1,486
             In waves · Wave 1: 6 districts and 11 hospitals    780          08:24      0     8,580   312      +0.40 min  +0.20 to +0.60 min             606
             In waves · Wave 2: the rest                      1,257          08:38    144    13,827   503      +1.10 min  +0.90 to +1.30 min             940"
  `)
  const mornings = sample.goLive.flatMap(({ mornings }) => mornings).length
  expect(mornings).toBeGreaterThan(1)
  expect(lines).toHaveLength(3 + 2 * mornings)
})

test('in both languages, and nothing where nobody goes live', () => {
  expect(goLiveScaleTable([sample], ['zh', 'en']).length).toBe(2 * goLiveScaleTable([sample], ['zh']).length)
  expect(goLiveScaleTable([{ ...sample, goLive: [] }], ['zh', 'en'])).toEqual([])
})

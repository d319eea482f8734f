import { expect, test } from 'vitest'
import { sampleFeedback, sampleSpotCheck } from '../reports/testing/sample-feedback.ts'
import { sampleRunResult } from '../reports/testing/sample-run-result.ts'
import { feedbackLines } from './feedback-lines.ts'
import { spotCheckLines } from './spot-check-lines.ts'

test('queues stand as assumed and as measured with their unit, under the share of the day that was measured', () => {
  const lines = feedbackLines({ ...sampleRunResult(), feedback: sampleFeedback }, 'en')
  expect(lines).toContain('    Payment queueing per visit: assumed 0.6685 min, measured 0.6686 min')
  expect(lines.join('\n')).toMatch(/75\.4 % of the platform's calls .* \(92 minutes\) is outside it and keeps what was assumed/)
  expect(feedbackLines(sampleRunResult(), 'en')).toEqual([])
})

test('a spot check tells what was played and on what it rests; one that is void or was not run tells why and concludes nothing', () => {
  const linesOf = (spotCheck: Parameters<typeof spotCheckLines>[0]['spotCheck'], language: 'en' | 'zh' = 'en') =>
    spotCheckLines({ ...sampleRunResult(), ...(spotCheck === undefined ? {} : { spotCheck }) }, language).join('\n')
  expect(linesOf(sampleSpotCheck)).toMatch(
    /^Spot check: 30 s from 09:36, .*2343 of 2343 errands[\s\S]*2314 of 2315 equal[\s\S]*one day of the whole city/,
  )
  expect(linesOf(sampleSpotCheck, 'zh')).toMatch(/^抽点校核：[\s\S]*一个模拟日/)
  const late = { en: 'starts were late', zh: '起始延迟' }
  const isVoid = linesOf({ ...sampleSpotCheck, voidReasons: [late], feedback: null })
  expect(isVoid).toContain('void, nothing is concluded from it: starts were late')
  expect(isVoid).not.toContain('assumed')
  expect(linesOf({ ran: false, reason: { en: 'no k6', zh: '没有 k6' } }, 'zh')).toContain('线上部分未运行：没有 k6')
  expect(linesOf(undefined)).toBe('')
})

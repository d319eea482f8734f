import { expect, test } from 'vitest'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { goLiveAnswer } from './go-live-answer.ts'
import { pageOf } from './page.ts'

const sample = sampleRunResult()

test('an arm in which all sites switch says when the last was ready, how many were late, what the bureau bore and what was lost', () => {
  const en = goLiveAnswer(pageOf(sample, 'en'), 'adopt-40')
  const morning = sample.goLive.flatMap(({ mornings }) => mornings).find(({ name }) => name === 'adopt-40')!
  expect(en).toContain('The last site is ready at 09:14')
  expect(en).toContain(`${morning.sitesNotReadyBy0830.toLocaleString('en-GB')} of 2,037 are late`)
  expect(en).toContain('815 of 22,407 sign-ups are lost')
  const [bureau] = morning.peakCallsPerSecond.filter(({ party }) => party === 'bureau')
  const kinds = new Set(morning.peakCallsPerSecond.map(({ party }) => sample.city.parties.find(({ name }) => name === party)?.kind))
  expect(kinds.size).toBeGreaterThan(1)
  const calls = /Most calls in one second[^:]*: (.*?)\.(?: |$)/.exec(en ?? '')?.[1] ?? ''
  expect(calls.split('), ')).toHaveLength(kinds.size)
  expect(calls).toContain(bureau!.calls.toLocaleString('en-GB', { maximumFractionDigits: 0 }))
  expect(goLiveAnswer(pageOf(sample, 'zh'), 'adopt-40')).toContain('最后一家09:14就绪')
})

test('an arm in which no site switches has no such answer', () => {
  expect(goLiveAnswer(pageOf(sample, 'en'), 'ordinary')).toBeUndefined()
  expect(goLiveAnswer(pageOf(sample, 'en'), 'nobody')).toBeUndefined()
})

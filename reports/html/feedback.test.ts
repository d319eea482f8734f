import { describe, expect, test } from 'vitest'
import type { SpotCheck } from '../../simulators/measures/result-spot-check.ts'
import type { WireOutcome } from '../../simulators/measures/result-wire.ts'
import { readRunResult } from '../read-run-result.ts'
import { sampleDivergence, sampleFeedback, sampleSpotCheck } from '../testing/sample-feedback.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { sampleOfTheWire, sampleWire } from '../testing/sample-wire.ts'
import { type Language, wordsFor } from '../words.ts'
import { feedbackSection } from './feedback.ts'
import { pageOf } from './page.ts'
import { wireLegsSection } from './wire-legs.ts'

const measured = () => ({ ...sampleRunResult(), feedback: sampleFeedback })
const spot = (spotCheck: SpotCheck) => ({ ...sampleRunResult(), spotCheck })
const pageText = (result: ReturnType<typeof sampleRunResult>, language: Language = 'en'): string =>
  feedbackSection(pageOf(result, language))

describe('queues as assumed and as measured', () => {
  test('stand side by side with their difference, and where one is missing there is a dash', () => {
    const html = pageText(measured())
    const row = /<th scope=row>Settlement time, mean.*/.exec(html)?.[0] ?? ''
    expect(row).toContain('1.49')
    expect(row.match(/–/g)).toHaveLength(2)
  })

  test('say which share of the day keeps the assumed delay, and flag what is outside the measured range', () => {
    const html = pageText(measured())
    expect(html).toMatch(/75\.4\s%[^<]*24\.6\s% keep the assumed delay/)
    expect(html).toContain('class="badge open"')
    expect(html).toContain('92 minutes are busier than the highest load measured (100.0 payments/s; the busiest has 110.2)')
    const inside = { ...sampleFeedback, arms: [{ ...sampleFeedback.arms[0]!, minutesOutside: 0 }] }
    expect(pageText({ ...measured(), feedback: inside })).toContain('class="badge good"')
  })

  test('show each level with its interval beside what is assumed, and every leg of both worlds', () => {
    const html = pageText(measured())
    for (const text of ['12.0 payments/s', '100.0 payments/s', '−28.0\u00a0ms to −16.0\u00a0ms', '65.0\u00a0ms'])
      expect(html).toContain(text)
    expect(html.match(/Virtual city and wire, leg by leg · /g)?.length).toBeGreaterThanOrEqual(sampleFeedback.levels.length)
  })

  test('of a profile with one level are headed as a spot check, and say nothing of half a minute or of one day', () => {
    const html = pageText({ ...measured(), feedback: { ...sampleFeedback, isSpot: true, levels: sampleFeedback.levels.slice(0, 1) } })
    expect(html).toContain('Spot check')
    expect(html).toContain('One load was measured (12.0 payments/s)')
    expect(html).toContain('The same 10 days, played twice')
    expect(html).not.toContain('Half a minute')
  })

  test('are absent from a result that took nothing back', () => {
    expect(pageText(sampleRunResult())).toBe('')
  })
})

describe('the spot check', () => {
  test('is headed as one, with what was played, what the books said and the load it holds for', () => {
    for (const [language, heading] of [
      ['en', 'Spot check'],
      ['zh', '抽点校核'],
    ] as const) {
      const html = pageText(spot(sampleSpotCheck), language)
      expect(html).toContain(heading)
      expect(html).toContain('2,343 / 2,343')
    }
    expect(pageText(spot(sampleSpotCheck))).toContain('One load was measured (25.0 payments/s)')
    expect(pageText(spot(sampleSpotCheck))).toContain('2,314 of 2,315 bills')
  })

  test('that was not run says why, and one that is void concludes nothing', () => {
    const reason = { en: 'no k6 <here>', zh: '没有 k6' }
    expect(pageText(spot({ ran: false, reason }))).toContain('The wire part was not run: no k6 &lt;here&gt;')
    expect(pageText(spot({ ran: false, reason }), 'zh')).toContain('线上部分未运行：没有 k6')
    const late = { en: 'starts were late', zh: '起始延迟' }
    const html = pageText(spot({ ...sampleSpotCheck, voidReasons: [late], feedback: null }))
    expect(html).toContain('is void: starts were late')
    expect(html).not.toContain('As assumed')
  })

  test('is read again from a stored result, played or not', () => {
    for (const one of [sampleSpotCheck, { ran: false, reason: { en: 'a', zh: 'b' } } as const])
      expect(readRunResult(JSON.stringify(spot(one)), 'run-result.json').ok).toBe(true)
    expect(readRunResult(JSON.stringify(measured()), 'run-result.json').ok).toBe(true)
    const broken = JSON.stringify(spot(sampleSpotCheck)).replace('"ran":true', '"ran":1')
    expect(readRunResult(broken, 'run-result.json').ok).toBe(false)
  })
})

test('the wire’s legs have both worlds beside each other and the age of money, where the result tells them', () => {
  const money: WireOutcome['money'] = [
    {
      stage: 'paid-out',
      sums: 21,
      amountFen: 5_690_600,
      meanAgeSeconds: 85_025,
      oldestAgeSeconds: 85_034,
      standingFen: 5_690_600,
      standingMeanAgeSeconds: null,
    },
  ]
  const html = wireLegsSection(pageOf({ ...sampleOfTheWire(), wire: { ...sampleWire, divergence: sampleDivergence, money } }, 'en'))
  expect(html).toContain('Virtual city and wire, leg by leg')
  expect(html).toMatch(/paid out<td(?: class=n)?>[^<]*<td(?: class=n)?>23\.6\s*h<td(?: class=n)?>23\.6\s*h/)
  expect(wireLegsSection(pageOf(sampleOfTheWire(), 'en'))).not.toContain('The age of money')
})

test('no stage of money lacks its word in either language', () => {
  const [zh, en] = [wordsFor('zh').feedback, wordsFor('en').feedback]
  expect(Object.keys(zh.stages)).toEqual(Object.keys(en.stages))
  for (const text of Object.values(zh.stages)) expect(text).toMatch(/\p{Script=Han}/u)
})

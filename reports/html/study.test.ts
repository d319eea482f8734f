import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { type DayPlayed, DayTooLong, inWords } from '../../simulators/virtual/day-too-long.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { pageOf } from './page.ts'
import { studySection } from './study.ts'

const sample = sampleRunResult()
const { city } = planOf('small-town')
const bank = sample.city.parties.find(({ kind }) => kind === 'bank')!

/** What the page says of plans left out, where the first of them left so many in these parties' lines. */
function leftOut(waiting: readonly number[], language: 'zh' | 'en'): string {
  const compiled = { siteFirst: Int32Array.of(0), parties: waiting.map(() => bank) } as unknown as DayPlayed['compiled']
  const day = { city, compiled, sites: [], date: '2020-12-15', replication: 0, arm: { zh: '改革之前', en: 'Before the reform' } }
  const failure = inWords(new DayTooLong(Int32Array.from(waiting)), day).told
  const study = { ...sample.assumptionStudy!, failedPlans: 3, failure }
  const html = studySection(pageOf({ ...sample, assumptionStudy: study }, language))
  return /<p><strong>(.*?)<\/strong>/.exec(html)?.[1] ?? ''
}

test('plans left out are told in the city’s words, without names of the model and without advice to whoever writes it', () => {
  for (const language of ['zh', 'en'] as const) {
    const [title, modelWords] = [bank.title[language], new RegExp(`reneging|surge|retries|重试：|请|${bank.name}(?![\\w-])`)]
    const text = leftOut([12, 0, 4], language)
    expect(text).toContain(title)
    expect(text).not.toMatch(modelWords)
    expect(text).toMatch(/[.。]$/)
    expect(leftOut([0], language)).not.toMatch(modelWords)
  }
})

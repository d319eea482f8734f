import { expect, test } from 'vitest'
import { listScenarios } from '../scenarios/load-plan.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { reasonIn } from './words.reasons.ts'
import { chineseReasons } from './words.reasons.zh.ts'

const plans = listScenarios().map(({ name }) => planOf(name))
/** Every reason and every place in a document that a report of a shipped scenario shows. */
const shown = new Set(
  plans.flatMap(({ provenance, city }) => [
    ...provenance.map(({ warrant }) => (warrant.kind === 'assumption' ? warrant.reason : warrant.place)),
    ...[...(city.evidence ?? []), ...(city.publishedTotals ?? [])].map(({ source }) => source.place),
  ]),
)

test('every reason and every source that a shipped scenario shows is there in Chinese', () => {
  expect(shown.size).toBeGreaterThan(150)
  const missing = [...shown].filter((text) => reasonIn(text, 'zh').language !== 'zh')
  expect(missing, 'say it in Chinese in words.reasons.zh.ts').toEqual([])
  const english = /[A-Za-z]{4,}/g
  // Names of fields and of units of measure may stay.
  expect([...shown].flatMap((text) => reasonIn(text, 'zh').text.match(english) ?? []).filter((word) => word !== 'calibration')).toEqual([])
})

test('the table holds no reason that nobody shows any more', () => {
  expect(Object.keys(chineseReasons).filter((text) => !shown.has(text))).toEqual([])
})

test('a reason of a user’s own stands as it was written, and says which language it is', () => {
  expect(reasonIn('Asked the chief cashier', 'zh')).toEqual({ text: 'Asked the chief cashier', language: 'en' })
  expect(reasonIn('问过收费处', 'zh')).toEqual({ text: '问过收费处', language: 'zh' })
  expect(reasonIn('问过收费处', 'en').language).toBe('zh')
})

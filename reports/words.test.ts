import { expect, test } from 'vitest'
import { catalogue, groupQuantiles } from '../simulators/measures/catalogue.ts'
import { languages, wordsFor } from './words.ts'

const figures = [...catalogue, ...groupQuantiles]

test('every figure of the catalogue has a name in both languages, and no two share one', () => {
  for (const language of languages) {
    const names = figures.map(({ name }) => wordsFor(language).measures[name])
    expect(names.filter((name) => name === undefined || name.trim() === '')).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  }
})

test('Chinese names are Chinese and English names are not', () => {
  for (const { name } of figures) {
    expect(wordsFor('zh').measures[name]).toMatch(/[一-鿿]/)
    expect(wordsFor('en').measures[name]).not.toMatch(/[一-鿿]/)
  }
})

test('the three queue counts are told apart in words, for payment and for clinical lines', () => {
  const zh = wordsFor('zh').measures
  expect(
    [zh['payment-lines-joined'], zh['payment-lines-with-any-wait'], zh['payment-lines-waited-over-1-minute']].map(
      (name) => /（(.*)）/.exec(name)?.[1],
    ),
  ).toEqual(['进入的队', '有等待', '等待超过1分钟'])
})

test('no text claims that a city does not queue at all', () => {
  for (const language of languages) expect(texts(wordsFor(language)).join('\n')).not.toMatch(/一次队都不排|零排队|no queue at all/)
})

test('both languages say a provisional n and a void run', () => {
  for (const language of languages) {
    const { ui, headline } = wordsFor(language)
    expect(ui.provisionalNote(3)).toContain('3')
    expect(headline.void().length).toBeGreaterThan(10)
  }
})

/** Every text of a table; those that take figures are asked with some. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function' && ['worseFor', 'stationsAtTheirLimit', 'callsPerActor'].includes(value.name))
    return [String(value(['a', 'b']))]
  if (typeof value === 'function' && value.name === 'lead') return [String(value('m', ['a', 'b']))]
  if (typeof value === 'function')
    return [
      String(
        value(
          {
            measure: 'm',
            arm: 'a',
            against: 'b',
            before: '1',
            after: '2',
            change: '1',
            went: 'down',
            interval: 'i',
            minimum: '1',
            days: 3,
            direction: 'better',
            assumed: { range: 'r', plans: 5, needed: 200, otherSign: 's' },
          },
          2,
          3,
        ),
      ),
    ]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

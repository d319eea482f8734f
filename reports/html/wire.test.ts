import { describe, expect, test } from 'vitest'
import { readRunResult } from '../read-run-result.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { sampleOfTheWire, sampleWire } from '../testing/sample-wire.ts'
import { type Language, wordsFor } from '../words.ts'
import { pageOf } from './page.ts'
import { htmlReport } from './report.ts'
import { wireSection } from './wire.ts'
import { wireAuditSection } from './wire-audit.ts'
import { wireFaultsSection } from './wire-faults.ts'
import { wireLegsSection } from './wire-legs.ts'
import { reviewText } from './wire-review.ts'
import { wireTermSection } from './wire-term.ts'

const sections = {
  wire: wireSection,
  wireterm: wireTermSection,
  wireaudit: wireAuditSection,
  wirefaults: wireFaultsSection,
  wirelegs: wireLegsSection,
}
/** One section alone: a whole page draws every chart. */
const sectionOf = (id: keyof typeof sections, result = sampleOfTheWire(), language: Language = 'en'): string =>
  sections[id](pageOf(result, language))

describe('the wire pages', () => {
  test('stand before everything computed, in both languages, and nowhere in a virtual result', () => {
    const html = htmlReport(sampleOfTheWire(), { languages: ['zh', 'en'] })
    for (const language of ['zh', 'en'] as const) {
      const ids = [...html.matchAll(new RegExp(`<section id="${language}-([a-z]+)"`, 'g'))].map((found) => found[1])
      expect(ids.slice(0, 6)).toEqual([...Object.keys(sections), 'guards'])
      for (const make of Object.values(sections)) expect(make(pageOf(sampleRunResult(), language))).toBe('')
    }
  })

  test('say level, rate, rows, generator and machine with their figures', () => {
    const html = sectionOf('wire')
    for (const text of [
      '121 errands/s, of which 43.5 payments/s',
      '14,602 planned = 14,568 sent + 34 not sent; 311 held',
      'k6 2.2.0',
      'p99 6.2\u00a0ms',
      'fdatasync p50 0.7\u00a0ms',
      'Platform efficiency',
      'come to 639 µs: 0.45 (goal at least 0.75)',
    ])
      expect(html).toContain(text)
  })

  test('what a level asks for stands beside what was measured, a goal that was missed is called short, and what was held is said', () => {
    const html = sectionOf('wire')
    const row = /paid a second in overload, over the knee.*/.exec(html)?.[0] ?? ''
    for (const text of ['0.74', '≥ 0.80', 'short']) expect(row).toContain(text)
    expect(html).toContain('the platform was held to 0.15 of a core')
    expect(sectionOf('wire', sampleOfTheWire(), 'zh')).toContain('未达到')
  })

  test('a finding has its command, and nothing of it is taken for markup', () => {
    const html = sectionOf('wireaudit')
    expect(html).toContain('medpay why &quot;B &lt;4471&gt;&quot; --run reports/runs/sample')
    expect(html).not.toContain('<4471>')
    expect(html).toContain('12,106 of 12,107 rows have the split of the virtual city')
  })

  test('offending bills stand as planned, found, held back, paid after review and deducted, to the fen, in both languages; without any there is no table', () => {
    const of = { planned: 3, sent: 3, found: 3, settled: 2, held: 2, heldFen: 1_234_567, paidFen: 1_000_000, deductedFen: 234_567 }
    const review = { kinds: [{ kind: 'repeated-item', ...of } as const], all: of }
    const result = { ...sampleOfTheWire(), wire: { ...sampleWire, review } }
    for (const [language, words] of [
      ['en', ['Item charged twice', '12345.67 yuan', '10000.00 yuan', '2345.67 yuan']],
      ['zh', ['重复收费', '12345.67元', '10000.00元', '2345.67元']],
    ] as const) {
      const html = sectionOf('wireaudit', result, language)
      for (const text of words) expect(html).toContain(text)
      expect(reviewText(pageOf(result, language), of)).toContain(words[3])
    }
    expect(sectionOf('wireaudit')).not.toContain('Deducted')
  })

  test('what was advanced is repaid or owed in a sum that adds up, beside the virtual city’s same people', () => {
    const html = sectionOf('wireterm')
    for (const text of ['30,807.25 yuan', '41,904.75 yuan', '9 persons, 943.00 yuan', '411 of 412 persons', 'QuickPass', '>11<'])
      expect(html).toContain(text)
    expect(html).toContain('a bill of theirs went another way')
    expect(sectionOf('wireterm', sampleOfTheWire(), 'zh')).toContain('9人，943.00元')
  })

  test('a rule that was not applied is not called kept, and has no count', () => {
    const html = sectionOf('wireaudit')
    const row = /<code>ledger-zero<\/code>.*/.exec(html)?.[0] ?? ''
    expect(row).toContain('not applicable')
    expect(row).not.toContain('>0')
  })

  test('a fault that touched too little is called toothless, one that never healed says so', () => {
    const [fault] = sampleWire.faults
    const toothless = { ...sampleOfTheWire(), wire: { ...sampleWire, faults: [{ ...fault!, isToothless: true }] } }
    expect(sectionOf('wirefaults', toothless)).toContain(wordsFor('en').ui.toothless)
    expect(sectionOf('wirefaults')).toContain('not by the end of the window')
  })

  test('no p99 is told of fewer than a thousand', () => {
    const few = { ...sampleWire.legs[0]!, ownMs: { ...sampleWire.legs[0]!.ownMs!, count: 999, p99: null } }
    expect(sectionOf('wirelegs', { ...sampleOfTheWire(), wire: { ...sampleWire, legs: [few] } })).toContain('below 1,000')
  })

  test('every level that is to be fed back tells where both worlds part, and the run is then not told twice', () => {
    const part = { leg: 'platform', payments: 4112, virtualMs: 20, wireMs: 31, differenceMs: 11, interval: [9, 13] } as const
    const [one] = sampleWire.levels
    const levels = ['quarter', 'half'].map((name) => ({ ...one!, title: { zh: name, en: name }, divergence: [part] }))
    const html = sectionOf('wirelegs', { ...sampleOfTheWire(), wire: { ...sampleWire, levels, divergence: [part] } })
    const { divergenceTitle } = wordsFor('en').feedback
    for (const name of ['quarter', 'half']) expect(html).toContain(`${divergenceTitle} · ${name}`)
    expect(html.split('4,112')).toHaveLength(3)
  })

  test('by how much the actors stand behind the generator is said in both languages', () => {
    const { wire: zh } = wordsFor('zh')
    expect(sectionOf('wire')).toContain(wordsFor('en').wire.nicenessText('0', '5'))
    expect(zh.nicenessText('0', '5')).toBe('发生器0，各进程5')
  })

  test('no errand, outcome, leg or verdict lacks its word in either language', () => {
    const { wire: zh } = wordsFor('zh')
    const { wire: en } = wordsFor('en')
    for (const key of ['errands', 'outcomes', 'legs', 'verdicts', 'standings', 'ledgers', 'fromWords'] as const) {
      expect(Object.keys(zh[key])).toEqual(Object.keys(en[key]))
      for (const text of Object.values(zh[key])) expect(text).toMatch(/\p{Script=Han}/u)
    }
  })

  test('a stored result with its wire section is read again, and one with a broken section is refused', () => {
    const text = JSON.stringify(sampleOfTheWire())
    expect(readRunResult(text, 'run-result.json').ok).toBe(true)
    expect(readRunResult(text.replace('"verdict":"failed"', '"verdict":"fine"'), 'run-result.json').ok).toBe(false)
  })
})

import { expect, test } from 'vitest'
import type { RunResult } from '../../simulators/measures/run-result.ts'
import { headlineOf } from '../findings.ts'
import { sampleOfThreeArms } from '../testing/sample-of-three-arms.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { escapeHtml } from './markup.ts'
import { pageOf } from './page.ts'
import { htmlReport } from './report.ts'

const sample = sampleRunResult()
const zh = htmlReport(sample, { languages: ['zh'] })
const en = htmlReport(sample, { languages: ['en'] })

/** A run whose later sections stayed empty. */
const nothing = {
  furtherDifferences: [],
  evidence: [],
  publishedTotals: [],
  calibration: null,
  reducedCity: null,
  assumptionStudy: null,
  stories: [],
  goLive: [],
  rollOut: null,
} as const

/** What of a text matches, short enough to be read in a failure. */
const found = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([whole]) => whole)

const headings = (html: string): readonly string[] => [...html.matchAll(/<section id="[a-z]+-([a-z]+)"/g)].map((found) => found[1]!)
const all = [
  'guards',
  'faults',
  'golive',
  'comparisons',
  'adoption',
  'queues',
  'districts',
  'waits',
  'latency',
  'worse',
  'stories',
  'capacity',
  'payments',
  'money',
  'rollout',
  'evidence',
  'observed',
  'study',
  'assumptions',
  'audit',
  'method',
]

test('the page asks for nothing from a network', () => {
  expect(found(en, /(?:src|href|action)="(?!#|data:)[^"]*"/g)).toEqual([])
  expect(found(en, /url\((?!#)|@import|<link(?! rel="icon" href="data:,")|fetch\(|XMLHttpRequest/g)).toEqual([])
})

test('every section stands once, in order, in either language, and the contents lead to each', () => {
  for (const [html, language] of [
    [zh, 'zh'],
    [en, 'en'],
  ] as const) {
    expect(headings(html)).toEqual(all)
    expect(
      [
        ...html
          .replace(/.*<nav/s, '')
          .replace(/<\/nav>.*/s, '')
          .matchAll(/<li><a href="#([a-z]+-[a-z]+)">/g),
      ].map((found) => found[1]),
    ).toEqual(all.map((name) => `${language}-${name}`))
  }
})

test('a page in both languages holds both, in the order asked for, with one address for each thing', () => {
  const html = htmlReport(sample, { languages: ['en', 'zh'] })
  expect([...html.matchAll(/<main lang="([^"]+)"/g)].map((found) => found[1])).toEqual(['en', 'zh-CN'])
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((found) => found[1])
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})

test('the same result gives the same page, letter for letter', () => {
  expect(htmlReport(sampleRunResult(), { languages: ['en'] }) === en).toBe(true)
})

test('the answer stands before any chart', () => {
  const page = pageOf(sample, 'en')
  const answer = en.indexOf(escapeHtml(headlineOf(page.findings[0]!, sample, 'en')))
  expect(answer).toBeGreaterThan(0)
  expect(answer).toBeLessThan(en.indexOf('<figure'))
})

test('every chart has a name for those who cannot see it, two sizes, and its figures as a table', () => {
  const figures = en
    .split('<figure ')
    .slice(1)
    .map((text) => text.split('</figure>')[0]!)
  expect(figures.length).toBeGreaterThanOrEqual(12)
  for (const figure of figures) {
    expect(found(figure, /<svg role="img" aria-label="[^"]+"/g)).toHaveLength(2)
    expect(found(figure, /<details><summary>[^<]+<\/summary>.*?<table/gs)).toHaveLength(1)
  }
})

test('the figures beside the bars keep every digit', () => {
  const drawn = found(en, /<svg role="img".*?<\/svg>/gs).join('')
  for (const text of ['13.4 min', '6.16 min', '0.80 lines', '0.48 s'])
    expect(found(drawn, new RegExp(`>${text}<`, 'g')).length).toBeGreaterThan(0)
})

test('an hour with hardly a visit stays out of the picture and in the table', () => {
  const rare = sample.measures.map((row) =>
    row.slice.dimension === 'hour' && row.slice.name === '03' ? { ...row, value: 98_765, count: 7 } : row,
  )
  const html = htmlReport({ ...sample, measures: rare }, { languages: ['en'] })
  const figure = found(html, /<figure id="en-by-hour">.*?<\/figure>/gs)[0]!
  expect(found(figure, /98,765 min/g)).toHaveLength(2)
  expect(found(figure.split('<details>')[0]!, />100k</g)).toEqual([])
})

test('charts take their colours from the page, so that dark is dark', () => {
  const drawn = [...en.matchAll(/<svg role="img".*?<\/svg>/gs)].map((found) => found[0]).join('')
  expect(found(drawn, /(?:fill|stroke)="#[^"]*"/g)).toEqual([])
  expect(found(drawn, /var\(--blue\)/g).length).toBeGreaterThan(0)
})

test('no page says as a city’s average what an adopter can have at best', () => {
  expect(found(zh, /一次队都不排/g)).toEqual([])
})

test('the point of the end of 2020 has its name on the chart, and both cities stand in the table behind it', () => {
  const html = htmlReport(sampleOfThreeArms(), { languages: ['en'] })
  const figure = found(html, /<figure id="en-adoption-minutes">.*?<\/figure>/gs)[0]!
  expect(found(figure, />end of 2020: 0\.73 %</g)).toHaveLength(2)
  expect([found(figure, />whole city</g).length, found(figure, />reduced city</g).length]).toEqual([2, 10])
  // The same chart without the arm has no such point.
  expect(found(en, /end of 2020: /g)).toEqual([])
})

test('the arm that the question leads to speaks first, with both ranges in one picture', () => {
  const html = htmlReport(sampleOfThreeArms(), { languages: ['en'] })
  expect(found(html, /<div class="answer [^"]*"/g)).toEqual([
    '<div class="answer good main"',
    '<div class="answer plain"',
    '<div class="answer cut plain"',
  ])
  const ranges = found(html, /<figure id="en-ranges">.*?<\/figure>/gs)[0]!
  expect(found(ranges, />−7\.32 to −7\.16 min</g)).toHaveLength(1)
  expect(found(ranges, />−11\.1 to −3\.6 min</g)).toHaveLength(1)
})

test('where the assumptions were not varied the page says that only the noise is shown', () => {
  const html = htmlReport({ ...sample, assumptionStudy: null }, { languages: ['en'] })
  expect(found(html, /The assumptions were not varied in this run/g)).toHaveLength(1)
  expect(found(html, /simulation noise \(95 % over paired days\)/g)).toHaveLength(1)
})

test('all that was not asked beforehand is headed exploratory', () => {
  const marked = [...en.matchAll(/<section id="en-([a-z]+)"[^>]*><p class="mark">Exploratory<\/p>/g)].map(([, id]) => id)
  const unmarked = ['guards', 'adoption', 'evidence', 'observed', 'study', 'assumptions', 'audit', 'method']
  expect(marked).toEqual(all.filter((id) => !unmarked.includes(id)))
})

test('harm, no harm found and too few to tell are told apart, and the number of groups is said', () => {
  const differences = sample.differences.map((row) => {
    if (row.name !== 'visit-duration-minutes' || row.slice.dimension !== 'age') return row
    if (row.slice.name === 'child') return { ...row, value: 5, interval: [4.8, 5.2] as const }
    return row.slice.name === 'elderly' ? { ...row, value: 1, interval: [-3, 5] as const } : row
  })
  const html = htmlReport({ ...sample, differences }, { languages: ['en'] })
  const worse = found(html, /<section id="en-worse".*?<\/section>/gs)[0]!
  expect(found(worse, /Harm in 1 group, no harm found in \d+, too few to tell in \d+\./g)).toEqual([
    'Harm in 1 group, no harm found in 28, too few to tell in 1.',
  ])
  expect(found(worse, /30 groups tested/g)).toHaveLength(1)
})

test('of few arms each has its groups, and the groups of all of them are one family', () => {
  const familyOf = (html: string): readonly number[] => [...html.matchAll(/(\d+) groups tested/g)].map(([, groups]) => Number(groups))
  const [one = 0, ...none] = familyOf(en)
  expect(none).toEqual([])
  const three = familyOf(htmlReport(sampleOfThreeArms(), { languages: ['en'] }))
  expect(three).toHaveLength(2)
  expect(three[0]).toBe(three[1])
  expect(three[0]).toBeGreaterThan(1.5 * one)
})

test('percentiles by group stand before and after, and are said to differ between arms and not between the days of a patient', () => {
  const said = [
    [zh, '变化是两个方案百分位之差，不是患者个人变化的百分位', '第90百分位 · 变化'],
    [
      en,
      'the difference between the percentiles of two arms, not a percentile of the changes of single patients',
      '90th percentile · Change',
    ],
  ] as const
  for (const [html, difference, column] of said) {
    expect(html).toContain(difference)
    const [, rows = ''] = html.slice(html.indexOf(difference)).split(`${column}<tbody>`)
    // The whole city: 9.1 and 31.5 minutes before, 40 and 50 % of them with the reform.
    expect(rows.slice(0, rows.indexOf('\n'))).toMatch(/<td>9\.1<td>3\.6<td>−5\.5.*<td>31\.5<td>15\.8<td>−15\.8/)
  }
})

test('each story names the command that shows the same patient, and the share of the city it was chosen from', () => {
  expect(found(en, /npx medpay visit sample-weekday --seed 20201231 --day 0 --visit \d+ --scale 0\.1/g)).toHaveLength(3)
  expect(found(en, /in a run of 10 % of the sites/g)).toHaveLength(1)
})

test('text from outside the program is never markup', () => {
  const spiked: RunResult = {
    ...sample,
    scenario: { ...sample.scenario, title: { zh: '<img src=x onerror=alert(1)>', en: '</title><script>alert(1)</script>' } },
  }
  const html = htmlReport(spiked, { languages: ['zh', 'en'] })
  expect(found(html, /<img/g)).toEqual([])
  expect(html.match(/<script>/g)).toHaveLength(1)
  expect(found(en, /&lt;table&gt; &amp; &quot;notes&quot;/g)).toHaveLength(1)
})

test('a void run says so above everything, with its reasons', () => {
  const html = htmlReport(
    { ...sample, verdict: { valid: false, reasons: [{ zh: '故障没有起作用', en: 'the fault did nothing' }] } },
    { languages: ['zh'] },
  )
  expect(found(html, /role="alert"><h2>本次运行无效<\/h2><ul><li>故障没有起作用/g)).toHaveLength(1)
  expect(found(html, /有效果：/g)).toEqual([])
})

test('a group that is worse off than allowed stands beside the answer, which is then no good news', () => {
  const differences = sample.differences.map((row) =>
    row.slice.name === 'elderly' && row.name === sample.scenario.primaryMeasure ? { ...row, value: 2, interval: [1.9, 2.1] as const } : row,
  )
  const html = htmlReport({ ...sample, differences }, { languages: ['en'] })
  expect(
    found(
      html,
      /<div class="answer bad main"><p>Effect: .*?Worse than allowed for: Elderly \(60 and over\) · Payment queueing per visit\./g,
    ),
  ).toHaveLength(1)
  expect(found(en, /Worse than allowed for/g)).toEqual([])
})

test('every answer states the adoption it rests on', () => {
  expect(found(en, /Adoption 40 % · insured settlements by phone or credit \d+ % \(on credit [\d.]+ %\) · Windows kept/g)).toHaveLength(1)
  expect(found(zh, /使用率 40% · 占医保交易 \d+%（其中信用 [\d.]+%） · 窗口数 保留/g)).toHaveLength(1)
})

test('a provisional run says so with its n', () => {
  const html = htmlReport({ ...sample, replication: { ...sample.replication, days: 3, provisional: true } }, { languages: ['en'] })
  expect(found(html, /Provisional: 3 simulated days per arm/g)).toHaveLength(1)
})

test('what a run does not have leaves no empty section behind', () => {
  const bare: RunResult = {
    ...sample,
    ...nothing,
    faults: [],
    observed: [],
    audit: [],
    series: [],
    measures: [],
    differences: [],
    warrants: [],
  }
  expect(headings(htmlReport(bare, { languages: ['en'] }))).toEqual(['guards', 'queues', 'assumptions', 'method'])
})

test('the party that is the earliest above 90 % is named as first to saturate, with its days, and nobody is where none is', () => {
  const [first, second] = sample.city.parties.map(({ name }) => name) as [string, string]
  const isSaturation = (name: string): boolean => name.startsWith('first-minute-above-90-percent/')
  const measures = sample.measures.flatMap((row) => {
    if (!isSaturation(row.name)) return [row]
    if (row.arm === 'before') return []
    if (row.name.endsWith(`/${first}`)) return [{ ...row, value: 553.2, days: 4 }]
    return row.name.endsWith(`/${second}`) ? [{ ...row, value: 553.9 }] : []
  })
  const result = { ...sample, measures }
  const title = sample.city.parties[0]!.title
  const english = htmlReport(result, { languages: ['en'] })
  expect(found(english, /First to saturate: [^<]*/g)).toEqual([
    `First to saturate: ${title.en}, above 90 % from 09:13 (mean of the 4 of 10 days on which it was).`,
  ])
  expect(found(english, /None of the shared parties is first to saturate/g)).toHaveLength(1)
  const capacity = found(english, /<section id="en-capacity".*?<\/section>/gs)[0]!
  expect(found(capacity, />09:14\n/g)).toHaveLength(1)
  const chinese = htmlReport(result, { languages: ['zh'] })
  expect(found(chinese, /首先饱和：[^，]*，自09:13/g)).toEqual([`首先饱和：${title.zh}，自09:13`])
  expect(found(chinese, /各共享方都没有饱和/g)).toHaveLength(1)
})

test('what the audit looked at is told in the language of the page', () => {
  expect([found(zh, />4,183,211 张账单\n/g).length, found(zh, />4,183,211 bills\n/g).length]).toEqual([1, 0])
  expect([found(en, />4,183,211 张账单\n/g).length, found(en, />4,183,211 bills\n/g).length]).toEqual([0, 1])
})

test('one arm alone is a page too', () => {
  const alone: RunResult = {
    ...sample,
    arms: sample.arms.slice(0, 1),
    differences: [],
    faults: [],
    measures: sample.measures.filter((row) => row.arm === 'before'),
  }
  expect(headings(htmlReport(alone, { languages: ['zh'] }))).toContain('queues')
})
